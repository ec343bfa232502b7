/* Stations that behave oddly: hints for people to look at, no accusations. Staff who bring in a list from a file look the same as a forger, and a
 * careful forger looks like a box at a busy door.
 *
 * Only check-ins that stand are looked at, and none whose time staff stated; so what was taken out of the books is told no more. Linear in the check-ins. */
#ifndef TURNOUT_STORE_READ_ODD_H
#define TURNOUT_STORE_READ_ODD_H

#include "store/read/checkins.h"

/* A busy door takes twenty people a minute, two of them side by side at one box with a hand scanner forty: a scan, a look, a step. One a second for a
 * whole minute is beyond that, and 20 in two seconds is no hand at all. The words for people (report/conflicts.c) name the spans. */
#define ODD_BULK 20
#define ODD_BULK_MS 2000
#define ODD_FAST 60
#define ODD_FAST_MS 60000
/* A box is carried to the next door when a session is over, and may be tried out there and at the one after it. */
#define ODD_POINTS 4
#define ODD_POINTS_MS 600000
/* Somebody who gets no answer turns to the box beside it, but not in five seconds, and not five people. */
#define ODD_TOGETHER 5
#define ODD_TOGETHER_MS 5000

enum odd_reason {
	ODD_IN_BULK,    /* ODD_BULK check-ins or more within ODD_BULK_MS */
	ODD_TOO_FAST,   /* else: ODD_FAST or more within ODD_FAST_MS */
	ODD_NEW_POINTS, /* at ODD_POINTS points or more where it had not stood before, within ODD_POINTS_MS */
	ODD_AT_ONCE,    /* ODD_TOGETHER people or more were at it and at another within ODD_TOGETHER_MS */
	ODD_REASONS
};

const char *odd_word(enum odd_reason reason); /* "bulk", "fast", "points", "together" */

struct odd {
	enum odd_reason reason;
	const struct checkin *from;     /* the first of those that are meant; its station is the one */
	const struct public_key *other; /* of ODD_AT_ONCE; else NULL */
	int64_t count;                  /* check-ins, points, or people */
};
/* In the order of the stations' keys, and of the reasons above. */
typedef bool odd_fn(void *context, const struct odd *odd, struct err *err);
bool odd_each(const struct checkins *books, odd_fn *each, void *context, struct err *err) TURNOUT_MUST_CHECK;

#endif
