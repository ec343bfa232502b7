#include "base/escape.h"

#include <stdbool.h>
#include <stdint.h>

#include "base/utf8.h"

/* Bytes of the UTF-8 character at `at`, 0 when none begins there. */
static size_t character_len(const char *at, size_t left) {
	unsigned char c = (unsigned char)*at;
	/* What the first byte promises; utf8_valid says whether it holds. */
	size_t n = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
	return n <= left && utf8_valid(at, n, NULL) ? n : 0;
}

/* The bidirectional controls of Unicode (UAX #9, section 2): what follows them is shown in another order than it stands in. */
static bool turns(uint32_t c) {
	return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

static bool steers(uint32_t c) { return c < 0x20 || (c >= 0x7F && c < 0xA0) || turns(c); }

/* What stands for an ASCII character in a form; NULL: itself, or its bytes. */
static const char *stand_in(enum escape_form form, char c) {
	if (form == ESCAPE_CODE) {
		return c == '\n' ? "\\n" : c == '\t' ? "\\t" : c == '\r' ? "\\r" : c == '\\' ? "\\\\" : NULL;
	}
	if (form == ESCAPE_LINE) {
		return c == '\n' || c == '\t' || c == '\r' ? " " : NULL;
	}
	return c == '\n' ? "\n" : c == '\t' ? "\t" : NULL;
}

/* Bytes from `at` on of which nothing can be wrong: most of what there is. */
static size_t plain_len(const char *at, size_t left) {
	size_t n = 0;
	while (n < left && at[n] >= ' ' && at[n] < 0x7F && at[n] != '\\') {
		n++;
	}
	return n;
}

/* What stands at `at` and is not plain; returns how many bytes it has. */
static size_t add_other(struct strbuf *out, enum escape_form form, const char *at, size_t left) {
	const char *other = stand_in(form, *at);
	if (other == NULL && form == ESCAPE_TEXT && left > 1 && at[0] == '\r' && at[1] == '\n') {
		other = "\r"; /* a line of CSV ends so */
	}
	if (other != NULL) {
		strbuf_adds(out, other);
		return 1;
	}
	size_t len = character_len(at, left);
	const char *from = at;
	if (len != 0 && !steers(utf8_next(&from))) {
		strbuf_add(out, at, len);
		return len;
	}
	len = len == 0 ? 1 : len;
	for (size_t i = 0; i < len; i++) {
		strbuf_addf(out, "\\x%02X", (unsigned char)at[i]);
	}
	return len;
}

void escape_add(struct strbuf *out, enum escape_form form, const char *text, size_t n) {
	for (size_t at = 0; at < n;) {
		size_t plain = plain_len(text + at, n - at);
		strbuf_add(out, text + at, plain);
		at += plain;
		at += at < n ? add_other(out, form, text + at, n - at) : 0;
	}
}
