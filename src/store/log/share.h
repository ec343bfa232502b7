/* What the exchange asks of an event file: the runs of its logs (how far those reach tells ends.h), and what keepers acknowledged.
 *
 * Invariant 4: a log is given away as a prefix without gaps, up to a signed record. */
#ifndef TURNOUT_STORE_LOG_SHARE_H
#define TURNOUT_STORE_LOG_SHARE_H

#include "base/clock.h"
#include "store/log/run.h"

struct store;

/* The hash of a record of a chain (or, before it branched, of what it left). */
bool store_hash_at(struct store *store, int64_t chain, uint64_t seq, struct hash *out, bool *found, struct err *err) TURNOUT_MUST_CHECK;
/* Shows the visitor the signed records of a head's chain from `from` on; of a branch also those it shares. */
bool store_read(struct store *store, const struct head *head, uint64_t from, const struct run_visitor *visitor,
		struct err *err) TURNOUT_MUST_CHECK;

/* Keepers' word. `seq` of the log is durable at the keeper; less than what is known already changes nothing. */
struct ack {
	int64_t chain; /* as in struct head: each branch of a log counts by itself */
	struct public_key keeper;
	uint64_t seq;
	struct utc_ms at; /* by this device's clock */
};
bool store_ack(struct store *store, const struct ack *ack, struct err *err) TURNOUT_MUST_CHECK;

/* *news: the keeper's word goes beyond what is kept, or what is kept is older than a minute. */
bool store_ack_is_news(struct store *store, const struct ack *ack, bool *news, struct err *err) TURNOUT_MUST_CHECK;

/* What no keeper has acknowledged yet, and when one last did. */
struct backlog {
	int64_t records;  /* of all logs held here */
	int64_t checkins; /* of this station */
	bool ever;        /* a keeper acknowledged something once: */
	struct utc_ms at;
};
bool store_backlog(struct store *store, struct backlog *out, struct err *err) TURNOUT_MUST_CHECK;

#endif
