#include "import/agenda_ical_text.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "import/encoding.h"
#include "import/fault.h"

#define DEPTH_MAX 8 /* calendar, entry, alarm: RFC 5545 needs three */

void ical_text_fini(struct ical_text *text) {
	strbuf_fini(&text->text);
	free(text->lines);
	*text = (struct ical_text){0};
}

/* Joins folded lines (3.1): a line end followed by a space or tab is nothing. Bytes, for the fold may cut a character. */
static void unfold(const char *bytes, size_t n, struct strbuf *out) {
	strbuf_reserve(out, n);
	for (size_t i = 0; i < n;) {
		size_t end = bytes[i] == '\n' ? 1 : bytes[i] == '\r' && i + 1 < n && bytes[i + 1] == '\n' ? 2 : 0;
		if (end != 0 && i + end < n && (bytes[i + end] == ' ' || bytes[i + end] == '\t')) {
			i += end + 1;
		} else {
			strbuf_addc(out, bytes[i++]);
		}
	}
}

/* libical calls itself for every BEGIN and does not tell lines: the nesting is capped here, and the entries' lines are noted. */
static bool scan_lines(struct ical_text *t, const char *bytes, size_t n, struct err *err) {
	size_t line = 1;
	int depth = 0;
	for (const char *at = bytes; at != NULL && at < bytes + n; line++) {
		const char *end = memchr(at, '\n', (size_t)(bytes + n - at));
		char head[16];
		size_t length = (size_t)((end ? end : bytes + n) - at);
		size_t take = length < sizeof head - 1 ? length : sizeof head - 1;
		memcpy(head, at, take);
		head[take] = '\0';
		for (char *c = head; *c != '\0'; c++) {
			*c = str_lower_char(*c);
		}
		depth += str_starts(head, "begin:") ? 1 : str_starts(head, "end:") ? -1 : 0;
		if (depth > DEPTH_MAX) {
			return fault_fail(err, &(struct fault){.kind = FAULT_ICAL_DEEP, .at.line = line});
		}
		if (depth < 0) {
			return fault_fail(err, &(struct fault){.kind = FAULT_ICAL_END, .at.line = line});
		}
		if (str_starts(head, "begin:vevent")) {
			ARRAY_GROW(t, lines);
			t->lines[t->count++] = line;
		}
		at = end ? end + 1 : NULL;
	}
	return true;
}

/* ---- quoted-printable (RFC 2045, 6.7), as vCalendar 1.0 and Outlook's exports have it ---- */

struct line { /* of the file, unfolded; without its end */
	const char *from, *colon, *end;
};

/* The colon that ends the parameters: not one in quotation marks. */
static const char *find_colon(const char *from, const char *end) {
	bool quoted = false;
	for (const char *at = from; at < end; at++) {
		quoted = *at == '"' ? !quoted : quoted;
		if (*at == ':' && !quoted) {
			return at;
		}
	}
	return NULL;
}

/* Copies the line's name and parameters without those that only tell how the value is written; true when that is quoted-printable. */
static bool take_head(const struct line *l, struct strbuf *out, char charset[ENCODING_NAME_MAX]) {
	char *head = xstrndup(l->from, (size_t)(l->colon - l->from));
	bool printable = false;
	*charset = '\0';
	for (char *part = head; part != NULL;) {
		char *next = strchr(part, ';');
		if (next != NULL) {
			*next++ = '\0';
		}
		const char *value = strchr(part, '=');
		char name[16];
		str_copy(name, sizeof name, part);
		name[value != NULL && value - part < (long)sizeof name ? value - part : (long)strlen(name)] = '\0';
		if (part != head && (str_eq_nocase(part, "QUOTED-PRINTABLE") ||
				     (str_eq_nocase(name, "ENCODING") && value != NULL && str_eq_nocase(value + 1, "QUOTED-PRINTABLE")))) {
			printable = true;
		} else if (part != head && value != NULL && str_eq_nocase(name, "CHARSET")) {
			str_copy(charset, ENCODING_NAME_MAX, value + 1);
		} else {
			strbuf_addf(out, "%s%s", part != head ? ";" : "", part);
		}
		part = next;
	}
	free(head);
	return printable;
}

