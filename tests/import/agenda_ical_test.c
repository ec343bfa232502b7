#include "import/agenda_ical.h"

#include "agenda_texts.h"

static void fields_are_read(void **state) {
	struct agenda a = {0};
	struct err err = {0};
	const char *text = CALENDAR("X-WR-CALNAME:Форум\r\nX-WR-TIMEZONE:Europe/Kyiv\r\n" EVENT(
		"DTSTART;TZID=Europe/Kyiv:20260514T103000\r\nDTEND;TZID=Europe/Kyiv:20260514T113000\r\nLOCATION:Велика зала\r\n"
		"CATEGORIES:Трек А\r\nDESCRIPTION:Перший рядок\\nдругий\\, з к\r\n омою\r\n"));
	assert_ok(read_bytes(*state, text, strlen(text), &a, &err));
	assert_string_equal(a.title, "Форум");
	assert_string_equal(a.timezone, "Europe/Kyiv");
	assert_int_equal(a.count, 1);
	assert_string_equal(session_text(&a.items[0], SESSION_TRACK), "Трек А");
	assert_string_equal(session_text(&a.items[0], SESSION_ABSTRACT), "Перший рядок\nдругий, з комою");
	char *got = show_agenda(&a);
	assert_string_equal(got, "2026-05-14T10:30+03:00..11:30 Велика зала|Talk|u1\n");
	free(got);
	agenda_fini(&a);
}

static void zones(void **state) {
	expect_agenda(state, CALENDAR(EVENT("DTSTART:20260514T073000Z\r\nDTEND:20260514T083000Z\r\n")),
		      "2026-05-14T10:30+03:00..11:30 |Talk|u1\n");
	expect_agenda(state, CALENDAR(EVENT("DTSTART:20260514T103000\r\nDURATION:PT45M\r\n")), "2026-05-14T10:30+03:00..11:15 |Talk|u1\n");
	expect_agenda(state, CALENDAR(EVENT("DTSTART;TZID=FLE Standard Time:20260514T103000\r\n")),
		      "2026-05-14T10:30+03:00..11:00 |Talk|u1\n");
	expect_agenda(state, CALENDAR(EVENT("DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Kyiv:20260514T103000\r\n")),
		      "2026-05-14T10:30+03:00..11:00 |Talk|u1\n");
	refuse_agenda(state, CALENDAR(EVENT("DTSTART;TZID=Mars/Olympus:20260514T103000\r\n")), "unknown time zone \"Mars/Olympus\"");
	refuse_agenda(state, CALENDAR(EVENT("DTSTART;TZID=\"../../etc/passwd\":20260514T103000\r\n")), "unknown time zone");
}

static void a_zone_of_the_files_own(void **state) {
	expect_agenda(
		state,
		CALENDAR("BEGIN:VTIMEZONE\r\nTZID:Own\r\nBEGIN:STANDARD\r\nDTSTART:20001029T030000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH="
			 "10\r\n"
			 "TZOFFSETFROM:+0600\r\nTZOFFSETTO:+0500\r\nEND:STANDARD\r\nBEGIN:DAYLIGHT\r\nDTSTART:20000326T020000\r\n"
			 "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\nTZOFFSETFROM:+0500\r\nTZOFFSETTO:+0600\r\nEND:DAYLIGHT\r\nEND:"
			 "VTIMEZONE\r\n" EVENT("DTSTART;TZID=Own:20260514T103000\r\n") "BEGIN:VEVENT\r\nUID:u2\r\nSUMMARY:"
										       "Winter\r\nDTSTART;TZID=Own:20261214T103000\r\n"
										       "END:VEVENT\r\n"),
		"2026-05-14T10:30+06:00..11:00 |Talk|u1\n2026-12-14T10:30+05:00..11:00 |Winter|u2\n");
}

