/* Who is who: which rows of a file are the same person, and which person of the roster.
 *
 * In a list that Turnout wrote (import/people_export.h) a row whose id this roster has is that person, and nothing else is asked of it.
 *
 * A row is recognised by, in this order: the key column (where the caller named one), the code, e-mail and folded name, folded name and
 * phone, folded name with organisation and community and its number among such rows of the file (first, second, …). All rows are tried by the stronger
 * key before any row by the next weaker one. Which rows are one person is told by the file alone first, so one file always falls into the
 * same people, and those who were made of the very same rows are found by their ids. The roster is looked at as it is and as imports last left it, so what was corrected by hand
 * does not make a person unrecognisable, nor does a stronger key that was added later.
 *
 * A weaker key does not join what a stronger one tells apart: different codes are different people. So are different e-mail addresses or
 * phones, but where no other row of the file is that person of the roster: then the same name and phone, or (of a person whom this very
 * source brought) the same name, organisation and community, mean that the address changed.
 *
 * What others brought is looked at with care: a code, or a value of the key column, that is somebody else's by another name is a number that two
 * lists have in common, and replaces nobody. Who is still nobody, while somebody of this source has no row any more, may be a row that was
 * corrected (import/people_correct.h).
 *
 * The id of a new person derives from the event and the row's strongest key alone, so two laptops that import one file make the same. */
#ifndef TURNOUT_IMPORT_PEOPLE_MATCH_H
#define TURNOUT_IMPORT_PEOPLE_MATCH_H

#include "import/people_matcher.h"

void people_match(const struct match_input *in, struct match *out);
void match_fini(struct match *m);

#endif
