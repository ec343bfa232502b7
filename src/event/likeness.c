#include "event/likeness.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "event/script.h"
#include "event/slip.h"

#define SLIP_LETTERS 5   /* a shorter word has no slips: too many short names are one letter apart */
#define CHANGE_LETTERS 6 /* likewise of a changed letter: Marta is no slip of Maria */

/* --- words ---------------------------------------------------------------------------------------------------------------------------- */

/* Folded. */
static const char *const TITLES[] = {
	"dr",       "prof",      "professor", "mr",     "mrs",      "ms",       "miss", "sir", "rev",  "phd",   "др",       "проф",
	"професор", "профессор", "доц",       "доцент", "академік", "академик", "акад", "пан", "пані", "отець", "господин", "госпожа",
};

/* "Д-р", "г-н" and "г-жа" come as two words. */
static bool is_title_in_two(const char *word, const char *next) {
	return next != NULL &&
	       ((str_eq(word, "д") && str_eq(next, "р")) || (str_eq(word, "г") && (str_eq(next, "н") || str_eq(next, "жа"))));
}

static bool is_title(const char *word) {
	for (size_t i = 0; i < COUNT_OF(TITLES); i++) {
		if (str_eq(TITLES[i], word)) {
			return true;
		}
	}
	return false;
}

bool name_is_title(const char *folded) {
	char *text = xstrdup(folded), *parts[2];
	size_t n = str_split(text, ' ', parts, COUNT_OF(parts));
	bool is = n == 2 ? is_title_in_two(parts[0], parts[1]) : is_title(parts[0]);
	free(text);
	return is;
}

static int by_text(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

static void split(struct name_words *out) {
	char *parts[2 * LIKENESS_WORDS_MAX];
	size_t n = str_split(out->text, ' ', parts, COUNT_OF(parts));
	for (size_t i = 0; i < n && out->count < LIKENESS_WORDS_MAX; i++) {
		if (is_title_in_two(parts[i], i + 1 < n ? parts[i + 1] : NULL)) {
			i++;
		} else if (parts[i][0] != '\0' && !is_title(parts[i])) {
			out->words[out->count++] = parts[i];
		}
	}
	if (out->count > 1) {
		qsort(out->words, out->count, sizeof *out->words, by_text);
	}
}

void name_words_read(const char *name, struct name_words *out) {
	*out = (struct name_words){.text = name_in_one_script(name, &out->cyrillic)};
	split(out);
}

void name_words_fini(struct name_words *words) {
	free(words->text);
	*words = (struct name_words){0};
}

/* --- comparing ------------------------------------------------------------------------------------------------------------------------ */

static bool is_slip(const char *one, const char *other) {
	struct slip slip = slip_between(one, other);
	return slip.inside && slip.letters >= SLIP_LETTERS &&
	       (slip.kind == SLIP_LEFT_OUT || slip.kind == SLIP_SWAPPED || (slip.kind == SLIP_CHANGED && slip.letters >= CHANGE_LETTERS));
}

static bool is_initial(const char *word) {
	utf8_next(&word);
	return *word == '\0';
}

/* й is и, ї is і. */
bool name_is_patronymic(const char *word) {
	static const char *const ends[] = {"вич", "ич", "іч", "вна", "чна", "vych", "vich", "vna", "chna"};
	for (size_t i = 0; i < COUNT_OF(ends); i++) {
		if (str_ends(word, ends[i])) {
			return true;
		}
	}
	return false;
}

static bool begins_same(const char *one, const char *other) { return utf8_next(&one) == utf8_next(&other); }

/* Words of one name that the other does not have. */
struct rest {
	const char *words[LIKENESS_WORDS_MAX];
	size_t count;
};

static void subtract(const struct name_words *from, const struct name_words *take, struct rest *out) {
	size_t t = 0;
	out->count = 0;
	for (size_t i = 0; i < from->count; i++) {
		int order = -1;
		while (t < take->count && (order = strcmp(take->words[t], from->words[i])) < 0) {
			t++;
		}
		if (t < take->count && order == 0) {
			t++;
		} else {
			out->words[out->count++] = from->words[i];
		}
	}
}

/* Of names that have some words in common. */
static enum likeness compare_rests(const struct rest *more, const struct rest *less, size_t common) {
	if (more->count == 0) {
		return LIKENESS_ALIKE;
	}
	if (more->count == 1 && less->count == 0 && common >= 2) {
		return name_is_patronymic(more->words[0]) || is_initial(more->words[0]) ? LIKENESS_ALIKE : LIKENESS_NEAR;
	}
	if (more->count == 1 && less->count == 1 && common >= 1) {
		const char *a = more->words[0], *b = less->words[0];
		return is_slip(a, b)                                           ? LIKENESS_SLIP
		       : (is_initial(a) || is_initial(b)) && begins_same(a, b) ? LIKENESS_NEAR
									       : LIKENESS_NONE;
	}
	return LIKENESS_NONE;
}

enum likeness name_words_compare(const struct name_words *a, const struct name_words *b) {
	struct rest of_a, of_b;
	if (a->count == 0 || b->count == 0) {
		return LIKENESS_NONE;
	}
	subtract(a, b, &of_a);
	subtract(b, a, &of_b);
	size_t common = a->count - of_a.count;
	return of_a.count >= of_b.count ? compare_rests(&of_a, &of_b, common) : compare_rests(&of_b, &of_a, common);
}
