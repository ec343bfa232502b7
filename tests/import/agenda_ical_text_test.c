#include "import/agenda_ical_text.h"

#include "agenda_texts.h"

static void reads(const char *text, const char *want) {
	struct ical_text got = {0};
	struct err err = {0};
	assert_ok(ical_text_read(text, strlen(text), &got, &err));
	assert_string_equal(strbuf_str(&got.text), want);
	ical_text_fini(&got);
}

static void lines_are_joined(void **state) {
	(void)state;
	reads("SUMMARY:a\r\n b\r\n\tc\r\nUID:1\r\n", "SUMMARY:abc\r\nUID:1\r\n");
	reads("SUMMARY:\xD0\r\n \x9F\r\n", "SUMMARY:П\r\n");
}

/* Soft breaks with and without folding, line ends, characters of other sets; what is no quoted-printable stays as it is. */
static void quoted_printable(void **state) {
	(void)state;
	reads("SUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:=D0=97=D1=83=\r\n=D1=81=D1=82=D1=80=D1=96=D1=87\r\nUID:1\r\n",
	      "SUMMARY:Зустріч\r\nUID:1\r\n");
	reads("SUMMARY;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D0=97=D1=83=\r\n =D1=81\r\nUID:1\r\n", "SUMMARY:Зус\r\nUID:1\r\n");
	reads("DESCRIPTION;LANGUAGE=uk;QUOTED-PRINTABLE:a=20b=0D=0Ac\r\n", "DESCRIPTION;LANGUAGE=uk:a b\\nc\r\n");
	reads("SUMMARY;ENCODING=quoted-printable;CHARSET=windows-1251:=C7=F3=F1=F2=F0=B3=F7\r\n", "SUMMARY:Зустріч\r\n");
	reads("SUMMARY;ENCODING=QUOTED-PRINTABLE:50=25 = half=\r\n", "SUMMARY:50%  half\r\n");
	reads("X-A;X-P=\"a;b:c\":=41\r\n", "X-A;X-P=\"a;b:c\":=41\r\n");
}

static void lines_of_entries(void **state) {
	(void)state;
	const char *text = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY;ENCODING=QUOTED-PRINTABLE:a=\r\nb\r\nEND:VEVENT\r\nbegin:"
			   "vevent\r\nEND:VEVENT\r\n";
	struct ical_text got = {0};
	struct err err = {0};
	assert_ok(ical_text_read(text, strlen(text), &got, &err));
	assert_int_equal(got.count, 2);
	assert_int_equal(got.lines[0], 2);
	assert_int_equal(got.lines[1], 6);
	ical_text_fini(&got);
}

static void titles_are_read(void **state) {
	expect_agenda(
		state,
		CALENDAR("BEGIN:VEVENT\r\nUID:q\r\nDTSTART:20260514T073000Z\r\nSUMMARY;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D0=9A=D0="
			 "B0=\r\n"
			 "=D0=B2=D0=B0=20=D1=96=20=D1=87=D0=B0=D0=B9\r\nLOCATION;ENCODING=QUOTED-PRINTABLE:Hall=202\r\nEND:VEVENT\r\n"),
		"2026-05-14T10:30+03:00..11:00 Hall 2|Кава і чай|q\n");
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_are_joined),
		cmocka_unit_test(quoted_printable),
		cmocka_unit_test(lines_of_entries),
		cmocka_unit_test(titles_are_read),
	};
	return cmocka_run_group_tests(tests, scratch_open, scratch_close);
}
