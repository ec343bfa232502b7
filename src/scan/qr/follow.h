/* A symbol whose grid was known in one picture, found again in the next: its patterns need not be seen one by one. Pure. */
#ifndef TURNOUT_SCAN_QR_FOLLOW_H
#define TURNOUT_SCAN_QR_FOLLOW_H

#include "scan/qr/grid.h"

struct followed {
	int version;
	struct point corners[4]; /* upper left, upper right, lower right, lower left, where they are expected, in pixels */
};

#define FOLLOW_REACH 3 /* modules that it may have moved from where it is expected */

/* Moves the grid as a whole, then corner by corner, to where its function patterns are seen best. False when the corners are none. */
bool follow_grid(const struct image *image, const struct followed *from, const struct deadline *deadline, struct grid *out);

#endif
