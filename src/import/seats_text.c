#include "import/seats_text.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/utf8.h"
#include "event/fold.h"

/* As fold_text has them: the whole cell. */
static const char *const NO_LIMIT[] = {
	"немає",
	"нема",
	"немає обмежень",
	"немає ліміту",
	"без обмежень",
	"без обмеження",
	"без ліміту",
	"необмежено",
	"не обмежено",
	"необмежена",
	"необмежений",
	"не обмежена",
	"нет",
	"нет ограничений",
	"без лимита",
	"без ограничений",
	"нет лимита",
	"неограниченно",
	"неограничено",
	"не ограничено",
	"неограничена",
	"не ограничена",
	"no limit",
	"unlimited",
	"no",
	"none",
	"not limited",
	"unrestricted",
	"n a",
	"na",
	"ні",
	"any",
	"безлимит",
	"безліміт",
	"скільки завгодно",
	"сколько угодно",
	"усі",
	"всі",
	"все",
	"all",
};

/* Words that make the number beside them another one. */
static const char *const MULTIPLE[] = {"тис", "тыс", "тисяч", "тысяч", "тисячі", "тысячи", "k", "к", "млн", "thousand"};
/* Words beside a single number that is the least, not the most. */
static const char *const LEAST[] = {"мін",      "мин",      "min",      "мінімум", "минимум", "minimum",
				    "не менше", "не менее", "at least", "від",     "от",      "from"};
/* What parts the two numbers of a range, beside dashes. */
static const char *const TO[] = {"до", "to", "по", "…", "..", "..."};

static bool folds_into(const char *folded, const char *const *list, size_t n) {
	for (size_t i = 0; i < n; i++) {
		char *word = fold_text(list[i]);
		bool same = str_eq(word, folded);
		free(word);
		if (same) {
			return true;
		}
	}
	return false;
}

static bool is_dash(uint32_t c) { return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212; }

/* Nothing but dashes, ∞ and full stops. */
static bool is_void(const char *text) {
	for (const char *at = text; *at != '\0';) {
		uint32_t c = utf8_next(&at);
		if (!is_dash(c) && c != 0x221E && c != '.' && c != ' ') {
			return false;
		}
	}
	return true;
}

/* ---- numbers ---- */

#define NUMBERS_MAX 2

struct numbers {
	int64_t value[NUMBERS_MAX];
	const char *begin[NUMBERS_MAX], *end[NUMBERS_MAX];
	int count;
};

static bool three_digits(const char *at) {
	return str_is_digit(at[0]) && str_is_digit(at[1]) && str_is_digit(at[2]) && !str_is_digit(at[3]);
}

/* "1 000", "1,000" and "40.0": moves *at past it. */
static int64_t take_number(const char **at) {
	int64_t value = 0;
	while (str_is_digit(**at) && value <= SEATS_MAX) {
		value = value * 10 + (*(*at)++ - '0');
	}
	while ((**at == ' ' || **at == ',') && three_digits(*at + 1) && value <= SEATS_MAX) {
		for ((*at)++; str_is_digit(**at);) {
			value = value * 10 + (*(*at)++ - '0');
		}
	}
	if ((**at == '.' || **at == ',') && (*at)[1] == '0' && !str_is_digit((*at)[2])) {
		*at += 2;
	}
	return value;
}

/* False: there are more than two. */
static bool find_numbers(const char *text, struct numbers *out) {
	*out = (struct numbers){0};
	for (const char *at = text; *at != '\0';) {
		if (!str_is_digit(*at)) {
			utf8_next(&at);
			continue;
		}
		if (out->count == NUMBERS_MAX) {
			return false;
		}
		out->begin[out->count] = at;
		out->value[out->count] = take_number(&at);
		out->end[out->count++] = at;
	}
	return out->count > 0;
}

/* Between the two stands a dash, or a word that says so. */
static bool is_range(const struct numbers *n) {
	char between[24];
	size_t length = (size_t)(n->begin[1] - n->end[0]);
	if (length >= sizeof between) {
		return false;
	}
	memcpy(between, n->end[0], length);
	between[length] = '\0';
	const char *text = str_trim(between);
	const char *next = text;
	bool dash = *text != '\0' && is_dash(utf8_next(&next)) && *next == '\0';
	for (size_t i = 0; i < COUNT_OF(TO) && !dash; i++) {
		dash = str_eq(text, TO[i]);
	}
	return dash && n->value[1] >= n->value[0];
}

/* A sign that makes it no number of people, or the least of them: "-5", "40%", ">40", "≥40". */
static bool has_odd_sign(const char *text, const struct numbers *n) {
	const char *before = n->begin[0];
	while (before > text && before[-1] == ' ') {
		before--;
	}
	bool minus = before > text && (before[-1] == '-' || (before - text >= 3 && str_starts(before - 3, "−")));
	return minus || strpbrk(text, "%>") != NULL || strstr(text, "≥") != NULL;
}

/* ---- words ---- */

static bool has_words(const char *text, const char *const *list, size_t n) {
	char *folded = fold_text(text);
	bool found = false;
	for (size_t i = 0; i < n && !found; i++) {
		char *word = fold_text(list[i]);
		size_t length = strlen(word);
		for (const char *at = strstr(folded, word); at != NULL && !found; at = strstr(at + 1, word)) {
			found = (at == folded || at[-1] == ' ' || str_is_digit(at[-1])) && (at[length] == '\0' || at[length] == ' ');
		}
		free(word);
	}
	free(folded);
	return found;
}

static bool read_number(const char *text, int *seats) {
	struct numbers n;
	if (!find_numbers(text, &n) || (n.count == 2 && !is_range(&n)) || n.value[n.count - 1] > SEATS_MAX || has_odd_sign(text, &n) ||
	    has_words(text, MULTIPLE, COUNT_OF(MULTIPLE)) || (n.count == 1 && has_words(text, LEAST, COUNT_OF(LEAST)))) {
		return false;
	}
	*seats = (int)n.value[n.count - 1];
	return true;
}

bool seats_text_read(const char *text, int *seats) {
	char *clean = utf8_clean(text, false);
	char *folded = fold_text(clean);
	*seats = 0;
	bool read = is_void(clean) || folds_into(folded, NO_LIMIT, COUNT_OF(NO_LIMIT)) || read_number(clean, seats);
	free(folded);
	free(clean);
	return read;
}
