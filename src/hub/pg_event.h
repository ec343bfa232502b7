/* One event in PostgreSQL and what is known of its logs' chains. Used by one thread at a time, for one request: what it learns is good that long. */
#ifndef TURNOUT_HUB_PG_EVENT_H
#define TURNOUT_HUB_PG_EVENT_H

#include "base/mapstr.h"
#include "hub/pg_change.h"
#include "hub/pg_known.h"
#include "store/file/quota.h"
#include "store/rights.h"
#include "sync/replica.h"

struct pg_chain {
	struct hash key, origin, base_key, last_hash; /* base_key: of a branch */
	bool branch;
	uint64_t after, last;
	struct public_key author;
	size_t next; /* the next one met of the same log, as its place plus one; 0: none */
};

struct pg_rights; /* hub/pg_rights.h */

struct pg_event {
	struct pg *pg;
	struct run_event of;
	/* What all requests share, kept by whoever owns the connections (db_pg.c): */
	struct pg_known *known;
	struct pg_rights *rights;
	struct quota quota;
	bool has_state; /* as of some moment since the request began, and since it last took something: */
	struct pg_state state;
	bool taking; /* a transaction that takes something is open */
	bool judged; /* somebody was, in this request */
	struct {
		struct pg_chain *items;
		size_t count, cap;
	} chains; /* met so far; a chain's number in struct head is its place here, from 1 */
	/* A member can make any number of logs, so nothing walks over all of them to find one: */
	struct mapstr places; /* a chain's key in hexadecimal -> its number */
	struct mapstr logs;   /* a log's hash in hexadecimal -> the number of one of its chains; the others by `next` */
};

void pg_event_fini(struct pg_event *e);

/* Fills the state, when it is not known. */
bool pg_event_state(struct pg_event *e, struct err *err) TURNOUT_MUST_CHECK;
/* Says why something is not there that the chains tell of, and returns false: ERR_BUSY when the event is not as it was when they were read, as a branch
 * may have been pushed out, else ERR_CORRUPT. */
bool pg_event_missing(struct pg_event *e, const char *what, struct err *err) TURNOUT_MUST_CHECK;

/* Reads rows "log, origin, base, after, author, last_seq, last_hash" into the chains; those that are known are renewed. */
bool pg_event_chains(struct pg_event *e, const struct pg_rows *rows, struct err *err) TURNOUT_MUST_CHECK;
struct pg_chain *pg_event_chain(struct pg_event *e, const struct hash *key); /* NULL: not met */
/* The number of one of a log's chains; 0: none was met. */
size_t pg_event_log(const struct pg_event *e, const struct hash *log);
/* Adds a chain, or renews the one with its key. Good until the next call. */
struct pg_chain *pg_event_put(struct pg_event *e, const struct pg_chain *chain);
/* Forgets all chains, or those of one log: their numbers given out before are void. */
void pg_event_forget(struct pg_event *e);
void pg_event_forget_log(struct pg_event *e, const struct hash *log);
/* The hash of a record as the chain sees it. */
bool pg_event_hash(struct pg_event *e, const struct pg_chain *chain, uint64_t seq, struct hash *out, bool *found,
		   struct err *err) TURNOUT_MUST_CHECK;

/* Runs the query, about the event and, unless it is NULL, a hash, and reads the chains in its rows; pg_rows_free(*rows), also after false. */
bool pg_event_fetch(struct pg_event *e, const struct pg_sql *sql, const struct hash *of, struct pg_rows **rows,
		    struct err *err) TURNOUT_MUST_CHECK;
/* Likewise the chain with that key, if it is there. */
bool pg_event_fetch_one(struct pg_event *e, const struct hash *key, struct err *err) TURNOUT_MUST_CHECK;
/* The chain that holds a seq for another: itself, or what it left. Copies, as meeting a chain moves the others. */
bool pg_event_holder(struct pg_event *e, struct pg_chain chain, uint64_t seq, struct pg_chain *out, struct err *err) TURNOUT_MUST_CHECK;

#define PG_CHAIN_COLUMNS "log, origin, base, after, author, last_seq, last_hash"

#endif
