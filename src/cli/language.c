#include "cli/language.h"

#include <stdlib.h>

#include "base/str.h"

const struct tongue *language_tongue(struct language *language) {
	const char *list = getenv("LANGUAGE");
	if (language == NULL || str_empty(list)) {
		return NULL;
	}
	if (language->words == NULL) {
		language->words = words_open_installed();
		language->tongue = (struct tongue){language->words, words_language_of(language->words, list)};
	}
	int chosen = language->tongue.language;
	return chosen < 0 || str_eq(words_code(language->words, chosen), "en") ? NULL : &language->tongue;
}

void language_fini(struct language *language) {
	words_close(language->words);
	*language = (struct language){0};
}
