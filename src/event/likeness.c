#include "event/likeness.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "event/fold.h"

#define LETTERS_MAX 64   /* of a word, when slips are looked for */
#define SLIP_LETTERS 5   /* a shorter word has no slips: too many short names are one letter apart */
#define CHANGE_LETTERS 6 /* likewise of a changed letter: Marta is no slip of Maria */

/* --- letters that look alike ---------------------------------------------------------------------------------------------------------- */

/* As folded letters: of some only the capitals look alike (B, H, K, M, T). */
static const struct twin {
	uint32_t latin, cyrillic;
} TWINS[] = {
	{'a', 0x430}, {'b', 0x432}, {'c', 0x441}, {'e', 0x435}, {'h', 0x43d}, {'i', 0x456}, {'k', 0x43a},
	{'m', 0x43c}, {'o', 0x43e}, {'p', 0x440}, {'t', 0x442}, {'x', 0x445}, {'y', 0x443},
};

static bool is_cyrillic(uint32_t c) { return c >= 0x400 && c < 0x530; }
static bool is_latin(uint32_t c) { return c >= 'a' && c <= 'z'; }

/* The letter of the other alphabet that looks the same; 0: there is none. */
static uint32_t twin_of(uint32_t c) {
	for (size_t i = 0; i < COUNT_OF(TWINS); i++) {
		if (TWINS[i].latin == c) {
			return TWINS[i].cyrillic;
		}
		if (TWINS[i].cyrillic == c) {
			return TWINS[i].latin;
		}
	}
	return 0;
}

/* What a word is made of. */
struct script {
	bool latin, cyrillic;           /* has such letters */
	bool only_latin, only_cyrillic; /* has such letters that look like none of the other alphabet */
};

static struct script script_of(const char *word) {
	struct script s = {0};
	for (uint32_t c = utf8_next(&word); c != 0; c = utf8_next(&word)) {
		s.latin = s.latin || is_latin(c);
		s.cyrillic = s.cyrillic || is_cyrillic(c);
		s.only_latin = s.only_latin || (is_latin(c) && twin_of(c) == 0);
		s.only_cyrillic = s.only_cyrillic || (is_cyrillic(c) && twin_of(c) == 0);
	}
	return s;
}

/* Appends the word with its letters in the alphabet that it is meant to be of: of a word that could be of either, that of the whole name. */
static void put_word(struct strbuf *out, const char *word, bool name_is_cyrillic) {
	struct script s = script_of(word);
	bool to_cyrillic = s.latin && !s.only_latin && (s.cyrillic || name_is_cyrillic);
	bool to_latin = s.cyrillic && !s.only_cyrillic && s.only_latin;
	for (uint32_t c = utf8_next(&word); c != 0; c = utf8_next(&word)) {
		bool change = (to_cyrillic && is_latin(c)) || (to_latin && is_cyrillic(c));
		utf8_append(out, change && twin_of(c) != 0 ? twin_of(c) : c);
	}
}

/* --- words ---------------------------------------------------------------------------------------------------------------------------- */

/* Folded. */
static const char *const TITLES[] = {
	"dr",       "prof",      "professor", "mr",     "mrs",      "ms",       "miss", "sir",  "phd",      "др",      "проф",
	"професор", "профессор", "доц",       "доцент", "академік", "академик", "пан",  "пані", "господин", "госпожа",
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
	struct strbuf text = {0};
	char *folded = fold_text(name);
	bool cyrillic = script_of(folded).only_cyrillic;
	char *rest;
	for (char *word = folded; word != NULL; word = rest) {
		char *space = strchr(word, ' ');
		rest = space == NULL ? NULL : space + 1;
		if (space != NULL) {
			*space = '\0';
		}
		put_word(&text, word, cyrillic);
		strbuf_adds(&text, rest != NULL ? " " : "");
	}
	free(folded);
	*out = (struct name_words){.text = xstrdup(strbuf_str(&text)), .cyrillic = cyrillic};
	strbuf_fini(&text);
	split(out);
}

void name_words_fini(struct name_words *words) {
	free(words->text);
	*words = (struct name_words){0};
}

/* --- comparing ------------------------------------------------------------------------------------------------------------------------ */

static size_t letters_of(const char *word, uint32_t letters[LETTERS_MAX]) {
	size_t n = 0;
	for (uint32_t c = utf8_next(&word); c != 0 && n < LETTERS_MAX; c = utf8_next(&word)) {
		letters[n++] = c;
	}
	return n;
}

static bool same_letters(const uint32_t *a, const uint32_t *b, size_t n) { return memcmp(a, b, n * sizeof *a) == 0; }

static bool is_slip(const char *one, const char *other) {
	uint32_t a[LETTERS_MAX], b[LETTERS_MAX];
	size_t n = letters_of(one, a), m = letters_of(other, b);
	if (n < m) {
		return is_slip(other, one);
	}
	if (m < SLIP_LETTERS || n > m + 1 || n == LETTERS_MAX || a[0] != b[0] || a[n - 1] != b[m - 1]) {
		return false;
	}
	size_t at = 0;
	while (at < m && a[at] == b[at]) {
		at++;
	}
	if (n > m) {
		return same_letters(a + at + 1, b + at, m - at);
	}
	/* The words differ, and their last letters do not. */
	bool changed = n >= CHANGE_LETTERS && same_letters(a + at + 1, b + at + 1, n - at - 1);
	bool swapped = at + 2 < n && a[at] == b[at + 1] && a[at + 1] == b[at] && same_letters(a + at + 2, b + at + 2, n - at - 2);
	return changed || swapped;
}

static bool ends_with(const char *word, const char *end) {
	size_t n = strlen(word), m = strlen(end);
	return n > m && str_eq(word + n - m, end);
}

static bool is_initial(const char *word) {
	utf8_next(&word);
	return *word == '\0';
}

/* Folded: й is и, ї is і. */
static bool is_patronymic(const char *word) {
	static const char *const ends[] = {"вич", "ич", "іч", "вна", "чна", "vych", "vich", "vna", "chna"};
	for (size_t i = 0; i < COUNT_OF(ends); i++) {
		if (ends_with(word, ends[i])) {
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
		return is_patronymic(more->words[0]) || is_initial(more->words[0]) ? LIKENESS_ALIKE : LIKENESS_NEAR;
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
