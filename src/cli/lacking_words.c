#include "cli/lacking_words.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "cli/common.h"
#include "event/member_words.h"
#include "words/questions.h"
#include "words/words.h"

/* `key`: whose they are; `option`: by which they are given. Words in no language in particular stand in for all. */
static void say(const char *key, const struct json *set, const char *option, const char *languages) {
	char *list = xstrdup(str_or_empty(languages)), *parts[WORDS_LANGUAGES_MAX];
	struct strbuf missing = {0};
	bool all = list[0] == '\0' || member_words_in(set, option, NULL) != NULL;
	size_t n = all ? 0 : str_split(list, ',', parts, COUNT_OF(parts));
	for (size_t i = 0; i < n; i++) {
		if (member_words_in(set, option, parts[i]) == NULL) {
			strbuf_addf(&missing, "%s%s", missing.len > 0 ? ", " : "", parts[i]);
		}
	}
	if (missing.len > 0) {
		cli_say("%s has no --%s in %s: another language's is shown there", key, option, strbuf_str(&missing));
	}
	strbuf_fini(&missing);
	free(list);
}

void form_say_lacking(const struct form_field *field, const char *languages) {
	if (field->type == FORM_CONSENT || words_question(NULL, field->key) == NULL) {
		say(field->key, field->set, field->type == FORM_CONSENT ? "text" : "label", languages);
	}
}

void credit_say_lacking(const struct credit *credit, const char *languages) {
	static const char *const options[] = {"name", "sentence", "disclaimer"};
	for (size_t i = 0; i < COUNT_OF(options); i++) {
		if (credit_words(credit, options[i], NULL) != NULL) {
			say(credit->key, credit->set, options[i], languages);
		}
	}
}
