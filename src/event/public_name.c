#include "event/public_name.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "event/likeness.h"
#include "event/script.h"

#define WORDS_MAX 12

static bool is_given(const char *word, const struct given_names *given) {
	struct name_sounds sounds;
	struct given_groups groups;
	char *folded = name_in_one_script(word, NULL), *space = strchr(folded, ' ');
	if (space != NULL) { /* of a double name the first */
		*space = '\0';
	}
	name_sounds_read(folded, &sounds);
	given_names_find(given, &sounds, &groups);
	free(folded);
	return groups.count != 0;
}

static bool is_patronymic(const char *word) {
	char *folded = name_in_one_script(word, NULL);
	bool is = name_is_patronymic(folded);
	free(folded);
	return is;
}

/* By its end, as most Ukrainian and Russian family names tell; folded. Ends that given names have too are not here. */
static bool is_family(const char *word) {
	static const char *const ends[] = {"енко", "чук", "щук", "юк",  "ськии", "ська", "цькии", "цька", "скии", "ская", "цкии", "цкая",
					   "ов",   "ова", "ев",  "ева", "єв",    "єва",  "евич",  "ович", "enko", "chuk", "skyi", "sky"};
	char *folded = name_in_one_script(word, NULL), *parts[2]; /* of a double name the first tells as much */
	bool is = false;
	size_t n = str_split(folded, ' ', parts, COUNT_OF(parts));
	for (size_t i = 0; i < COUNT_OF(ends) && !is; i++) {
		is = str_ends(parts[0], ends[i]) || str_ends(parts[n - 1], ends[i]);
	}
	free(folded);
	return is;
}

static size_t find_given(char *const *words, size_t count, const struct given_names *given) {
	for (size_t i = 1; count > 2 && i < count; i++) {
		if (is_patronymic(words[i])) { /* it stands behind the given name in any order */
			return i - 1;
		}
	}
	for (size_t i = 0; i < count; i++) {
		if (is_given(words[i], given)) {
			return i;
		}
	}
	bool family_first = is_family(words[0]), cyrillic;
	if (family_first != is_family(words[1])) {
		return family_first ? 1 : 0;
	}
	free(name_in_one_script(words[0], &cyrillic));
	return cyrillic && count > 1 ? 1 : 0;
}

/* The other word that tells most: a patronymic does not. */
static size_t find_family(char *const *words, size_t count, size_t given) {
	for (size_t i = 0; i < count; i++) {
		if (i != given && !(count > 2 && is_patronymic(words[i]))) {
			return i;
		}
	}
	return given == 0 ? 1 : 0;
}

char *public_name(const char *name, const struct given_names *given) {
	char *text = xstrdup(name), *words[WORDS_MAX];
	struct strbuf out = {0};
	size_t count = str_split(text, ' ', words, WORDS_MAX);
	if (count < 2) {
		strbuf_adds(&out, text);
	} else {
		size_t first = find_given(words, count, given);
		const char *family = words[find_family(words, count, first)], *at = family;
		utf8_next(&at);
		strbuf_addf(&out, "%s %.*s.", words[first], (int)(at - family), family);
	}
	free(text);
	return strbuf_detach(&out);
}
