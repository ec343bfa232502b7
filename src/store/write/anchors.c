#include "store/write/anchors.h"

#include <inttypes.h>
#include <stdio.h>

#include "store/file/state.h"
#include "store/log/rows.h"
#include "store/view/anchor.h"

/* A hub's clock that differs less from the last anchor is no news: every exchange tells it anew, off by up to half of a request's time. */
#define HUB_SLACK_MS 2000

enum { ANCHOR_OF_RANK, STATEMENTS };
static const char *const TEXTS[] = {
	[ANCHOR_OF_RANK] = "SELECT delta_ms FROM view_anchor WHERE rank = ?1 AND record BETWEEN ?2 AND ?3 ORDER BY record DESC LIMIT 1",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

bool anchors_have_hub(const struct chain *chain, int64_t ahead_ms) {
	return chain->anchored_hub && ahead_ms - chain->hub_ahead_ms <= HUB_SLACK_MS && chain->hub_ahead_ms - ahead_ms <= HUB_SLACK_MS;
}

bool anchors_missing(struct store *store, const struct chain *chain, char body[ANCHOR_BODY]) {
	set_clock_now(&store->clock); /* a clock that was set may have given way to the machine's */
	const struct set_clock *clock = &store->clock;
	if (!clock->set) {
		snprintf(body, ANCHOR_BODY, "{\"rank\":\"ntp\"}");
		return !chain->anchored_ntp && clock_is_synchronised();
	}
	if (clock->by_hub) {
		snprintf(body, ANCHOR_BODY, "{\"rank\":\"hub\",\"ahead_ms\":%" PRId64 "}", clock->ahead_ms);
		return !anchors_have_hub(chain, clock->ahead_ms);
	}
	snprintf(body, ANCHOR_BODY, "{\"rank\":\"staff\"}");
	return !chain->anchored_set || chain->anchored_ahead_ms != clock->ahead_ms;
}

void anchors_written(const struct store *store, struct chain *chain) {
	const struct set_clock *clock = &store->clock;
	if (!clock->set) {
		chain->anchored_ntp = true;
	} else if (clock->by_hub) {
		chain->anchored_hub = true;
		chain->hub_ahead_ms = clock->ahead_ms;
	} else {
		chain->anchored_set = true;
		chain->anchored_ahead_ms = clock->ahead_ms;
	}
}

static bool read_anchor(struct store *store, const struct chain *chain, enum anchor_rank rank, int64_t *ahead_ms) {
	struct stmt *s = store_sql(store, &SQL, ANCHOR_OF_RANK);
	struct err ignored = {0};
	stmt_int(s, 1, rank);
	stmt_int(s, 2, chain->log_id << SEQ_BITS);
	stmt_int(s, 3, (chain->log_id + 1) << SEQ_BITS);
	int64_t found = stmt_row(s) ? stmt_col_int(s, 0) : -1;
	bool ok = stmt_done(s, &ignored) && found >= 0; /* UTC is never behind the boot clock */
	*ahead_ms = ok ? found : 0;
	return ok;
}

void anchors_read(struct store *store, struct chain *chain) {
	int64_t ntp;
	chain->anchored_ntp = read_anchor(store, chain, ANCHOR_NTP, &ntp);
	chain->anchored_hub = read_anchor(store, chain, ANCHOR_HUB, &chain->hub_ahead_ms);
}
