/* How far each log reaches: its last signed record. What an exchange begins with, so it is kept ready: in a table, and in memory while nothing changes. */
#ifndef TURNOUT_STORE_LOG_ENDS_H
#define TURNOUT_STORE_LOG_ENDS_H

#include "store/log/run.h"

struct store;
struct known_ends;

/* The heads of all logs, sorted. For heads_fini. */
bool store_heads(struct store *store, struct heads *out, struct err *err) TURNOUT_MUST_CHECK;
/* heads_digest of them, without their list: when nothing changed it is known already. */
bool store_digest(struct store *store, struct hash *out, struct err *err) TURNOUT_MUST_CHECK;
bool store_heads_of(struct store *store, const struct hash *log, struct heads *out, struct err *err) TURNOUT_MUST_CHECK; /* of one log */

/* A signature of a chain's record, which is here. Known ones change nothing. */
struct signed_end {
	int64_t chain;
	const struct hash *log; /* the log's real id; NULL: whoever does not know it costs the next reader a look at all */
	uint64_t seq;
	const struct hash *hash;
	const struct signature *signature;
};
bool ends_put(struct store *store, const struct signed_end *end, struct err *err) TURNOUT_MUST_CHECK;

/* Makes the table anew from the signatures; inside a transaction. */
bool ends_rebuild(struct store *store, struct err *err) TURNOUT_MUST_CHECK;

/* What is in memory holds no more: after a rollback, or when chains went. */
void ends_forget(struct store *store);

/* A number that changes when another process or connection wrote to the file (PRAGMA data_version); readers ask it cheaply. */
int64_t store_data_version(struct store *store);

#endif
