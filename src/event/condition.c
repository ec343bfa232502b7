#include "event/condition.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "event/fold.h"
#include "event/yes_no.h"

static int trimmed(const char **text, const char *end) {
	while (*text < end && **text == ' ') {
		(*text)++;
	}
	while (end > *text && end[-1] == ' ') {
		end--;
	}
	return (int)(end - *text);
}

bool condition_next(const char **cursor, struct condition_part *out) {
	*out = (struct condition_part){0};
	while (**cursor == ';' || **cursor == ' ') {
		(*cursor)++;
	}
	if (**cursor == '\0') {
		return false;
	}
	const char *start = *cursor, *end = start + strcspn(start, ";"), *equal = memchr(start, '=', (size_t)(end - start));
	out->has_values = equal != NULL;
	out->negated = equal != NULL && equal > start && equal[-1] == '!';
	out->key = start;
	out->key_len = trimmed(&out->key, equal == NULL ? end : out->negated ? equal - 1 : equal);
	out->values = equal == NULL ? end : equal + 1; /* never NULL: who copies none copies 0 bytes from here */
	out->values_len = equal == NULL ? 0 : trimmed(&out->values, end);
	*cursor = end;
	return true;
}

bool condition_check(const char *text, struct err *err) {
	const char *cursor = text;
	struct condition_part part;
	bool ok = strlen(text) <= CONDITION_MAX;
	while (ok && condition_next(&cursor, &part)) {
		ok = part.key_len > 0 && (!part.has_values || part.values_len > 0) && memchr(part.key, ',', (size_t)part.key_len) == NULL;
	}
	return ok || err_set(err, ERR_USAGE,
			     "for whom it is reads like category=speaker,press or meal or category!=guest, several separated by \";\"; not "
			     "\"%s\"",
			     text);
}

/* What somebody has in a field, ours or a column of the organiser's; NULL. */
static const char *value_of(const struct person *person, const char *key) {
	enum person_field field = person_field_find(key);
	if (field != PERSON_FIELD_COUNT) {
		return person->field[field];
	}
	return person_custom(person, str_starts(key, PERSON_CUSTOM_PREFIX) ? key + strlen(PERSON_CUSTOM_PREFIX) : key);
}

static bool is_among(const char *value, const struct condition_part *part) {
	char *have = fold_text(value), *list = xstrndup(part->values, (size_t)part->values_len), *rest = list, *word;
	bool found = false;
	while (!found && (word = strsep(&rest, ",")) != NULL) {
		char *wanted = fold_text(word);
		found = wanted[0] != '\0' && str_eq(wanted, have);
		free(wanted);
	}
	free(have);
	free(list);
	return found;
}

static bool part_holds(const struct condition_part *part, const struct person *person) {
	char *key = xstrndup(part->key, (size_t)part->key_len);
	const char *value = str_or_empty(value_of(person, key));
	bool holds = part->has_values ? is_among(value, part) != part->negated : value[0] != '\0' && yes_no_read(value) != YES_NO_NO;
	free(key);
	return holds;
}

bool condition_holds(const char *text, const struct person *person) {
	const char *cursor = text;
	struct condition_part part;
	struct err ignored = {0};
	bool holds = text[0] == '\0' || (person != NULL && condition_check(text, &ignored));
	while (holds && condition_next(&cursor, &part)) {
		holds = part_holds(&part, person);
	}
	return holds;
}
