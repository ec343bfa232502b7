#include "cli/put_members.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "cli/common.h"
#include "event/member_words.h"
#include "words/words.h"

static bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

/* "uk=Ваше імʼя": the language goes to the member's name. An "=" may as well stand in a text. */
static const char *behind_language(const char *given, char language[WORDS_CODE_MAX]) {
	bool named = is_letter(given[0]) && is_letter(given[1]) && given[2] == '=';
	language[0] = '\0';
	if (named) {
		memcpy(language, given, 2);
		language[2] = '\0';
	}
	return named ? given + 3 : given;
}

bool put_words(const struct args *args, const struct words_option *option, struct json_writer *w, struct err *err) {
	size_t cursor = 0;
	for (const char *given; (given = args_next(args, option->name, &cursor)) != NULL;) {
		char language[WORDS_CODE_MAX];
		const char *words = behind_language(given, language);
		char *clean = cli_text(option->name, words, option->most, err);
		if (clean == NULL) {
			return false;
		}
		for (char *end = clean; option->line != '\0' && (end = strchr(end, option->line)) != NULL;) {
			*end = '\n';
		}
		char *member = language[0] == '\0' ? xstrdup(option->name) : xasprintf("%s:%s", option->name, language);
		json_put_text(w, member, clean);
		free(member);
		free(clean);
	}
	return true;
}

void put_plain(const struct args *args, const char *option, const char *member, struct json_writer *w) {
	const char *value = args_value(args, option);
	if (value != NULL) {
		json_put_text(w, member, value);
	}
}

bool put_order(const struct args *args, int64_t otherwise, struct json_writer *w, struct err *err) {
	int64_t order = 0;
	if (!args_number(args, "order", (struct args_range){0, ORDER_MAX, otherwise}, &order, err)) {
		return false;
	}
	if (args_has(args, "order") || otherwise > 0) {
		json_put_text(w, "order", str_number(order).text);
	}
	return true;
}
