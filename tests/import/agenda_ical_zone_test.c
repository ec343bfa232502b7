#include "import/agenda_ical_zone.h"

#include "agenda_texts.h"

#define PART(kind, start, from, to, more) \
	"BEGIN:" kind "\r\nDTSTART:" start "\r\nTZOFFSETFROM:" from "\r\nTZOFFSETTO:" to "\r\n" more "END:" kind "\r\n"
#define ZONE(name, parts) "BEGIN:VTIMEZONE\r\nTZID:" name "\r\n" parts "END:VTIMEZONE\r\n"
#define AT(name, time) "DTSTART;TZID=\"" name "\":" time "\r\n"

/* The same clock as in the west of Europe, written as Lotus Notes, Outlook and Apple do. */
#define WEST_LOTUS                                                                                                               \
	PART("STANDARD", "19501029T030000", "+0200", "+0100", "RRULE:FREQ=YEARLY;BYMINUTE=0;BYHOUR=3;BYDAY=-1SU;BYMONTH=10\r\n") \
	PART("DAYLIGHT", "19500326T020000", "+0100", "+0200", "RRULE:FREQ=YEARLY;BYMINUTE=0;BYHOUR=2;BYDAY=-1SU;BYMONTH=3\r\n")
#define WEST_OUTLOOK                                                                                         \
	PART("STANDARD", "16010101T030000", "+0200", "+0100", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\n") \
	PART("DAYLIGHT", "16010101T020000", "+0100", "+0200", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\n")
#define WEST_DATES                                                                                         \
	PART("STANDARD", "20251026T030000", "+0200", "+0100", "RDATE:20261025T030000,20271031T030000\r\n") \
	PART("DAYLIGHT", "20260329T020000", "+0100", "+0200", "RRULE:FREQ=YEARLY;BYMONTHDAY=25,26,27,28,29,30,31;BYDAY=SU;BYMONTH=3\r\n")

static void the_files_own_zone_beats_its_name(void **state) {
	expect_agenda(state,
		      CALENDAR(ZONE("UTC+05:00", PART("STANDARD", "19700101T000000", "+0500", "+0500", ""))
				       EVENT(AT("UTC+05:00", "20260714T100000"))),
		      "2026-07-14T10:00+05:00..10:30 |Talk|u1\n");
	expect_agenda(state,
		      CALENDAR(ZONE("Europe/Kyiv", PART("STANDARD", "19700101T000000", "+0900", "+0900", ""))
				       EVENT(AT("Europe/Kyiv", "20260714T100000"))),
		      "2026-07-14T10:00+09:00..10:30 |Talk|u1\n");
	expect_agenda(
		state,
		CALENDAR(ZONE("EST",
			      PART("STANDARD", "20071104T020000", "-0400", "-0500", "RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11\r\n")
				      PART("DAYLIGHT", "20070311T020000", "-0500", "-0400", "RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3\r\n"))
				 EVENT(AT("EST", "20260714T100000")) OTHER("u2", "Winter", AT("EST", "20261214T100000"))),
		"2026-07-14T10:00-04:00..10:30 |Talk|u1\n2026-12-14T10:00-05:00..10:30 |Winter|u2\n");
}

static void however_it_is_written(void **state) {
	static const char *const zones[] = {WEST_LOTUS, WEST_OUTLOOK, WEST_DATES};
	for (size_t i = 0; i < COUNT_OF(zones); i++) {
		char *text = xasprintf(
			"BEGIN:VCALENDAR\r\n" ZONE("Office", "%s") "%sEND:VCALENDAR\r\n", zones[i],
			OTHER("a", "Before", AT("Office", "20260329T013000")) OTHER("b", "Gap", AT("Office", "20260329T023000"))
				OTHER("c", "Summer", AT("Office", "20260714T100000")) OTHER("d", "Twice", AT("Office", "20261025T023000"))
					OTHER("e", "After", AT("Office", "20261025T033000")));
		expect_reported(state, text,
				"2026-03-29T01:30+01:00..02:00 |Before|a\n2026-03-29T03:30+02:00..04:00 "
				"|Gap|b\n2026-07-14T10:00+02:00..10:30 |Summer|c\n"
				"2026-10-25T02:30+02:00..03:00 |Twice|d\n2026-10-25T03:30+01:00..04:00 |After|e\n",
				"line 22: 2026-03-29 02:30 does not exist, for the clocks go forward that day: 03:30 was taken\n"
				"line 32: 2026-10-25 02:30 comes twice that day, for the clocks go back: the first was taken\n");
		free(text);
	}
}

