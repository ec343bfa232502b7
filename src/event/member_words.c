#include "event/member_words.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"

bool member_is_words(const char *key, const char *name) {
	size_t n = strlen(name);
	return strncmp(key, name, n) == 0 && (key[n] == '\0' || key[n] == ':');
}

const char *member_words_in(const struct json *set, const char *name, const char *language) {
	char key[64];
	int n = language == NULL ? snprintf(key, sizeof key, "%s", name) : snprintf(key, sizeof key, "%s:%s", name, language);
	const char *text = n > 0 && (size_t)n < sizeof key ? json_get_text(set, key) : NULL;
	return str_empty(text) ? NULL : text;
}

const char *member_words(const struct json *set, const char *name, const char *language) {
	const char *text = str_empty(language) ? NULL : member_words_in(set, name, language);
	text = text == NULL ? member_words_in(set, name, NULL) : text;
	for (void *m = json_member_next(set, NULL); text == NULL && m != NULL; m = json_member_next(set, m)) {
		const char *value = json_text(json_member_value(m));
		text = member_is_words(json_member_key(m), name) && !str_empty(value) ? value : NULL;
	}
	return text;
}

int64_t order_behind(int64_t last) { return last < ORDER_MAX - 10 ? last / 10 * 10 + 10 : ORDER_MAX; }
