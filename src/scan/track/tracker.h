/* Follows badges from picture to picture: looks first where something was seen, looks in other ways in each picture, puts together what several
 * show (scan/track/evidence.h), and says what to tell people (scan/track/guidance.h) and where the code is. One tracker belongs to one thread. */
#ifndef TURNOUT_SCAN_TRACK_TRACKER_H
#define TURNOUT_SCAN_TRACK_TRACKER_H

#include "scan/qr/decode.h"
#include "scan/track/effort.h"
#include "scan/track/guidance.h"

#define TRACKER_CODES_MAX 8
#define TRACKER_KEEPS_US 400000 /* what was seen is looked for there so long */
#define TRACKER_TIRES_US \
	8000000 /* what stays as it is and is not read so long is a poster: it is not looked at first any more, and nothing is said */

struct tracker;

bool tracker_open(struct tracker **out, struct err *err) TURNOUT_MUST_CHECK;
void tracker_close(struct tracker *tracker); /* NULL is fine */

/* Another source, or pictures that do not go on where the last ones ended: all is forgotten. */
void tracker_forget(struct tracker *tracker);

struct tracker_frame {
	const struct image *image;
	int64_t taken_us;  /* a clock that does not go back */
	int64_t budget_us; /* of this thread's processor time; 0: none */
};

struct tracker_report {
	struct decode_result codes[TRACKER_CODES_MAX]; /* payloads are the tracker's, until its next frame */
	size_t count;
	enum effort_seen seen;
	enum guidance guidance;
	bool marked;             /* something is seen whose corners are known: */
	struct point corners[4]; /* upper left, upper right, lower right, lower left of the code, in pixels of the picture */
};
void tracker_look(struct tracker *tracker, const struct tracker_frame *frame, struct tracker_report *out);

#endif
