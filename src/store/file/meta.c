#include "store/file/meta.h"

#include <stdlib.h>

#include "store/file/state.h"

enum { META_GET, META_PUT, META_DROP, TALLY_UP, STATEMENTS };
static const char *const TEXTS[] = {
	[META_GET] = "SELECT value FROM meta WHERE key = ?1",
	[META_PUT] = "INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)",
	[META_DROP] = "DELETE FROM meta WHERE key = ?1",
	[TALLY_UP] = "INSERT INTO meta (key, value) VALUES ('tally ' || ?1, 1) ON CONFLICT (key) DO UPDATE SET value = value + 1",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

bool meta_get_blob(struct store *store, const char *key, void *out, size_t n) {
	struct stmt *s = store_sql(store, &SQL, META_GET);
	struct err ignored = {0};
	stmt_text(s, 1, key);
	bool ok = stmt_row(s) && stmt_take(s, 0, out, n);
	return stmt_done(s, &ignored) && ok;
}

bool meta_put_blob(struct store *store, const char *key, const void *data, size_t n, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, META_PUT);
	stmt_text(s, 1, key);
	stmt_blob(s, 2, data, n);
	return stmt_run(s, err);
}

bool meta_drop(struct store *store, const char *key, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, META_DROP);
	stmt_text(s, 1, key);
	return stmt_run(s, err);
}

/* The row alone tells; its value is when that was. */
bool store_purged_at(struct store *store, struct utc_ms *at) {
	struct stmt *s = store_sql(store, &SQL, META_GET);
	struct err ignored = {0};
	stmt_text(s, 1, "purged");
	bool purged = stmt_row(s);
	at->v = purged ? stmt_col_int(s, 0) : 0;
	return stmt_done(s, &ignored) && purged;
}

bool store_is_purged(struct store *store) {
	struct utc_ms at;
	return store_purged_at(store, &at);
}

bool store_count_up(struct store *store, const char *name, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, TALLY_UP);
	stmt_text(s, 1, name);
	return stmt_run(s, err);
}

int64_t store_tally(struct store *store, const char *name) {
	struct stmt *s = store_sql(store, &SQL, META_GET);
	struct err ignored = {0};
	char *key = xasprintf("tally %s", name);
	stmt_text(s, 1, key);
	int64_t n = stmt_row(s) ? stmt_col_int(s, 0) : 0;
	if (!stmt_done(s, &ignored)) {
		n = 0;
	}
	free(key);
	return n;
}
