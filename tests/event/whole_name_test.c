/* Whose names may be one person's. */
#include "event/whole_name.h"

#include "lib/testing.h"

#include "base/alloc.h"

static bool fit(const struct given_names *given, const char *a, const char *b) {
	struct whole_name x, y;
	whole_name_read(a, given, &x);
	whole_name_read(b, given, &y);
	bool one = whole_names_fit(&x, &y), other = whole_names_fit(&y, &x);
	whole_name_fini(&x);
	whole_name_fini(&y);
	assert_int_equal(one, other);
	return one;
}

static void names_of_one_person(void **state) {
	static const char *const same[][2] = {
		{"Коваль Олена Петрівна", "Олена Коваль"},
		{"Олена Коваль", "Olena Koval"},
		{"Коваль О. П.", "Олена Петрівна Коваль"},
		{"Олена Коваль", "олена КОВАЛЬ"},
		{"Сашко Прикладенко", "Олександр Прикладенко"},
		{"Олена Прикладенко", "Олена Прикалденко"},
		{"Олена", "Олена Коваль"},
	};
	struct given_names *given = given_names_open();
	(void)state;
	for (size_t i = 0; i < COUNT_OF(same); i++) {
		if (!fit(given, same[i][0], same[i][1])) {
			fail_msg("%s may be %s", same[i][0], same[i][1]);
		}
	}
	given_names_close(given);
}

/* Who shares a family's telephone, or an office's. */
static void names_of_two(void **state) {
	static const char *const others[][2] = {
		{"Іван Коваль", "Іванна Коваль"},
		{"Олена Коваль", "Тарас Коваль"},
		{"Олена Коваль", "Олена Приклад"},
		{"Ivan Koval", "Іванна Коваль"},
		{"Олена Коваль", ""},
		{"", ""},
		{"…", "…"},
	};
	struct given_names *given = given_names_open();
	(void)state;
	for (size_t i = 0; i < COUNT_OF(others); i++) {
		if (fit(given, others[i][0], others[i][1])) {
			fail_msg("%s is not %s", others[i][0], others[i][1]);
		}
	}
	given_names_close(given);
}

static enum name_claim claims(const struct given_names *given, const char *said, const char *kept) {
	struct whole_name x, y;
	whole_name_read(said, given, &x);
	whole_name_read(kept, given, &y);
	enum name_claim claim = whole_name_claim(&x, &y);
	whole_name_fini(&x);
	whole_name_fini(&y);
	return claim;
}

/* A letter, or two, are no name that somebody could be known by; initials on the list are no reason to say nothing to whose name they are. */
static void what_is_enough_to_be_told(void **state) {
	static const struct {
		const char *said, *kept;
		enum name_claim claim;
	} cases[] = {
		{"Олена Коваль", "Коваль Олена Петрівна", NAME_CLAIM_PART},
		{"Олена Коваль", "Коваль О.", NAME_CLAIM_LIKE},
		{"Ія Яр", "Яр Ія", NAME_CLAIM_SAME},
		{"Olena Koval", "Олена Коваль", NAME_CLAIM_LIKE},
		{"Коваль", "Коваль Тарас", NAME_CLAIM_PART},
		{"Т", "Коваль Тарас", NAME_CLAIM_NONE},
		{"T", "Коваль Тарас", NAME_CLAIM_NONE},
		{"Т. К.", "Коваль Тарас", NAME_CLAIM_NONE},
		{"Т. Коваль", "Коваль Тарас", NAME_CLAIM_NONE},
		{"Тарас", "Т.", NAME_CLAIM_NONE},
		{"Тарас Коваль", "Т. К.", NAME_CLAIM_NONE},
		{"Ія", "Ія Згурська", NAME_CLAIM_NONE},
		{"", "Ія Згурська", NAME_CLAIM_NONE},
		{"Іван Коваль", "Іванна Коваль", NAME_CLAIM_NONE},
	};
	struct given_names *given = given_names_open();
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		if (claims(given, cases[i].said, cases[i].kept) != cases[i].claim) {
			fail_msg("%s says %s: %d", cases[i].kept, cases[i].said, (int)cases[i].claim);
		}
	}
	given_names_close(given);
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(names_of_one_person), cmocka_unit_test(names_of_two),
					   cmocka_unit_test(what_is_enough_to_be_told)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
