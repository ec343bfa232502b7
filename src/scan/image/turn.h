/* Cameras that hang sideways or on their heads, and mirrors: how the picture is brought upright for people, and what is marked in it with it.
 * Pure. Codes are read in the picture as the camera gives it. */
#ifndef TURNOUT_SCAN_IMAGE_TURN_H
#define TURNOUT_SCAN_IMAGE_TURN_H

#include <stdbool.h>

#include "scan/image/image.h"

struct turn {        /* a zeroed struct changes nothing */
	int degrees; /* clockwise, that bring it upright: 0, 90, 180 or 270 */
	bool mirror; /* then left and right are exchanged, as in a mirror */
};

struct turn_box {
	int x, y, w, h; /* pixels; x + w and y + h are the first ones outside */
};

struct turn_spot {
	int x, y; /* pixels */
};

bool turn_degrees_valid(int degrees);
/* The size of a picture of w x h when turned. */
void turn_size(const struct turn *turn, int *w, int *h);
/* A box of a picture of w x h, as it lies in the turned one. */
struct turn_box turn_box(const struct turn *turn, int w, int h, struct turn_box box);
/* A spot likewise; on edges, so that those at w and h are spots of the picture, too. */
struct turn_spot turn_spot(const struct turn *turn, int w, int h, struct turn_spot spot);
/* The turned picture into `out`, rows without gaps, of turn_size. Must not overlap. */
void turn_picture(const struct turn *turn, const struct image *from, uint8_t *out);

#endif
