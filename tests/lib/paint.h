/* Symbols painted into pictures, from any side, for tests, fuzzers and benchmarks. */
#ifndef TURNOUT_TESTS_LIB_PAINT_H
#define TURNOUT_TESTS_LIB_PAINT_H

#include "scan/image/geometry.h"
#include "scan/image/image.h"

#define PAINT_QUIET 4 /* modules of clear space around */

struct paint_symbol {
	const uint8_t *dark;     /* 1 or 0 a module, row by row */
	int side;                /* modules */
	struct point corners[4]; /* of the symbol: upper left, upper right, lower right, lower left, in pixels */
	uint8_t ink, paper;
};

/* Each pixel is the mean of four looks. Nothing happens when the corners are those of no quadrilateral. */
void paint_symbol(struct image *image, const struct paint_symbol *symbol);

/* The corners of a square of that many pixels a side around a point, turned by an angle (radians). */
void paint_square(struct point middle, float size, float angle, struct point out[4]);

/* Adds up to `most` grey levels to each pixel, or takes them away. */
void paint_noise(struct image *image, int most, uint32_t seed);

/* The mean over 3 x 3 pixels, so many times. */
void paint_blur(struct image *image, int times);

#endif
