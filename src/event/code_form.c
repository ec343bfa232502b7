#include "event/code_form.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"

#define GROUP_SEPARATOR '\x1D'
#define GTIN_DIGITS 12

static bool is_hyphen(uint32_t c) { return (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xFE58 || c == 0xFE63 || c == 0xFF0D; }

/* Never longer than the code: a hyphen takes fewer bytes than what looks like one. */
static void put_plain(const char *code, char *out) {
	for (uint32_t c = utf8_next(&code); c != 0; c = utf8_next(&code)) {
		if (is_hyphen(c)) {
			*out++ = '-';
		} else if (c != (uint32_t)GROUP_SEPARATOR && c != 0xAD) {
			out += utf8_put(c, out);
		}
	}
	*out = '\0';
}

/* As a roster has it. Nearly all codes are: the few bytes that could be otherwise are looked for first. */
static void fold_blanks(char *text) {
	bool gap = true, kept = true;
	for (const char *at = text; *at != '\0' && kept; at++) {
		unsigned char c = (unsigned char)*at;
		kept = c > ' ' ? c < 0x7F : c == ' ' && !gap;
		gap = c == ' ';
	}
	if (kept && !(gap && *text != '\0')) {
		return;
	}
	char *clean = utf8_clean(text, false);
	if (strlen(clean) <= strlen(text)) {
		str_copy(text, strlen(text) + 1, clean);
	}
	free(clean);
}

static void drop_front(char *text, size_t n) { memmove(text, text + n, strlen(text + n) + 1); }

static void drop_identifier(char *text) {
	bool letter = text[0] == ']' && ((text[1] >= 'A' && text[1] <= 'Z') || (text[1] >= 'a' && text[1] <= 'z'));
	if (letter && str_is_digit(text[2]) && text[3] != '\0') {
		drop_front(text, 3);
	}
}

/* Characters of an application identifier in parentheses at `at`; 0: there is none. */
static size_t identifier_len(const char *at) {
	size_t digits = at[0] == '(' ? strspn(at + 1, "0123456789") : 0;
	return digits >= 2 && digits <= 4 && at[digits + 1] == ')' ? digits + 2 : 0;
}

/* Of a GS1 element string, which begins with an identifier in parentheses, or with that of an article and its 14 digits. */
static void drop_gs1_marks(char *text) {
	bool brackets = identifier_len(text) != 0;
	bool article = str_starts(text, "01") && strspn(text, "0123456789") >= 16;
	char *to = text;
	if (!brackets && !article) {
		return;
	}
	for (const char *from = text; *from != '\0';) {
		size_t n = brackets ? identifier_len(from) : 0;
		if (n != 0) {
			memmove(to, from + 1, n - 2);
			to += n - 2;
			from += n;
		} else if (article && (*from == '%' || *from == ' ')) {
			from++; /* a blank is what is left of a separator in a table's cell */
		} else {
			*to++ = *from++;
		}
	}
	*to = '\0';
}

/* What a pair of Code 39 characters stands for; '\0': for themselves. */
static char code39_pair(char shift, char letter) {
	if (letter < 'A' || letter > 'Z') {
		return '\0';
	}
	if (shift == '+') {
		return (char)(letter - 'A' + 'a');
	}
	if (shift == '/') {
		return letter <= 'O' ? (char)(letter - 'A' + '!') : letter == 'Z' ? ':' : '\0';
	}
	static const char percent[] = "     ;<=>?[\\]^_{|}~  @`";
	size_t at = (size_t)(letter - 'A');
	return shift == '%' && at < sizeof percent - 1 && percent[at] != ' ' ? percent[at] : '\0';
}

static void read_code39(char *text) {
	size_t n = strlen(text);
	if (strspn(text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ -.$/+%*") != n) {
		return;
	}
	if (n > 2 && text[0] == '*' && text[n - 1] == '*') {
		text[n - 1] = '\0';
		drop_front(text, 1);
	}
	char *to = text;
	for (const char *from = text; *from != '\0'; from++) {
		char pair = code39_pair(from[0], from[1]);
		*to++ = pair != '\0' ? pair : *from;
		from += pair != '\0';
	}
	*to = '\0';
}

static void shorten_article(char *text) {
	size_t n = strlen(text), zeros = strspn(text, "0");
	if (n > GTIN_DIGITS && n <= GTIN_DIGITS + 2 && strspn(text, "0123456789") == n && zeros >= n - GTIN_DIGITS) {
		drop_front(text, n - GTIN_DIGITS);
	}
}

bool code_form(const char *code, char form[BADGE_CODE_MAX + 1]) {
	if (strlen(code) > BADGE_CODE_MAX) {
		str_copy(form, BADGE_CODE_MAX + 1, code);
		return false;
	}
	put_plain(code, form);
	fold_blanks(form);
	drop_identifier(form);
	drop_gs1_marks(form);
	read_code39(form);
	shorten_article(form);
	return !str_eq(code, form);
}
