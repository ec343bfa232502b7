#include "import/agenda_ical_entry.h"

#include "agenda_texts.h"

#define VERSION(title, more) OTHER("u1", title, more "DTSTART:20260514T073000Z\r\n")

static void the_latest_version_counts(void **state) {
	const char *want = "2026-05-14T10:30+03:00..11:00 |New|u1\n";
	expect_agenda(state,
		      CALENDAR(VERSION("New", "SEQUENCE:2\r\nDTSTAMP:20260101T000000Z\r\n")
				       VERSION("Old", "SEQUENCE:1\r\nDTSTAMP:20260301T000000Z\r\n")),
		      want);
	expect_agenda(state, CALENDAR(VERSION("Old", "DTSTAMP:20260101T000000Z\r\n") VERSION("New", "DTSTAMP:20260301T000000Z\r\n")), want);
	expect_agenda(state,
		      CALENDAR(VERSION("Old", "SEQUENCE:1\r\nDTSTAMP:20260301T000000Z\r\nLAST-MODIFIED:20260101T000000Z\r\n")
				       VERSION("New", "SEQUENCE:1\r\nDTSTAMP:20260301T000000Z\r\nLAST-MODIFIED:20260201T000000Z\r\n")),
		      want);
}

/* Of a series and of one changed date of it, each for itself. */
static void versions_of_changed_instances(void **state) {
	expect_agenda(state,
		      CALENDAR(EVENT("DTSTART:20260514T073000Z\r\nRRULE:FREQ=DAILY;COUNT=2\r\nSEQUENCE:9\r\n") OTHER(
			      "u1", "New", "RECURRENCE-ID:20260515T073000Z\r\nDTSTART:20260515T083000Z\r\nSEQUENCE:2\r\n")
				       OTHER("u1", "Old", "RECURRENCE-ID:20260515T073000Z\r\nDTSTART:20260515T093000Z\r\nSEQUENCE:1\r\n")),
		      "2026-05-14T10:30+03:00..11:00 |Talk|u1/2026-05-14\n2026-05-15T11:30+03:00..12:00 |New|u1/2026-05-15\n");
}

#define NAMELESS(title, place, more) \
	"BEGIN:VEVENT\r\nSUMMARY:" title "\r\nLOCATION:" place "\r\nDTSTART:20260514T073000Z\r\n" more "END:VEVENT\r\n"

/* Titles alone name them while each stands in one place. */
static void without_a_uid(void **state) {
	expect_agenda(state,
		      CALENDAR(NAMELESS("Кава", "Зала А", "RRULE:FREQ=DAILY;COUNT=2\r\n")
				       NAMELESS("Кава", "Зала Б", "RRULE:FREQ=DAILY;COUNT=2\r\n")),
		      "2026-05-14T10:30+03:00..11:00 Зала А|Кава|кава / зала а/2026-05-14\n"
		      "2026-05-15T10:30+03:00..11:00 Зала А|Кава|кава / зала а/2026-05-15\n"
		      "2026-05-14T10:30+03:00..11:00 Зала Б|Кава|кава / зала б/2026-05-14\n"
		      "2026-05-15T10:30+03:00..11:00 Зала Б|Кава|кава / зала б/2026-05-15\n");
	expect_agenda(state, CALENDAR(NAMELESS("First", "Hall", "") NAMELESS("Second", "Hall", "")),
		      "2026-05-14T10:30+03:00..11:00 Hall|First|first\n2026-05-14T10:30+03:00..11:00 Hall|Second|second\n");
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_latest_version_counts),
		cmocka_unit_test(versions_of_changed_instances),
		cmocka_unit_test(without_a_uid),
	};
	return cmocka_run_group_tests(tests, scratch_open, scratch_close);
}
