/* Where something moves from one picture to the next, and which way: whoever comes to be read moves, and what moves is smeared that way. Pure. */
#ifndef TURNOUT_SCAN_TRACK_MOTION_H
#define TURNOUT_SCAN_TRACK_MOTION_H

#include "scan/image/geometry.h"
#include "scan/image/image.h"

#define MOTION_SIDE_MAX 160 /* pictures are compared so small that neither side has more */
#define MOTION_CELLS_MAX (MOTION_SIDE_MAX * MOTION_SIDE_MAX)

struct motion { /* a zeroed one has seen no picture */
	int width, height, factor;
	int which; /* of the two, the last picture */
	uint8_t small[2][MOTION_CELLS_MAX];
	uint8_t moved[MOTION_CELLS_MAX]; /* more than noise does */
	float grain;                     /* grey levels: by how much most pixels change that show the same */
};

struct motion_seen {
	int x, y, w, h;  /* what changed lies in there, where it was and where it is: pixels, within the picture */
	bool way;        /* it moved as a whole: */
	struct point by; /* pixels from the last picture to this one */
};

/* The next picture. False when it is the first of its size, or nothing moved. */
bool motion_step(struct motion *m, const struct image *image, struct motion_seen *out);

#endif
