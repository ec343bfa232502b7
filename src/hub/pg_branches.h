/* Keeping the same few branches of a log in PostgreSQL as in every event file (store/log/branches.h). */
#ifndef TURNOUT_HUB_PG_BRANCHES_H
#define TURNOUT_HUB_PG_BRANCHES_H

#include "hub/pg_event.h"
#include "store/log/branches.h"

/* `base` is the chain's number. All chains of its log were met. */
bool pg_branch_is_kept(struct pg_event *e, const struct new_branch *branch, bool *kept, struct err *err) TURNOUT_MUST_CHECK;

/* Asks for a log's chains anew; the numbers of those that were met before are void. */
bool pg_branches_meet(struct pg_event *e, const struct hash *log, struct err *err) TURNOUT_MUST_CHECK;

/* Takes out of a log what is not kept; *count: how many branches. In a transaction that holds the log's lock (hub/pg_take.h), and with nothing of it
 * gathered that is in no table. When some went, the numbers of the log's chains that were given out before are void. */
bool pg_branches_prune(struct pg_event *e, const struct hash *log, size_t *count, struct err *err) TURNOUT_MUST_CHECK;

/* The same for all logs of all events, as hubs of before version 3 kept what was pushed out. Inside a transaction. */
bool pg_branches_prune_all(struct pg *pg, struct err *err) TURNOUT_MUST_CHECK;

#endif
