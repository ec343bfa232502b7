/* Erased personal data (invariant 6). The organiser's "erase" record names a subject; the bodies that speak of it go from the records,
 * their hashes stay, so the chain still verifies. What was already gone elsewhere is taken only with proof: the erase record with those up
 * to the next signature of the organiser. */
#ifndef TURNOUT_STORE_LOG_ERASURE_H
#define TURNOUT_STORE_LOG_ERASURE_H

#include "base/strbuf.h"
#include "store/log/run.h"
#include "store/store.h"

/* `subject` NULL: was anybody's data erased at all? */
bool erasure_known(struct store *store, const char *subject, bool *known, struct err *err) TURNOUT_MUST_CHECK;

/* The run that proves an erasure: shown to the visitor when it stands in this file's own records, or given as the text that was kept.
 * ERR_NOT_FOUND when the subject was not erased, or its record is not signed yet. */
struct erasure_proof {
	struct head head; /* of the organiser's log; `from` on is to be read with store_read, one run */
	uint64_t from;
	struct strbuf text; /* not empty: the proof as it came; for strbuf_fini */
};
bool erasure_proof(struct store *store, const char *subject, struct erasure_proof *out, struct err *err) TURNOUT_MUST_CHECK;

/* Appends the proofs whose records are not here: the log they stand in may be lost, so they are told to everybody at every full exchange. */
bool erasure_loose_proofs(struct store *store, struct strbuf *out, struct err *err) TURNOUT_MUST_CHECK;

/* Takes a proof that came along, inside a transaction: verifies it and removes the subject's bodies. `text` is how it came, kept to be
 * passed on. ERR_INPUT when it proves nothing. */
bool erasure_take(struct store *store, struct run *proof, const char *text, struct err *err) TURNOUT_MUST_CHECK;

/* The organiser erases a person: every subject of theirs, of those joined into them too. Inside a transaction; *subjects counts. */
bool erasure_of_person(struct store *store, const char *person, int *subjects, struct err *err) TURNOUT_MUST_CHECK;

/* What an erasure could not know of: people whom another laptop joined meanwhile into somebody who is erased. Their data is in the records, and
 * on no list, as they are somebody of whom nothing is here; erasing `person` once more removes it. Called for each who was erased, by id; `people`
 * counts those joined into them. A file without the event's sealing key tells of erased walk-ins only. */
typedef bool erasure_left_fn(void *context, const char *person, int64_t people, struct err *err);
bool erasure_left(struct store *store, erasure_left_fn *each, void *context, struct err *err) TURNOUT_MUST_CHECK;

/* After the commit: takes what was erased out of the write-ahead log as well. Does nothing when nothing was erased since. False when somebody reads
 * the file just now: to be tried again; closing does it too. Whoever keeps a file open for long calls it after each exchange. */
bool erasure_clean(struct store *store);

/* Takes all personal data out of this copy, after the event. ERR_REFUSED while a keeper has not acknowledged everything, and for files that
 * were purged already. The file can be read and verified afterwards; nothing is recorded in it and it exchanges no more. */
bool store_purge(struct store *store, struct err *err) TURNOUT_MUST_CHECK;
bool store_is_purged(struct store *store);

#endif
