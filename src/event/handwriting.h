/* What a finger wrote: a signature as strokes, each point with its time. Points are parts of the sheet that they were written on, so they can be drawn on any
 * other. */
#ifndef TURNOUT_EVENT_HANDWRITING_H
#define TURNOUT_EVENT_HANDWRITING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/json.h"

#define HANDWRITING_UNIT 10000      /* the sheet's longer side */
#define HANDWRITING_POINTS_MAX 4096 /* a signature of half a minute has some 1,500 */
#define HANDWRITING_STROKES_MAX 256
#define HANDWRITING_MS_MAX 3600000 /* since the first touch */

struct written_point {
	int x, y;   /* 0 to HANDWRITING_UNIT, right and down */
	int32_t ms; /* since the sheet was touched first; never less than at the point before */
};

struct handwriting {      /* a zeroed one is an empty sheet */
	int across, down; /* the sheet; the longer is HANDWRITING_UNIT */
	struct written_point points[HANDWRITING_POINTS_MAX];
	size_t count;
	size_t starts[HANDWRITING_STROKES_MAX]; /* the first point of each stroke, ascending */
	size_t strokes;
};

/* The point behind a stroke's last. */
size_t handwriting_end(const struct handwriting *hand, size_t stroke);
/* The way the finger went, in units: a tap is no signature. */
int64_t handwriting_length(const struct handwriting *hand);

/* The members "across", "down" and "strokes" of an object. A stroke is an array of numbers: x, y and ms, then for each further point what they are more than at the point
 * before. Of each stroke every `step`th point is written, and the last. */
void handwriting_write(const struct handwriting *hand, size_t step, struct json_writer *w);
/* False for what is none as above; *out is unspecified then. */
bool handwriting_read(const struct json *object, struct handwriting *out);

#endif
