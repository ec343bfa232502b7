/* The headers that people and programs give to the columns of a table of people: Ukrainian, Russian, English.
 * The programs' own (pretix, alf.io, Hi.Events, Eventbrite, Luma, Tito, Zoom, Google Forms) are spelled as their export code spells them. */
#ifndef TURNOUT_IMPORT_PEOPLE_ALIAS_H
#define TURNOUT_IMPORT_PEOPLE_ALIAS_H

#include "base/mapstr.h"
#include "import/alias.h"
#include "import/people_target.h"

/* For alias_find. mapstr_fini frees it. */
struct mapstr people_aliases(void);
/* The same as they are written, part by part from 0 on; NULL behind the last. */
const struct alias *people_alias_list(size_t part, size_t *n);

/* "email", "family", …; and back: PEOPLE_TARGET_COUNT when there is none. */
const char *people_target_key(int target);
int people_target_find(const char *key);

#endif