/* Kyiv goes from +02:00 to +03:00 on 2026-03-29 at 03:00 and back on 2026-10-25 at 04:00. */
static void across_daylight_saving(void **state) {
	expect_agenda(state, CALENDAR(EVENT("DTSTART;TZID=Europe/Kyiv:20260328T100000\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;COUNT=2\r\n")),
		      "2026-03-28T10:00+02:00..11:00 |Talk|u1/2026-03-28\n2026-03-29T10:00+03:00..11:00 |Talk|u1/2026-03-29\n");
	expect_agenda(state, CALENDAR(EVENT("DTSTART;TZID=Europe/Kyiv:20261024T230000\r\nDTEND;TZID=Europe/Kyiv:20261025T050000\r\n")),
		      "2026-10-24T23:00+03:00..06:00 |Talk|u1\n"); /* seven hours long */
	expect_agenda(state, CALENDAR(EVENT("DTSTART;TZID=Europe/Kyiv:20261025T033000\r\n")),
		      "2026-10-25T03:30+03:00..04:00 |Talk|u1\n"); /* the first of the two half past three */
}

static void one_instance_may_differ(void **state) {
	expect_agenda(
		state,
		CALENDAR(EVENT(KYIV("DTSTART", "20260501T100000") "DURATION:PT30M\r\nRRULE:FREQ=DAILY;COUNT=3\r\n") OTHER(
			"u1", "Later", KYIV("RECURRENCE-ID", "20260502T100000") KYIV("DTSTART", "20260502T150000") "DURATION:PT1H\r\n")
				 OTHER("u1", "Off",
				       KYIV("RECURRENCE-ID", "20260503T100000") "STATUS:CANCELLED\r\n" KYIV(
					       "DTSTART", "20260503T100000") "DURATION:PT30M\r\n")),
		"2026-05-01T10:00+03:00..10:30 |Talk|u1/2026-05-01\n2026-05-02T15:00+03:00..16:00 |Later|u1/2026-05-02\n"
		"!2026-05-03T10:00+03:00..10:30 |Off|u1/2026-05-03\n");
}

/* The day alone names the instance of that day; one that no series has stands for itself; one that became a whole day is off. */
static void instances_are_named_by_their_day(void **state) {
	const char *series = EVENT(KYIV("DTSTART", "20260601T180000") "DURATION:PT1H\r\nRRULE:FREQ=DAILY;COUNT=2\r\n");
	char *moved = xasprintf(
		"BEGIN:VCALENDAR\r\n%s%sEND:VCALENDAR\r\n", series,
		OTHER("u1", "Moved", "RECURRENCE-ID;VALUE=DATE:20260602\r\n" KYIV("DTSTART", "20260602T190000") "DURATION:PT1H\r\n") OTHER(
			"u1", "Extra", "RECURRENCE-ID;VALUE=DATE:20260609\r\n" KYIV("DTSTART", "20260609T190000") "DURATION:PT1H\r\n"));
	expect_agenda(state, moved,
		      "2026-06-01T18:00+03:00..19:00 |Talk|u1/2026-06-01\n2026-06-02T19:00+03:00..20:00 |Moved|u1/2026-06-02\n"
		      "2026-06-09T19:00+03:00..20:00 |Extra|u1/2026-06-09\n");
	free(moved);
	char *whole = xasprintf("BEGIN:VCALENDAR\r\n%s%sEND:VCALENDAR\r\n", series,
				OTHER("u1", "Whole", "RECURRENCE-ID;VALUE=DATE:20260602\r\nDTSTART;VALUE=DATE:20260602\r\n"));
	expect_agenda(state, whole,
		      "2026-06-01T18:00+03:00..19:00 |Talk|u1/2026-06-01\n!2026-06-02T18:00+03:00..19:00 |Talk|u1/2026-06-02\n");
	free(whole);
}

/* A day of a series of whole days that got a time. */
static void instances_of_whole_days_may_have_a_time(void **state) {
	expect_agenda(
		state,
		CALENDAR(EVENT("DTSTART;VALUE=DATE:20260601\r\nRRULE:FREQ=DAILY;COUNT=3\r\n") OTHER(
			"u1", "Short", "RECURRENCE-ID;VALUE=DATE:20260602\r\n" KYIV("DTSTART", "20260602T190000") "DURATION:PT1H\r\n")),
		"2026-06-02T19:00+03:00..20:00 |Short|u1/2026-06-02\n");
}

