#include "hub/pg_branches.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/log.h"

/* $2 is the chain. */
static const struct pg_sql RECORDS_CUT = {"branch_records_cut", "DELETE FROM hub_record WHERE event = $1 AND log = $2 AND seq > $3"};
static const struct pg_sql SIGNATURES_CUT = {"branch_signatures_cut",
					     "DELETE FROM hub_signature WHERE event = $1 AND log = $2 AND seq > $3"};
static const struct pg_sql DROP = {"branch_drop", "DELETE FROM hub_log WHERE event = $1 AND log = $2"};
static const struct pg_sql END = {"branch_end", "UPDATE hub_log SET last_seq = $3, last_hash = $4 WHERE event = $1 AND log = $2"};
/* $3 is the chain whose records become its. */
static const struct pg_sql RECORDS_MOVE = {"branch_records_move", "UPDATE hub_record SET log = $2 WHERE event = $1 AND log = $3"};
static const struct pg_sql SIGNATURES_MOVE = {"branch_signatures_move", "UPDATE hub_signature SET log = $2 WHERE event = $1 AND log = $3"};
static const struct pg_sql BASES_MOVE = {"branch_bases_move",
					 "UPDATE hub_log SET base = $2 WHERE event = $1 AND base = $3 AND origin = $4"};
static const struct pg_sql BRANCHES = {"branches", "SELECT " PG_CHAIN_COLUMNS " FROM hub_log WHERE event = $1 AND origin = $2"};
static const struct pg_sql LOCK = {"branches_lock", "SELECT 1 FROM hub_log WHERE event = $1 AND log = $2 FOR UPDATE"};
/* The organiser's own logs are never cut. */
static const struct pg_sql CROWDED = {"branches_crowded", "SELECT l.event, l.origin FROM hub_log l JOIN hub_event e ON e.event = l.event "
							  "WHERE l.author <> e.organiser GROUP BY l.event, l.origin HAVING count(*) > $1"};

struct chains {
	struct branch_chain *items;
	size_t count, cap;
};

/* The hash of the record after `after` on a chain; zeros when it ends there. */
static bool hash_after(struct pg_event *e, struct pg_chain chain, uint64_t after, struct hash *out, struct err *err) {
	bool found = false;
	return chain.last <= after || pg_event_hash(e, &chain, after + 1, out, &found, err);
}

static bool describe(struct pg_event *e, size_t number, struct branch_chain *out, struct err *err) {
	struct pg_chain c = e->chains.items[number - 1];
	*out = (struct branch_chain){.id = (int64_t)number, .after = c.after, .last = c.last};
	const struct pg_chain *base = c.branch ? pg_event_chain(e, &c.base_key) : NULL;
	if (base != NULL) {
		out->base = base - e->chains.items + 1;
		if (!hash_after(e, *base, c.after, &out->beside, err)) {
			return false;
		}
	}
	return hash_after(e, c, c.after, &out->first, err);
}

static bool find_chains(struct pg_event *e, const struct hash *log, struct chains *out, struct err *err) {
	for (size_t number = pg_event_log(e, log); number != 0; number = e->chains.items[number - 1].next) {
		ARRAY_GROW(out, items);
		if (!describe(e, number, &out->items[out->count++], err)) {
			return false;
		}
	}
	return true;
}

bool pg_branch_is_kept(struct pg_event *e, const struct new_branch *branch, bool *kept, struct err *err) {
	struct chains chains = {0};
	struct branch_chain added = {
		.id = INT64_MAX, .base = branch->base, .after = branch->after, .last = branch->after + 1, .first = *branch->first};
	*kept = true;
	bool ok = find_chains(e, branch->log, &chains, err) &&
		  hash_after(e, e->chains.items[branch->base - 1], branch->after, &added.beside, err);
	ARRAY_GROW(&chains, items);
	chains.items[chains.count++] = added;
	*kept = ok && branches_keep_last(chains.items, chains.count);
	free(chains.items);
	return ok;
}

bool pg_branches_meet(struct pg_event *e, const struct hash *log, struct err *err) {
	struct pg_rows *rows;
	pg_event_forget_log(e, log);
	bool ok = pg_event_fetch(e, &BRANCHES, log, &rows, err);
	pg_rows_free(rows);
	return ok;
}

/* --- taking them out ------------------------------------------------------------------------------------------------------------------------ */

