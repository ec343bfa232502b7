/* Keeping the same few branches of a log in every file (store/log/branches.h). */
#ifndef TURNOUT_STORE_WRITE_PRUNE_H
#define TURNOUT_STORE_WRITE_PRUNE_H

#include "store/log/branches.h"

struct store;

/* *kept: it would be among those that are kept. Inside a transaction. */
bool prune_keeps(struct store *store, const struct new_branch *branch, bool *kept, struct err *err) TURNOUT_MUST_CHECK;
/* Takes out of the log what is not kept; *went: something was, and all views are computed anew at the commit. Inside a writing transaction; no chain of
 * the log may be open. */
bool prune_log(struct store *store, const struct hash *log, bool *went, struct err *err) TURNOUT_MUST_CHECK;

#endif
