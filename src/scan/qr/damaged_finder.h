/* From two finder patterns of a symbol to the one that is damaged, covered or blurred so far that nobody sees its runs: it is looked for as a picture,
 * where the other two let one expect it. Pure. */
#ifndef TURNOUT_SCAN_QR_DAMAGED_FINDER_H
#define TURNOUT_SCAN_QR_DAMAGED_FINDER_H

#include "scan/qr/grid.h"

#define DAMAGED_FINDER_MAX 4

/* The triples that the two may belong to, at most DAMAGED_FINDER_MAX; returns how many. Points are in the pixels of `image`. */
int damaged_finder_guess(const struct image *image, const struct finder *a, const struct finder *b,
			 struct grid_view out[DAMAGED_FINDER_MAX]);

#endif
