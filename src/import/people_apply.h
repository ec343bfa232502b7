/* People of a file into the event: from rows to edits (who is who says import/people_match.h).
 *
 * Of a person's cells only those are written that changed in the source since its last import; what was corrected by hand stays until
 * its cell changes in the source. A cell emptied in the source clears only what that source had set; a column that is not in the file
 * says nothing. What a source says for the first time of a field that was only ever written by hand is put on record and the hand's value
 * set again behind it, so that the next import can tell what changed. Rows that change nothing write nothing. Nobody is removed, and
 * nobody whom staff removed comes back; who stood in the list before and is gone from it is told.
 *
 * A row that names its person by their id (import/people_export.h) was exported and edited: its cells are compared with what the roster has now, and
 * what differs is written as a hand's edit; an emptied cell clears.
 *
 * Rows that may be somebody who is there already are added as new people and are doubts, of this import and of those that follow, until somebody
 * settles them: by importing again with `same` (they are joined, store/view/join.h) or `settled` (they are others), or by joining the two by hand. */
#ifndef TURNOUT_IMPORT_PEOPLE_APPLY_H
#define TURNOUT_IMPORT_PEOPLE_APPLY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "event/registration.h"
#include "import/people.h"
#include "import/people_gone.h"
#include "import/people_settle.h"
#include "import/source_memory.h"
#include "store/store.h"

struct people_apply_options { /* a zeroed struct is the default */
	const char *source;   /* whose word it is; NULL: the base name of the file that was read */
	const char *key;      /* as in struct people_options */
	bool dry_run;         /* count and change nothing; then a store opened for reading will do */
	bool applicants; /* they have applied only: of whom the file says nothing, the registration is pending, unless others brought them before */
	bool same;    /* all doubts about one row and one person: they are the same */
	bool settled; /* all doubts: they are others */
	/* How the file was read, to be remembered with the source; its doubts are not looked at. NULL: what is remembered stays. */
	const struct source_memory *memory;
	bool strict;                                                /* any bad row or cell refuses all (ERR_INPUT) */
	void (*progress)(void *context, size_t done, size_t total); /* may be NULL */
	void *progress_context;
};

struct people_applied {   /* freed by people_applied_fini, after success */
	size_t rows;      /* of people, bad ones too: the sum of those up to `bad` */
	size_t added;     /* new people */
	size_t changed;   /* people of whom something shows differently now */
	size_t unchanged; /* people */
	size_t repeated;  /* rows of somebody whom an earlier row of the file had; they fill what that one left empty */
	size_t bad;
	size_t joined;                            /* doubts of earlier imports that were settled as the same */
	size_t notes;                             /* cells that were not understood, or not wholly */
	size_t registrations[REGISTRATION_COUNT]; /* people, by what the file says of them; of whom a hand decided, by that */
	size_t confirmed;                         /* people whom the file does not let in, and a hand does: it stands */
	struct fault_list codes;                  /* codes that were not taken, as they are other people's */
	struct people_doubts doubts;              /* that nobody settled yet */
	struct people_gone gone;                  /* not where the source was read from another sheet than the last time */
};
void people_applied_fini(struct people_applied *applied);

/* One transaction, begun and committed inside: after false nothing was changed. */
bool people_apply(struct store *store, const struct people *people, const struct people_apply_options *opt, struct people_applied *out,
		  struct err *err) TURNOUT_MUST_CHECK;

#endif
