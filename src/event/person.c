#include "event/person.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "event/fold.h"

static const char *const KEYS[] = {
	[PERSON_NAME] = "name",
	[PERSON_NAME_LATIN] = "name_latin",
	[PERSON_NAME_CERT] = "name_certificate",
	[PERSON_POSITION] = "position",
	[PERSON_ORGANISATION] = "organisation",
	[PERSON_COMMUNITY] = "community",
	[PERSON_DISTRICT] = "district",
	[PERSON_REGION] = "region",
	[PERSON_SETTLEMENT] = "settlement",
	[PERSON_CATEGORY] = "category",
	[PERSON_SEX] = "sex",
	[PERSON_BIRTH_YEAR] = "birth_year",
	[PERSON_PHONE] = "phone",
	[PERSON_EMAIL] = "email",
	[PERSON_LANGUAGE] = "language",
	[PERSON_CODE] = "code",
	[PERSON_PHOTO_CONSENT] = "photo_consent",
	[PERSON_NOTE] = "note",
	[PERSON_REGISTRATION] = "registration",
};
_Static_assert(COUNT_OF(KEYS) == PERSON_FIELD_COUNT, "every field has a key");

const char *person_field_key(enum person_field field) { return KEYS[field]; }

enum person_field person_field_find(const char *key) {
	int i = 0;
	while (i < PERSON_FIELD_COUNT && !str_eq(KEYS[i], key)) {
		i++;
	}
	return (enum person_field)i;
}

void person_fini(struct person *p) {
	for (int i = 0; i < PERSON_FIELD_COUNT; i++) {
		free(p->field[i]);
	}
	for (size_t i = 0; i < p->count; i++) {
		free(p->custom[i].name);
		free(p->custom[i].value);
	}
	free(p->custom);
	*p = (struct person){0};
}

void person_set(struct person *p, enum person_field field, const char *value) {
	char *copy = str_empty(value) ? NULL : xstrdup(value);
	free(p->field[field]);
	p->field[field] = copy;
}

static struct person_custom *find_custom(const struct person *p, const char *name) {
	for (size_t i = 0; i < p->count; i++) {
		if (str_eq(p->custom[i].name, name)) {
			return &p->custom[i];
		}
	}
	return NULL;
}

void person_set_custom(struct person *p, const char *name, const char *value) {
	struct person_custom *c = find_custom(p, name);
	if (c == NULL && !str_empty(value)) {
		ARRAY_GROW(p, custom);
	}
	if (c == NULL) {
		if (!str_empty(value)) {
			p->custom[p->count++] = (struct person_custom){xstrdup(name), xstrdup(value)};
		}
		return;
	}
	char *copy = str_empty(value) ? NULL : xstrdup(value);
	free(c->value);
	c->value = copy;
	if (copy == NULL) {
		free(c->name);
		struct person_custom *last = &p->custom[--p->count];
		memmove(c, c + 1, (size_t)((char *)last - (char *)c));
	}
}

const char *person_custom(const struct person *p, const char *name) {
	const struct person_custom *c = find_custom(p, name);
	return c ? c->value : NULL;
}

const char *person_custom_headed(const struct person *p, const char *const *names, size_t count) {
	const char *value = NULL;
	for (size_t i = 0; i < p->count && value == NULL; i++) {
		char *folded = fold_text(p->custom[i].name);
		for (size_t k = 0; k < count && value == NULL; k++) {
			char *name = fold_text(names[k]);
			value = str_eq(folded, name) ? p->custom[i].value : NULL;
			free(name);
		}
		free(folded);
	}
	return value;
}

const char *person_text(const struct person *p, enum person_field field) { return str_or_empty(p->field[field]); }
