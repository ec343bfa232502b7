/* Where the modules of a symbol lie whose paper is rolled, around a cup or a wrist: the finder patterns show by how they are turned and pressed together
 * towards each other how the paper bends between them. Pure. */
#ifndef TURNOUT_SCAN_QR_BOW_H
#define TURNOUT_SCAN_QR_BOW_H

#include "scan/qr/grid.h"

#define BOW_TERMS 6

/* A cylinder seen from some way off: a place in the picture is linear in the way along it and in the sine and the cosine of the angle around it, and, so
 * that what is farther off may be smaller, in the square of the way along it and in the product of both ways. */
struct bow {
	int version;
	float turn;                  /* radians around it from the symbol's middle to as far as its edge is */
	float rows;                  /* how much of the ways around it is along the rows (a cosine), */
	float columns;               /* and along the columns (a sine) */
	double terms[2 * BOW_TERMS]; /* of x, then of y: pixels */
};

struct point bow_at(const struct bow *bow, float u, float v); /* of modules: 0 to the symbol's side */

/* Of the cylinders of all versions that may be the one that fits what is known of the patterns best. False when not all three are known with their
 * corners, when none fits, when it is as good as flat, or when there is no time. */
bool bow_guess(const struct grid_view *view, const struct deadline *deadline, struct bow *out);

/* The map that comes nearest to it all over the symbol; how well the patterns fit is of the bow. */
bool bow_grid(const struct image *image, const struct bow *bow, struct grid *out);

#endif
