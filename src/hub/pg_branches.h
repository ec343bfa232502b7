/* Whether a branch is among those of its log that are kept (store/log/branches.h). Here branches that are pushed out by it stay: a hub over PostgreSQL
 * holds some more than others. */
#ifndef TURNOUT_HUB_PG_BRANCHES_H
#define TURNOUT_HUB_PG_BRANCHES_H

#include "hub/pg_event.h"

/* A branch that would begin after the record `after` of the chain of that number. All chains of its log were met. */
struct pg_branch {
	const struct hash *log;
	int64_t base;
	uint64_t after;
	const struct hash *first;
};
bool pg_branch_is_kept(struct pg_event *e, const struct pg_branch *branch, bool *kept, struct err *err) TURNOUT_MUST_CHECK;

#endif
