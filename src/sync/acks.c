#include "sync/acks.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "sync/offer.h"
#include "sync/points.h"

void acks_fini(struct acks *acks) {
	free(acks->items);
	*acks = (struct acks){.whole = false};
}

static int by_chain(const void *a, const void *b) {
	int64_t x = ((const struct ack_point *)a)->chain, y = ((const struct ack_point *)b)->chain;
	return (x > y) - (x < y);
}

/* --- how far the peer holds what is ours -------------------------------------------------------------------------------------------------- */

static void add(struct acks *out, const struct head *chain, uint64_t held) {
	out->whole = out->whole && held >= chain->seq;
	if (held > 0) {
		ARRAY_GROW(out, items);
		out->items[out->count++] = (struct ack_point){chain->chain, chain->log, held};
	}
}

/* The highest of the peer's points that lies on the chain. */
static bool place(const struct replica *replica, const struct log_view *view, const struct head *chain, uint64_t *held, struct err *err) {
	*held = 0;
	for (size_t p = 0; p < view->point_count; p++) {
		struct log_view one = {chain, 1, NULL, 0};
		bool placed = false;
		/* Also beyond what is signed here: a copy that was made of a file in use holds records without their signature. */
		if (view->points[p].seq > *held && !points_place(replica, &one, &view->points[p], &placed, err)) {
			return false;
		}
		*held = placed ? view->points[p].seq : *held;
	}
	return true;
}

static bool collect_log(const struct replica *replica, const struct log_view *view, struct acks *out, struct err *err) {
	bool equal = log_view_equal(view);
	for (size_t c = 0; c < view->chain_count; c++) {
		uint64_t held = view->chains[c].seq;
		if (!equal && !place(replica, view, &view->chains[c], &held, err)) {
			return false;
		}
		add(out, &view->chains[c], held);
	}
	return true;
}

/* Both lists are sorted by log. */
static bool collect(const struct replica *replica, const struct acks_state *state, struct acks *out, struct err *err) {
	const struct heads *own = state->own, *points = state->points;
	size_t theirs = 0;
	out->whole = true;
	for (size_t i = 0; i < own->count;) {
		const struct hash *log = &own->items[i].log;
		while (theirs < points->count && memcmp(points->items[theirs].log.b, log->b, HASH_LEN) < 0) {
			theirs++;
		}
		struct log_view view = {own->items + i, offer_heads_of(own, i, log), points->items + theirs,
					offer_heads_of(points, theirs, log)};
		if (!collect_log(replica, &view, out, err)) {
			return false;
		}
		i += view.chain_count;
	}
	if (out->count != 0) {
		qsort(out->items, out->count, sizeof *out->items, by_chain);
	}
	return true;
}

/* --- keeping it ------------------------------------------------------------------------------------------------------------------------------ */

static const struct ack_point *find(const struct acks *acks, int64_t chain) {
	const struct ack_point like = {.chain = chain};
	return acks->count == 0 ? NULL : bsearch(&like, acks->items, acks->count, sizeof *acks->items, by_chain);
}

/* Where a branch was pushed out what was written of its log went with it (store/write/prune.h), so all is told again. */
static bool still_told(const struct acks *kept, const struct acks *now, const struct public_key *peer) {
	bool all = crypto_key_eq(&kept->keeper, peer);
	for (size_t i = 0; all && i < kept->count; i++) {
		const struct ack_point *same = find(now, kept->items[i].chain);
		all = same != NULL && crypto_hash_eq(&same->log, &kept->items[i].log) && same->seq >= kept->items[i].seq;
	}
	return all;
}

static bool told_before(const struct acks *kept, const struct ack_point *point) {
	const struct ack_point *same = find(kept, point->chain);
	return same != NULL && point->seq <= same->seq;
}

/* What is new since the keeper's last word, and one point in any case: the time of it is news. */
static bool write_news(const struct replica *replica, const struct acks *kept, const struct acks *now, const struct acks_state *state,
		       struct err *err) {
	bool told = still_told(kept, now, &state->peer);
	struct utc_ms at = replica->now(replica->self);
	struct ack *acks = xcalloc(now->count + 1, sizeof *acks);
	size_t count = 0;
	for (size_t i = 0; i < now->count; i++) {
		if (i == 0 || !told || !told_before(kept, &now->items[i])) {
			acks[count++] =
				(struct ack){.chain = now->items[i].chain, .keeper = state->peer, .seq = now->items[i].seq, .at = at};
		}
	}
	bool ok = count == 0 || replica->ops->acknowledge(replica->self, acks, count, err);
	free(acks);
	return ok;
}

static bool as_before(const struct acks *kept, const struct acks_state *state) {
	return kept->whole && crypto_hash_eq(&kept->own_digest, &state->own_digest) &&
	       crypto_hash_eq(&kept->points_digest, &state->points_digest) && crypto_key_eq(&kept->keeper, &state->peer);
}

bool acks_keep(struct acks *acks, const struct replica *replica, const struct acks_state *state, bool *all, struct err *err) {
	struct acks now = {.own_digest = state->own_digest, .points_digest = state->points_digest, .keeper = state->peer};
	bool keeps = state->keeper && replica->ops->acknowledge != NULL;
	if (as_before(acks, state)) {
		const struct acks first = {.items = acks->items, .count = acks->count != 0}; /* only that of its word is new */
		*all = true;
		return !keeps || write_news(replica, acks, &first, state, err);
	}
	bool ok = collect(replica, state, &now, err);
	*all = ok && now.whole;
	if (!ok || !keeps || !write_news(replica, acks, &now, state, err)) {
		acks_fini(&now);
		return ok && !keeps;
	}
	acks_fini(acks);
	*acks = now;
	return true;
}
