/* An event file that several requests use at once. Each call of its replica locks it for that call alone, signatures are checked outside, and what
 * waits to be taken meanwhile is taken in one durable commit: a hub of many kiosks waits for the disk once for all of them. */
#ifndef TURNOUT_HUB_SHARED_STORE_H
#define TURNOUT_HUB_SHARED_STORE_H

#include <pthread.h>

#include "store/store.h"
#include "sync/replica.h"

struct waiting;

struct shared_store {
	pthread_mutex_t busy;   /* guards the store */
	struct store *store;    /* NULL: closed, perhaps under those who use it: they get ERR_BUSY */
	struct run_event event; /* of it; the same for all time */

	pthread_mutex_t queue; /* guards what follows; inside it no other lock is taken */
	pthread_cond_t moved;
	struct waiting *first, **end; /* messages to be taken, in the order in which they came */
	size_t queued;
	bool leading;    /* somebody takes some of them now */
	int64_t commits; /* how often some were taken together, or one alone */
};

void shared_store_init(struct shared_store *shared);
void shared_store_fini(struct shared_store *shared); /* closes the store */

/* Of an open store, with `busy` held. What it gives may be used by the calling thread without that lock, while the store stays open; for
 * replica_fini. */
bool shared_store_replica(struct shared_store *shared, struct replica *out, struct err *err) TURNOUT_MUST_CHECK;

#endif
