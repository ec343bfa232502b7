#include "store/read/station_logs.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "store/file/state.h"
#include "store/log/rows.h"
#include "store/view/anchor.h"

#define AHEAD "(SELECT a.delta_ms " ANCHORS_OF("l.id") " LIMIT 1)"

enum { LOGS, STATEMENTS };
static const char *const TEXTS[] = {
	[LOGS] = "SELECT e.name, max(e.last & 1099511627775), min(coalesce(f.mono_ms + e.ahead, f.utc_ms)), max(coalesce(r.mono_ms + "
		 "e.ahead, "
		 "r.utc_ms)), max(e.ahead IS NULL) FROM (SELECT l.id, " LOG_NAME("l") " AS name, " LAST_RECORD_OF(
			 "l.id") " AS last, " AHEAD
				 " AS ahead FROM log l WHERE l.author = ?1) e JOIN record r ON r.id = e.last JOIN record f "
				 "ON f.id = (SELECT min(id) FROM record WHERE id > e.id << 40) GROUP BY e.name ORDER BY min(e.id)",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

bool station_logs_load(struct store *store, const struct public_key *key, struct station_logs *out, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, LOGS);
	*out = (struct station_logs){0};
	stmt_blob(s, 1, key->b, KEY_LEN);
	while (stmt_row(s)) {
		ARRAY_GROW(out, items);
		struct station_log *log = &out->items[out->count++];
		*log = (struct station_log){.records = stmt_col_int(s, 1),
					    .first = {stmt_col_int(s, 2)},
					    .last = {stmt_col_int(s, 3)},
					    .approximate = stmt_col_int(s, 4) != 0};
		stmt_take(s, 0, log->log.b, HASH_LEN);
	}
	return stmt_done(s, err);
}

void station_logs_fini(struct station_logs *logs) {
	free(logs->items);
	*logs = (struct station_logs){0};
}
