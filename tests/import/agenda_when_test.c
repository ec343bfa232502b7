/* Times of a table in the zones that it names, and ends that cannot be understood. */
#include "import/agenda_when.h"

#include "agenda_texts.h"

/* A table of one row, whose columns are `header` and whose cells are `row`, gives one session and says nothing. */
static void gives(void **state, const char *header, const char *row, const char *want) {
	char *text = xasprintf("Title;%s\nA;%s\n", header, row);
	char *line = xasprintf("%s |A|a\n", want);
	expect_reported(state, text, line, "");
	free(text);
	free(line);
}

static void a_column_of_zones(void **state) {
	static const char *const headers[] = {"Timezone", "Time zone", "Часовий пояс", "Часовой пояс"};
	for (size_t i = 0; i < COUNT_OF(headers); i++) {
		char *header = xasprintf("Date;Start;End;%s", headers[i]);
		gives(state, header, "2026-05-14;10:00;11:00;America/New_York", "2026-05-14T10:00-04:00..11:00");
		gives(state, header, "2026-05-14;10:00-11:00;;FLE Standard Time", "2026-05-14T10:00+03:00..11:00");
		gives(state, header, "2026-05-14;10:00;;UTC+1", "2026-05-14T10:00+01:00..10:30");
		gives(state, header, "2026-05-14;23:30;00:30;Europe/Warsaw", "2026-05-14T23:30+02:00..00:30");
		gives(state, header, "2026-05-14;10:00;11:00;UTC", "2026-05-14T13:00+03:00..14:00");
		gives(state, header, "2026-05-14;10:00;11:00;", "2026-05-14T10:00+03:00..11:00");
		free(header);
	}
	const struct column_map maps[] = {{"timezone", "Where"}};
	struct agenda_options opt = {.maps = maps, .map_count = COUNT_OF(maps)};
	expect_reported_with(state, "Title,Start,Where\nA,2026-05-14 10:00,Europe/Warsaw\n", &opt,
			     (const char *const[2]){"2026-05-14T10:00+02:00..10:30 |A|a\n", ""});
}

static void a_zone_that_nobody_knows(void **state) {
	const char *text = "Title,Start,Time zone\nA,2026-05-14 10:00,Mars/Olympus\nB,2026-05-14 11:00,MSK\n";
	expect_reported(state, text, "2026-05-14T10:00+03:00..10:30 |A|a\n2026-05-14T11:00+03:00..11:30 |B|b\n",
			"line 2, column 3: unknown time zone \"Mars/Olympus\": its times were read as if they named none\n"
			"line 3, column 3: unknown time zone \"MSK\": its times were read as if they named none\n");
	refuse_agenda(state, text, "line 2, column 3: unknown time zone \"Mars/Olympus\"");
}

static void headers_name_zones(void **state) {
	gives(state, "Start (UTC);End (UTC)", "2026-05-14 07:00;2026-05-14 08:00", "2026-05-14T10:00+03:00..11:00");
	gives(state, "Date;Start Time (Europe/Warsaw);End", "2026-05-14;10:00;11:00", "2026-05-14T10:00+02:00..11:00");
	gives(state, "Дата;Початок (UTC+5);Кінець", "14.05.2026;10:00;11:00", "2026-05-14T10:00+05:00..11:00");
	gives(state, "Date (UTC);Start", "2026-05-14;07:00", "2026-05-14T10:00+03:00..10:30");
	gives(state, "Start [America/New_York];End (UTC)", "2026-05-14 10:00;15:00", "2026-05-14T10:00-04:00..11:00");
	gives(state, "Date (dd/mm/yyyy);Start (hh:mm)", "14/05/2026;10:00", "2026-05-14T10:00+03:00..10:30");
	/* The header says it of its column alone, and a cell knows best. */
	gives(state, "Start (UTC);Timezone", "2026-05-14 07:00;America/New_York", "2026-05-14T10:00+03:00..10:30");
	gives(state, "Start (UTC)", "2026-05-14T10:00+02:00", "2026-05-14T10:00+02:00..10:30");
}

