#include "store/log/erasure.h"

#include <string.h>

#include "base/str.h"
#include "store/file/state.h"
#include "store/log/ends.h"
#include "store/log/rows.h"
#include "store/log/share.h"

/* A row of `erased` has either the record, once that is in this file, or the text that proved it; the first record that came stays, and the
 * text goes when there is one. */
enum { ERASED_GET, ERASED_PUT, ERASED_PROVE, ERASED_LOOSE, STATEMENTS };
static const char *const TEXTS[] = {
	[ERASED_GET] = "SELECT record, proof FROM erased WHERE subject = coalesce(?1, subject) LIMIT 1",
	[ERASED_PUT] = "INSERT INTO erased (subject, record) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET "
		       "record = coalesce(record, excluded.record), proof = NULL",
	[ERASED_PROVE] = "INSERT OR IGNORE INTO erased (subject, proof) VALUES (?1, ?2)",
	[ERASED_LOOSE] = "SELECT proof FROM erased WHERE record IS NULL ORDER BY subject",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

bool erasure_subject_ok(const char *subject) {
	size_t n = strlen(str_or_empty(subject));
	return n > 0 && n <= RECORD_SUBJECT_MAX && strspn(subject, "0123456789abcdef") == n;
}

/* A NULL subject makes the statement compare each with itself: any row will do. */
bool erasure_known(struct store *store, const char *subject, bool *known, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, ERASED_GET);
	stmt_text(s, 1, subject);
	*known = stmt_row(s);
	return stmt_done(s, err);
}

bool erasure_note(struct store *store, const char *subject, int64_t record, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, ERASED_PUT);
	stmt_text(s, 1, subject);
	stmt_int(s, 2, record);
	return stmt_run(s, err);
}

bool erasure_note_proof(struct store *store, const char *subject, const char *text, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, ERASED_PROVE);
	stmt_text(s, 1, subject);
	stmt_text(s, 2, text);
	return stmt_run(s, err);
}

/* The head of the chain that holds the record, when it is signed at or beyond it: only that can be shown to others. */
static bool find_head(struct store *store, int64_t record, struct erasure_proof *out, struct err *err) {
	struct heads heads;
	bool found = false;
	if (!store_heads(store, &heads, err)) {
		return false;
	}
	out->from = (uint64_t)(record & SEQ_MASK);
	for (size_t i = 0; i < heads.count && !found; i++) {
		out->head = heads.items[i];
		found = out->head.chain == record >> SEQ_BITS && out->head.seq >= out->from;
	}
	heads_fini(&heads);
	return found || err_set(err, ERR_NOT_FOUND, "the record of the erasure is not signed yet");
}

bool erasure_proof(struct store *store, const char *subject, struct erasure_proof *out, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, ERASED_GET);
	*out = (struct erasure_proof){0};
	stmt_text(s, 1, subject);
	bool found = stmt_row(s);
	int64_t record = found && !stmt_col_null(s, 0) ? stmt_col_int(s, 0) : 0;
	if (found && record == 0) {
		strbuf_adds(&out->text, str_or_empty(stmt_col_text(s, 1)));
	}
	if (!stmt_done(s, err)) {
		strbuf_fini(&out->text);
		return false;
	}
	if (!found) {
		return err_set(err, ERR_NOT_FOUND, "the subject was not erased");
	}
	return record == 0 || find_head(store, record, out, err);
}

bool erasure_loose_proofs(struct store *store, struct strbuf *out, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, ERASED_LOOSE);
	while (stmt_row(s)) {
		strbuf_adds(out, str_or_empty(stmt_col_text(s, 0)));
	}
	return stmt_done(s, err);
}
