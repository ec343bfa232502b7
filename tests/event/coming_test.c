/* On which days somebody comes, by what organisers write into a column of their own. */
#include "event/coming.h"

#include "lib/testing.h"

#include "base/tz.h"
#include "event/person.h"

static bool comes(const char *column, const char *said) {
	struct person p = {0};
	person_set(&p, PERSON_NAME, "Олена");
	person_set_custom(&p, "Розмір футболки", "M");
	person_set_custom(&p, column, said);
	bool yes = person_comes(&p, tz_days(2026, 5, 15));
	person_fini(&p);
	return yes;
}

static void dates_as_they_are_written(void **state) {
	(void)state;
	assert_true(comes("Дні", "2026-05-14, 2026-05-15"));
	assert_false(comes("Дні", "2026-05-14"));
	assert_true(comes("days", "14.05.2026;15.05.2026"));
	assert_true(comes("День", "15.05"));
	assert_true(comes("ДНИ", "14.05. 15.05."));
	assert_true(comes("Дата", "15.5.26"));
	assert_false(comes("Day", "14.05"));
	assert_false(comes("Day", "15.06"));
	assert_false(comes("Day", "15.05.2025"));
}

static void who_cannot_be_read_is_not_left_out(void **state) {
	(void)state;
	assert_true(comes("Дні", "обидва"));
	assert_true(comes("Дні", "14.05 і ще, мабуть, наступного"));
	assert_true(comes("Дні", "31.02"));
	assert_true(comes("Дні", " , ;"));
	assert_true(comes("Дні", ""));
	assert_true(comes("Обід", "14.05")); /* another column */
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(dates_as_they_are_written),
					   cmocka_unit_test(who_cannot_be_read_is_not_left_out)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
