/* Agendas in tests: read from a text, shown as text, one line a session. */
#ifndef TURNOUT_TESTS_IMPORT_AGENDA_TEXTS_H
#define TURNOUT_TESTS_IMPORT_AGENDA_TEXTS_H

#include "import/agenda_file.h"
#include "scratch.h"

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
