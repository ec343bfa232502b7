/* How long somebody was there: of the times at which they came and went. Pure.
 *
 * Presence that nobody ended ends by rule, with the session or with the day, and is marked so. Nothing counts before a session begins and after it ends. Who
 * came in twice without leaving came in once. */
#ifndef TURNOUT_EVENT_STAY_H
#define TURNOUT_EVENT_STAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"

struct stay_move {
	struct utc_ms utc;
	bool in;
	bool approximate; /* nothing confirms the time */
};

struct stay_span {
	struct utc_ms from, until; /* what counts lies between them */
	struct utc_ms rule;        /* when a presence ends that nobody ended; one that began later ends as it begins */
	struct utc_ms late;        /* who goes after this did not go from here: they forgot to, and came back */
};

enum stay_end {
	STAY_LEFT,    /* by an exit */
	STAY_BY_RULE, /* nobody ended it, and its time is over */
	STAY_GOES_ON,
};
const char *stay_end_word(enum stay_end end); /* "left", "rule", "on" */

struct stay {
	struct utc_ms first, last; /* when they first came, and were last gone; that of STAY_GOES_ON is `now` */
	int64_t present_ms;
	int times;         /* how often they came in */
	enum stay_end end; /* of the last presence */
	bool approximate;  /* one of the times is */
};

/* Sorts the moves by time. False: nobody came. `now` where the clock was never set (clock_is_set): all is over. */
bool stay_count(struct stay_move *moves, size_t count, const struct stay_span *span, struct utc_ms now, struct stay *out);

/* Whole minutes, rounded down. */
static inline int64_t stay_minutes(const struct stay *stay) { return stay->present_ms / 60000; }

#endif
