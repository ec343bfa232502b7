#include "event/written_word.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/utf8.h"
#include "event/fold.h"
#include "event/script.h"

/* What parts words is what folding takes for a space: it is asked with the n bytes between two letters. */
static bool parts_words(const char *character, size_t n) {
	char between[16] = "a";
	if (n + 3 > sizeof between) {
		return false;
	}
	memcpy(between + 1, character, n);
	between[n + 1] = 'a';
	between[n + 2] = '\0';
	char *folded = fold_text(between);
	bool parted = str_eq(folded, "a a"); /* and not what is folded to words of its own, like a fraction */
	free(folded);
	return parted;
}

/* The next word from *at on; NULL behind the last one. */
static char *next_word(const char **at) {
	while (**at != '\0') {
		const char *end = *at, *next = *at;
		while (*end != '\0') {
			utf8_next(&next);
			if (parts_words(end, (size_t)(next - end))) {
				break;
			}
			end = next;
		}
		char *word = xstrndup(*at, (size_t)(end - *at));
		*at = *end == '\0' ? end : next;
		if (!fold_is_empty(word)) { /* an apostrophe between two blanks is */
			return word;
		}
		free(word);
	}
	return NULL;
}

/* How many words folding makes of one that is written: some signs stand for several. */
static size_t words_of(const char *word) {
	char *folded = name_in_one_script(word, NULL);
	size_t count = folded[0] != '\0';
	for (const char *at = folded; *at != '\0'; at++) {
		count += *at == ' ';
	}
	free(folded);
	return count;
}

/* Whether the folded word is among the next `count` of *rest, which is moved behind them. */
static bool takes_word(char **rest, size_t count, const char *folded) {
	bool found = false;
	for (; count > 0 && **rest != '\0'; count--) {
		size_t n = strcspn(*rest, " ");
		found = found || (strlen(folded) == n && memcmp(*rest, folded, n) == 0);
		*rest += (*rest)[n] == '\0' ? n : n + 1;
	}
	return found;
}

char *written_word(const char *text, const char *folded) {
	char *all = name_in_one_script(text, NULL), *rest = all, *found = NULL, *word;
	while (found == NULL && (word = next_word(&text)) != NULL) {
		if (takes_word(&rest, words_of(word), folded)) {
			found = word;
		} else {
			free(word);
		}
	}
	free(all);
	return found;
}
