#include "event/script.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "event/fold.h"

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

char *name_in_one_script(const char *name, bool *cyrillic) {
	struct strbuf text = {0};
	char *folded = fold_text(name);
	bool is_so = script_of(folded).only_cyrillic;
	char *rest;
	for (char *word = folded; word != NULL; word = rest) {
		char *space = strchr(word, ' ');
		rest = space == NULL ? NULL : space + 1;
		if (space != NULL) {
			*space = '\0';
		}
		put_word(&text, word, is_so);
		strbuf_adds(&text, rest != NULL ? " " : "");
	}
	free(folded);
	if (cyrillic != NULL) {
		*cyrillic = is_so;
	}
	return strbuf_detach(&text);
}

/* A mixture is Cyrillic at first (put_word), so here it is Latin. */
char *name_in_other_script(const char *name) {
	struct strbuf text = {0};
	char *folded = fold_text(name);
	struct script s = script_of(folded);
	if (s.only_latin || s.only_cyrillic || (!s.latin && !s.cyrillic)) {
		free(folded);
		return NULL;
	}
	const char *at = folded;
	for (uint32_t c = utf8_next(&at); c != 0; c = utf8_next(&at)) {
		bool change = s.cyrillic ? is_cyrillic(c) : is_latin(c);
		utf8_append(&text, change && twin_of(c) != 0 ? twin_of(c) : c);
	}
	free(folded);
	return strbuf_detach(&text);
}
