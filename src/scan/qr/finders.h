/* Finder patterns: nested squares whose dark and light runs stand as 1:1:3:1:1 along any line through the middle (ISO/IEC 18004:2015, 6.3.3 and
 * 13). Pure. */
#ifndef TURNOUT_SCAN_QR_FINDERS_H
#define TURNOUT_SCAN_QR_FINDERS_H

#include "base/deadline.h"
#include "scan/image/bitmap.h"
#include "scan/image/geometry.h"

#define FINDERS_MAX 48

struct finder {
	struct point centre;     /* pixels; a pixel's middle is at .5 */
	float module;            /* pixels: a seventh of the mean width, across and down */
	int hits;                /* lines on which it was seen */
	bool outlined;           /* corners are known: */
	struct point corners[4]; /* of its outer edge, in the order of their angles */
};

struct finders {
	struct finder items[FINDERS_MAX];
	int count;
};

/* Looks along every `step`-th row, while there is time. `changes` is room for width + 2 numbers. Those that were seen on more lines stand first. */
struct finders_options {
	int step;
	bool inked; /* ink may lie beside a pattern on one side, where it should be light: more is taken for patterns that is none */
	uint16_t *changes;
	const struct deadline *deadline;
	bool (*is_taken)(void *context, struct point at); /* what lies there is left out; NULL: nothing */
	void *context;
};
void finders_find(const struct bitmap *b, const struct finders_options *options, struct finders *out);

/* Finds the corners of the outer edge, as far as it is one. */
void finder_outline(const struct bitmap *b, struct finder *f);

#endif
