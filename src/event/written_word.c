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
	bool parted = strchr(folded, ' ') != NULL;
	free(folded);
	return parted;
}

/* Nothing but what folding leaves out: an apostrophe between two blanks. */
static bool is_bare(const char *word) {
	char *folded = fold_text(word);
	bool bare = folded[0] == '\0';
	free(folded);
	return bare;
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
		if (!is_bare(word)) {
			return word;
		}
		free(word);
	}
	return NULL;
}

char *written_word(const char *text, const char *folded) {
	char *all = name_in_one_script(text, NULL), *rest = all, *found = NULL, *word;
	while (found == NULL && (word = next_word(&text)) != NULL) {
		size_t n = strcspn(rest, " ");
		if (strlen(folded) == n && memcmp(rest, folded, n) == 0) {
			found = word;
		} else {
			free(word);
		}
		rest += rest[n] == '\0' ? n : n + 1;
	}
	free(all);
	return found;
}
