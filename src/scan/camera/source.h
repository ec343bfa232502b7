/* Where pictures come from: a camera, files, a pipe. A source belongs to one thread.
 *
 * Names:  auto            the best camera there is: an external one, else the first
 *         auto:ID         that one if it is there, else as auto; an id as in scan/camera/camera_list.h
 *         name:ID         that one alone
 *         /dev/videoN     likewise
 *         none            no source at all
 *         file:PATH       a picture, a folder of pictures, a .y4m or an .mjpeg film; "file:-" or "-" is standard input (y4m or MJPEG) */
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

/* *out is NULL for "none". ERR_USAGE for another name, ERR_INPUT and others when a file cannot be read. A camera that is not there is no
 * error: it is SOURCE_LOST until it comes. */
bool scan_source_open(const char *spec, struct source **out, struct err *err) TURNOUT_MUST_CHECK;

void source_close(struct source *source); /* NULL is fine */

#endif