static void chain_args(const struct pg_event *e, const struct pg_chain *chain, struct pg_args *args) {
	*args = (struct pg_args){.count = 0};
	pg_arg_bytes(args, e->of.event.b, HASH_LEN);
	pg_arg_bytes(args, chain->key.b, HASH_LEN);
}

static bool cut_after(struct pg_event *e, const struct pg_chain *chain, uint64_t after, struct err *err) {
	struct pg_args args;
	chain_args(e, chain, &args);
	pg_arg_int(&args, (int64_t)after);
	return pg_run(e->pg, &RECORDS_CUT, &args, NULL, err) && pg_run(e->pg, &SIGNATURES_CUT, &args, NULL, err);
}

static bool drop(struct pg_event *e, const struct pg_chain *chain, struct err *err) {
	struct pg_args args;
	chain_args(e, chain, &args);
	return pg_run(e->pg, &DROP, &args, NULL, err);
}

/* What leaves the heir leaves the chain then, in which its records stand. */
static bool inherit(struct pg_event *e, struct pg_chain *chain, const struct pg_chain *heir, struct err *err) {
	struct pg_args move, bases, end;
	chain_args(e, chain, &move);
	pg_arg_bytes(&move, heir->key.b, HASH_LEN);
	chain_args(e, chain, &bases);
	pg_arg_bytes(&bases, heir->key.b, HASH_LEN);
	pg_arg_bytes(&bases, chain->origin.b, HASH_LEN);
	chain_args(e, chain, &end);
	pg_arg_int(&end, (int64_t)heir->last);
	pg_arg_bytes(&end, heir->last_hash.b, HASH_LEN);
	chain->last = heir->last; /* which a chain that inherits from this one goes by */
	chain->last_hash = heir->last_hash;
	return pg_run(e->pg, &RECORDS_MOVE, &move, NULL, err) && pg_run(e->pg, &SIGNATURES_MOVE, &move, NULL, err) &&
	       pg_run(e->pg, &BASES_MOVE, &bases, NULL, err) && drop(e, heir, err) && pg_run(e->pg, &END, &end, NULL, err);
}

static bool cut(struct pg_event *e, const struct branch_cut *c, struct err *err) {
	struct pg_chain *chain = &e->chains.items[c->chain - 1];
	if (!cut_after(e, chain, c->after, err)) {
		return false;
	}
	return c->heir == 0 ? drop(e, chain, err) : inherit(e, chain, &e->chains.items[c->heir - 1], err);
}

bool pg_branches_prune(struct pg_event *e, const struct hash *log, size_t *count, struct err *err) {
	struct chains chains = {0};
	bool ok = find_chains(e, log, &chains, err);
	struct branch_cut *cuts = xcalloc(chains.count + 1, sizeof *cuts);
	*count = ok ? branches_plan(chains.items, chains.count, cuts) : 0;
	for (size_t i = 0; ok && i < *count; i++) {
		ok = cut(e, &cuts[i], err);
	}
	free(cuts);
	free(chains.items);
	if (ok && *count != 0) {
		ok = pg_branches_meet(e, log, err);
	}
	return ok;
}

static bool prune_one(struct pg *pg, const struct pg_rows *rows, int i, struct err *err) {
	struct pg_event e = {.pg = pg};
	struct hash log;
	size_t count;
	if (!pg_take(rows, i, 0, e.of.event.b, HASH_LEN) || !pg_take(rows, i, 1, log.b, HASH_LEN)) {
		return err_set(err, ERR_CORRUPT, "a log's row in hub_log is not whole");
	}
	struct pg_args args = {.count = 0};
	pg_arg_bytes(&args, e.of.event.b, HASH_LEN);
	pg_arg_bytes(&args, log.b, HASH_LEN);
	bool ok = pg_run(pg, &LOCK, &args, NULL, err) && pg_branches_meet(&e, &log, err) && pg_branches_prune(&e, &log, &count, err);
	pg_event_fini(&e);
	return ok;
}

bool pg_branches_prune_all(struct pg *pg, struct err *err) {
	struct pg_rows *rows = NULL;
	struct pg_args args = {.count = 0};
	pg_arg_int(&args, BRANCHES_KEPT + 1); /* the log itself, too */
	bool ok = pg_run(pg, &CROWDED, &args, &rows, err);
	if (ok && pg_count(rows) != 0) {
		log_info("hub", "logs with more branches than are kept: %d", pg_count(rows));
	}
	for (int i = 0; ok && i < pg_count(rows); i++) {
		ok = prune_one(pg, rows, i, err);
	}
	pg_rows_free(rows);
	return ok;
}
