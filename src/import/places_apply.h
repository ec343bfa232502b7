/* Places of a file into the event: each source has lists of its own, of which an import changes those that changed, and takes away those of districts that its
 * file has no more. */
#ifndef TURNOUT_IMPORT_PLACES_APPLY_H
#define TURNOUT_IMPORT_PLACES_APPLY_H

#include <stdbool.h>

#include "base/err.h"
#include "import/places_list.h"
#include "import/source_memory.h"
#include "store/store.h"

struct places_apply_options {
	const char *source;                 /* whose list it is; never empty */
	const char *file;                   /* under which name it is remembered how to read it */
	const struct source_memory *memory; /* how; NULL: what is remembered stays */
	bool dry_run;                       /* counts and changes nothing; then a store opened for reading will do */
	bool strict;                        /* nothing is taken when a row was left out */
};

/* One transaction, begun and committed inside: after false nothing was changed. */
bool places_apply(struct store *store, const struct places *places, const struct places_apply_options *opt, struct places_replaced *out,
		  struct err *err) TURNOUT_MUST_CHECK;

#endif
