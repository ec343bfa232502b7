#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/alloc.h"
#include "base/strbuf.h"

bool utf8_valid(const char *text, size_t n, size_t *bad) {
	size_t at = 0;
	while (at < n) {
		if ((unsigned char)text[at] - 1U < 0x7F) { /* ASCII, the most of what is checked */
			at++;
			continue;
		}
		utf8proc_int32_t c = 0;
		utf8proc_ssize_t used = utf8proc_iterate((const utf8proc_uint8_t *)text + at, (utf8proc_ssize_t)(n - at), &c);
		if (used <= 0 || c == 0) {
			if (bad != NULL) {
				*bad = at;
			}
			return false;
		}
		at += (size_t)used;
	}
	return true;
}

uint32_t utf8_next(const char **at) {
	unsigned char first = (unsigned char)**at;
	if (first == 0) {
		return 0;
	}
	if (first < 0x80) {
		(*at)++;
		return first;
	}
	utf8proc_int32_t c = 0;
	utf8proc_ssize_t used = utf8proc_iterate((const utf8proc_uint8_t *)*at, -1, &c);
	if (used <= 0) {
		(*at)++;
		return 0xFFFD;
	}
	*at += used;
	return (uint32_t)c;
}

size_t utf8_put(uint32_t character, char out[4]) {
	if (!utf8proc_codepoint_valid((utf8proc_int32_t)character)) {
		character = 0xFFFD;
	}
	return (size_t)utf8proc_encode_char((utf8proc_int32_t)character, (utf8proc_uint8_t *)out);
}

size_t utf8_width(const char *text) {
	size_t width = 0;
	for (uint32_t c = utf8_next(&text); c != 0; c = utf8_next(&text)) {
		width += (size_t)utf8proc_charwidth((utf8proc_int32_t)c);
	}
	return width;
}

void utf8_append(struct strbuf *out, uint32_t character) {
	char bytes[4];
	size_t n = utf8_put(character, bytes);
	strbuf_add(out, bytes, n);
}

size_t utf8_cut(const char *text, size_t max) {
	size_t n = strnlen(text, max);
	while (n > 0 && utf8_is_later(text[n])) {
		n--;
	}
	return n;
}

size_t utf8_length(const char *text) {
	size_t n = 0;
	while (utf8_next(&text) != 0) {
		n++;
	}
	return n;
}

size_t utf8_cluster(const char *text, size_t n) {
	const char *at = text, *end = text + n;
	utf8proc_int32_t state = 0, before = 0;
	while (at < end) {
		const char *next = at;
		utf8proc_int32_t c = (utf8proc_int32_t)utf8_next(&next);
		if (c == 0 || (at > text && utf8proc_grapheme_break_stateful(before, c, &state))) {
			break;
		}
		before = c;
		at = next;
	}
	return (size_t)(at - text);
}

static char *map_text(const char *text, utf8proc_option_t options) {
	utf8proc_uint8_t *out = NULL;
	utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)text, 0, &out, (utf8proc_option_t)(options | UTF8PROC_NULLTERM));
	return n < 0 || out == NULL ? xstrdup("") : (char *)out;
}

static bool is_blank(uint32_t c) {
	if (c <= 0x20 || c == 0x7F || (c >= 0x80 && c <= 0xA0) || c == 0xFEFF || c == 0x200B) {
		return true;
	}
	utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
	return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP;
}

static void append_clean(struct strbuf *out, const char *text, bool lines) {
	bool gap = false;
	bool line = false;
	for (uint32_t c = utf8_next(&text); c != 0; c = utf8_next(&text)) {
		if (is_blank(c)) {
			gap = true;
			line = line || (lines && c == '\n');
			continue;
		}
		if (gap && out->len != 0) {
			strbuf_addc(out, line ? '\n' : ' ');
		}
		gap = line = false;
		utf8_append(out, c);
	}
}

/* Composed (NFC), so that a letter that was typed in two ways is one; ASCII is that already. */
char *utf8_clean(const char *text, bool lines) {
	bool ascii = true;
	for (const char *p = text; *p != '\0' && ascii; p++) {
		ascii = (unsigned char)*p < 0x80;
	}
	char *composed = ascii ? NULL : map_text(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	struct strbuf out = {0};
	append_clean(&out, composed ? composed : text, lines);
	free(composed);
	return strbuf_detach(&out);
}

char *utf8_fold_marks(const char *text) {
	return map_text(text,
			UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK | UTF8PROC_IGNORE);
}

char *utf8_upper(const char *text) {
	struct strbuf out = {0};
	for (uint32_t c = utf8_next(&text); c != 0; c = utf8_next(&text)) {
		utf8_append(&out, (uint32_t)utf8proc_toupper((utf8proc_int32_t)c));
	}
	return strbuf_detach(&out);
}

char *utf8_capital(const char *text) {
	struct strbuf out = {0};
	uint32_t first = utf8_next(&text);
	if (first != 0) {
		utf8_append(&out, (uint32_t)utf8proc_toupper((utf8proc_int32_t)first));
	}
	strbuf_adds(&out, text);
	return strbuf_detach(&out);
}

uint32_t utf8_lower(uint32_t character) { return (uint32_t)utf8proc_tolower((utf8proc_int32_t)character); }

bool utf8_is_unseen(uint32_t character) {
	const utf8proc_property_t *property = utf8proc_get_property((utf8proc_int32_t)character);
	return property->ignorable && property->category != UTF8PROC_CATEGORY_LO; /* Hangul's fillers are letters */
}

void utf8_add_isolated(struct strbuf *out, const char *text) {
	bool from_right = false;
	const char *at = text;
	for (uint32_t c = utf8_next(&at); c != 0 && !from_right; c = utf8_next(&at)) {
		utf8proc_propval_t direction = utf8proc_get_property((utf8proc_int32_t)c)->bidi_class;
		from_right = direction == UTF8PROC_BIDI_CLASS_R || direction == UTF8PROC_BIDI_CLASS_AL;
	}
	strbuf_adds(out, from_right ? "\xE2\x81\xA8" : "");
	strbuf_adds(out, text);
	strbuf_adds(out, from_right ? "\xE2\x81\xA9" : "");
}

bool utf8_is_mark(uint32_t character) {
	utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)character);
	return category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME;
}

bool utf8_is_letter(uint32_t character) {
	utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)character);
	return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

bool utf8_has_letter(const char *text) {
	while (*text != '\0') {
		if (utf8_is_letter(utf8_next(&text))) {
			return true;
		}
	}
	return false;
}

bool utf8_is_digit(uint32_t character) { return utf8proc_category((utf8proc_int32_t)character) == UTF8PROC_CATEGORY_ND; }
