#include "store/view/right.h"

#include "store/file/state.h"

enum { ROLE_FIND, RETIRED_FIND, STATEMENTS };
static const char *const TEXTS[] = {
	[ROLE_FIND] = "SELECT 1 FROM view_role WHERE key = ?1 AND role = ?2",
	[RETIRED_FIND] = "SELECT max(log = ?2 AND ?3 <= last_seq) FROM view_retired WHERE key = ?1",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

static bool has_role(struct store *store, const struct public_key *key, const char *role, bool *has, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, ROLE_FIND);
	stmt_blob(s, 1, key->b, KEY_LEN);
	stmt_text(s, 2, role);
	*has = stmt_row(s);
	return stmt_done(s, err);
}

struct retirement {
	bool named; /* the author was retired at all */
	bool ended; /* and that log of theirs had ended before this record */
};

/* A retired key counts only up to the seq that its retirement names for the log. */
static bool find_retirement(struct store *store, const struct view_record *r, struct retirement *out, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, RETIRED_FIND);
	stmt_blob(s, 1, r->author.b, KEY_LEN);
	stmt_blob(s, 2, r->log.b, HASH_LEN);
	stmt_int(s, 3, (int64_t)r->seq);
	out->named = stmt_row(s) && !stmt_col_null(s, 0);
	out->ended = out->named && stmt_col_int(s, 0) == 0;
	return stmt_done(s, err);
}

void right_forget(struct store *store) {
	store->trusts = false;
	store->joins = ANY_UNKNOWN;
	store->past_codes = ANY_UNKNOWN;
}

bool right_trusts(const struct store *store, const struct public_key *key) { return store->trusts && crypto_key_eq(key, &store->trusted); }

bool right_holds(struct store *store, const struct view_record *r, enum view_right right, bool *holds, struct err *err) {
	*holds = right == RIGHT_ANY || crypto_key_eq(&r->author, &store->organiser) ||
		 (right == RIGHT_STATION && right_trusts(store, &r->author));
	if (*holds || right == RIGHT_ORGANISER) {
		return true;
	}
	bool named = false;
	struct retirement retirement = {0};
	if (!has_role(store, &r->author, "editor", &named, err) ||
	    (!named && right == RIGHT_STATION && !has_role(store, &r->author, "station", &named, err)) ||
	    (named && !find_retirement(store, r, &retirement, err))) {
		return false;
	}
	*holds = named && !retirement.ended;
	if (*holds && !retirement.named) { /* an editor may do what a station may, too */
		store->trusts = true;
		store->trusted = r->author;
	}
	return true;
}
