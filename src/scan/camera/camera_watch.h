/* Whether a camera still works: it may fall silent, or go on giving one and the same buffer. Pure.
 *
 * Two pictures of a lens are never the same to the last bit, there is always noise: FROZEN after WATCH_FROZEN_MS of equal ones. A picture that
 * is black all over counts the same, be it broken or covered. To close and open the camera again often helps; where it does not (a shutter
 * before the lens) the pauses between the attempts double, so that a covered camera is not closed every few seconds. */
#ifndef TURNOUT_SCAN_CAMERA_CAMERA_WATCH_H
#define TURNOUT_SCAN_CAMERA_CAMERA_WATCH_H

#include <stdbool.h>
#include <stdint.h>

#include "scan/image/image.h"

#define WATCH_SILENT_MS 3000
#define WATCH_FROZEN_MS 5000
#define WATCH_FROZEN_MAX_MS 320000
#define WATCH_RETRY_MS 1000 /* between attempts to open it */
#define WATCH_RETRY_MAX_MS 16000
#define WATCH_BLACK 20 /* no pixel is brighter than this: BT.601's black is 16 */

enum watch_verdict {
	WATCH_FINE,
	WATCH_SILENT, /* no good frame for WATCH_SILENT_MS */
	WATCH_FROZEN, /* the same picture again and again */
	WATCH_DARK,   /* black, again and again */
};

/* A frame in short: a hash over every sample of a sparse grid, the mean and the brightest of them. */
struct watch_look {
	uint64_t hash;
	int mean, brightest;
};
struct watch_look watch_look(const struct image *image);

struct watch { /* a zeroed struct has seen nothing */
	int64_t heard_ms;
	int64_t changed_ms;  /* since when the pictures are equal, or all black */
	int64_t patience_ms; /* for frozen pictures; 0: WATCH_FROZEN_MS */
	uint64_t hash;
	bool dark;
	int failures; /* in a row */
};

/* The camera was opened. */
void watch_opened(struct watch *w, int64_t now_ms);
/* A good frame came. */
enum watch_verdict watch_frame(struct watch *w, const struct watch_look *look, int64_t now_ms);
/* None came. */
enum watch_verdict watch_wait(const struct watch *w, int64_t now_ms);
/* Milliseconds to wait before it is opened again, after a failure or a verdict; `absent`: it is not even there, which is cheap to ask. */
int watch_retry_ms(struct watch *w, bool absent);

#endif
