/* The schema of an event file, by numbered migrations, each one transaction. */
#ifndef TURNOUT_STORE_SQL_MIGRATE_H
#define TURNOUT_STORE_SQL_MIGRATE_H

#include "base/err.h"
#include "store/sql/db.h"

#define STORE_APPLICATION_ID 0x5475726E /* "Turn", PRAGMA application_id */

/* Brings a new or older file to this program's version. ERR_VERSION when a newer program made it, ERR_INPUT when it is none of ours. */
bool migrate_up(struct db *db, struct err *err) TURNOUT_MUST_CHECK;

/* An empty database becomes what files of that version are: 1 to migrate_version. */
bool migrate_to(struct db *db, int version, struct err *err) TURNOUT_MUST_CHECK;

/* The same checks without changing anything; ERR_VERSION also when the file is older than this program reads. */
bool migrate_check(struct db *db, struct err *err) TURNOUT_MUST_CHECK;

/* The version this program writes: the number of migrations. */
int migrate_version(void);

#endif