/* All from there on move as it does, on the wall; what has a change of its own keeps that. */
static void this_and_future(void **state) {
	expect_agenda(state,
		      CALENDAR(OTHER("u1", "Solo",
				     KYIV("RECURRENCE-ID", "20261026T090000") KYIV("DTSTART", "20261026T200000") "DURATION:PT1H\r\n")
				       OTHER("u1", "Evening",
					     KYIV("RECURRENCE-ID;RANGE=THISANDFUTURE", "20261024T090000")
						     KYIV("DTSTART", "20261024T183000") "DURATION:PT2H\r\n")
					       EVENT(KYIV("DTSTART", "20261023T090000") "DURATION:PT1H\r\nRRULE:FREQ=DAILY;COUNT=5\r\n")),
		      "2026-10-23T09:00+03:00..10:00 |Talk|u1/2026-10-23\n2026-10-24T18:30+03:00..20:30 |Evening|u1/2026-10-24\n"
		      "2026-10-25T18:30+02:00..20:30 |Evening|u1/2026-10-25\n2026-10-26T20:00+02:00..21:00 |Solo|u1/2026-10-26\n"
		      "2026-10-27T18:30+02:00..20:30 |Evening|u1/2026-10-27\n");
}

/* Days of a duration are days of the calendar, hours are hours. The end is shown with the offset of the start: it is 12:00+02:00. */
static void durations_over_a_change_of_the_clocks(void **state) {
	expect_agenda(state, CALENDAR(EVENT(KYIV("DTSTART", "20261024T120000") "DURATION:P1D\r\n")),
		      "2026-10-24T12:00+03:00..13:00 |Talk|u1\n");
	expect_agenda(state, CALENDAR(EVENT(KYIV("DTSTART", "20261024T120000") "DURATION:PT24H\r\n")),
		      "2026-10-24T12:00+03:00..12:00 |Talk|u1\n");
}

static void cancelling_calendars(void **state) {
	expect_agenda(state, "BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\n" EVENT("DTSTART:20260514T073000Z\r\n") "END:VCALENDAR\r\n",
		      "!2026-05-14T10:30+03:00..11:00 |Talk|u1\n");
}

/* X-WR-TIMEZONE is the zone of floating times, whatever names it; one that nobody knows is told. */
static void floating_times(void **state) {
	expect_agenda(state, "BEGIN:VCALENDAR\r\nX-WR-TIMEZONE:Asia/Tokyo\r\n" EVENT("DTSTART:20260514T103000\r\n") "END:VCALENDAR\r\n",
		      "2026-05-14T10:30+09:00..11:00 |Talk|u1\n");
	expect_agenda(state,
		      "BEGIN:VCALENDAR\r\nX-WR-TIMEZONE:Tokyo Standard Time\r\n" EVENT("DTSTART:20260514T103000\r\n") "END:VCALENDAR\r\n",
		      "2026-05-14T10:30+09:00..11:00 |Talk|u1\n");
	expect_reported(state, "BEGIN:VCALENDAR\r\nX-WR-TIMEZONE:Mars\r\n" EVENT("DTSTART:20260514T103000\r\n") "END:VCALENDAR\r\n",
			"2026-05-14T10:30+03:00..11:00 |Talk|u1\n",
			"unknown time zone \"Mars\": times that name none were taken in the event's\n");
}

static void odd_hours_are_told(void **state) {
	expect_reported(state, CALENDAR(EVENT(KYIV("DTSTART", "20261025T033000") "DURATION:PT1H\r\n")),
			"2026-10-25T03:30+03:00..04:30 |Talk|u1\n",
			"line 4: 2026-10-25 03:30 comes twice that day, for the clocks go back: the first was taken\n");
	expect_reported(state, CALENDAR(EVENT(KYIV("DTSTART", "20260329T033000") "DURATION:PT1H\r\n")),
			"2026-03-29T04:30+03:00..05:30 |Talk|u1\n",
			"line 4: 2026-03-29 03:30 does not exist, for the clocks go forward that day: 04:30 was taken\n");
	expect_reported(state, CALENDAR(EVENT("DTSTART:20261025T003000Z\r\nDURATION:PT1H\r\n")), "2026-10-25T03:30+03:00..04:30 |Talk|u1\n",
			"");
}

