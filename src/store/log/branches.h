/* Which branches of a log are kept. A machine that was set back within a boot makes one or two; a log of more is proof of misbehaviour that needs no
 * further ones, and whoever holds its key could make any number. Pure.
 *
 * The log is a tree of records. At each fork the record of the smallest hash goes on what was before it; every other one begins a branch. Kept are the
 * BRANCHES_KEPT branches that leave earliest: at the lowest seq, of those of one seq the smallest hashes. A branch that is dropped takes with it all
 * that leaves it, which leaves later.
 *
 * Invariant 3 holds by that order: what makes a record begin a branch, and what goes before it, can only become more as records come, so what is dropped
 * once would be dropped by whoever knows more, too: any order of arrival ends with the same branches. */
#ifndef TURNOUT_STORE_LOG_BRANCHES_H
#define TURNOUT_STORE_LOG_BRANCHES_H

#include "store/log/run.h"

#define BRANCHES_KEPT 8

/* A chain as it is held (store/log/run.h); which of two goes on at a fork and which is the chain that left is by arrival, and means nothing. */
struct branch_chain {
	int64_t id;
	int64_t base;              /* the chain that it leaves; 0: the one that begins the log */
	uint64_t after, last;      /* its own records are those after `after`, up to `last` */
	struct hash first, beside; /* of its first record; of the record after `after` on its base, when the base has one */
};

/* One that would begin after the record `after` of the chain `base`, with a record of this hash. */
struct new_branch {
	const struct hash *log;
	int64_t base;
	uint64_t after;
	const struct hash *first;
};

/* What is to be done, in this order. */
struct branch_cut {
	int64_t chain; /* loses its records after `after`; all of them: it goes as a whole */
	uint64_t after;
	int64_t heir; /* the chain that leaves there and goes on in the place of what was lost: its records become the chain's. 0: none */
};

/* Of a chain that would come as the last of these: would it be kept? */
bool branches_keep_last(const struct branch_chain *chains, size_t count);
/* Returns how many cuts; `cuts` takes as many as there are chains. */
size_t branches_plan(const struct branch_chain *chains, size_t count, struct branch_cut *cuts);

#endif
