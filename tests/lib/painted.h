/* A symbol painted at a slant, or on paper that is bent, as a lens would see it. */
#ifndef TURNOUT_LIB_PAINTED_H
#define TURNOUT_LIB_PAINTED_H

#include "paper/qr.h"
#include "scan/image/geometry.h"
#include "scan/image/image.h"

#define PAINTED_WIDTH 640
#define PAINTED_HEIGHT 480

struct painted {
	struct image image;
	struct qr_matrix qr;
	struct homography map;
	float bend; /* pixels that the middle of a bent symbol stands out */
	float roll; /* radians around a cylinder from its middle to its sides; 0: it is bent to a parabola */
};

/* For cmocka: *state is a struct painted with an empty picture. */
int painted_set_up(void **state);
int painted_tear_down(void **state);

/* Where a point of the symbol, in modules, lies in the picture. */
struct point painted_place(const struct painted *s, float x, float y);
/* Paints a symbol of level M between these corners: each pixel is the mean of nine looks, so that edges are as a lens has them. */
void painted_paint(struct painted *s, const char *text, const struct point corners[4]);

#endif