/* "=D0" is a byte, "=" at the end of the line a soft break; so is "=" before another one, where folding already joined the lines. */
static void decode(const char *at, const char *end, struct strbuf *out) {
	while (at < end) {
		if (*at != '=') {
			strbuf_addc(out, *at++);
		} else if (end - at > 2 && str_hex_digit(at[1]) >= 0 && str_hex_digit(at[2]) >= 0) {
			strbuf_addc(out, (char)(str_hex_digit(at[1]) * 16 + str_hex_digit(at[2])));
			at += 3;
		} else {
			at++;
		}
	}
}

/* What was decoded is a text of one line again; a line end in it is "\n" as RFC 5545 (3.3.11) writes it. */
static void put_value(const struct strbuf *decoded, const char *charset, struct strbuf *out) {
	struct strbuf text = {0};
	struct err ignored = {0};
	char name[ENCODING_NAME_MAX];
	/* A character set that is none, or not that of the bytes: it is found out, with the rest of the file if need be. */
	if (!encoding_to_utf8(strbuf_str(decoded), decoded->len, *charset != '\0' ? charset : NULL, &text, name, &ignored)) {
		strbuf_reset(&text);
		strbuf_add(&text, strbuf_str(decoded), decoded->len);
	}
	for (size_t i = 0; i < text.len; i++) {
		char c = text.data[i];
		if (c == '\n') {
			strbuf_adds(out, "\\n");
		} else if (c != '\r' && c != '\0') {
			strbuf_addc(out, c);
		}
	}
	strbuf_fini(&text);
}

static const char *line_end(const char *at, const char *end) {
	const char *found = memchr(at, '\n', (size_t)(end - at));
	found = found ? found : end;
	return found > at && found[-1] == '\r' ? found - 1 : found;
}

static const char *after_line(const char *at, const char *end) {
	const char *found = memchr(at, '\n', (size_t)(end - at));
	return found ? found + 1 : end;
}

/* Copies the unfolded lines, those in quoted-printable decoded; a soft break takes the next line in. */
static void decode_lines(const struct strbuf *unfolded, struct strbuf *out) {
	const char *at = strbuf_str(unfolded);
	const char *end = at + unfolded->len;
	while (at < end) {
		struct line l = {.from = at, .end = line_end(at, end)};
		struct strbuf value = {0};
		char charset[ENCODING_NAME_MAX];
		size_t before = out->len;
		l.colon = find_colon(l.from, l.end);
		if (l.colon == NULL || !take_head(&l, out, charset)) {
			strbuf_truncate(out, before);
			strbuf_add(out, at, (size_t)(after_line(at, end) - at));
			at = after_line(at, end);
			continue;
		}
		decode(l.colon + 1, l.end, &value);
		for (at = after_line(at, end); l.end > l.colon + 1 && l.end[-1] == '=' && at < end; at = after_line(at, end)) {
			l.end = line_end(at, end);
			decode(at, l.end, &value);
		}
		strbuf_addc(out, ':');
		put_value(&value, charset, out);
		strbuf_adds(out, "\r\n");
		strbuf_fini(&value);
	}
}

bool ical_text_read(const char *bytes, size_t n, struct ical_text *out, struct err *err) {
	struct strbuf unfolded = {0};
	struct strbuf decoded = {0};
	char encoding[ENCODING_NAME_MAX];
	if (n >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
		bytes += 3;
		n -= 3;
	}
	bool ok = scan_lines(out, bytes, n, err);
	if (ok) {
		unfold(bytes, n, &unfolded);
		decode_lines(&unfolded, &decoded);
		ok = encoding_to_utf8(strbuf_str(&decoded), decoded.len, NULL, &out->text, encoding, err);
	}
	strbuf_fini(&unfolded);
	strbuf_fini(&decoded);
	return ok;
}
