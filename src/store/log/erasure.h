/* Whose personal data was erased, and the proof of it (invariant 6). The organiser's "erase" record names a subject; the bodies that speak of it
 * go from the records, their hashes stay, so the chain still verifies. What was already gone elsewhere is taken only with proof: the erase record
 * with those up to the next signature of the organiser. */
#ifndef TURNOUT_STORE_LOG_ERASURE_H
#define TURNOUT_STORE_LOG_ERASURE_H

#include "base/strbuf.h"
#include "store/log/run.h"

struct store;

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

/* A subject's name is this, wherever it comes from. */
bool erasure_subject_ok(const char *subject);

/* Notes the organiser's word: as record `record` of this file, or as the proof that came along while that is not here. */
bool erasure_note(struct store *store, const char *subject, int64_t record, struct err *err) TURNOUT_MUST_CHECK;
bool erasure_note_proof(struct store *store, const char *subject, const char *text, struct err *err) TURNOUT_MUST_CHECK;

#endif
