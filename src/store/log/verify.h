/* Verification of the records. Invariant 5: history does not change unseen; a changed, inserted or missing record is named. It writes nothing. */
#ifndef TURNOUT_STORE_LOG_VERIFY_H
#define TURNOUT_STORE_LOG_VERIFY_H

#include <stdint.h>

#include "base/err.h"

struct store;

/* Told each fault in one sentence that names log and record. */
typedef void audit_fault_fn(void *context, const char *sentence);
struct audit {
	int64_t logs, records, signatures, faults;
	int64_t added; /* of the faults: what was added to the schema, and what is computed from records, which leaves the records as they are */
};

/* Checks the schema first, and nothing more where a table is not the one it must be (sql/schema.h); then every log: hashes, order, gaps,
 * signatures, who wrote it; and SQLite's own pages. audit->faults counts what is told to `fault`; false
 * only when the file cannot be read at all. */
bool verify_records(struct store *store, struct audit *audit, audit_fault_fn *fault, void *context, struct err *err) TURNOUT_MUST_CHECK;

#endif
