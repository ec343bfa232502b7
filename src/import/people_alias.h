/* The headers that people and programs give to the columns of a table of people: Ukrainian, Russian, English.
 * The programs' own (pretix, alf.io, Hi.Events, Eventbrite, Zoom, Google Forms) are spelled as their export code spells them. */
#ifndef TURNOUT_IMPORT_PEOPLE_ALIAS_H
#define TURNOUT_IMPORT_PEOPLE_ALIAS_H

#include "base/mapstr.h"
#include "event/person.h"

/* What a column can mean: an enum person_field, or a part of a name. */
enum { PEOPLE_FAMILY = PERSON_FIELD_COUNT, PEOPLE_GIVEN, PEOPLE_PATRONYMIC, PEOPLE_TARGET_COUNT };

/* For alias_find. mapstr_fini frees it. */
struct mapstr people_aliases(void);

/* "email", "family", …; and back: PEOPLE_TARGET_COUNT when there is none. */
const char *people_target_key(int target);
int people_target_find(const char *key);

#endif
