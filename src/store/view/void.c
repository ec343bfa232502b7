#include "store/view/void.h"

#include "base/str.h"
#include "store/file/state.h"
#include "store/view/view.h"

enum { VOID_PUT, VOID_DROP, WALKINS_OF, STATEMENTS };
static const char *const TEXTS[] = {
	[VOID_PUT] = "INSERT OR REPLACE INTO view_void (key, log, first_seq) VALUES (?1, ?2, ?3)",
	[VOID_DROP] = "DELETE FROM view_void WHERE key = ?1",
	[WALKINS_OF] = "SELECT t.thing FROM view_touch t JOIN record r ON r.id = t.record JOIN log l ON l.id = r.id >> 40 WHERE "
		       "r.kind = 'walkin' AND l.author = ?1",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

/* The station's walk-ins are other people's rows: they are computed again, after this one. */
static bool mark_walkins(struct store *store, const struct public_key *key, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, WALKINS_OF);
	stmt_blob(s, 1, key->b, KEY_LEN);
	while (stmt_row(s)) {
		view_mark(store, str_or_empty(stmt_col_text(s, 0)));
	}
	return stmt_done(s, err);
}

static bool apply(struct store *store, const struct view_record *r, struct err *err) {
	struct public_key key;
	char hex[2 * KEY_LEN + 1];
	const char *id = json_get_text(r->body, "id");
	if (id == NULL || !str_unhex(id, key.b, KEY_LEN)) {
		return view_ignore(store, r, IGNORE_KEY, err);
	}
	str_hex(key.b, KEY_LEN, hex); /* one spelling of one key */
	return view_touch(store, r, view_void.thing, hex, err) && mark_walkins(store, &key, err);
}

struct row {
	struct store *store;
	struct public_key key;
};

static bool put(const struct row *row, const void *log, size_t n, int64_t first, struct err *err) {
	struct stmt *s = store_sql(row->store, &SQL, VOID_PUT);
	stmt_blob(s, 1, row->key.b, KEY_LEN);
	stmt_blob(s, 2, log, n);
	stmt_int(s, 3, first);
	return stmt_run(s, err);
}

static bool put_field(void *context, const char *field, const struct json *value, struct err *err) {
	struct hash log;
	int64_t first = 0;
	if (str_eq(field, VOID_ALL)) {
		return !str_eq(json_text(value), "yes") || put(context, "", 0, 1, err);
	}
	/* What is no log's id, or no seq, speaks of nothing. */
	bool says = str_unhex(field, log.b, HASH_LEN) && json_int(value, &first) && first > 0 && first <= SEQ_MASK;
	return !says || put(context, log.b, HASH_LEN, first, err);
}

static bool compute(struct store *store, const char *id, const struct registers *r, struct err *err) {
	struct row row = {.store = store};
	if (!str_unhex(id, row.key.b, KEY_LEN)) {
		return true;
	}
	/* Who was thought to be in may not be, and the other way round. */
	seen_doubt(&store->seen);
	struct stmt *s = store_sql(store, &SQL, VOID_DROP);
	stmt_blob(s, 1, row.key.b, KEY_LEN);
	return stmt_run(s, err) && registers_each(r, put_field, &row, err);
}

const struct store_view view_void = {
	.kinds = {{"void", RIGHT_ORGANISER, PASS_REST, apply}},
	.tables = {{"view_void", "SELECT 'void', key, log, first_seq FROM view_void ORDER BY 2, 3"}},
	/* A capital: before all the things of views below it in the order of views_flush, as walk-ins and their badges are computed by what stands here. */
	.thing = 'V',
	.compute = compute,
	.edits = "station",
};
