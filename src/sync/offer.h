/* What to give a peer: from what it says that it holds, where each of our chains goes on for it. */
#ifndef TURNOUT_SYNC_OFFER_H
#define TURNOUT_SYNC_OFFER_H

#include "sync/replica.h"

/* Of one log: our chains, and points that the peer holds (of this log alone; seq 0 and none at all both mean: nothing). */
struct log_view {
	const struct head *chains;
	size_t chain_count;
	const struct head *points;
	size_t point_count;
};

/* How many entries of a sorted list (heads_sort) are of that log, from the one at `at` on. */
size_t offer_heads_of(const struct heads *list, size_t at, const struct hash *log);

/* *holds: the chain contains that very record. */
bool offer_holds(const struct replica *replica, const struct head *chain, const struct head *point, bool *holds,
		 struct err *err) TURNOUT_MUST_CHECK;

/* What is to be done about one chain. */
struct offer {
	struct head head;
	uint64_t from; /* the first seq that the peer lacks; head.seq + 1: nothing */
	bool torn;     /* the peer's log reads otherwise than ours somewhere; where is not known: offer_probes */
};

/* The peer holds exactly what is held here. Both are sorted. */
bool log_view_equal(const struct log_view *view);

/* For each chain an offer; `out` takes chain_count of them. */
bool offer_log(const struct replica *replica, const struct log_view *view, struct offer *out, struct err *err) TURNOUT_MUST_CHECK;

/* Writes `word` lines with records of a chain, ever farther apart from `seq` back, by which the other side finds where the logs part. */
bool offer_probes(const struct replica *replica, const struct head *chain, uint64_t seq, const char *word, struct strbuf *out,
		  struct err *err) TURNOUT_MUST_CHECK;

/* Appends the runs of the offers' chains, and the proofs of erasures they need, as long as the whole text stays under `cap` bytes. *left: not
 * everything went in. A first run that is larger than what is left goes in all the same when nothing else is there. */
struct offering {
	size_t cap;
	bool any, left;
	uint64_t next; /* of the chain written last: the seq after what went in */
	size_t records;
	struct heads *ends; /* gets the last record of each chain of which something went in; may be NULL */
};
bool offer_write(const struct replica *replica, const struct offer *offer, struct offering *offering, struct strbuf *text,
		 struct err *err) TURNOUT_MUST_CHECK;

#endif
