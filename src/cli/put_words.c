#include "cli/put_words.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "cli/common.h"

static bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

const char *words_behind_language(const char *given, char language[PUT_WORDS_LANGUAGE]) {
	bool named = is_letter(given[0]) && is_letter(given[1]) && given[2] == '=';
	language[0] = '\0';
	if (named) {
		memcpy(language, given, 2);
		language[2] = '\0';
	}
	return named ? given + 3 : given;
}

bool put_words(const struct args *args, const char *option, size_t most, struct json_writer *w, struct err *err) {
	size_t cursor = 0;
	for (const char *given; (given = args_next(args, option, &cursor)) != NULL;) {
		char language[PUT_WORDS_LANGUAGE];
		char *clean = cli_text(option, words_behind_language(given, language), most, err);
		if (clean == NULL) {
			return false;
		}
		char *member = language[0] == '\0' ? xstrdup(option) : xasprintf("%s:%s", option, language);
		json_put_text(w, member, clean);
		free(member);
		free(clean);
	}
	return true;
}
