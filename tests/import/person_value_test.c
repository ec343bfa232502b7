/* One value of a person: what is understood of what people write. */
#include "import/person_value.h"

#include "base/alloc.h"
#include "base/str.h"
#include "lib/testing.h"

static void expect(enum person_field field, const char *value, enum fault_kind kind, const char *wanted) {
	struct person p = {0};
	enum fault_kind got = person_value_set(&p, field, value);
	if (got != kind || !str_eq(person_text(&p, field), wanted)) {
		fail_msg("\"%s\" gives \"%s\" and fault %d", value, person_text(&p, field), (int)got);
	}
	person_fini(&p);
}

static void an_address_is_found_in_its_cell(void **state) {
	(void)state;
	static const char *const cells[] = {
		"ann@example.org",   "Ann@Example.ORG",         "Ann <ann@example.org>", "Ann Probe ann@example.org",
		"ann@example.org.",  "mailto:ann@example.org",  "<ann@example.org>;",    "\"ann@example.org\"",
		"ann @ example.org", "e-mail: ann@example.org", "(ann@example.org)",     "ann@example.org ann@example.org",
	};
	for (size_t i = 0; i < COUNT_OF(cells); i++) {
		expect(PERSON_EMAIL, cells[i], FAULT_NONE, "ann@example.org");
	}
	expect(PERSON_EMAIL, "ann@localhost", FAULT_NONE, "ann@localhost");
	expect(PERSON_EMAIL, "ann@example.org, bob@example.org", FAULT_EMAIL_MORE, "ann@example.org");
	expect(PERSON_EMAIL, "ann@example.org / bob@example.org", FAULT_EMAIL_MORE, "ann@example.org");
}

static void what_is_no_address_is_none(void **state) {
	(void)state;
	static const char *const cells[] = {"ann", "@ann", "ann@", "ann@@example.org", "див. примітку", "ann@example,org", "@", "a@b@c"};
	for (size_t i = 0; i < COUNT_OF(cells); i++) {
		expect(PERSON_EMAIL, cells[i], FAULT_NO_EMAIL, "");
	}
}

static void years_of_birth(void **state) {
	(void)state;
	static const char *const of_1984[] = {"1984",    "12.05.1984", "1984-05-12", "1.1.84",  "01/12/84",    "1984 р.н.",
					      "31-1-84", "1. 1. 84",   "30682",      "1.1.84 ", "1 січня 1984"};
	for (size_t i = 0; i < COUNT_OF(of_1984); i++) {
		expect(PERSON_BIRTH_YEAR, of_1984[i], FAULT_NONE, "1984");
	}
	expect(PERSON_BIRTH_YEAR, "1.1.07", FAULT_NONE, "2007");
	expect(PERSON_BIRTH_YEAR, "невідомо", FAULT_NONE, "");
	static const char *const none[] = {"42", "9999", "84", "1.1", "32.1.84", "1.1.1884", "99999", "1.1.84.5", "0"};
	for (size_t i = 0; i < COUNT_OF(none); i++) {
		expect(PERSON_BIRTH_YEAR, none[i], FAULT_NO_YEAR, "");
	}
}

static void a_registration_has_its_word(void **state) {
	(void)state;
	expect(PERSON_REGISTRATION, "cancelled", FAULT_NONE, "cancelled");
	expect(PERSON_REGISTRATION, "Скасовано", FAULT_NONE, "cancelled");
	expect(PERSON_REGISTRATION, "Attending", FAULT_NONE, "confirmed");
	expect(PERSON_REGISTRATION, "ще думає", FAULT_NONE, "ще думає");
}

static void what_stands_for_nothing(void **state) {
	(void)state;
	static const char *const nothing[] = {"",       "-",   "–",   "—",   "...",  "…",        "?",         "немає",
					      "НЕМАЄ.", "Нет", "n/a", "N/A", "none", "відсутня", "не вказано"};
	static const char *const something[] = {"0",     "Ні",      "немає часу", "Nona",      "501112233",
						"a@b.c", "Нетішин", "Українська", "Об'єднання"};
	for (size_t i = 0; i < COUNT_OF(nothing); i++) {
		assert_true(person_value_is_nothing(PERSON_ORGANISATION, nothing[i]));
	}
	for (size_t i = 0; i < COUNT_OF(something); i++) {
		if (person_value_is_nothing(PERSON_ORGANISATION, something[i])) {
			fail_msg("\"%s\" counts as nothing", something[i]);
		}
	}
	assert_true(person_value_is_nothing(PERSON_NAME, "-"));
	assert_true(person_value_is_nothing(PERSON_NAME, "40")); /* a sum, and nobody's name */
	assert_true(person_value_is_nothing(PERSON_NAME, "N/A"));
	assert_false(person_value_is_nothing(PERSON_NAME, "Null")); /* people are called so */
	assert_false(person_value_is_nothing(PERSON_NAME, "None"));
	assert_false(person_value_is_nothing(PERSON_PHOTO_CONSENT, "нет")); /* an answer */
	assert_false(person_value_is_nothing(PERSON_REGISTRATION, "-"));
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_address_is_found_in_its_cell),
		cmocka_unit_test(what_is_no_address_is_none),
		cmocka_unit_test(years_of_birth),
		cmocka_unit_test(a_registration_has_its_word),
		cmocka_unit_test(what_stands_for_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
