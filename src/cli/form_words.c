#include "cli/form_words.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "cli/common.h"
#include "words/questions.h"
#include "words/words.h"

static bool has_words(const struct json *set, const char *member, const char *language) {
	char *name = xasprintf("%s:%s", member, language);
	bool has = !str_empty(json_get_text(set, name)) || !str_empty(json_get_text(set, member));
	free(name);
	return has;
}

void form_words_say_missing(const struct form_field *field, const char *languages) {
	const bool consent = field->type == FORM_CONSENT;
	const char *member = consent ? "text" : "label";
	char *list = xstrdup(str_or_empty(languages)), *parts[WORDS_LANGUAGES_MAX];
	struct strbuf missing = {0};
	size_t n = list[0] == '\0' || (!consent && words_question(NULL, field->key) != NULL) ? 0
											     : str_split(list, ',', parts, COUNT_OF(parts));
	for (size_t i = 0; i < n; i++) {
		if (!has_words(field->set, member, parts[i])) {
			strbuf_addf(&missing, "%s%s", missing.len > 0 ? ", " : "", parts[i]);
		}
	}
	if (missing.len > 0) {
		cli_say("%s has no --%s in %s: another language's is shown there", field->key, member, strbuf_str(&missing));
	}
	strbuf_fini(&missing);
	free(list);
}
