/* A thread with a mailbox on either side: what it is to do goes in, what it tells comes out. */
#ifndef TURNOUT_BASE_WORKER_H
#define TURNOUT_BASE_WORKER_H

#include <pthread.h>

#include "base/err.h"
#include "base/mailbox.h"

struct worker {                   /* a zeroed one is none; every call below is safe on it */
	struct mailbox *in, *out; /* NULL where no room was asked for */
	pthread_t thread;
	bool runs;
};

struct worker_options {
	const char *name;       /* for the error: "the store thread" */
	size_t in_max, out_max; /* messages; 0: no such mailbox */
	mailbox_wake *wake;     /* called from the thread after a message came out; may be NULL */
	void *context;          /* of wake */
	void *(*run)(void *self);
	void *self;
};

/* The mailboxes are there before the thread is. ERR_SYSTEM when it cannot be started: then worker_fini, too. */
bool worker_start(struct worker *worker, const struct worker_options *options, struct err *err) TURNOUT_MUST_CHECK;
/* Nothing goes in or out any more: who waits at a mailbox gets what is left in it and then NULL. */
void worker_stop(struct worker *worker);
/* Stops it and waits for its end. What is in the mailboxes stays. Nothing where it does not run. */
void worker_join(struct worker *worker);
/* Joins it and frees the mailboxes; messages still inside go through `drop_in` and `drop_out` (NULL: free). */
void worker_fini(struct worker *worker, void (*drop_in)(void *), void (*drop_out)(void *));

#endif
