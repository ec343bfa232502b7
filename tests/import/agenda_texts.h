/* Agendas in tests: read from a text, shown as text, one line a session. */
#ifndef TURNOUT_TESTS_IMPORT_AGENDA_TEXTS_H
#define TURNOUT_TESTS_IMPORT_AGENDA_TEXTS_H

#include "import/agenda_file.h"
#include "scratch.h"

/* Calendars. */
#define CALENDAR(inside) "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//T//EN\r\n" inside "END:VCALENDAR\r\n"
#define EVENT(inside) "BEGIN:VEVENT\r\nUID:u1\r\nSUMMARY:Talk\r\n" inside "END:VEVENT\r\n"
#define OTHER(uid, title, inside) "BEGIN:VEVENT\r\nUID:" uid "\r\nSUMMARY:" title "\r\n" inside "END:VEVENT\r\n"
#define KYIV(name, time) name ";TZID=Europe/Kyiv:" time "\r\n"

static UNUSED_OK bool read_bytes(const struct scratch *s, const char *text, size_t n, struct agenda *out, struct err *err) {
	struct strbuf bytes = {0};
	strbuf_add(&bytes, text, n);
	bool ok = agenda_parse(&bytes, s->kyiv, NULL, out, err);
	strbuf_fini(&bytes);
	return ok;
}

/* "start..end room|title|uid" with "!" before cancelled ones, as one text for free(). */
static UNUSED_OK char *show_agenda(const struct agenda *a) {
	struct strbuf out = {0};
	for (size_t i = 0; i < a->count; i++) {
		const struct session *s = &a->items[i];
		char start[TZ_TEXT_MAX];
		char end[TZ_TEXT_MAX];
		tz_format_offset(s->when.start, s->when.offset_min, start);
		tz_format_offset(s->when.end, s->when.offset_min, end);
		strbuf_addf(&out, "%s%.16s%s..%.5s %s|%s|%s\n", s->cancelled ? "!" : "", start, start + 19, end + 11,
			    str_or_empty(s->when.room), session_text(s, SESSION_TITLE), s->uid);
	}
	return strbuf_detach(&out);
}

static UNUSED_OK void expect_agenda(void **state, const char *text, const char *want) {
	struct agenda a = {0};
	struct err err = {0};
	assert_ok(read_bytes(*state, text, strlen(text), &a, &err));
	char *got = show_agenda(&a);
	assert_string_equal(got, want);
	free(got);
	agenda_fini(&a);
}

/* What is read with a report, and what the report says: bad entries, cells, then notes, a line each. */
static UNUSED_OK void expect_reported_with(void **state, const char *text, const struct agenda_options *how, const char *const want[2]) {
	const struct scratch *s = *state;
	struct agenda_report report = {0};
	struct agenda_options opt = *how;
	struct strbuf bytes = {0};
	struct strbuf said = {0};
	struct agenda a = {0};
	struct err err = {0};
	opt.report = &report;
	strbuf_adds(&bytes, text);
	assert_ok(agenda_parse(&bytes, s->kyiv, &opt, &a, &err));
	const struct fault_list *lists[] = {&report.bad, &report.cells, &report.notes};
	for (size_t l = 0; l < COUNT_OF(lists); l++) {
		for (size_t i = 0; i < lists[l]->count; i++) {
			fault_say(&lists[l]->items[i], NULL, &said);
			strbuf_addc(&said, '\n');
		}
	}
	if (report.unused.len != 0) {
		strbuf_adds(&said, "unused: ");
		fault_say_names(strbuf_str(&report.unused), NULL, &said);
		strbuf_addc(&said, '\n');
	}
	char *got = show_agenda(&a);
	assert_string_equal(got, want[0]);
	assert_string_equal(strbuf_str(&said), want[1]);
	free(got);
	strbuf_fini(&said);
	strbuf_fini(&bytes);
	agenda_report_fini(&report);
	agenda_fini(&a);
}

static UNUSED_OK void expect_reported(void **state, const char *text, const char *sessions, const char *says) {
	expect_reported_with(state, text, &(struct agenda_options){0}, (const char *const[2]){sessions, says});
}

static UNUSED_OK void refuse_agenda(void **state, const char *text, const char *says) {
	struct agenda a = {0};
	struct err err = {0};
	if (read_bytes(*state, text, strlen(text), &a, &err)) {
		print_error("this was read: %s\n", text);
		fail();
	}
	assert_int_equal(err.kind, ERR_INPUT);
	assert_says(says);
}

/* Every prefix of the text is read or refused, and nothing else happens. */
static UNUSED_OK void try_prefixes(void **state, const char *text) {
	size_t whole = strlen(text);
	for (size_t n = 0; n < whole; n++) {
		struct agenda a = {0};
		struct err err = {0};
		if (read_bytes(*state, text, n, &a, &err)) {
			agenda_fini(&a);
		} else {
			assert_int_equal(err.kind, ERR_INPUT);
			assert_true(err.text[0] != '\0');
		}
	}
}

/* Every byte changed in turn, likewise. */
static UNUSED_OK void try_flips(void **state, const char *text) {
	char *copy = xstrdup(text);
	for (size_t i = 0; copy[i] != '\0'; i++) {
		char was = copy[i];
		const char to[] = {'\0', ' ', '9', '"', '\xFF', '<'};
		struct agenda a = {0};
		struct err err = {0};
		copy[i] = to[i % sizeof to];
		if (read_bytes(*state, copy, strlen(text), &a, &err)) {
			agenda_fini(&a);
		}
		copy[i] = was;
	}
	free(copy);
}

#endif
