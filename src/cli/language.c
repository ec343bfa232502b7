#include "cli/language.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "cli/common.h"

static const char *wanted(void) {
	static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
	const char *locale = NULL, *list = getenv("LANGUAGE");
	for (size_t i = 0; i < COUNT_OF(names) && str_empty(locale); i++) {
		locale = getenv(names[i]);
	}
	if (str_eq(locale, "C") || str_eq(locale, "POSIX")) {
		return NULL;
	}
	return str_empty(list) ? locale : list;
}

const struct tongue *language_tongue(struct language *language) {
	const char *list = wanted();
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

void language_say_missing(const char *list) {
	if (str_empty(list)) {
		return;
	}
	struct words *words = words_open_installed();
	struct strbuf missing = {0};
	size_t count = 0;
	for (const char *code = list; *code != '\0';) {
		char one[WORDS_CODE_MAX] = "";
		size_t n = strcspn(code, ",");
		memcpy(one, code, n < sizeof one ? n : sizeof one - 1);
		if (words_language(words, one) < 0) {
			strbuf_addf(&missing, "%s%s", count++ == 0 ? "" : ", ", one);
		}
		code += n + (code[n] == ',');
	}
	/* Where there is no catalogue at all that was said when they were opened. */
	if (count != 0 && words_count(words) > 1) {
		cli_say("%s %s no words here: English is shown", strbuf_str(&missing), count == 1 ? "has" : "have");
	}
	strbuf_fini(&missing);
	words_close(words);
}

void language_fini(struct language *language) {
	words_close(language->words);
	*language = (struct language){0};
}
