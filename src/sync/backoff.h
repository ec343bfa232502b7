/* How long to wait after a failure before trying again: pure.
 *
 * Exponential with "equal jitter": half of a span that doubles with each failure, and a random part of its other half, so that a fleet whose
 * hub went away does not come back in one instant. (Marc Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.) */
#ifndef TURNOUT_SYNC_BACKOFF_H
#define TURNOUT_SYNC_BACKOFF_H

#include <stdbool.h>
#include <stdint.h>

#define BACKOFF_LEAST_MS 1000
#define BACKOFF_MOST_MS 300000
#define BACKOFF_ASKED_MOST_S 3600 /* what a Retry-After may ask for: whatever answers may be no hub of ours */

struct backoff {           /* a zeroed struct: nothing tried yet, the line not believed up */
	unsigned failures; /* in a row */
	bool line_up;      /* the last try worked: what is new may be sent at once */
};

/* A try failed. `random`: any 64 bits. `retry_after_s`: what the other side asked for, or -1. Returns the wait in ms: from BACKOFF_LEAST_MS to
 * BACKOFF_MOST_MS, after the first failure 1 to 2 s; but not less than was asked for, and then up to a quarter more. */
int64_t backoff_fail(struct backoff *b, uint64_t random, int64_t retry_after_s);

/* A try worked. */
void backoff_reset(struct backoff *b);

#endif
