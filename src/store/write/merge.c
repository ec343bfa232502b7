/* A run is verified, then placed by hashes among the chains that are held of its log (run_find_place): what is held is skipped, what
 * follows an end goes there, what leaves the middle of a chain begins a branch, a chain of its own. */
#include "store/write/merge.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "store/file/state.h"
#include "store/log/branches.h"
#include "store/log/ends.h"
#include "store/log/erasure.h"
#include "store/log/keys.h"
#include "store/log/rows.h"
#include "store/view/views.h"
#include "store/write/brought.h"
#include "store/write/clock.h"
#include "store/write/prune.h"

enum { CHAINS_OF, STATEMENTS };
static const char *const TEXTS[] = {
	[CHAINS_OF] = "SELECT l.id, l.after, l.author, " LAST_RECORD_OF("l.id") " FROM log l WHERE l.hash = ?1 OR l.origin = ?1",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

struct merging {
	struct store *store;
	struct run *run;
	struct {
		struct run_chain *items;
		size_t count, cap;
	} chains; /* of the log, as far as this file has any */
};

static bool find_chains(struct merging *m, struct err *err) {
	struct stmt *s = store_sql(m->store, &SQL, CHAINS_OF);
	stmt_blob(s, 1, m->run->log.b, HASH_LEN);
	while (stmt_row(s)) {
		ARRAY_GROW(&m->chains, items);
		struct run_chain *c = &m->chains.items[m->chains.count++];
		*c = (struct run_chain){.id = stmt_col_int(s, 0), .after = (uint64_t)stmt_col_int(s, 1)};
		stmt_take(s, 2, c->author.b, KEY_LEN);
		c->last = stmt_col_null(s, 3) ? 0 : (uint64_t)(stmt_col_int(s, 3) & SEQ_MASK);
	}
	return stmt_done(s, err);
}

/* Chains are looked at by the records of their own only, so at most one is found. */
static bool holder(void *context, uint64_t seq, const struct hash *hash, const struct run_chain **out, struct err *err) {
	const struct merging *m = context;
	*out = NULL;
	for (size_t i = 0; i < m->chains.count && *out == NULL; i++) {
		const struct run_chain *c = &m->chains.items[i];
		struct hash held;
		bool found = false;
		if (seq <= c->after || seq > c->last) {
			continue;
		}
		if (!record_hash_of(m->store, c->id << SEQ_BITS | (int64_t)seq, &held, &found, err)) {
			return false;
		}
		*out = found && crypto_hash_eq(&held, hash) ? c : NULL;
	}
	return true;
}

/* False when a body is missing of which the organiser never said that it was erased. */
static bool erasures_known(struct merging *m, size_t first, bool *known, struct err *err) {
	*known = true;
	for (size_t i = first; *known && i < m->run->count; i++) {
		if (m->run->records[i].body == NULL && !erasure_known(m->store, m->run->records[i].subject, known, err)) {
			return false;
		}
	}
	return true;
}

static bool insert_log(struct merging *m, const struct run_chain *base, size_t first, int64_t *id, struct err *err) {
	const struct run *run = m->run;
	struct hash branch = base == NULL ? run->log : run_branch_key(&run->log, &run->hashes[first]);
	struct log_row row = {.hash = &branch, .author = &run->author};
	if (base != NULL) {
		row.origin = &run->log;
		row.base = base->id;
		row.after = run->from + first - 1;
	}
	return log_insert(m->store, &row, id, err);
}

static bool insert_one(struct merging *m, int64_t chain, size_t i, struct err *err) {
	const struct run_record *from = &m->run->records[i];
	uint64_t seq = m->run->from + i;
	struct record r = {.seq = seq,
			   .kind = from->kind,
			   .mono = {from->mono_ms},
			   .utc = {from->utc_ms},
			   .subject = from->subject,
			   .body_sha256 = from->body_sha256};
	bool erased = from->body == NULL;
	/* The body came, but the erasure is known here already: it is not kept. */
	if (!erased && r.subject[0] != '\0' && !erasure_known(m->store, r.subject, &erased, err)) {
		return false;
	}
	struct view_record seen = {.id = chain << SEQ_BITS | (int64_t)seq,
				   .kind = r.kind,
				   .subject = r.subject,
				   .mono_ms = r.mono.v,
				   .utc_ms = r.utc.v,
				   .log = m->run->log,
				   .seq = seq,
				   .author = m->run->author};
	return record_insert(m->store, seen.id, &r, erased ? NULL : from->body, &m->run->hashes[i], err) &&
	       (erased || views_apply_text(m->store, &seen, from->body, err));
}

static bool add_signature(struct merging *m, int64_t chain, struct err *err) {
	const struct run *run = m->run;
	struct signed_end end = {.chain = chain,
				 .log = &run->log,
				 .seq = run->from + run->count - 1,
				 .hash = &run->hashes[run->count - 1],
				 .signature = &run->signature};
	return ends_put(m->store, &end, err);
}

/* True when the chain is being written by this very process: what comes in must not be appended under its hands. */
static bool is_open(const struct store *store, int64_t chain) {
	for (int i = 0; i < AUTHOR_COUNT; i++) {
		if (store->chains[i].open && store->chains[i].log_id == chain) {
			return true;
		}
	}
	return false;
}

/* Adds the records from `first` on after the one that `parent` holds (NULL: they begin the log). */
static bool add_records(struct merging *m, const struct run_chain *parent, size_t first, struct merge_result *result, struct err *err) {
	int64_t chain = parent == NULL ? 0 : parent->id;
	bool known = false;
	if (!erasures_known(m, first, &known, err)) {
		return false;
	}
	if (!known) {
		result->outcome = MERGE_ERASURE;
		return true;
	}
	bool continues = parent != NULL && parent->last == m->run->from + first - 1 && !is_open(m->store, parent->id);
	if (!continues && !insert_log(m, parent, first, &chain, err)) {
		return false;
	}
	for (size_t i = first; i < m->run->count; i++) {
		if (!insert_one(m, chain, i, err)) {
			return false;
		}
	}
	result->outcome = MERGE_ADDED;
	result->added = m->run->count - first;
	result->branched = parent != NULL && !continues;
	return add_signature(m, chain, err);
}

/* The organiser's own log is never cut, nor one that this process writes. */
static bool may_be_cut(const struct merging *m) {
	bool open = false;
	for (size_t i = 0; i < m->chains.count; i++) {
		open = open || is_open(m->store, m->chains.items[i].id);
	}
	return !open && !crypto_key_eq(&m->run->author, &m->store->organiser);
}

/* *kept false: the run begins a branch beyond those that every file keeps. */
static bool is_kept(struct merging *m, const struct run_place *at, bool *kept, struct err *err) {
	struct new_branch branch = {
		.log = &m->run->log, .base = at->chain->id, .after = m->run->from + at->first - 1, .first = &m->run->hashes[at->first]};
	return prune_keeps(m->store, &branch, kept, err);
}

/* What goes beyond the author's share waits for another day. */
static bool add_weighed(struct merging *m, const struct run_place *at, struct merge_result *result, struct err *err) {
	struct brought brought = {.run = m->run,
				  .first = at->first,
				  .begins = at->chain == NULL || at->chain->last != m->run->from + at->first - 1,
				  .chains = m->chains.count};
	bool fits = false, kept = true;
	bool crowded = brought.begins && at->chain != NULL && m->chains.count > BRANCHES_KEPT && may_be_cut(m);
	if (crowded && !is_kept(m, at, &kept, err)) {
		return false;
	}
	if (!kept) {
		result->outcome = MERGE_SURPLUS;
		result->wait_ms = MERGE_SURPLUS_WAIT_MS;
		return true;
	}
	if (!brought_weigh(m->store, &brought, &fits, err)) {
		return false;
	}
	if (!fits) {
		result->outcome = MERGE_PACED;
		result->wait_ms = quota_wait(store_now(m->store));
		return true;
	}
	return add_records(m, at->chain, at->first, result, err) &&
	       (result->outcome != MERGE_ADDED || brought_count(m->store, &brought, err)) &&
	       (!crowded || prune_log(m->store, &m->run->log, &result->pushed_out, err));
}

static bool place(struct merging *m, struct merge_result *result, struct err *err) {
	struct run_chains chains = {m->chains.items, m->chains.count, holder, m};
	struct run_place at;
	if (!run_find_place(m->run, &chains, &at, err)) {
		return false;
	}
	result->outcome = at.kind == PLACE_GAP ? MERGE_GAP : MERGE_KNOWN;
	switch (at.kind) {
	case PLACE_NEW: return add_weighed(m, &at, result, err);
	case PLACE_KNOWN: return add_signature(m, at.chain->id, err);
	case PLACE_GAP: break;
	}
	return true;
}

bool store_merge(struct store *store, struct run *run, struct merge_result *result, struct err *err) {
	struct merging m = {.store = store, .run = run};
	struct run_event event;
	*result = (struct merge_result){0};
	if (store->purged) {
		/* Not ERR_INPUT or ERR_REFUSED: sync/intake.c would take these for faults of the run and go on. */
		return err_set(err, ERR_BUSY, "the personal data of this file was purged: it exchanges no more");
	}
	store_run_event(store, &event);
	bool ok = run_verify(run, &event, err);
	if (run->hashes != NULL) {
		result->head = run->hashes[run->count - 1];
	}
	ok = ok && find_chains(&m, err);
	if (ok && m.chains.count != 0 && !crypto_key_eq(&m.chains.items[0].author, &run->author)) {
		ok = err_set(err, ERR_INPUT, "the log is another author's");
	}
	ok = ok && place(&m, result, err);
	free(m.chains.items);
	return ok;
}
