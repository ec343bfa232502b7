/* The thread that reads codes, beside the one that takes pictures: what reading takes keeps no picture from the screen.
 *
 * One picture at a time. A slate is what a picture is written on: it is either the caller's or the reader's. */
#ifndef TURNOUT_SCAN_TRACK_READING_H
#define TURNOUT_SCAN_TRACK_READING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "scan/image/image.h"
#include "scan/track/tracker.h"

struct slate {
	struct image image; /* grows as needed */
	int64_t taken_us;
	/* What came of it: */
	enum effort_seen seen;
	int64_t cost_us; /* of the processor */
};

struct reading;

struct reading_options {
	/* Called from the reader's thread for every picture that was read; the report is its until it returns. */
	void (*looked)(void *context, const struct slate *slate, const struct tracker_report *report);
	void *context;
};

bool reading_open(const struct reading_options *options, struct reading **out, struct err *err) TURNOUT_MUST_CHECK;
void reading_close(struct reading *r); /* NULL is fine. Finishes what it reads */

/* The slate when the reader is done with it, else NULL; `wait`: until it is. The first call gives an empty one (EFFORT_NOTHING, cost 0). */
struct slate *reading_slate(struct reading *r, bool wait);
/* Copies the picture onto the slate and has it read. False: the picture cannot be held and the slate is still the caller's. */
bool reading_give(struct reading *r, struct slate *slate, const struct image *image, int64_t taken_us);
/* The next picture has nothing to do with those before it. To be called by who has the slate. */
void reading_forget(struct reading *r);
/* Gives back a slate that nothing was written on. */
void reading_return(struct reading *r, struct slate *slate);

#endif
