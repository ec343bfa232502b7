#include "event/fold.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "base/utf8.h"

static bool is_apostrophe(uint32_t c) {
	return c == '\'' || c == 0x2019 || c == 0x02BC || c == 0x2018 || c == 0x00B4 || c == '`' || c == 0x00AD;
}

static bool is_word(uint32_t c) {
	if (c < 0x80) {
		return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
	}
	return utf8_is_letter(c) || utf8_is_digit(c);
}

/* Letters that Unicode does not decompose, as those who lack their key type them. */
static const struct {
	uint32_t letter;
	const char *typed;
} PLAIN[] = {
	{0x0491, "г"} /* ґ */, {0x0142, "l"} /* ł */,  {0x00F8, "o"} /* ø */,  {0x0111, "d"} /* đ */,
	{0x0127, "h"} /* ħ */, {0x0167, "t"} /* ŧ */,  {0x00E6, "ae"} /* æ */, {0x0153, "oe"} /* œ */,
	{0x00F0, "d"} /* ð */, {0x00FE, "th"} /* þ */, {0x0131, "i"} /* ı */,
};

static void put_letter(struct strbuf *out, uint32_t c) {
	bool may_be = (c >= 0xE6 && c <= 0x0167) || c == 0x0491; /* most letters are none of them */
	for (size_t i = 0; may_be && i < COUNT_OF(PLAIN); i++) {
		if (PLAIN[i].letter == c) {
			strbuf_adds(out, PLAIN[i].typed);
			return;
		}
	}
	utf8_append(out, c);
}

/* Before anything else: U+00B4 is taken apart into a space and a mark. */
static char *without_apostrophes(const char *text) {
	struct strbuf out = {0};
	for (uint32_t c = utf8_next(&text); c != 0; c = utf8_next(&text)) {
		if (!is_apostrophe(c)) {
			utf8_append(&out, c);
		}
	}
	return strbuf_detach(&out);
}

char *fold_text(const char *text) {
	char *bare = without_apostrophes(text), *folded = utf8_fold_marks(bare);
	struct strbuf out = {0};
	bool gap = false;
	const char *at = folded;
	for (uint32_t c = utf8_next(&at); c != 0; c = utf8_next(&at)) {
		if (is_apostrophe(c)) { /* of another width */
			continue;
		}
		if (!is_word(c)) {
			gap = true;
			continue;
		}
		if (gap && out.len != 0) {
			strbuf_addc(&out, ' ');
		}
		gap = false;
		put_letter(&out, c);
	}
	free(folded);
	free(bare);
	return strbuf_detach(&out);
}

static int by_word(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

char *fold_words(const char *text) {
	enum { WORDS = 32 }; /* the last holds the rest of a longer text */
	char *folded = fold_text(text), *words[WORDS];
	struct strbuf out = {0};
	size_t n = str_split(folded, ' ', words, WORDS);
	qsort(words, n, sizeof *words, by_word);
	for (size_t i = 0; i < n; i++) {
		strbuf_addf(&out, "%s%s", i > 0 ? " " : "", words[i]);
	}
	free(folded);
	return strbuf_detach(&out);
}

bool fold_is_empty(const char *text) {
	char *folded = fold_text(text);
	bool empty = folded[0] == '\0';
	free(folded);
	return empty;
}
