#include "import/agenda_ical_series.h"

#include "agenda_texts.h"

static void rules_dates_and_exceptions(void **state) {
	expect_agenda(state,
		      CALENDAR(EVENT("DTSTART:20260501T070000Z\r\nDURATION:PT30M\r\nRRULE:FREQ=WEEKLY;UNTIL=20260515T070000Z\r\nEXDATE:"
				     "20260508T070000Z\r\nRDATE:20260510T070000Z\r\n")),
		      "2026-05-01T10:00+03:00..10:30 |Talk|u1/2026-05-01\n2026-05-10T10:00+03:00..10:30 |Talk|u1/2026-05-10\n"
		      "2026-05-15T10:00+03:00..10:30 |Talk|u1/2026-05-15\n");
	refuse_agenda(state, CALENDAR(EVENT("DTSTART:20260501T070000Z\r\nRRULE:FREQ=SECONDLY\r\n")), "hours, minutes or seconds");
	refuse_agenda(state, CALENDAR(EVENT("DTSTART:20260501T070000Z\r\nRRULE:FREQ=DAILY\r\nEXDATE:yesterday\r\n")), "in EXDATE");
}

/* Lists, several properties, periods with a length of their own, a date alone, what EXDATE takes away, and doubles. */
static void every_rdate_counts(void **state) {
	expect_agenda(
		state,
		CALENDAR(EVENT(KYIV("DTSTART", "20260701T090000") "DURATION:PT1H\r\n" KYIV(
			"RDATE",
			"20260703T090000,20260705T100000") "RDATE;VALUE=PERIOD:20260707T060000Z/PT3H,20260708T060000Z/20260708T080000Z\r\n"
							   "RDATE;VALUE=DATE:20260709\r\n" KYIV("RDATE", "20260703T090000")
								   KYIV("EXDATE", "20260705T100000"))),
		"2026-07-01T09:00+03:00..10:00 |Talk|u1/2026-07-01\n2026-07-03T09:00+03:00..10:00 |Talk|u1/2026-07-03\n"
		"2026-07-07T09:00+03:00..12:00 |Talk|u1/2026-07-07\n2026-07-08T09:00+03:00..11:00 |Talk|u1/2026-07-08\n"
		"2026-07-09T09:00+03:00..10:00 |Talk|u1/2026-07-09\n");
}

/* It is the first of COUNT's, in its rule or beside it; EXDATE takes it away like any other. */
static void dtstart_is_always_there(void **state) {
	expect_agenda(state, CALENDAR(EVENT(KYIV("DTSTART", "20260602T180000") "RRULE:FREQ=WEEKLY;BYDAY=WE;COUNT=3\r\n")),
		      "2026-06-02T18:00+03:00..18:30 |Talk|u1/2026-06-02\n2026-06-03T18:00+03:00..18:30 |Talk|u1/2026-06-03\n"
		      "2026-06-10T18:00+03:00..18:30 |Talk|u1/2026-06-10\n");
	expect_agenda(state, CALENDAR(EVENT(KYIV("DTSTART", "20260603T180000") "RRULE:FREQ=WEEKLY;BYDAY=WE;COUNT=2\r\n")),
		      "2026-06-03T18:00+03:00..18:30 |Talk|u1/2026-06-03\n2026-06-10T18:00+03:00..18:30 |Talk|u1/2026-06-10\n");
	expect_agenda(state, CALENDAR(EVENT(KYIV("DTSTART", "20260602T180000") "RRULE:FREQ=WEEKLY;BYDAY=WE;COUNT=1\r\n")),
		      "2026-06-02T18:00+03:00..18:30 |Talk|u1/2026-06-02\n");
	expect_agenda(state,
		      CALENDAR(EVENT(KYIV(
			      "DTSTART", "20260602T180000") "RRULE:FREQ=WEEKLY;BYDAY=WE;UNTIL=20260604\r\nEXDATE;VALUE=DATE:20260602\r\n")),
		      "2026-06-03T18:00+03:00..18:30 |Talk|u1/2026-06-03\n");
}

static void several_rules_and_rules_of_exception(void **state) {
	expect_agenda(state,
		      CALENDAR(EVENT(KYIV("DTSTART", "20260601T180000") "RRULE:FREQ=DAILY;COUNT=4\r\nRRULE:FREQ=MONTHLY;COUNT=2\r\n"
									"EXRULE:FREQ=DAILY;INTERVAL=2;COUNT=2\r\n")),
		      "2026-06-02T18:00+03:00..18:30 |Talk|u1/2026-06-02\n2026-06-04T18:00+03:00..18:30 |Talk|u1/2026-06-04\n"
		      "2026-07-01T18:00+03:00..18:30 |Talk|u1/2026-07-01\n");
}

static size_t count_of(void **state, const char *text) {
	struct agenda a = {0};
	struct err err = {0};
	assert_ok(read_bytes(*state, text, strlen(text), &a, &err));
	size_t count = a.count;
	agenda_fini(&a);
	return count;
}

/* Without the event's dates an endless rule is opened for a year; a day that never comes is nothing, and soon. */
static void endless_rules_are_opened_for_a_year(void **state) {
	assert_int_equal(count_of(state, CALENDAR(EVENT("DTSTART:20260501T070000Z\r\nRRULE:FREQ=DAILY\r\n"))), 366);
	assert_int_equal(count_of(state, CALENDAR(EVENT("DTSTART:20260501T070000Z\r\nRRULE:FREQ=DAILY;UNTIL=20990101T000000Z\r\n"))), 366);
	assert_int_equal(count_of(state, CALENDAR(EVENT("DTSTART:20260501T070000Z\r\nRRULE:FREQ=DAILY;COUNT=1000\r\n"))),
			 ICAL_INSTANCES_MAX);
	refuse_agenda(state, CALENDAR(EVENT("DTSTART:20260501T070000Z\r\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\r\n")),
		      "recurrence rule cannot be read");
	assert_int_equal(count_of(state, CALENDAR(EVENT("DTSTART:20260501T070000Z\r\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30\r\n"))), 1);
}

