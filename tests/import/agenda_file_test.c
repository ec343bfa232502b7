#include "import/agenda_file.h"

#include "agenda_texts.h"
#include "zip_bytes.h"

#define ICS                                                                                                                       \
	"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:u\r\nSUMMARY:Т\r\nDTSTART:20260514T073000Z\r\nEND:VEVENT\r\nEND:" \
	"VCALENDAR\r\n"
#define JSON                                                                                                                      \
	"{\"schedule\":{\"conference\":{\"days\":[{\"date\":\"2026-05-14\",\"rooms\":{\"\":[{\"guid\":\"u\",\"start\":\"10:30\"," \
	"\"title\":\"Т\"}]}}]}}}"
#define XML                                                                           \
	"<?xml version='1.0'?><schedule><day date='2026-05-14'><room name=''><event " \
	"guid='u'><start>10:30</start><title>Т</title></event></room></day></schedule>"
#define CSV "ID;Назва;Дата;Час\nu;Т;14.05.2026;10:30\n"
#define WANT "2026-05-14T10:30+03:00..11:00 |Т|u\n"

static void the_content_tells_the_format(void **state) {
	const char *const texts[] = {
		ICS,          JSON,    XML, CSV, "\xEF\xBB\xBF" ICS, "\xEF\xBB\xBF" JSON, "\xEF\xBB\xBF" XML, "\xEF\xBB\xBF" CSV,
		"\n \n" JSON, "\n" XML};
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		expect_agenda(state, texts[i], WANT);
	}
}

static void the_name_does_not(void **state) {
	const struct scratch *s = *state;
	struct agenda a = {0};
	struct err err = {0};
	char *path = scratch_write(s, "agenda.csv", ICS, strlen(ICS));
	assert_ok(agenda_read(path, s->kyiv, NULL, &a, &err));
	assert_int_equal(a.count, 1);
	agenda_fini(&a);
	free(path);
}

static void utf16_is_read_whatever_it_holds(void **state) {
	const char *const texts[] = {CSV, ICS, JSON};
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		struct strbuf wide = {0};
		struct agenda a = {0};
		struct err err = {0};
		strbuf_add(&wide, "\xFF\xFE", 2);
		for (const char *at = texts[i]; *at != '\0';) {
			unsigned char c = (unsigned char)*at++;
			unsigned u =
				c < 0x80 ? c
					 : (c & 0x1Fu) << 6 | ((unsigned char)*at++ & 0x3Fu); /* these texts need no more than two bytes */
			strbuf_addc(&wide, (char)(u & 0xFF));
			strbuf_addc(&wide, (char)(u >> 8));
		}
		assert_ok(read_bytes(*state, wide.data, wide.len, &a, &err));
		char *got = show_agenda(&a);
		assert_string_equal(got, WANT);
		free(got);
		agenda_fini(&a);
		strbuf_fini(&wide);
	}
}

static void a_workbook(void **state) {
	struct zip_bytes z = {0};
	struct agenda a = {0};
	struct err err = {0};
	zip_add(&z, "_rels/.rels",
		"<Relationships><Relationship Id='r' Type='a/officeDocument' Target='xl/workbook.xml'/></Relationships>");
	zip_add(&z, "xl/workbook.xml", "<workbook xmlns:r='y'><sheets><sheet name='A' sheetId='1' r:id='r1'/></sheets></workbook>");
	zip_add(&z, "xl/_rels/workbook.xml.rels",
		"<Relationships><Relationship Id='r1' Type='a/worksheet' Target='s.xml'/><Relationship Id='r2' Type='a/styles' "
		"Target='t.xml'/></Relationships>");
	zip_add(&z, "xl/t.xml", "<styleSheet><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='20'/></cellXfs></styleSheet>");
	zip_add(&z, "xl/s.xml",
		"<worksheet><sheetData><row r='1'><c r='A1' t='str'><v>ID</v></c><c r='B1' t='str'><v>Назва</v></c><c r='C1' "
		"t='str'><v>Дата</v></c>"
		"<c r='D1' t='str'><v>Час</v></c></row><row r='2'><c r='A2' t='str'><v>u</v></c><c r='B2' t='str'><v>Т</v></c><c r='C2' "
		"s='1'><v>46156</v></c>"
		"<c r='D2' s='2'><v>0.4375</v></c></row></sheetData></worksheet>");
	zip_finish(&z);
	assert_ok(read_bytes(*state, z.out.data, z.out.len, &a, &err));
	char *got = show_agenda(&a);
	assert_string_equal(got, WANT);
	free(got);
	agenda_fini(&a);
	zip_bytes_fini(&z);
}

