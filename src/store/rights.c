#include "store/rights.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/str.h"
#include "store/file/state.h"
#include "store/log/handle.h"
#include "store/log/rows.h"
#include "store/sql/migrate.h"
#include "store/view/role.h"
#include "store/view/views.h"
#include "store/write/transaction.h"

enum { LOG_BY_HASH, STATEMENTS };
static const char *const TEXTS[] = {
	[LOG_BY_HASH] = "SELECT id FROM log WHERE hash = ?1",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

struct rights {
	struct store *store; /* in memory */
	bool computed;       /* the views were; records that come later go into them one by one, as in an event file */
	bool open;           /* a transaction, with records that came since somebody was judged */
};

bool rights_kind(const char *kind) {
	bool counts = false;
	for (size_t i = 0; i < VIEW_KINDS_MAX && view_role.kinds[i].name != NULL; i++) {
		counts = counts || str_eq(view_role.kinds[i].name, kind);
	}
	return counts;
}

/* A store in memory that holds only the records that say who may take part; the same views as in an event file judge by them. */
bool rights_open(const struct run_event *event, struct rights **out, struct err *err) {
	struct rights *r = xcalloc(1, sizeof *r);
	struct store *store = r->store = handle_new(":memory:", STORE_WRITE);
	store->event = event->event;
	store->organiser = event->organiser;
	store->db = db_open(store->path, DB_MEMORY, err);
	if (store->db == NULL || !migrate_up(store->db, err)) {
		rights_close(r);
		return false;
	}
	*out = r;
	return true;
}

void rights_close(struct rights *rights) {
	if (rights != NULL) {
		if (rights->open) {
			store_rollback(rights->store);
		}
		handle_close(rights->store);
		free(rights);
	}
}

static bool add_log(struct store *store, const struct rights_record *record, int64_t *id, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, LOG_BY_HASH);
	/* Branches of one log are told apart by the caller's number. */
	struct hash name = crypto_sha256(&record->chain, sizeof record->chain);
	stmt_blob(s, 1, name.b, HASH_LEN);
	*id = stmt_row(s) ? stmt_col_int(s, 0) : 0;
	if (!stmt_done(s, err) || *id != 0) {
		return *id != 0;
	}
	struct log_row row = {.hash = &name, .author = &record->author, .origin = &record->log};
	return log_insert(store, &row, id, err);
}

bool rights_add(struct rights *rights, const struct rights_record *record, struct err *err) {
	int64_t log = 0;
	struct hash hash = {{0}};
	struct record r = {.seq = record->seq, .kind = record->kind, .subject = ""};
	if (!rights->open && !store_begin(rights->store, err)) {
		return false;
	}
	rights->open = true;
	if (!add_log(rights->store, record, &log, err)) {
		return false;
	}
	struct view_record seen = {.id = log << SEQ_BITS | (int64_t)record->seq,
				   .kind = record->kind,
				   .subject = "",
				   .log = record->log,
				   .seq = record->seq,
				   .author = record->author};
	return record_insert(rights->store, seen.id, &r, record->body, &hash, err) &&
	       (!rights->computed || views_apply_text(rights->store, &seen, record->body, err));
}

/* What came may unsettle what was computed (a role for somebody who wrote before it): then the commit computes all anew. */
static bool compute(struct rights *rights, struct err *err) {
	bool ok = true;
	if (rights->open) {
		rights->store->rebuild = rights->store->rebuild || !rights->computed;
		rights->open = false; /* a commit that fails rolls back */
		ok = store_commit(rights->store, err);
	} else if (!rights->computed) {
		ok = store_rebuild(rights->store, err);
	}
	rights->computed = rights->computed || ok;
	return ok;
}

bool rights_judge(struct rights *rights, const struct public_key *key, const struct certificate *certificate, struct rights_verdict *out,
		  struct err *err) {
	*out = (struct rights_verdict){.opens = false};
	if (!compute(rights, err)) {
		return false;
	}
	return role_verdict(rights->store, key, &out->station, err) && role_is_keeper(rights->store, key, &out->keeper, err) &&
	       (certificate == NULL || store_certificate_opens(rights->store, certificate, key, &out->opens, err));
}
