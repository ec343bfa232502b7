#include "hub/pg_branches.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "store/log/branches.h"

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

bool pg_branch_is_kept(struct pg_event *e, const struct pg_branch *branch, bool *kept, struct err *err) {
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
