/* A session for a telephone's calendar: as RFC 5545 has it, and as our own reader of calendars takes it. */
#include "event/calendar_text.h"

#include "lib/testing.h"

#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "import/agenda_file.h"

static struct session sample(const char *title, const char *room) {
	struct session s = {.uid = xstrdup("a")};
	session_set(&s, SESSION_TITLE, title);
	s.when = (struct session_when){
		.start = {1778745600000}, .end = {1778749200000}, .offset_min = 180, .place_offset_min = 180, .room = xstrdup(room)};
	return s;
}

static void spelt_out(void **state) {
	(void)state;
	struct session s = sample("Мед, мапи; молодь", "Зала А");
	struct strbuf out = {0};
	calendar_text(&s, "0123456789abcdef0123", "Сорочинці", &out);
	assert_string_equal(strbuf_str(&out), "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:turnout\r\nBEGIN:VEVENT\r\n"
					      "UID:0123456789abcdef0123@turnout\r\nDTSTAMP:20260514T080000Z\r\nDTSTART:20260514T080000Z\r\n"
					      "DTEND:20260514T090000Z\r\nSUMMARY:Мед\\, мапи\\; молодь\r\nLOCATION:Зала А\\, Сорочинці\r\n"
					      "END:VEVENT\r\nEND:VCALENDAR\r\n");
	strbuf_fini(&out);
	session_fini(&s);
}

/* Lines of 75 bytes at most, of which none ends inside a character; and a title that is far too long is cut. */
static void folded(void **state) {
	(void)state;
	struct session s =
		sample("Бюджет проєкту без болю: що саме читають ті, хто ухвалює рішення про фінансування, і що вони кидають у кошик", "");
	struct strbuf out = {0};
	calendar_text(&s, "0123456789abcdef0123", NULL, &out);
	for (const char *line = strbuf_str(&out); *line != '\0';) {
		const char *end = strstr(line, "\r\n");
		assert_non_null(end);
		assert_true(end - line <= 75);
		assert_true(((unsigned char)*line & 0xC0) != 0x80);
		line = end + 2;
	}
	assert_null(strstr(strbuf_str(&out), "LOCATION"));
	assert_true(out.len < 500); /* a code of version 15 */
	strbuf_fini(&out);
	session_fini(&s);
}

static void our_own_reader_takes_it(void **state) {
	(void)state;
	struct err err = {0};
	struct session s = sample("Мед\\ і, мапи; довга назва, яка не вміщується в один рядок календаря", "Зала А");
	struct strbuf out = {0};
	struct tz *kyiv = tz_open("Europe/Kyiv", &err);
	struct agenda agenda = {0};
	calendar_text(&s, "0123456789abcdef0123", "", &out);
	assert_ok(kyiv != NULL && agenda_parse(&out, kyiv, NULL, &agenda, &err));
	assert_int_equal(agenda.count, 1);
	assert_string_equal(session_text(&agenda.items[0], SESSION_TITLE), session_text(&s, SESSION_TITLE));
	assert_string_equal(agenda.items[0].when.room, "Зала А");
	assert_int_equal(agenda.items[0].when.start.v, s.when.start.v);
	assert_int_equal(agenda.items[0].when.end.v, s.when.end.v);
	agenda_fini(&agenda);
	strbuf_fini(&out);
	session_fini(&s);
	tz_close(kyiv);
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(spelt_out), cmocka_unit_test(folded),
					   cmocka_unit_test(our_own_reader_takes_it)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
