#include "store/log/branches.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

/* A record that begins a branch: the first of a chain, or the one that stayed on a chain where a smaller one left it. */
struct start {
	uint64_t after;
	struct hash hash;
	struct branch_cut cut; /* what takes it out */
};

struct walk {
	const struct branch_chain *chains;
	size_t count;
	struct start *starts; /* as many as there are chains less one */
	size_t start_count;
};

static bool smaller(const struct hash *a, const struct hash *b) { return memcmp(a->b, b->b, HASH_LEN) < 0; }

/* The lowest seq from `from` on at which chains leave this one; UINT64_MAX: none. */
static uint64_t next_fork(const struct walk *w, int64_t chain, uint64_t from) {
	uint64_t at = UINT64_MAX;
	for (size_t i = 0; i < w->count; i++) {
		if (w->chains[i].base == chain && w->chains[i].after >= from && w->chains[i].after < at) {
			at = w->chains[i].after;
		}
	}
	return at;
}

static void add(struct walk *w, uint64_t after, const struct hash *hash, struct branch_cut cut) {
	if (w->start_count < w->count) {
		w->starts[w->start_count++] = (struct start){after, *hash, cut};
	}
}

/* Of the records after a fork of the chain all but the smallest begin branches. */
static void look_at_fork(struct walk *w, const struct branch_chain *chain, uint64_t after) {
	const struct branch_chain *least = NULL; /* NULL: the chain itself goes on */
	const struct hash *stays = NULL;
	for (size_t i = 0; i < w->count; i++) {
		const struct branch_chain *c = &w->chains[i];
		if (c->base == chain->id && c->after == after) {
			least = least == NULL || smaller(&c->first, &least->first) ? c : least;
			stays = chain->last > after ? &c->beside : NULL;
		}
	}
	bool stays_least = stays != NULL && least != NULL && smaller(stays, &least->first);
	for (size_t i = 0; i < w->count; i++) {
		const struct branch_chain *c = &w->chains[i];
		if (c->base == chain->id && c->after == after && (c != least || stays_least)) {
			add(w, after, &c->first, (struct branch_cut){.chain = c->id, .after = c->after});
		}
	}
	if (stays != NULL && least != NULL && !stays_least) {
		add(w, after, stays, (struct branch_cut){.chain = chain->id, .after = after, .heir = least->id});
	}
}

static int by_leaving(const void *a, const void *b) {
	const struct start *x = a, *y = b;
	return x->after != y->after ? (x->after > y->after) - (x->after < y->after) : memcmp(x->hash.b, y->hash.b, HASH_LEN);
}

size_t branches_plan(const struct branch_chain *chains, size_t count, struct branch_cut *cuts) {
	struct walk w = {.chains = chains, .count = count, .starts = xcalloc(count + 1, sizeof *w.starts)};
	for (size_t i = 0; i < count; i++) {
		const struct branch_chain *c = &chains[i];
		for (uint64_t at = next_fork(&w, c->id, 0); at != UINT64_MAX; at = next_fork(&w, c->id, at + 1)) {
			look_at_fork(&w, c, at);
		}
	}
	if (w.start_count > 1) {
		qsort(w.starts, w.start_count, sizeof *w.starts, by_leaving);
	}
	/* From the last on: what leaves a branch goes before it. */
	size_t n = 0;
	for (size_t i = w.start_count; i > BRANCHES_KEPT; i--) {
		cuts[n++] = w.starts[i - 1].cut;
	}
	free(w.starts);
	return n;
}

bool branches_keep_last(const struct branch_chain *chains, size_t count) {
	struct branch_cut *cuts = xcalloc(count, sizeof *cuts);
	size_t n = branches_plan(chains, count, cuts);
	bool kept = true;
	for (size_t i = 0; i < n; i++) {
		kept = kept && cuts[i].chain != chains[count - 1].id;
	}
	free(cuts);
	return kept;
}
