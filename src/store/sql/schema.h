/* Is a file's schema the one that its version must have? What that is, the migrations say: they are run in memory and the texts compared, without
 * comments and white space.
 *
 * A table that was changed is another: a constraint, a default or a computed column makes other rows of ours than were written, so such a file
 * is not written, and verification asks it nothing more. So with a unique index that was added: where ours say "or do nothing", rows would be lost
 * without a word. Anything else that was added is named and turns nobody away: triggers and views never run here (sql/db.c), nobody reads other
 * tables, and another index only takes time; without one of ours things take longer. */
#ifndef TURNOUT_STORE_SQL_SCHEMA_H
#define TURNOUT_STORE_SQL_SCHEMA_H

#include "base/err.h"
#include "store/sql/db.h"

/* Told each difference in one sentence that names the object. `alters`: what we write or read would be another. */
typedef void schema_fault_fn(void *context, bool alters, const char *sentence);

/* False only when the schema cannot be read at all. Of a version that this program does not know nothing is told: migrate_check refuses it. */
bool schema_compare(struct db *db, schema_fault_fn *fault, void *context, struct err *err) TURNOUT_MUST_CHECK;

/* ERR_CORRUPT names the first difference that alters; a file of another program, or of a newer version, is for migrate_up to refuse. */
bool schema_check(struct db *db, struct err *err) TURNOUT_MUST_CHECK;

#endif
