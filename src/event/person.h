/* A person on the roster: the standard fields, and whatever other columns the organiser's table had. */
#ifndef TURNOUT_EVENT_PERSON_H
#define TURNOUT_EVENT_PERSON_H

#include <stdbool.h>
#include <stddef.h>

enum person_field {
	PERSON_NAME, /* as it is shown: family, given and patronymic joined in that order, or as the source had it */
	PERSON_NAME_LATIN,
	PERSON_NAME_CERT, /* as it stands on a certificate */
	PERSON_POSITION,
	PERSON_ORGANISATION,
	PERSON_COMMUNITY, /* громада */
	PERSON_DISTRICT,
	PERSON_REGION, /* область */
	PERSON_SETTLEMENT,
	PERSON_CATEGORY,
	PERSON_SEX,
	PERSON_BIRTH_YEAR,
	PERSON_PHONE,
	PERSON_EMAIL,
	PERSON_LANGUAGE, /* ISO 639-1 */
	PERSON_CODE,     /* a code printed by another system */
	PERSON_PHOTO_CONSENT,
	PERSON_NOTE,
	PERSON_REGISTRATION, /* whether they are expected: event/registration.h */
	PERSON_FIELD_COUNT
};

/* The field's name in records, in --map, in JSON and on the command line: "name", "name_latin", … */
const char *person_field_key(enum person_field field);
/* The field with that key; PERSON_FIELD_COUNT when there is none. */
enum person_field person_field_find(const char *key);

#define PERSON_ID_LEN 20               /* hexadecimal digits: 80 bits of SHA-256 */
#define PERSON_CUSTOM_PREFIX "custom:" /* before the name of an organiser's own column in records */
#define PERSON_BADGE_COLUMN "badge"    /* of a list of people: what their badge is, which no list brings back */
#define BADGE_CODE_MAX 500             /* bytes of a code that stands for a person, other systems' included */

#define PERSON_VALUE_MAX 2000 /* bytes of one field */
#define PERSON_CUSTOM_MAX 200 /* other columns */

struct person_custom {
	char *name;
	char *value;
};

struct person {
	char *field[PERSON_FIELD_COUNT]; /* NULL: not known */
	struct person_custom *custom;    /* in the source's order */
	size_t count, cap;               /* of `custom` */
};

void person_fini(struct person *p);
/* Takes a copy; NULL or "" clears the field. */
void person_set(struct person *p, enum person_field field, const char *value);
/* Adds or replaces an other column; NULL or "" removes it. */
void person_set_custom(struct person *p, const char *name, const char *value);
const char *person_custom(const struct person *p, const char *name); /* NULL when it is not there */
/* The first other column whose name reads as one of those, whatever its capitals and marks; NULL: there is none. */
const char *person_custom_headed(const struct person *p, const char *const *names, size_t count);
const char *person_text(const struct person *p, enum person_field field); /* "" when not known */

#endif