static void errors_name_the_file(void **state) {
	const struct scratch *s = *state;
	struct agenda a = {0};
	struct err err = {0};
	char *path = scratch_write(s, "broken.json", "{\n}}", 4);
	assert_false(agenda_read(path, s->kyiv, NULL, &a, &err));
	assert_says("broken.json: line 2, column");
	free(path);
	path = scratch_write(s, "empty.ics", "", 0);
	assert_false(agenda_read(path, s->kyiv, NULL, &a, &err));
	assert_says("empty.ics: ");
	free(path);
	path = scratch_path(s, "absent.ics");
	assert_false(agenda_read(path, s->kyiv, NULL, &a, &err));
	assert_says("absent.ics");
	assert_int_equal(a.count, 0);
	free(path);
}

static void huge_files_are_refused(void **state) {
	const struct scratch *s = *state;
	struct agenda a = {0};
	struct err err = {0};
	char *path = scratch_write(s, "huge.csv", "x", 1);
	assert_int_equal(truncate(path, (off_t)AGENDA_FILE_MAX + 1), 0);
	assert_false(agenda_read(path, s->kyiv, NULL, &a, &err));
	assert_int_equal(err.kind, ERR_INPUT);
	assert_says("huge.csv");
	free(path);
}

static void any_bytes_are_read_or_refused(void **state) {
	uint32_t seed = 99;
	for (int round = 0; round < 3000; round++) {
		char bytes[200];
		size_t n = (size_t)round % sizeof bytes;
		for (size_t i = 0; i < n; i++) {
			seed = seed * 1664525 + 1013904223;
			bytes[i] = (char)(seed >> 24);
		}
		static const char *const heads[] = {"{", "<", "BEGIN:VCALENDAR\n", "PK\3\4", "", "title,start\n"};
		const char *head = heads[(size_t)round % COUNT_OF(heads)];
		memcpy(bytes, head, strlen(head) < n ? strlen(head) : n);
		struct agenda a = {0};
		struct err err = {0};
		if (read_bytes(*state, bytes, n, &a, &err)) {
			agenda_fini(&a);
		} else {
			assert_int_equal(err.kind, ERR_INPUT);
		}
	}
}