/* One that cannot be read is left out with its line, and what it already added goes. */
static void bad_entries_are_left_out(void **state) {
	expect_reported(state,
			CALENDAR(EVENT("DTSTART:20260514T073000Z\r\n") OTHER("u2", "Lost", "SEQUENCE:1\r\n")
					 OTHER("u3", "Nowhere", "DTSTART;TZID=Mars:20260514T073000\r\n")
						 OTHER("u4", "Old rule", "DTSTART:20260514T073000Z\r\nRRULE:D1 #3\r\n")
							 OTHER("u5", "Odd date",
							       "DTSTART:20260514T073000Z\r\nRRULE:FREQ=DAILY;COUNT=2\r\nRDATE:soon\r\n")),
			"2026-05-14T10:30+03:00..11:00 |Talk|u1\n2026-05-14T07:30+03:00..08:00 |Nowhere|u3\n",
			"line 9: \"Lost\" has no start (DTSTART) that can be read\n"
			"line 19: its recurrence rule cannot be read\nline 25: there is no time that can be read in RDATE\n"
			"line 14: unknown time zone \"Mars\": its times were read as if they named none\n");
}

/* The start is known, so the session is; a zone that is told once for start and end floats. */
static void what_is_done_without(void **state) {
	expect_reported(
		state,
		"BEGIN:VCALENDAR\r\nX-WR-TIMEZONE:Europe/Warsaw\r\n" EVENT(
			"DTSTART;TZID=Mars:20260514T073000\r\nDTEND;TZID=Mars:20260514T083000\r\n")
			OTHER("u2", "Back", "DTSTART:20260514T073000Z\r\nDTEND:20260514T063000Z\r\n")
				OTHER("u3", "Odd", "DTSTART:20260514T073000Z\r\nDTEND:whenever\r\n") "END:VCALENDAR\r\n",
		"2026-05-14T07:30+02:00..08:30 |Talk|u1\n2026-05-14T10:30+03:00..11:00 |Back|u2\n2026-05-14T10:30+03:00..11:00 |Odd|u3\n",
		"line 3: unknown time zone \"Mars\": its times were read as if they named none\nline 9: \"Back\" ends before it starts\n"
		"line 15: there is no time that can be read in DTEND\n");
}

static void whole_days_are_no_sessions(void **state) {
	expect_agenda(state,
		      CALENDAR("BEGIN:VEVENT\r\nUID:d\r\nSUMMARY:Day 1\r\nDTSTART;VALUE=DATE:20260514\r\nEND:VEVENT\r\n" EVENT(
			      "DTSTART:20260514T073000Z\r\n")),
		      "2026-05-14T10:30+03:00..11:00 |Talk|u1\n");
}

static void doubled_uids_are_told_apart(void **state) {
	expect_agenda(
		state,
		CALENDAR(EVENT("DTSTART:20260514T083000Z\r\n") EVENT("DTSTART:20260514T073000Z\r\n") EVENT("DTSTART:20260514T073000Z\r\n")),
		"2026-05-14T11:30+03:00..12:00 |Talk|u1#2\n2026-05-14T10:30+03:00..11:00 |Talk|u1\n");
}

static void errors_name_the_line(void **state) {
	refuse_agenda(state, CALENDAR(EVENT("DTSTART:20260514T073000Z\r\n") "BEGIN:VEVENT\r\nSUMMARY:No start\r\nEND:VEVENT\r\n"),
		      "line 9: \"No start\" has no start");
	refuse_agenda(state, CALENDAR(EVENT("DTSTART:20260514T073000Z\r\nDTEND:20260514T063000Z\r\n")), "ends before it starts");
	refuse_agenda(state, CALENDAR(""), "no session");
	refuse_agenda(state, "BEGIN:VCALENDAR\r\n", "");
	refuse_agenda(state, "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\nEND:VEVENT\r\n", "line 3: an END without its BEGIN");
}

