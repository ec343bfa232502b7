/* A keeper's word: what of ours it holds, kept at the end of an exchange in the event file. What was told before is not looked up or written again. */
#ifndef TURNOUT_SYNC_ACKS_H
#define TURNOUT_SYNC_ACKS_H

#include "sync/replica.h"

struct ack_point {
	int64_t chain;
	struct hash log; /* that it is of: a chain that went gives its number to another */
	uint64_t seq;
};

/* What one keeper's word was last, when it was kept. A zeroed one is empty; for acks_fini. */
struct acks {
	bool whole; /* all of what had this digest is acknowledged by that keeper, which held what had the other */
	struct hash own_digest, points_digest;
	struct public_key keeper;
	struct ack_point *items; /* by chain */
	size_t count, cap;
};

/* How the two sides stand: both lists sorted (heads_sort), with their digests. */
struct acks_state {
	const struct heads *own, *points;
	struct hash own_digest, points_digest;
	struct public_key peer;
	bool keeper; /* the peer is one */
};

void acks_fini(struct acks *acks);
/* Keeps a keeper's word where it has news. *all: the peer holds everything of ours. */
bool acks_keep(struct acks *acks, const struct replica *replica, const struct acks_state *state, bool *all,
	       struct err *err) TURNOUT_MUST_CHECK;

#endif
