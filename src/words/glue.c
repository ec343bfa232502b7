#include "words/glue.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "base/utf8.h"

#define NO_BREAK "\xC2\xA0"

/* Folded. Longer ones (для, при, the, und) may end a line. */
static const char *const SHORT_WORDS[] = {
	"та", "на", "до", "за", "по", "із", "зі", "не", "ні", "чи", "об", "од", "ід", /* Ukrainian */
	"во", "со", "из", "от", "ко", "ни",                                           /* Russian, beyond those */
	"of", "to", "in", "on", "at", "by", "an", "or",                               /* English */
	"zu", "im", "am", "um", "de", "la", "le", "du",                               /* German, and what names bring along */
};

/* `word` has n bytes. */
static bool is_short_word(const char *word, size_t n) {
	char copy[8];
	if (n == 0 || n >= sizeof copy) {
		return false;
	}
	memcpy(copy, word, n);
	copy[n] = '\0';
	const char *at = copy;
	uint32_t first = utf8_next(&at);
	if (*at == '\0') {
		return utf8_is_letter(first) || str_eq(copy, "·") || str_eq(copy, "№") || str_eq(copy, "§");
	}
	char *lower = utf8_fold_marks(copy);
	bool found = false;
	for (size_t i = 0; !found && i < COUNT_OF(SHORT_WORDS); i++) {
		found = str_eq(lower, SHORT_WORDS[i]);
	}
	free(lower);
	return found;
}

static bool is_dash(const char *word, size_t n) { return n == strlen("—") && (memcmp(word, "—", n) == 0 || memcmp(word, "–", n) == 0); }

char *text_glued(const char *text) {
	struct strbuf out = {0};
	for (const char *at = text; *at != '\0';) {
		size_t n = strcspn(at, " \n");
		strbuf_add(&out, at, n);
		const char *end = at + n;
		if (*end == '\0') {
			break;
		}
		bool glue = *end == ' ' && end[1] != '\0' && (is_short_word(at, n) || is_dash(end + 1, strcspn(end + 1, " \n")));
		if (glue) {
			strbuf_adds(&out, NO_BREAK);
		} else {
			strbuf_addc(&out, *end);
		}
		at = end + 1;
	}
	return strbuf_detach(&out);
}