/* A rule that ended: the old law holds before its last change, the new one after. */
static void zones_whose_rules_ended(void **state) {
	expect_agenda(state,
		      CALENDAR(ZONE("Town", PART("DAYLIGHT", "20000326T020000", "+0200", "+0300",
						 "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3;UNTIL=20250330T000000Z\r\n")
						    PART("STANDARD", "20001029T030000", "+0300", "+0200",
							 "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10;COUNT=25\r\n"))
				       EVENT(AT("Town", "20240714T100000")) OTHER("u2", "Now", AT("Town", "20260714T100000"))),
		      "2024-07-14T10:00+03:00..10:30 |Talk|u1\n2026-07-14T10:00+03:00..10:30 |Now|u2\n");
}

static void zones_are_each_calendars_own(void **state) {
	expect_agenda(state,
		      "BEGIN:VCALENDAR\r\n" ZONE("Here", PART("STANDARD", "19700101T000000", "+0200", "+0200", ""))
			      EVENT(AT("Here", "20260714T100000")) "END:VCALENDAR\r\nBEGIN:VCALENDAR\r\n" ZONE(
				      "Here", PART("STANDARD", "19700101T000000", "-0300", "-0300", ""))
				      OTHER("u2", "Far", AT("Here", "20260714T100000")) "END:VCALENDAR\r\n",
		      "2026-07-14T10:00+02:00..10:30 |Talk|u1\n2026-07-14T10:00-03:00..10:30 |Far|u2\n");
}

/* Names without a VTIMEZONE: "UTC+3" is three hours east, which POSIX reads the other way round. */
static void names_alone(void **state) {
	static const struct {
		const char *name, *offset;
	} names[] = {
		{"UTC+03:00", "+03:00"},
		{"GMT-5", "-05:00"},
		{"UTC+0530", "+05:30"},
		{"Europe/Kiev", "+03:00"},
		{"/citadel.org/20190914_1/Europe/Kyiv", "+03:00"},
		{"Asia/Calcutta", "+05:30"},
		{"FLE Standard Time", "+03:00"},
		{"(UTC+02:00) Helsinki, Kyiv, Riga, Sofia, Tallinn, Vilnius", "+03:00"},
		{"(GMT+02:00) Helsinki, Kiev, Riga, Sofia, Tallinn, Vilnius", "+03:00"},
		{"(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", "+02:00"},
		{"(UTC-05:00) Eastern Time (US & Canada)", "-04:00"},
	};
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		char *text = xasprintf("BEGIN:VCALENDAR\r\n" EVENT("DTSTART;TZID=\"%s\":20260714T100000\r\n") "END:VCALENDAR\r\n",
				       names[i].name);
		char *want = xasprintf("2026-07-14T10:00%s..10:30 |Talk|u1\n", names[i].offset);
		expect_agenda(state, text, want);
		free(text);
		free(want);
	}
	refuse_agenda(state, CALENDAR(EVENT(AT("Hall5", "20260714T100000"))), "unknown time zone \"Hall5\"");
	refuse_agenda(state, CALENDAR(EVENT(AT("UTC+30", "20260714T100000"))), "unknown time zone");
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_files_own_zone_beats_its_name),
		cmocka_unit_test(however_it_is_written),
		cmocka_unit_test(zones_whose_rules_ended),
		cmocka_unit_test(zones_are_each_calendars_own),
		cmocka_unit_test(names_alone),
	};
	return cmocka_run_group_tests(tests, scratch_open, scratch_close);
}
