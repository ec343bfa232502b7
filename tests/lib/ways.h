/* A log that somebody continued in many ways, a tree of records, for what holds replicas to the same few branches (store/log/branches.h). */
#ifndef TURNOUT_TESTS_LIB_WAYS_H
#define TURNOUT_TESTS_LIB_WAYS_H

#include "lib/craft.h"
#include "sync/replica.h"

#define WAYS 60
#define WAY_DEEP 12

/* A way through the log's tree: which word each of its records says. Two ways that begin alike share those records. */
struct way {
	int words[WAY_DEEP];
	int count;
};

/* Each leaves an earlier one somewhere; the first half at the same few places, so that the same fork has many. */
void ways_grow(struct way ways[WAYS], unsigned seed);
/* All of them, in an order of chance. */
void ways_mix(int order[WAYS], unsigned seed);
/* Appends a way's records as runs of one record each: of the member's log of that number. */
void way_write(const struct way *way, const struct craft_member *member, struct store *event, int number, struct strbuf *text);
/* A replica takes the text, in which nothing is wrong and nothing too much; `text` is empty then. False: it could not. For any thread. */
bool ways_take(const struct replica_ops *ops, void *self, struct strbuf *text, struct err *err);

#endif