/* What stands in ../shared/cases: an input for each kind that once went wrong, and what is right. */
static const struct {
	const char *name, *want;
} CASES[] = {
	{"03-utc.ics", "2026-01-14T10:00+03:00..11:00 |Meeting|a\n"},
	{"04-rdate.ics", "2026-05-14T10:00+03:00..11:00 |Clinic|r1/2026-05-14\n2026-05-15T10:00+03:00..11:00 |Clinic|r1/2026-05-15\n"
			 "2026-05-16T10:00+03:00..11:00 |Clinic|r1/2026-05-16\n2026-05-17T10:00+03:00..11:00 |Clinic|r1/2026-05-17\n"},
	{"05-mdy.csv", "2026-05-12T09:00+03:00..10:00 A|Opening|opening\n2026-05-12T13:30+03:00..15:00 A|Workshop|workshop\n"
		       "2026-05-14T17:00+03:00..18:00 A|Closing|closing\n"},
	{"06-nouid.ics",
	 "2026-05-13T12:00+03:00..13:00 Hall A|First|first/2026-05-13\n2026-05-14T12:00+03:00..13:00 Hall A|First|first/2026-05-14\n"
	 "2026-05-13T12:00+03:00..13:00 Hall B|Second|second/2026-05-13\n2026-05-14T12:00+03:00..13:00 Hall "
	 "B|Second|second/2026-05-14\n"},
	{"07-lotus.ics", "2026-05-13T10:00+02:00..11:00 |Meeting|a\n"},
	{"08-dtstart.ics", "2026-05-13T10:00+03:00..11:00 |Course|a/2026-05-13\n2026-05-14T10:00+03:00..11:00 |Course|a/2026-05-14\n"
			   "2026-05-21T10:00+03:00..11:00 |Course|a/2026-05-21\n"},
	{"12-xwr.ics", "2026-05-14T10:00-04:00..11:00 |Floating|a\n"},
	{"13-recid_date.ics", "2026-05-13T10:00+03:00..11:00 |Series|a/2026-05-13\n2026-05-14T15:00+03:00..16:00 |Moved|a/2026-05-14\n"
			      "2026-05-15T10:00+03:00..11:00 |Series|a/2026-05-15\n"},
	{"13-thisfuture.ics", "2026-05-13T10:00+03:00..11:00 |Series|a/2026-05-13\n2026-05-14T10:00+03:00..11:00 |Series|a/2026-05-14\n"
			      "2026-05-15T14:00+03:00..15:00 |Series|a/2026-05-15\n2026-05-16T14:00+03:00..15:00 |Series|a/2026-05-16\n"},
	{"13-twocal.ics", "2026-05-13T10:00+01:00..10:30 |One|a\n2026-05-13T10:00+05:00..10:30 |Two|b\n"},
	{"16-bare_event.xml", "2026-05-14T09:00+03:00..09:30 Hall|Opening|1\n2026-05-14T10:00+03:00..10:30 A|Talk|2\n"},
	{"17-gcal.csv", "2026-05-14T10:00+03:00..18:00 Hall|Summer school|summer school\n"},
	{"18-endless.ics", "2026-05-13T10:00+03:00..11:00 |Endless|a/2026-05-13\n2026-05-20T10:00+03:00..11:00 |Endless|a/2026-05-20\n"},
	{"19-displayname.ics", "2026-05-13T10:00+03:00..11:00 |Meeting|a\n"},
	{"21-qp.ics", "2026-05-13T10:00+03:00..11:00 Room 1|Проба|a\n"},
};

static bool read_case(const struct scratch *s, size_t i) {
	char *path = xasprintf("../shared/cases/%s", CASES[i].name);
	struct agenda_options opt = {.has_days = true, .first_day = tz_days(2026, 5, 12), .last_day = tz_days(2026, 5, 20)};
	struct agenda a = {0};
	struct err err = {0};
	bool here = sample(path) != NULL;
	if (here) {
		assert_ok(agenda_read(path, s->kyiv, &opt, &a, &err));
		char *got = show_agenda(&a);
		if (!str_eq(got, CASES[i].want)) {
			print_error("%s:\n%s", path, got);
			fail();
		}
		/* The days of the last day: 16 May, not 14 May, at 18:00. */
		assert_true(!str_eq(CASES[i].name, "17-gcal.csv") || a.items[0].when.end.v - a.items[0].when.start.v == 56 * 3600000L);
		free(got);
		agenda_fini(&a);
	}
	free(path);
	return here;
}

static void the_shared_cases(void **state) {
	size_t read = 0;
	for (size_t i = 0; i < COUNT_OF(CASES); i++) {
		read += read_case(*state, i);
	}
	if (read == 0) {
		skip();
	}
	assert_int_equal(read, COUNT_OF(CASES));
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_content_tells_the_format),
		cmocka_unit_test(the_name_does_not),
		cmocka_unit_test(utf16_is_read_whatever_it_holds),
		cmocka_unit_test(a_workbook),
		cmocka_unit_test(errors_name_the_file),
		cmocka_unit_test(huge_files_are_refused),
		cmocka_unit_test(any_bytes_are_read_or_refused),
		cmocka_unit_test(the_shared_cases),
	};
	return cmocka_run_group_tests(tests, scratch_open, scratch_close);
}
