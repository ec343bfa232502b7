#include "import/agenda_frab_xml.h"

#include "agenda_texts.h"

#define SCHEDULE(inside) "<?xml version='1.0' encoding='utf-8'?>\n<schedule>" inside "</schedule>\n"
#define DAY(events) "<day index='1' date='2026-05-14' start='2026-05-14T04:00:00+03:00'><room name='Зала'>" events "</room></day>"

static void entries_are_read(void **state) {
	struct agenda a = {0};
	struct err err = {0};
	const char *text = SCHEDULE("<conference><title>Форум &amp; ярмарок</title><time_zone_name>Europe/Kyiv</time_zone_name>"
				    "<track name='Трек' slug='t' color='#0a5eb0'/></conference>" DAY(
					    "<event guid='g1' id='5' "
					    "code='C'><date>2026-05-14T10:30:00+03:00</date><start>10:30</start><duration>00:45</duration>"
					    "<room>Хол</room><title>Тема</title><subtitle>під</subtitle><track>Трек</track><type>Talk</"
					    "type><language>uk</language>"
					    "<abstract>a &lt;b&gt;b&lt;/b&gt;</abstract><persons><person id='1'>Олена</person><person "
					    "guid='x'>Їжак</person></persons></event>"));
	assert_ok(read_bytes(*state, text, strlen(text), &a, &err));
	assert_string_equal(a.title, "Форум & ярмарок");
	const struct session *s = &a.items[0];
	assert_string_equal(session_text(s, SESSION_SPEAKERS), "Олена, Їжак");
	assert_string_equal(session_text(s, SESSION_ABSTRACT), "a b");
	assert_string_equal(session_text(s, SESSION_COLOUR), "#0a5eb0");
	char *got = show_agenda(&a);
	assert_string_equal(got, "2026-05-14T10:30+03:00..11:15 Хол|Тема|g1\n");
	free(got);
	agenda_fini(&a);
}

/* As FOSDEM's pentabarf writes it: no guid, no date, no offset, a day_change for the night. */
static void pentabarf(void **state) {
	expect_agenda(
		state,
		SCHEDULE("<conference><title>F</title><day_change>09:00:00</day_change></conference><day date='2026-05-14' index='1'><room "
			 "name='Janson'>"
			 "<event id='410'><start>10:30</start><duration>00:25</duration><room>Janson</room><title>Welcome</title></event>"
			 "<event id='411'><start>00:30</start><duration>01:00</duration><title>Party</title></event></room></day>"),
		"2026-05-14T10:30+03:00..10:55 Janson|Welcome|410\n2026-05-15T00:30+03:00..01:30 Janson|Party|411\n");
}

static void several_days_and_rooms(void **state) {
	expect_agenda(
		state,
		SCHEDULE("<day date='2026-05-14'><room name='A'><event id='1'><start>10:00</start><title>a</title></event></room>"
			 "<room name='B'><event id='2'><start>11:00</start><title>b</title></event></room></day>"
			 "<day date='2026-05-15'><room name='A'><event id='3'><start>12:00</start><title>c</title></event></room></day>"),
		"2026-05-14T10:00+03:00..10:30 A|a|1\n2026-05-14T11:00+03:00..11:30 B|b|2\n2026-05-15T12:00+03:00..12:30 A|c|3\n");
}

static void errors_name_the_line(void **state) {
	refuse_agenda(state, SCHEDULE("\n" DAY("\n\n<event id='1'><start>never</start><title>x</title></event>")),
		      "line 5: \"x\": its start");
	refuse_agenda(state, SCHEDULE("\n<day date='tomorrow'/>"), "line 3: a day's date");
	refuse_agenda(state, "<html><body>404</body></html>", "begins with <html>");
	refuse_agenda(state, SCHEDULE(""), "no session");
	refuse_agenda(state, "<schedule>\n<day>\n</schedule>", "line 3");
	refuse_agenda(state, "<!DOCTYPE s [<!ENTITY a 'b'>]><schedule/>", "document type");
}

static void events_without_a_room_or_a_day(void **state) {
	expect_agenda(state,
		      "<schedule><event id=\"0\"><date>2026-05-13T18:00:00+03:00</date><title>Eve</title></event><day date=\"2026-05-14\">"
		      "<event id=\"1\"><start>09:00</start><room>Hall</room><title>Open</title></event><room name=\"A\"><event id=\"2\">"
		      "<start>10:00</start><title>Talk</title></event></room></day></schedule>",
		      "2026-05-13T18:00+03:00..18:30 |Eve|0\n2026-05-14T09:00+03:00..09:30 Hall|Open|1\n2026-05-14T10:00+03:00..10:30 "
		      "A|Talk|2\n");
	expect_agenda(state,
		      "<schedule><conference><title>T</title><day date=\"2026-05-14\"><room name=\"A\"><event id=\"2\">"
		      "<start>10:00</start><title>Talk</title></event></room></day></conference></schedule>",
		      "2026-05-14T10:00+03:00..10:30 A|Talk|2\n");
}

static void bad_events_are_left_out(void **state) {
	expect_reported(
		state,
		"<schedule><day date=\"2026-05-14\"><room name=\"A\">\n<event id=\"1\"><start>early</start><title>X</title></event>\n"
		"<event id=\"2\"><start>10:00</start><title>Talk</title></event></room></day></schedule>",
		"2026-05-14T10:00+03:00..10:30 A|Talk|2\n", "line 2: \"X\": its start is wanted like 09:30, not \"early\"\n");
}

static const char *const SMALL =
	SCHEDULE("<conference><title>Ф</title></conference>" DAY("<event "
								 "guid='g'><date>2026-05-14T10:30:00+03:00</date><duration>00:45</"
								 "duration><title>Т</title><persons><person>О</person></persons></event>"));

static void every_prefix_is_read_or_refused(void **state) { try_prefixes(state, SMALL); }

static void flipped_bytes_do_no_harm(void **state) { try_flips(state, SMALL); }

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(events_without_a_room_or_a_day),
		cmocka_unit_test(bad_events_are_left_out),
		cmocka_unit_test(entries_are_read),
		cmocka_unit_test(pentabarf),
		cmocka_unit_test(several_days_and_rooms),
		cmocka_unit_test(errors_name_the_line),
		cmocka_unit_test(every_prefix_is_read_or_refused),
		cmocka_unit_test(flipped_bytes_do_no_harm),
	};
	return cmocka_run_group_tests(tests, scratch_open, scratch_close);
}
