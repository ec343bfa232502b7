#include "store/sql/migrate.h"

#include <stdio.h>

#include "base/alloc.h"

static const struct migration {
	const char *name;
	const char *sql;
} MIGRATIONS[] = {
#include "migrations.inc"
};

int migrate_version(void) { return (int)COUNT_OF(MIGRATIONS); }

static bool read_identity(struct db *db, int64_t *application, int64_t *version, int64_t *tables, struct err *err) {
	return db_number(db, "PRAGMA application_id", application, err) && db_number(db, "PRAGMA user_version", version, err) &&
	       db_number(db, "SELECT count(*) FROM sqlite_schema", tables, err);
}

static bool check_version(struct db *db, bool may_be_new, int64_t *version, struct err *err) {
	int64_t application = 0;
	int64_t tables = 0;
	if (!read_identity(db, &application, version, &tables, err)) {
		return false;
	}
	if (may_be_new && application == 0 && tables == 0) {
		*version = 0;
		return true;
	}
	if (application != STORE_APPLICATION_ID) {
		return err_set(err, ERR_INPUT, "this is an SQLite database, but no event file");
	}
	if (*version > migrate_version()) {
		return err_set(err, ERR_VERSION,
			       "a newer Turnout made this file (format %d, this program reads up to %d); install the newer one here",
			       (int)*version, migrate_version());
	}
	return true;
}

/* The version changes in the same transaction as the tables: a migration that was cut off is done again as a whole. */
static bool apply(struct db *db, int number, struct err *err) {
	const struct migration *m = &MIGRATIONS[number];
	char pragma[100];
	snprintf(pragma, sizeof pragma, "PRAGMA application_id=%d; PRAGMA user_version=%d", STORE_APPLICATION_ID, number + 1);
	if (!db_begin(db, err)) {
		return false;
	}
	if (!db_exec(db, m->sql, err) || !db_exec(db, pragma, err)) {
		db_rollback(db);
		return err_wrap(err, "migration %s", m->name);
	}
	return db_commit(db, err);
}

static bool apply_all(struct db *db, int from, int to, struct err *err) {
	for (int i = from; i < to; i++) {
		if (!apply(db, i, err)) {
			return false;
		}
	}
	return true;
}

bool migrate_up(struct db *db, struct err *err) {
	int64_t version = 0;
	return check_version(db, true, &version, err) && apply_all(db, (int)version, migrate_version(), err);
}

bool migrate_to(struct db *db, int version, struct err *err) { return apply_all(db, 0, version, err); }

bool migrate_check(struct db *db, struct err *err) {
	int64_t version = 0;
	if (!check_version(db, false, &version, err)) {
		return false;
	}
	if (version < migrate_version()) {
		return err_set(err, ERR_VERSION,
			       "an older Turnout made this file; open it once for writing (any turnout command that changes it) to bring "
			       "it up to date");
	}
	return true;
}
