#include "import/cell_zone.h"

#include <stddef.h>
#include <string.h>

#include "base/str.h"

#define MINUS "\xE2\x88\x92" /* U+2212, as typesetting has it */

static size_t without_spaces(const char *text, size_t n) {
	while (n > 0 && text[n - 1] == ' ') {
		n--;
	}
	return n;
}

/* Whether "UTC" or "GMT" ends at n, as a word of its own or behind a digit. */
static bool ends_with_utc(const char *text, size_t n) {
	char word[4];
	if (n < 3) {
		return false;
	}
	str_copy(word, sizeof word, text + n - 3);
	bool behind = n == 3 || text[n - 4] == ' ' || str_is_digit(text[n - 4]);
	return behind && (str_eq_nocase(word, "UTC") || str_eq_nocase(word, "GMT"));
}

/* ---- offsets ---- */

struct offset { /* "+03:00" at the end of a text */
	size_t at;
	bool minus, colon;
	int digits;
};

/* One or two digits, or four, with a colon in their middle or not. */
static bool find_offset(const char *text, struct offset *out) {
	size_t n = strlen(text);
	*out = (struct offset){0};
	while (n > 0 && (str_is_digit(text[n - 1]) || (text[n - 1] == ':' && !out->colon && out->digits == 2))) {
		out->colon = out->colon || text[n - 1] == ':';
		out->digits += text[n - 1] != ':';
		n--;
	}
	bool typeset = n >= strlen(MINUS) && str_starts(text + n - strlen(MINUS), MINUS);
	if (n == 0 || (text[n - 1] != '+' && text[n - 1] != '-' && !typeset)) {
		return false;
	}
	out->at = n - (typeset ? strlen(MINUS) : 1);
	out->minus = typeset || text[n - 1] == '-';
	return out->colon ? out->digits == 3 || out->digits == 4 : out->digits == 1 || out->digits == 2 || out->digits == 4;
}

/* Minutes of the "HH:MM" that ends at n; -1 for anything else. */
static int clock_at(const char *text, size_t n) {
	const char *at = n >= 5 ? text + n - 5 : "";
	bool is = str_is_digit(at[0]) && str_is_digit(at[1]) && at[2] == ':' && str_is_digit(at[3]) && str_is_digit(at[4]);
	return is ? ((at[0] - '0') * 10 + at[1] - '0') * 60 + (at[3] - '0') * 10 + at[4] - '0' : -1;
}

/* Behind a time: an offset, not the end of a range and no part of a date. */
static bool minus_is_offset(const char *text, const struct offset *offset) {
	bool iso_date = strlen(text) > 16 && text[4] == '-' && text[7] == '-';
	int start = clock_at(text, offset->at);
	int end = clock_at(text, strlen(text));
	bool seconds = iso_date && offset->at >= 19 && text[offset->at - 6] == ':';
	bool exact = iso_date && start >= 0 && (seconds || str_lower_char(text[10]) == 't');
	if (offset->digits == 4 && !offset->colon) {
		bool apart = offset->at > 0 && text[offset->at - 1] == ' ';
		return exact || (apart && clock_at(text, without_spaces(text, offset->at)) >= 0);
	}
	bool long_range = iso_date && start >= 0 && end >= 0 && end < start && end + 24 * 60 - start > 12 * 60;
	return offset->digits >= 2 && (exact || long_range);
}

static bool is_offset(const char *text, const struct offset *offset) {
	size_t before = without_spaces(text, offset->at);
	if (!offset->minus) {
		return offset->digits >= 2 && before > 0 && str_is_digit(text[before - 1]);
	}
	return minus_is_offset(text, offset);
}

/* ---- the end of a cell ---- */

/* Where the zone begins that stands at the end without brackets; the text's length when there is none. */
static size_t zone_begin(const char *text) {
	size_t n = strlen(text);
	struct offset offset;
	if (find_offset(text, &offset)) {
		size_t before = without_spaces(text, offset.at);
		return ends_with_utc(text, before) ? before - 3 : is_offset(text, &offset) ? offset.at : n;
	}
	if (ends_with_utc(text, n)) {
		return n - 3;
	}
	size_t before = n > 0 ? without_spaces(text, n - 1) : 0;
	if (before > 0 && str_lower_char(text[n - 1]) == 'z' && str_is_digit(text[before - 1])) {
		return n - 1;
	}
	const char *word = strrchr(text, ' ');
	bool name = word != NULL && strchr(word, '/') != NULL && !str_is_digit(word[1]) && word[1] != '/';
	return name ? (size_t)(word + 1 - text) : n;
}

/* "(UTC)" at the end; NULL for other brackets. */
static char *bracket_begin(char *text) {
	size_t n = strlen(text);
	char *open = n > 0 && text[n - 1] == ')' ? strrchr(text, '(') : NULL;
	bool sign = open != NULL && (open[1] == '+' || open[1] == '-');
	char word[4] = "";
	if (open != NULL) {
		str_copy(word, sizeof word, open + 1);
	}
	bool utc = str_eq_nocase(word, "UTC") || str_eq_nocase(word, "GMT");
	return open != NULL && (utc || sign || strchr(open, '/') != NULL) ? open : NULL;
}

bool cell_zone_cut(char *text, char zone[CELL_ZONE_MAX]) {
	char *open = bracket_begin(text);
	size_t length = strlen(text);
	size_t begin = open != NULL ? (size_t)(open - text) : zone_begin(text);
	if (begin == 0 || begin == length) {
		return false;
	}
	if (!str_copy(zone, CELL_ZONE_MAX, text + begin + (open != NULL ? 1 : 0))) {
		return false;
	}
	if (open != NULL) {
		zone[strlen(zone) - 1] = '\0';
	}
	text[without_spaces(text, begin)] = '\0';
	return true;
}
