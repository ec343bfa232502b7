#include "store/view/view.h"

#include <stdlib.h>

#include "base/str.h"
#include "store/file/state.h"

enum { TOUCH_INSERT, TOUCHED_BY, TOUCH_REMOVE, IGNORED_INSERT, IGNORED_REMOVE, STATEMENTS };
static const char *const TEXTS[] = {
	[TOUCH_INSERT] = "INSERT OR IGNORE INTO view_touch (thing, record) VALUES (?1, ?2)",
	[TOUCHED_BY] = "SELECT thing FROM view_touch WHERE record = ?1",
	[TOUCH_REMOVE] = "DELETE FROM view_touch WHERE record = ?1",
	[IGNORED_INSERT] = "INSERT OR REPLACE INTO view_ignored (record, reason) VALUES (?1, ?2)",
	[IGNORED_REMOVE] = "DELETE FROM view_ignored WHERE record = ?1",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

const struct store_view view_records = {
	.tables = {{"view_ignored", "SELECT 'ignored', " VIEW_HASH_OF("record") ", reason FROM view_ignored ORDER BY 2"},
		   {"view_touch", "SELECT 'touch', thing, " VIEW_HASH_OF("record") " FROM view_touch ORDER BY 2, 3"}},
};

void view_mark(struct store *store, const char *thing) {
	bool made = false;
	mapstr_place(&store->dirty, thing, &made);
}

bool view_touch_only(struct store *store, const struct view_record *r, const char *thing, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, TOUCH_INSERT);
	stmt_text(s, 1, thing);
	stmt_int(s, 2, r->id);
	return stmt_run(s, err);
}

bool view_touch(struct store *store, const struct view_record *r, char thing, const char *id, struct err *err) {
	char *name = xasprintf("%c%s", thing, id);
	view_mark(store, name);
	bool ok = view_touch_only(store, r, name, err);
	free(name);
	return ok;
}

bool view_read_ref(const struct view_record *r, struct view_ref *out) {
	const char *hex = json_get_text(r->body, "log");
	int64_t seq = json_get_int(r->body, "seq", 0);
	out->seq = (uint64_t)seq;
	return hex != NULL && str_unhex(hex, out->log.b, HASH_LEN) && seq > 0;
}

bool view_insert_ref(struct stmt *insert, const struct view_ref *ref, const struct view_record *r, struct err *err) {
	stmt_blob(insert, 1, ref->log.b, HASH_LEN);
	stmt_int(insert, 2, (int64_t)ref->seq);
	stmt_int(insert, 3, r->id);
	return stmt_run(insert, err);
}

bool view_ignore(struct store *store, const struct view_record *r, enum ignore_reason reason, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, IGNORED_INSERT);
	stmt_int(s, 1, r->id);
	stmt_text(s, 2, ignore_word(reason));
	return stmt_run(s, err);
}

bool view_take_back(struct store *store, int64_t record, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, TOUCHED_BY);
	stmt_int(s, 1, record);
	while (stmt_row(s)) {
		view_mark(store, str_or_empty(stmt_col_text(s, 0)));
	}
	if (!stmt_done(s, err)) {
		return false;
	}
	struct stmt *touches = store_sql(store, &SQL, TOUCH_REMOVE);
	struct stmt *ignored = store_sql(store, &SQL, IGNORED_REMOVE);
	stmt_int(touches, 1, record);
	stmt_int(ignored, 1, record);
	return stmt_run(touches, err) && stmt_run(ignored, err);
}

bool view_compute_nothing(struct store *store, const char *id, const struct registers *r, struct err *err) {
	(void)store;
	(void)id;
	(void)r;
	(void)err;
	return true;
}
