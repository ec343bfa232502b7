#include "store/write/clock.h"

#include "store/file/state.h"
#include "store/log/record.h"
#include "store/write/anchors.h"
#include "store/write/append.h"
#include "store/write/transaction.h"

struct set_clock store_clock(const struct store *store) {
	return store->clock;
}

bool store_clock_is_sure(const struct store *store) { return set_clock_is_sure(&store->clock); }

struct utc_ms store_now(struct store *store) {
	return set_clock_now(&store->clock);
}

/* The open station's log gets the anchor that it lacks, in a transaction of its own. */
static bool anchor_now(struct store *store, struct err *err) {
	if (!store_begin(store, err)) {
		return false;
	}
	if (!append_anchor(store, AUTHOR_STATION, err)) {
		store_rollback(store);
		return false;
	}
	return store_commit(store, err);
}

void store_take_clock(struct store *store, struct set_clock clock) { store->clock = clock; }

bool store_set_clock(struct store *store, struct utc_ms now, bool forced, struct err *err) {
	set_clock_to(&store->clock, now, forced);
	if (!store->chains[AUTHOR_STATION].open) {
		return true; /* with the log's first record */
	}
	return anchor_now(store, err);
}

/* Goes on with the log that an earlier program of this boot began, between transactions. */
static bool resume_now(struct store *store, struct err *err) {
	if (store->chains[AUTHOR_STATION].open || store->purged) {
		return true;
	}
	if (!store_begin(store, err)) {
		return false;
	}
	append_resume(store, AUTHOR_STATION);
	return store_commit(store, err); /* with it the log stays open */
}

bool store_anchor_hub(struct store *store, int64_t ahead_ms, struct err *err) {
	const struct chain *chain = &store->chains[AUTHOR_STATION];
	if (ahead_ms < 0 || ahead_ms > RECORD_INT_MAX || !clock_is_set((struct utc_ms){clock_mono().v + ahead_ms})) {
		return err_set(err, ERR_INPUT, "the hub's clock cannot be right; this box keeps its own");
	}
	store_now(store);
	if (store->clock.forced || clock_is_synchronised()) {
		return true;
	}
	bool known = resume_now(store, err);
	/* As the log has it, so that the screen and the books say the same. */
	set_clock_by_hub(&store->clock, anchors_have_hub(chain, ahead_ms) ? chain->hub_ahead_ms : ahead_ms);
	if (!known) {
		return false;
	}
	if (!chain->open || anchors_have_hub(chain, ahead_ms)) {
		return true; /* without a log: with its first record */
	}
	return anchor_now(store, err);
}
