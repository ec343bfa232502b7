/* Codes and keys tell people apart: what is to be one person's in a file, and stands in rows of two. */
#ifndef TURNOUT_IMPORT_PEOPLE_HOLDER_H
#define TURNOUT_IMPORT_PEOPLE_HOLDER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/mapstr.h"
#include "event/person.h"

/* Two rows with one code can be one person's when their names are alike (event/likeness.h) and neither their e-mail addresses nor their phones
 * differ, but where the other one of the two agrees. Names that are merely near, or one slip apart, want the same organisation and community
 * as well, where both rows have them. A family's rows with one code stay a family: whoever is taken for another is nobody any more. */
bool people_holder_same(const struct person *a, const struct person *b);

/* Keeps who has the value first: `held` maps it to the index in `people` plus one (mapstr_fini is the caller's). `p` comes next, at index
 * `count`. Returns the person who has it already and cannot be `p`, with their index; NULL when it is, or stays, p's. */
const struct person *people_holder_other(struct mapstr *held, const char *value, const struct person *people, size_t count,
					 const struct person *p, size_t *index);

#endif
