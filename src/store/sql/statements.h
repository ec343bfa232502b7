/* Prepared statements of one open file. Each .c has a table of the SQL it needs, private to it, and asks for its statements by that table:
 *
 *     enum { PERSON_PUT, PERSON_DROP, STATEMENTS };
 *     static const char *const TEXTS[] = {[PERSON_PUT] = "INSERT …", [PERSON_DROP] = "DELETE …"};
 *     static const struct sql_table SQL = {TEXTS, COUNT_OF(TEXTS)};
 *
 * A table is taken in when it is first asked for, each of its statements compiled when it is first used (store/sql/db.h). */
#ifndef TURNOUT_STORE_SQL_STATEMENTS_H
#define TURNOUT_STORE_SQL_STATEMENTS_H

#include <stddef.h>

#include "base/alloc.h"
#include "store/sql/db.h"

struct sql_table {
	const char *const *texts;
	size_t count; /* > 0 */
};

struct statements { /* a zeroed struct has none */
	struct statements_of {
		const struct sql_table *table;
		struct stmt **items;
	} * items; /* one for each table that was asked for: as many as there are files with SQL */
	size_t count, cap;
};

/* The statement of that number; the same one each time until statements_release. */
struct stmt *statements_get(struct statements *all, struct db *db, const struct sql_table *table, size_t which);
/* Before the database is closed. */
void statements_release(struct statements *all);

#endif
