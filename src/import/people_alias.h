/* The headers that people and programs give to the columns of a table of people: Ukrainian, Russian, English.
 * The programs' own (pretix, alf.io, Hi.Events, Eventbrite, Luma, Tito, Zoom, Google Forms) are spelled as their export code spells them. */
#ifndef TURNOUT_IMPORT_PEOPLE_ALIAS_H
#define TURNOUT_IMPORT_PEOPLE_ALIAS_H

#include "base/mapstr.h"
#include "event/person.h"
#include "import/alias.h"

/* What a column can mean: an enum person_field, a part of a name, a question that says something of the registration, or nothing that
 * anybody wants to keep. */
enum {
	PEOPLE_FAMILY = PERSON_FIELD_COUNT,
	PEOPLE_GIVEN,
	PEOPLE_PATRONYMIC,
	PEOPLE_IS_CANCELLED, /* the first of the questions */
	PEOPLE_IS_DECLINED,
	PEOPLE_IS_WAITING,
	PEOPLE_IS_PENDING,
	PEOPLE_IS_CONFIRMED,
	PEOPLE_IS_COMING, /* the last of them */
	PEOPLE_NUMBER,    /* of the row */
	PEOPLE_TARGET_COUNT
};

/* For alias_find. mapstr_fini frees it. */
struct mapstr people_aliases(void);
/* The same as they are written. */
const struct alias *people_alias_list(size_t *n);

/* "email", "family", …; and back: PEOPLE_TARGET_COUNT when there is none. */
const char *people_target_key(int target);
int people_target_find(const char *key);

#endif
