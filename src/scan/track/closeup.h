/* Whether a code fills the picture and more: too close for its finder patterns to be in it, as people hold their phones. Pure.
 *
 * The middle of the picture, CLOSEUP_SIDE blocks each way, is a piece of a symbol when
 *  1. it is black and white in about equal parts (Otsu's threshold parts the greys into two classes: IEEE Trans. SMC 9, 1979);
 *  2. along two directions at right angles edges lie at multiples of one length, the module: the sum of exp(2 pi i u / module) over the places u
 *     of edges is nearly as long as it can be, part by part of the picture, as what is tilted does not keep its module; and
 *  3. there are some all along its border. */
#ifndef TURNOUT_SCAN_TRACK_CLOSEUP_H
#define TURNOUT_SCAN_TRACK_CLOSEUP_H

#include "base/deadline.h"
#include "scan/image/image.h"

#define CLOSEUP_SIDE 120
#define CLOSEUP_PARTS 4    /* quarters */
#define CLOSEUP_BINS 344   /* half blocks, along the diagonal */
#define CLOSEUP_EDGES 4000 /* along each direction; more are not looked at: that is noise */

struct closeup { /* room to work in; a zeroed one is fine */
	int side;
	float grey[CLOSEUP_SIDE * CLOSEUP_SIDE];
	float slope[2][CLOSEUP_SIDE * CLOSEUP_SIDE]; /* along both directions */
	int counts[2];
	struct closeup_edge {
		float x, y, weight; /* blocks */
		int part;
	} edges[2][CLOSEUP_EDGES];
	float bins[2][CLOSEUP_PARTS][CLOSEUP_BINS];
};

/* *module: about how large its modules are, in pixels, when it does. When there is no time it does not. */
bool closeup_fills(struct closeup *c, const struct image *image, const struct deadline *deadline, float *module);

#endif
