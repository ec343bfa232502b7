/* No parser of HTML: tags go, some of them end a line, references become characters. */
#include "import/html_text.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "base/utf8.h"

static const struct {
	const char *name;
	uint32_t character;
} ENTITIES[] = {
	{"amp", '&'},      {"lt", '<'},       {"gt", '>'},       {"quot", '"'},     {"apos", '\''},     {"nbsp", 0xA0},
	{"laquo", 0xAB},   {"raquo", 0xBB},   {"ndash", 0x2013}, {"mdash", 0x2014}, {"lsquo", 0x2018},  {"rsquo", 0x2019},
	{"ldquo", 0x201C}, {"rdquo", 0x201D}, {"bdquo", 0x201E}, {"bull", 0x2022},  {"hellip", 0x2026}, {"euro", 0x20AC},
	{"copy", 0xA9},    {"reg", 0xAE},     {"deg", 0xB0},     {"middot", 0xB7},  {"times", 0xD7},    {"shy", 0xAD},
};

/* The tags that end a line. */
static const char *const BREAKS[] = {"p",  "br", "div", "li", "ul", "ol", "tr",  "table",   "h1",      "h2",        "h3",
				     "h4", "h5", "h6",  "hr", "dt", "dd", "pre", "section", "article", "blockquote"};

static bool is_letter(char c) { return str_lower_char(c) >= 'a' && str_lower_char(c) <= 'z'; }

/* Where `tail` (lower case) begins in the text, any case; NULL when it does not. */
static const char *find_nocase(const char *text, const char *tail) {
	size_t n = strlen(tail);
	for (; *text != '\0'; text++) {
		size_t i = 0;
		while (i < n && str_lower_char(text[i]) == tail[i]) {
			i++;
		}
		if (i == n) {
			return text;
		}
	}
	return NULL;
}

static uint32_t number_of(const char *digits, size_t n) {
	bool hex = n > 0 && str_lower_char(digits[0]) == 'x';
	uint32_t value = 0;
	for (size_t i = hex ? 1 : 0; i < n; i++) {
		char c = str_lower_char(digits[i]);
		bool letter = hex && c >= 'a' && c <= 'f';
		if (!letter && !str_is_digit(c)) {
			return 0;
		}
		value = value * (hex ? 16 : 10) + (uint32_t)(letter ? c - 'a' + 10 : c - '0');
		if (value > 0x10FFFF) {
			return 0;
		}
	}
	return value;
}

/* A character reference at `at` ('&'): its character and the place behind it, or 0. */
static uint32_t reference(const char *at, const char **behind) {
	size_t n = strcspn(at + 1, "; \n<&");
	if (n == 0 || n > 10 || at[1 + n] != ';') {
		return 0;
	}
	*behind = at + n + 2;
	if (at[1] == '#') {
		return number_of(at + 2, n - 1);
	}
	for (size_t i = 0; i < COUNT_OF(ENTITIES); i++) {
		if (strlen(ENTITIES[i].name) == n && memcmp(ENTITIES[i].name, at + 1, n) == 0) {
			return ENTITIES[i].character;
		}
	}
	return 0;
}

/* Reads the tag at `at` ('<'); returns the place behind it (and behind the content of scripts, styles and comments). */
static const char *pass_tag(const char *at, struct strbuf *out) {
	if (strncmp(at, "<!--", 4) == 0) {
		const char *end = strstr(at + 4, "-->");
		return end ? end + 3 : at + strlen(at);
	}
	char name[12];
	const char *from = at + (at[1] == '/' ? 2 : 1);
	size_t n = 0;
	while (n + 1 < sizeof name && (is_letter(from[n]) || str_is_digit(from[n]))) {
		name[n] = str_lower_char(from[n]);
		n++;
	}
	name[n] = '\0';
	const char *end = strchr(at, '>');
	if (end != NULL && at[1] != '/' && (str_eq(name, "script") || str_eq(name, "style"))) {
		const char *close = find_nocase(end, str_eq(name, "script") ? "</script" : "</style");
		end = close ? strchr(close, '>') : NULL;
	}
	for (size_t i = 0; i < COUNT_OF(BREAKS); i++) {
		if (str_eq(name, BREAKS[i])) {
			strbuf_addc(out, '\n');
			break;
		}
	}
	return end ? end + 1 : at + strlen(at);
}

char *html_text(const char *html) {
	struct strbuf out = {0};
	while (*html != '\0') {
		size_t plain = strcspn(html, "<&");
		strbuf_add(&out, html, plain);
		html += plain;
		/* "a < b" is no tag. */
		if (*html == '<' && (is_letter(html[1]) || html[1] == '/' || html[1] == '!')) {
			html = pass_tag(html, &out);
		} else if (*html != '\0') {
			const char *behind = NULL;
			uint32_t c = *html == '&' ? reference(html, &behind) : 0;
			if (c != 0) {
				utf8_append(&out, c);
				html = behind;
			} else {
				strbuf_addc(&out, *html++);
			}
		}
	}
	return strbuf_detach(&out);
}
