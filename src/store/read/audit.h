/* Looking at the whole file: digest of the views, verification, status. They write nothing. */
#ifndef TURNOUT_STORE_READ_AUDIT_H
#define TURNOUT_STORE_READ_AUDIT_H

#include "base/crypto.h"
#include "store/log/verify.h"

/* SHA-256 over the views' version and all their rows in order, records named by their hashes, search columns left out. Files that
 * hold the same records have the same digest. */
bool audit_digest(struct store *store, struct hash *out, struct err *err) TURNOUT_MUST_CHECK;

/* Verifies the records (verify_records), and when they are sound, whether the views are what they give: those are computed again on a copy in the
 * temporary folder and compared; the file itself is only read. That they were not compared is a fault, too. */
bool audit_verify(struct store *store, struct audit *audit, audit_fault_fn *fault, void *context, struct err *err) TURNOUT_MUST_CHECK;

/* Of the ends of logs alone: as quick for a million records as for ten. */
bool audit_sizes(struct store *store, int64_t *logs, int64_t *records, struct err *err) TURNOUT_MUST_CHECK;

struct audit_status {
	int64_t people, badges, sessions;
	int64_t checkins; /* CHECKIN_COUNTS: no refusals, no repeats, none that were undone or are out of the books */
	int64_t records, logs, stations, unsigned_records;
};
bool audit_status(struct store *store, struct audit_status *out, struct err *err) TURNOUT_MUST_CHECK;

#endif
