/* What an import of places understood and did, in words. Without a full stop and a line end; `tongue` NULL: in English. */
#ifndef TURNOUT_IMPORT_PLACES_SAY_H
#define TURNOUT_IMPORT_PLACES_SAY_H

#include <stdbool.h>

#include "base/strbuf.h"
#include "import/places_list.h"
#include "words/words.h"

/* What was understood of the file that is no matter of course: that it is the official list, and which empty cells mean the same as above; columns that mean
 * nothing here. Nothing where there is nothing to say. */
void places_say_found(const struct places *places, const struct tongue *tongue, struct strbuf *out);
/* "24 regions, 136 districts, 1,469 communities and 29,000 settlements: 136 lists changed, 0 unchanged, 0 taken away". */
void places_say_done(const struct places *places, const struct places_replaced *done, bool dry_run, const struct tongue *tongue,
		     struct strbuf *out);

#endif
