#include "store/log/rows.h"

#include "store/file/state.h"

enum { RECORD_INSERT, RECORD_HASH, LOG_INSERT, STATEMENTS };
static const char *const TEXTS[] = {
	[RECORD_INSERT] =
		"INSERT INTO record (id, kind, mono_ms, utc_ms, subject, body, body_sha256, hash) VALUES (?1,?2,?3,?4,?5,?6,?7,?8)",
	[RECORD_HASH] = "SELECT hash FROM record WHERE id = ?1",
	[LOG_INSERT] = "INSERT INTO log (hash, author, origin, base, after) VALUES (?1, ?2, ?3, ?4, ?5) RETURNING id",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

bool record_insert(struct store *store, int64_t id, const struct record *r, const char *body, const struct hash *hash, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, RECORD_INSERT);
	stmt_int(s, 1, id);
	stmt_text(s, 2, r->kind);
	stmt_int(s, 3, r->mono.v);
	stmt_int(s, 4, r->utc.v);
	stmt_text(s, 5, r->subject);
	stmt_text(s, 6, body);
	stmt_blob(s, 7, r->body_sha256.b, HASH_LEN);
	stmt_blob(s, 8, hash->b, HASH_LEN);
	return stmt_run(s, err);
}

bool record_hash_of(struct store *store, int64_t id, struct hash *out, bool *found, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, RECORD_HASH);
	stmt_int(s, 1, id);
	*found = stmt_row(s) && stmt_take(s, 0, out->b, HASH_LEN);
	return stmt_done(s, err);
}

bool log_insert(struct store *store, const struct log_row *row, int64_t *id, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, LOG_INSERT);
	stmt_blob(s, 1, row->hash->b, HASH_LEN);
	stmt_blob(s, 2, row->author->b, KEY_LEN);
	stmt_blob(s, 3, row->origin ? row->origin->b : NULL, HASH_LEN);
	if (row->base != 0) {
		stmt_int(s, 4, row->base);
	} else {
		stmt_null(s, 4);
	}
	stmt_int(s, 5, (int64_t)row->after);
	bool made = stmt_row(s);
	*id = made ? stmt_col_int(s, 0) : 0;
	return stmt_done(s, err) && ((made && *id <= LOG_ID_MAX) || err_set(err, ERR_CORRUPT, "a log could not be added"));
}
