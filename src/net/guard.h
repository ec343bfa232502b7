/* A guard over the connections of a server: each request has a time by which it must have come and its answer must have been taken.
 *
 * A server's own time-out starts again with every byte, so a client that sends one byte every few seconds would hold its place for ever.
 * The guard has a thread that looks every quarter of a second while there are connections (more often while an answer is kept back), and shuts down
 * the sockets that are late; the server then finds them closed and lets go of them. All functions may be called from any thread. */
#ifndef TURNOUT_NET_GUARD_H
#define TURNOUT_NET_GUARD_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct guard;
struct guard_entry; /* one connection */

struct guard_options {
	int64_t request_ms; /* for a request to come in whole, and again for its answer to be taken */
	int64_t idle_ms;    /* how long a connection may wait for its next request */
};

bool guard_open(const struct guard_options *options, struct guard **out, struct err *err) TURNOUT_MUST_CHECK;
/* There must be no entries any more. NULL is fine. */
void guard_close(struct guard *g);

/* A connection was taken. The socket stays the caller's; it must live until guard_remove. `ms` > 0: its time instead of request_ms. */
struct guard_entry *guard_add(struct guard *g, int fd, int64_t ms);
void guard_remove(struct guard *g, struct guard_entry *e);

void guard_begin(struct guard *g, struct guard_entry *e);              /* a request has begun to come in */
void guard_answer(struct guard *g, struct guard_entry *e, int64_t ms); /* its answer begins to go out; `ms` as above */
void guard_end(struct guard *g, struct guard_entry *e);                /* it has gone, or the request was given up */

/* Has its answer kept back so long, which is added to its time; then `go_on` is called with `context`, in the guard's thread, once. False: nothing
 * is kept back any more, and `go_on` not called. */
typedef void guard_go_on(void *context);
bool guard_keep_back(struct guard *g, struct guard_entry *e, int64_t ms, guard_go_on *go_on, void *context) TURNOUT_MUST_CHECK;
/* Lets all go on that are kept back, and from now on keeps none. When it returns `go_on` was called for each. */
void guard_let_go(struct guard *g);

/* Shuts down all connections without a request under way. Returns how many have one. */
size_t guard_cut_idle(struct guard *g);

#endif
