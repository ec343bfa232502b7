/* An agenda of a file into the event: new sessions, changed ones, cancelled ones; by UID within one source, never doubled.
 *
 * Of a session only those fields are written that changed in the source since its last import; what was corrected by hand stays until
 * then (start, end, room and capacity are one field). A session that the same source had and has no more is cancelled, not deleted, and
 * comes back when the source has it again. Other sources' sessions are left alone. Where the event has no title yet it gets the agenda's. */
#ifndef TURNOUT_IMPORT_AGENDA_APPLY_H
#define TURNOUT_IMPORT_AGENDA_APPLY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "event/agenda.h"
#include "import/source_memory.h"
#include "store/store.h"

struct agenda_apply_options {
	/* A list that begins a source, and whose sessions mostly stand there already by another, is refused, as they would be doubled: a file under a new
	 * name (ERR_REFUSED). */
	const char *source; /* whose agenda it is, mostly the file's base name; never empty */
	/* How the file was read, to be remembered with the source. NULL: what is remembered stays. */
	const struct source_memory *memory;
	size_t left_out; /* entries of the file that could not be taken: when there are any, what it has not is not cancelled, for it may be they */
	size_t cells; /* of the file that could not be understood, and their sessions were taken */
	bool named; /* the source is somebody's word, not only what the file is called: then nobody asks whether it is another edition of one that is there */
	bool dry_run; /* count and change nothing; then a store opened for reading will do */
};

struct agenda_applied {
	size_t sessions; /* in the file: the sum of the next three */
	size_t added;
	size_t changed; /* those that came back too */
	size_t unchanged;
	size_t cancelled; /* not in the file any more, or cancelled there now (then they are in `changed` too) */
	size_t kept;      /* not in the file any more and not cancelled, because of left_out */
	size_t left_out;  /* as it was said */
	size_t cells;     /* likewise */
	bool titled;      /* the event got its title */
};

/* One transaction, begun and committed inside: after false nothing was changed. UIDs must be unique (agenda_read sees to it). */
bool agenda_apply(struct store *store, const struct agenda *agenda, const struct agenda_apply_options *opt, struct agenda_applied *out,
		  struct err *err) TURNOUT_MUST_CHECK;

#endif
