/* When a peer is to be exchanged with next: pure. Times are milliseconds of one clock that does not go back.
 *
 * At the beginning at once; then a whole round (what is new on either side) every so often; what is new here at once, while the line is believed up;
 * after a failure as backoff.h says. */
#ifndef TURNOUT_SYNC_ROUNDS_H
#define TURNOUT_SYNC_ROUNDS_H

#include "sync/backoff.h"

#define ROUNDS_GATHER_MS 100 /* what is new waits so long for more of it: a scan is answered first, several go together */

struct round_pace {
	int64_t every_ms;     /* from one whole round to the next */
	int64_t wait_most_ms; /* after a failure, whatever backoff.h says; 0: as it says */
};

struct rounds { /* a zeroed struct: never tried, due now */
	struct backoff backoff;
	int64_t due_ms, whole_ms;
};

bool rounds_due(const struct rounds *r, int64_t now_ms);
/* The round that is due asks also what the peer has; else it only gives what is new. */
bool rounds_whole(const struct rounds *r, int64_t now_ms);

/* Something new is there to give. */
void rounds_poke(struct rounds *r, int64_t now_ms);
/* Somebody does not want to wait. */
void rounds_hurry(struct rounds *r, int64_t now_ms);

void rounds_done(struct rounds *r, const struct round_pace *pace, bool whole, int64_t now_ms);
/* `random` and `retry_after_s` as in backoff_fail. */
struct round_failure {
	int64_t now_ms;
	uint64_t random;
	int64_t retry_after_s;
};
void rounds_failed(struct rounds *r, const struct round_pace *pace, const struct round_failure *failure);

#endif