static void hostile_calendars(void **state) {
	struct agenda a = {0};
	struct err err = {0};
	struct strbuf text = {0};
	for (int i = 0; i < 100000; i++) {
		strbuf_adds(&text, i ? "BEGIN:VEVENT\r\n" : "BEGIN:VCALENDAR\r\n");
	}
	assert_false(read_bytes(*state, text.data, text.len, &a, &err));
	assert_says("line 9: the calendar's parts are nested too deeply");
	strbuf_reset(&text);
	strbuf_adds(&text, "BEGIN:VCALENDAR\r\n");
	for (int i = 0; i < AGENDA_MAX + 1; i++) {
		strbuf_addf(&text, "BEGIN:VEVENT\r\nUID:%d\r\nSUMMARY:x\r\nDTSTART:20260514T073000Z\r\nEND:VEVENT\r\n", i);
	}
	strbuf_adds(&text, "END:VCALENDAR\r\n");
	assert_false(read_bytes(*state, text.data, text.len, &a, &err));
	assert_says("more than 20000 sessions");
	strbuf_fini(&text);
	/* A zone whose rule ticks every second is not asked. */
	refuse_agenda(state,
		      CALENDAR("BEGIN:VTIMEZONE\r\nTZID:Bomb\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nRRULE:FREQ="
			       "SECONDLY\r\nTZOFFSETFROM:+0000\r\n"
			       "TZOFFSETTO:+0000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n" EVENT("DTSTART;TZID=Bomb:20260514T073000\r\n")),
		      "unknown time zone");
}

static const char *const SMALL = CALENDAR(
	"X-WR-CALNAME:Ф\r\nX-WR-TIMEZONE:Own\r\nBEGIN:VTIMEZONE\r\nTZID:Own\r\nBEGIN:STANDARD\r\nDTSTART:19701025T030000\r\nTZOFFSETFROM:+"
	"0300\r\n"
	"TZOFFSETTO:+0200\r\nRRULE:FREQ=YEARLY;BYHOUR=3;BYDAY=-1SU;BYMONTH=10;UNTIL=20300101T000000Z\r\nEND:STANDARD\r\nEND:"
	"VTIMEZONE\r\n" EVENT(
		"DTSTART;TZID=Own:20260514T103000\r\nDURATION:P1DT1H\r\nRRULE:FREQ=DAILY;COUNT=2;BYDAY=FR\r\nEXDATE:20260515T073000Z\r\n"
		"RDATE;VALUE=PERIOD:20260516T073000Z/PT1H\r\nLOCATION;ENCODING=QUOTED-PRINTABLE:=D0=97=\r\n=D0=B0\r\nDESCRIPTION:<b>a</"
		"b>\\nb\r\n"
		"SEQUENCE:1\r\n")
		OTHER("u1", "x",
		      "RECURRENCE-ID;RANGE=THISANDFUTURE;VALUE=DATE:20260515\r\nDTSTART;TZID=\"(UTC+02:00) Kyiv\":20260515T110000\r\n"));

static void every_prefix_is_read_or_refused(void **state) { try_prefixes(state, SMALL); }

static void flipped_bytes_do_no_harm(void **state) { try_flips(state, SMALL); }

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fields_are_read),
		cmocka_unit_test(zones),
		cmocka_unit_test(a_zone_of_the_files_own),
		cmocka_unit_test(across_daylight_saving),
		cmocka_unit_test(one_instance_may_differ),
		cmocka_unit_test(instances_are_named_by_their_day),
		cmocka_unit_test(instances_of_whole_days_may_have_a_time),
		cmocka_unit_test(this_and_future),
		cmocka_unit_test(durations_over_a_change_of_the_clocks),
		cmocka_unit_test(cancelling_calendars),
		cmocka_unit_test(floating_times),
		cmocka_unit_test(odd_hours_are_told),
		cmocka_unit_test(bad_entries_are_left_out),
		cmocka_unit_test(what_is_done_without),
		cmocka_unit_test(whole_days_are_no_sessions),
		cmocka_unit_test(doubled_uids_are_told_apart),
		cmocka_unit_test(errors_name_the_line),
		cmocka_unit_test(hostile_calendars),
		cmocka_unit_test(every_prefix_is_read_or_refused),
		cmocka_unit_test(flipped_bytes_do_no_harm),
	};
	return cmocka_run_group_tests(tests, scratch_open, scratch_close);
}
