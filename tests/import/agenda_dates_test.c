#include "import/agenda_dates.h"

#include "agenda_texts.h"

#define ROWS(a, b) "Title,Date,Start\nA," a ",10:00\nB," b ",10:00\n"
#define WANT(a, b) a "T10:00+03:00..10:30 |A|a\n" b "T10:00+03:00..10:30 |B|b\n"

/* One cell that can only be read in one way decides for its column; a column that says nothing follows another one. */
static void one_reading_for_a_column(void **state) {
	expect_reported(state, ROWS("06/07/2026", "06/21/2026"), WANT("2026-06-07", "2026-06-21"), "");
	expect_reported(state, ROWS("06/07/2026", "21/07/2026"), WANT("2026-07-06", "2026-07-21"), "");
	expect_reported(state, ROWS("06-07-2026", "06-21-2026"), WANT("2026-06-07", "2026-06-21"), "");
	expect_reported(state, ROWS("06/07/26", "6/21/26"), WANT("2026-06-07", "2026-06-21"), "");
	expect_reported(state, "Title,Date,Start,End date\nA,06/07/2026,10:00,06/07/2026\nB,06/08/2026,10:00,06/21/2026\n",
			"2026-06-07T10:00+03:00..10:30 |A|a\n2026-06-08T10:00+03:00..00:00 |B|b\n", "");
}

static void the_day_is_first_where_nothing_tells(void **state) {
	expect_reported(
		state, ROWS("06/07/2026", "08/07/2026"), WANT("2026-07-06", "2026-07-08"),
		"line 2, column 2: in \"06/07/2026\" and the like the day was taken to come first; --month-first takes the month\n");
	expect_reported_with(state, ROWS("06/07/2026", "06/08/2026"), &(struct agenda_options){.month_first = true},
			     (const char *const[2]){WANT("2026-06-07", "2026-06-08"), ""});
	expect_reported(state, "Title,Date (MM/DD/YYYY),Start\nA,06/07/2026,10:00\nB,06/08/2026,10:00\n", WANT("2026-06-07", "2026-06-08"),
			"");
	/* Nothing hangs on the order, or full stops say it. */
	expect_reported(state, ROWS("07/07/2026", "08/08/2026"), WANT("2026-07-07", "2026-08-08"), "");
	expect_reported(state, ROWS("06.07.2026", "08.07.2026"), WANT("2026-07-06", "2026-07-08"), "");
}

/* 5 December or 12 May: the event is in May. In both readings, or in neither, they tell nothing. */
static void the_events_dates_tell(void **state) {
	struct agenda_options opt = {.has_days = true, .first_day = tz_days(2026, 5, 12), .last_day = tz_days(2026, 5, 13)};
	expect_reported_with(state, ROWS("05/12/2026", "05/12/2026"), &opt, (const char *const[2]){WANT("2026-05-12", "2026-05-12"), ""});
	expect_reported_with(state, ROWS("12/05/2026", "12/05/2026"), &opt, (const char *const[2]){WANT("2026-05-12", "2026-05-12"), ""});
	opt.last_day = tz_days(2026, 12, 31);
	expect_reported_with(state, ROWS("05/12/2026", "05/12/2026"), &opt,
			     (const char *const[2]){"2026-12-05T10:00+02:00..10:30 |A|a\n2026-12-05T10:00+02:00..10:30 |B|b\n",
						    "line 2, column 2: in \"05/12/2026\" and the like the day was taken to come first; "
						    "--month-first takes the month\n"});
}

static void contradictions_are_told(void **state) {
	expect_reported(
		state, ROWS("21/06/2026", "06/22/2026"), WANT("2026-06-21", "2026-06-22"),
		"line 3, column 2: \"06/22/2026\" has the month first and \"21/06/2026\" the day: both cannot be right in one table\n");
}

/* In the event's dates, which may lie in two years; else in the year of a date above. */
static void dates_without_a_year(void **state) {
	struct agenda_options opt = {.has_days = true, .first_day = tz_days(2026, 12, 30), .last_day = tz_days(2027, 1, 2)};
	expect_reported_with(state, "Назва;Дата;Час\nA;30 грудня;10:00\nB;1 січня;10:00\nC;02.01;10:00\n", &opt,
			     (const char *const[2]){"2026-12-30T10:00+02:00..10:30 |A|a\n2027-01-01T10:00+02:00..10:30 |B|b\n"
						    "2027-01-02T10:00+02:00..10:30 |C|c\n",
						    ""});
	expect_reported(state, "Назва;Дата;Час\nA;14.05.2026;10:00\nB;15.05;10:00\n", WANT("2026-05-14", "2026-05-15"), "");
	refuse_agenda(state, "Назва;Дата;Час\nA;14 травня;10:00\n", "line 2, column 2: \"14 травня\" has no year");
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_reading_for_a_column), cmocka_unit_test(the_day_is_first_where_nothing_tells),
		cmocka_unit_test(the_events_dates_tell),    cmocka_unit_test(contradictions_are_told),
		cmocka_unit_test(dates_without_a_year),
	};
	return cmocka_run_group_tests(tests, scratch_open, scratch_close);
}
