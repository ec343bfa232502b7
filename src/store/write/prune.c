#include "store/write/prune.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/log.h"
#include "store/file/state.h"
#include "store/log/branches.h"
#include "store/log/ends.h"
#include "store/log/rows.h"

enum {
	CHAINS,
	RECORDS_CUT,
	SIGNATURES_CUT,
	RECORDS_MOVE,
	SIGNATURES_MOVE,
	BASES_MOVE,
	WORD_FORGET,
	END_FORGET,
	END_MAKE,
	LOG_DROP,
	STATEMENTS
};
#define OF_CHAIN(chain) "id > " chain " << 40 AND id < (" chain " + 1) << 40"
static const char *const TEXTS[] = {
	[CHAINS] = "SELECT l.id, coalesce(l.base, 0), l.after, coalesce(" LAST_RECORD_OF(
		"l.id") " & 1099511627775, 0), "
			"(SELECT hash FROM record WHERE id = l.id << 40 | (l.after + 1)), "
			"(SELECT hash FROM record WHERE id = l.base << 40 | (l.after + 1)) FROM log l WHERE l.hash = ?1 OR l.origin = ?1",
	[RECORDS_CUT] = "DELETE FROM record WHERE id > (?1 << 40 | ?2) AND id < (?1 + 1) << 40",
	[SIGNATURES_CUT] = "DELETE FROM signature WHERE log = ?1 AND seq > ?2",
	[RECORDS_MOVE] = "UPDATE record SET id = ?1 << 40 | (id & 1099511627775) WHERE " OF_CHAIN("?2"),
	[SIGNATURES_MOVE] = "UPDATE signature SET log = ?1 WHERE log = ?2",
	[BASES_MOVE] = "UPDATE log SET base = ?1 WHERE base = ?2",
	[WORD_FORGET] = "DELETE FROM acknowledged WHERE log = (SELECT hash FROM log WHERE id = ?1)", /* keepers say it again */
	[END_FORGET] = "DELETE FROM log_end WHERE log = ?1",
	[END_MAKE] = "INSERT INTO log_end (log, seq, hash) SELECT s.log, s.seq, r.hash FROM (SELECT log, max(seq) AS seq FROM signature "
		     "WHERE log = ?1 GROUP BY log) s JOIN record r ON r.id = s.log << 40 | s.seq",
	[LOG_DROP] = "DELETE FROM log WHERE id = ?1",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

struct chains {
	struct branch_chain *items;
	size_t count, cap;
};

static bool find_chains(struct store *store, const struct hash *log, struct chains *out, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, CHAINS);
	bool sound = true;
	stmt_blob(s, 1, log->b, HASH_LEN);
	while (sound && stmt_row(s)) {
		ARRAY_GROW(out, items);
		struct branch_chain *c = &out->items[out->count++];
		*c = (struct branch_chain){.id = stmt_col_int(s, 0),
					   .base = stmt_col_int(s, 1),
					   .after = (uint64_t)stmt_col_int(s, 2),
					   .last = (uint64_t)stmt_col_int(s, 3)};
		sound = stmt_take(s, 4, c->first.b, HASH_LEN) && (stmt_col_null(s, 5) || stmt_take(s, 5, c->beside.b, HASH_LEN));
	}
	struct err late = {0};
	return stmt_done(s, sound ? err : &late) &&
	       (sound || err_set(err, ERR_CORRUPT, "a log's branches cannot be read; \"turnout verify\" names it"));
}

bool prune_keeps(struct store *store, const struct new_branch *branch, bool *kept, struct err *err) {
	struct chains chains = {0};
	*kept = true;
	if (!find_chains(store, branch->log, &chains, err)) {
		free(chains.items);
		return false;
	}
	struct branch_chain added = {
		.id = INT64_MAX, .base = branch->base, .after = branch->after, .last = branch->after + 1, .first = *branch->first};
	bool found = false;
	bool ok = record_hash_of(store, branch->base << SEQ_BITS | (int64_t)(branch->after + 1), &added.beside, &found, err);
	ARRAY_GROW(&chains, items);
	chains.items[chains.count++] = added;
	*kept = branches_keep_last(chains.items, chains.count);
	free(chains.items);
	return ok;
}

static bool run2(struct store *store, int statement, int64_t a, int64_t b, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, (size_t)statement);
	stmt_int(s, 1, a);
	stmt_int(s, 2, b);
	return stmt_run(s, err);
}

static bool run1(struct store *store, int statement, int64_t a, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, (size_t)statement);
	stmt_int(s, 1, a);
	return stmt_run(s, err);
}

static bool drop_row(struct store *store, int64_t chain, struct err *err) {
	return run1(store, WORD_FORGET, chain, err) && run1(store, END_FORGET, chain, err) && run1(store, LOG_DROP, chain, err);
}

static bool cut(struct store *store, const struct branch_cut *c, struct err *err) {
	if (!run2(store, RECORDS_CUT, c->chain, (int64_t)c->after, err) || !run2(store, SIGNATURES_CUT, c->chain, (int64_t)c->after, err)) {
		return false;
	}
	if (c->heir == 0) {
		return drop_row(store, c->chain, err);
	}
	return run2(store, RECORDS_MOVE, c->chain, c->heir, err) && run2(store, SIGNATURES_MOVE, c->chain, c->heir, err) &&
	       run2(store, BASES_MOVE, c->chain, c->heir, err) && drop_row(store, c->heir, err) &&
	       run1(store, WORD_FORGET, c->chain, err) && run1(store, END_FORGET, c->chain, err) && run1(store, END_MAKE, c->chain, err);
}

bool prune_log(struct store *store, const struct hash *log, bool *went, struct err *err) {
	struct chains chains = {0};
	bool ok = find_chains(store, log, &chains, err);
	struct branch_cut *cuts = xcalloc(chains.count + 1, sizeof *cuts);
	size_t count = ok ? branches_plan(chains.items, chains.count, cuts) : 0;
	for (size_t i = 0; ok && i < count; i++) {
		ok = cut(store, &cuts[i], err);
	}
	*went = count != 0;
	if (*went) {
		ends_forget(store);
		store->rebuild = true;
		log_warn("store", "%s: a log has more branches than are kept: %zu went", store->path, count);
	}
	free(cuts);
	free(chains.items);
	return ok;
}