static void cells_name_zones(void **state) {
	gives(state, "Start;End", "2026-05-14 10:00 UTC;11:00", "2026-05-14T13:00+03:00..14:00");
	gives(state, "Start;End", "2026-05-14T10:00:00Z;2026-05-14T11:00:00.000Z", "2026-05-14T13:00+03:00..14:00");
	gives(state, "Start;End", "2026-05-14T10:00-04:00;11:00", "2026-05-14T10:00-04:00..11:00");
	gives(state, "Date;Start", "2026-05-14;10:00-11:30 GMT", "2026-05-14T13:00+03:00..14:30");
	gives(state, "Date;Start", "05/14/2026;10:00 +02:00", "2026-05-14T10:00+02:00..10:30");
	gives(state, "Start", "05/14/2026 10:00 UTC", "2026-05-14T13:00+03:00..13:30");
	gives(state, "Start", "2026-05-14 10:00-11:30", "2026-05-14T10:00+03:00..11:30");
	gives(state, "Start", "2026-05-14 22:00 - 02:00", "2026-05-14T22:00+03:00..02:00");
	/* A day in UTC may be another one here. */
	gives(state, "Start", "2026-05-13T22:30Z", "2026-05-14T01:30+03:00..02:00");
	refuse_agenda(state, "Title,Start\nA,2026-05-14 10:00 CET\n", "line 2, column 2: \"2026-05-14 10:00 CET\" is no date or time");
	refuse_agenda(state, "Title,Start\nA,2026-05-14 10:00 Mars/Olympus\n", "\"2026-05-14 10:00 Mars/Olympus\" is no date or time");
	refuse_agenda(state, "Title,Start\nA,2026-05-14T10:00+99:00\n", "\"2026-05-14T10:00+99:00\" is no date or time");
}

static void columns_of_dates_with_their_times(void **state) {
	gives(state, "Start Date;End Date", "2026-05-14T07:00:00Z;2026-05-14T08:00:00Z", "2026-05-14T10:00+03:00..11:00");
	gives(state, "Start Date;End Date", "14.05.2026 10:00;14.05.2026 11:00", "2026-05-14T10:00+03:00..11:00");
	refuse_agenda(state, "Title,Start Date\nA,2026-05-14\n", "no column with the sessions' start");
}

/* The start is known, so the session is; what else is wrong is told. */
static void a_wrong_end_is_done_without(void **state) {
	expect_reported(state,
			"Title,Date,Start,End,End date,Duration\nA,2026-05-14,10:00,late,,\nB,2026-05-14,10:00,late,,45\n"
			"C,2026-05-14,10:00,11:00,later,\nD,2026-05-14,10:00,,2026-05-13,\nE,2026-05-14,10:00,2026-05-13 11:00,,\n"
			"F,2026-05-14,10:00,,,long\nG,2026-05-14,10:00-10:20,?,,\nH,soon,2026-05-14 10:00,,,\n",
			"2026-05-14T10:00+03:00..10:30 |A|a\n2026-05-14T10:00+03:00..10:45 |B|b\n2026-05-14T10:00+03:00..11:00 |C|c\n"
			"2026-05-14T10:00+03:00..10:30 |D|d\n2026-05-14T10:00+03:00..10:30 |E|e\n2026-05-14T10:00+03:00..10:30 |F|f\n"
			"2026-05-14T10:00+03:00..10:20 |G|g\n2026-05-14T10:00+03:00..10:30 |H|h\n",
			"line 2, column 4: \"late\" is no date or time (wanted are 14.05.2026, 2026-05-14, 10:30, 10:30-11:00)\n"
			"line 3, column 4: \"late\" is no date or time (wanted are 14.05.2026, 2026-05-14, 10:30, 10:30-11:00)\n"
			"line 4, column 5: \"later\" is no date or time (wanted are 14.05.2026, 2026-05-14, 10:30, 10:30-11:00)\n"
			"line 5, column 5: \"2026-05-13\" is before the start\n"
			"line 6, column 4: \"2026-05-13 11:00\" is before the start\n"
			"line 7, column 6: \"long\" is no duration (wanted are 45, 1:30, 90 min)\n"
			"line 8, column 4: \"?\" is no date or time (wanted are 14.05.2026, 2026-05-14, 10:30, 10:30-11:00)\n"
			"line 9, column 2: \"soon\" is no date or time (wanted are 14.05.2026, 2026-05-14, 10:30, 10:30-11:00)\n");
}

static const char *const SMALL =
	"Title;Date;Start (UTC);End;Time zone;Seats\nA;14.05.2026;10:00 UTC+3;2026-05-14T11:00-04:00;(UTC+02:00) Kyiv;до 1 000\n"
	"B;;10:00-11:00 (Europe/Kyiv);-;UTC −4;30–40\n";

static void every_prefix_is_read_or_refused(void **state) { try_prefixes(state, SMALL); }

static void flipped_bytes_do_no_harm(void **state) { try_flips(state, SMALL); }

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_column_of_zones),
		cmocka_unit_test(a_zone_that_nobody_knows),
		cmocka_unit_test(headers_name_zones),
		cmocka_unit_test(cells_name_zones),
		cmocka_unit_test(columns_of_dates_with_their_times),
		cmocka_unit_test(a_wrong_end_is_done_without),
		cmocka_unit_test(every_prefix_is_read_or_refused),
		cmocka_unit_test(flipped_bytes_do_no_harm),
	};
	return cmocka_run_group_tests(tests, scratch_open, scratch_close);
}
