/* Lists of people that went wrong in the field, each with what is right. They are not part of the project: where they are not there, that is
 * said. What they stand for is tested without them in people_row_test.c, people_header_test.c and xlsx_test.c. */
#include "import/people.h"

#include "event/registration.h"
#include "scratch.h"

#define CASES "../shared/cases"

/* Who is on the list, and what else is said of them: "name [email] {code} (registration)", each as far as it is there. */
static void list_people(const struct people *p, struct strbuf *out) {
	for (size_t i = 0; i < p->count; i++) {
		const struct person *person = &p->items[i];
		strbuf_addf(out, "%s%s", i != 0 ? "; " : "", person_text(person, PERSON_NAME));
		if (person->field[PERSON_CODE] != NULL) {
			strbuf_addf(out, " {%s}", person->field[PERSON_CODE]);
		}
		if (!registration_admits(person_registration(person))) {
			strbuf_addf(out, " (%s)", person_text(person, PERSON_REGISTRATION));
		}
	}
}

static const struct people_case {
	const char *file, *people;
	size_t notes, bad;
} LISTS[] = {
	{"01-luma.csv", "Anna Probe; Bella Declined (declined); Noname Carla (pending); Anna Shortname", 0, 0},
	{"01-pretix.csv", "Probe Anna {secret1}; Cancel Bella {secret2} (cancelled)", 0, 0},
	{"02-name-surname.csv", "Anna Probe", 0, 0},
	{"02-ukname.csv", "Олена Приклад; Олена Зразок", 0, 0},
	{"10-hash.csv", "Probe Anna", 0, 0},
	{"11-errors.xlsx", "A One; B Two; c@example.org", 11, 1}, /* ten formulas, and a name that is none of them */
	{"11-x000d.xlsx", "Anna X; Hidden Row; Err", 2, 0},
	{"11-zeros.xlsx", "Anna Zero {00007}; Bella Zero {00008}", 0, 0},
	{"14-backslash.xlsx", "Anna Slash", 0, 0},
	{"14-chartfirst.xlsx", "Anna Chart", 0, 0},
	{"20-tito.csv", "Anna Probe; Bella Void (cancelled)", 0, 0},
};

static void lists_that_went_wrong(void **state) {
	(void)state;
	for (size_t i = 0; i < COUNT_OF(LISTS); i++) {
		char *path = xasprintf("%s/%s", CASES, LISTS[i].file);
		struct people p = {0};
		struct strbuf got = {0};
		struct err err = {0};
		if (sample(path) == NULL) {
			free(path);
			skip();
		}
		if (!people_read(path, NULL, &p, &err)) {
			fail_msg("%s", err.text);
		}
		list_people(&p, &got);
		if (!str_eq(strbuf_str(&got), LISTS[i].people) || p.notes.total != LISTS[i].notes || p.bad.total != LISTS[i].bad) {
			fail_msg("%s: %s; %zu notes, %zu bad", LISTS[i].file, strbuf_str(&got), p.notes.total, p.bad.total);
		}
		strbuf_fini(&got);
		people_fini(&p);
		free(path);
	}
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(lists_that_went_wrong)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
