/* Where pictures come from: a camera, files, a pipe. A source belongs to one thread. */
#ifndef TURNOUT_SCAN_CAMERA_SOURCE_H
#define TURNOUT_SCAN_CAMERA_SOURCE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "scan/image/image.h"

enum source_event {
	SOURCE_FRAME, /* `out` is filled */
	SOURCE_WAIT,  /* nothing within the time; ask again */
	SOURCE_LOST,  /* said once when the camera goes away or is not there; asking on brings it back when it returns. `why` is filled */
	SOURCE_END,   /* there will be no more; `why` is filled */
};

struct source_frame {
	struct image image; /* the source's, until the next call */
	int64_t taken_us;   /* clock_span_us when it was taken */
};

struct source;

struct source_ops {
	/* Waits at most timeout_ms (a camera that is being opened may take longer once). */
	enum source_event (*next)(struct source *source, int timeout_ms, struct source_frame *out, struct err *why);
	void (*close)(struct source *source);
	const char *(*name)(const struct source *source); /* for people: "/dev/video0 (HD Webcam)"; the source's */
};

struct source { /* the first member of every kind's own struct */
	const struct source_ops *ops;
	bool patient; /* it waits for whoever reads it, who therefore reads every frame; a camera goes on meanwhile */
};

void source_close(struct source *source); /* NULL is fine */

#endif