/* With them, for those days, however long ago it began; other entries stay as they are. */
static void endless_rules_are_opened_for_the_event(void **state) {
	struct agenda_options opt = {.has_days = true, .first_day = tz_days(2026, 5, 14), .last_day = tz_days(2026, 5, 15)};
	expect_reported_with(
		state,
		CALENDAR(EVENT(KYIV("DTSTART", "20010101T100000") "RRULE:FREQ=DAILY\r\n")
				 OTHER("u2", "Elsewhere", KYIV("DTSTART", "20260601T100000") "RRULE:FREQ=DAILY;COUNT=1\r\n")),
		&opt,
		(const char *const[2]){
			"2026-05-14T10:00+03:00..10:30 |Talk|u1/2026-05-14\n2026-05-15T10:00+03:00..10:30 |Talk|u1/2026-05-15\n"
			"2026-06-01T10:00+03:00..10:30 |Elsewhere|u2/2026-06-01\n",
			"line 4: \"Talk\" repeats without an end: taken are the dates of the event\n"});
}

/* However far away, in the same rhythm: every third day, every second week, on the days that the rule names. */
static void the_rhythm_is_kept(void **state) {
	struct agenda_options opt = {.has_days = true, .first_day = tz_days(2026, 5, 11), .last_day = tz_days(2026, 5, 24)};
	struct agenda_options near = {.has_days = true, .first_day = tz_days(2001, 1, 1), .last_day = tz_days(2001, 1, 14)};
	const char *text = CALENDAR(EVENT(KYIV("DTSTART", "20010102T100000") "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH\r\n"));
	const char *third = CALENDAR(EVENT(KYIV("DTSTART", "20260101T100000") "RRULE:FREQ=DAILY;INTERVAL=3;BYDAY=MO,TU,WE\r\n"));
	const char *told = "line 4: \"Talk\" repeats without an end: taken are the dates of the event\n";
	/* 2001-01-01 and 2026-05-18 are Mondays, 1324 weeks apart. */
	expect_reported_with(
		state, text, &opt,
		(const char *const[2]){
			"2026-05-18T10:00+03:00..10:30 |Talk|u1/2026-05-18\n2026-05-21T10:00+03:00..10:30 |Talk|u1/2026-05-21\n", told});
	expect_reported_with(
		state, text, &near,
		(const char *const[2]){
			"2001-01-02T10:00+02:00..10:30 |Talk|u1/2001-01-02\n2001-01-04T10:00+02:00..10:30 |Talk|u1/2001-01-04\n", told});
	/* Every third day from 1 January on: 13, 16, 19 and 22 May; of these the 13th is a Wednesday, the 19th a Tuesday. */
	expect_reported_with(
		state, third, &opt,
		(const char *const[2]){
			"2026-05-13T10:00+03:00..10:30 |Talk|u1/2026-05-13\n2026-05-19T10:00+03:00..10:30 |Talk|u1/2026-05-19\n", told});
}

/* A file with nothing for the event's dates is no broken file. */
static void no_date_of_the_event(void **state) {
	struct agenda_options opt = {.has_days = true, .first_day = tz_days(2026, 5, 14), .last_day = tz_days(2026, 5, 15)};
	expect_reported_with(state, CALENDAR(EVENT(KYIV("DTSTART", "20260512T100000") "RRULE:FREQ=WEEKLY\r\n")), &opt,
			     (const char *const[2]){"", "line 4: \"Talk\" repeats without an end: taken are the dates of the event\n"});
}

/* A file of rules that began long ago is not looked at for ever. */
static void rules_in_great_number(void **state) {
	const struct scratch *s = *state;
	struct agenda_report report = {0};
	struct agenda_options opt = {
		.has_days = true, .first_day = tz_days(2199, 5, 14), .last_day = tz_days(2199, 5, 14), .report = &report};
	struct strbuf text = {0};
	struct agenda a = {0};
	struct err err = {0};
	strbuf_adds(&text, "BEGIN:VCALENDAR\r\n");
	for (int i = 0; i < 60; i++) {
		strbuf_addf(&text,
			    "BEGIN:VEVENT\r\nUID:%d\r\nSUMMARY:Long\r\nDTSTART:19000101T070000Z\r\nRRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,"
			    "FR\r\nEND:VEVENT\r\n",
			    i);
	}
	strbuf_adds(&text, "END:VCALENDAR\r\n");
	assert_ok(agenda_parse(&text, s->kyiv, &opt, &a, &err));
	assert_int_equal(a.count + report.bad.total, 60);
	assert_int_equal(report.bad.items[0].kind, FAULT_ICAL_DATES_MANY);
	agenda_fini(&a);
	agenda_report_fini(&report);
	strbuf_fini(&text);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rules_dates_and_exceptions),
		cmocka_unit_test(every_rdate_counts),
		cmocka_unit_test(dtstart_is_always_there),
		cmocka_unit_test(several_rules_and_rules_of_exception),
		cmocka_unit_test(endless_rules_are_opened_for_a_year),
		cmocka_unit_test(endless_rules_are_opened_for_the_event),
		cmocka_unit_test(the_rhythm_is_kept),
		cmocka_unit_test(no_date_of_the_event),
		cmocka_unit_test(rules_in_great_number),
	};
	return cmocka_run_group_tests(tests, scratch_open, scratch_close);
}
