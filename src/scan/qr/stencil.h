/* How well a pattern of light and dark is seen at a place. Pure. */
#ifndef TURNOUT_SCAN_QR_STENCIL_H
#define TURNOUT_SCAN_QR_STENCIL_H

#include "scan/image/geometry.h"
#include "scan/image/image.h"

/* Light against dark in one region: the difference of the means as a share of the scatter there (the correlation with the pattern), so that neither a
 * threshold is needed nor does it count how bright it is. A zeroed one is empty. */
struct contrast {
	int sum[2], squares, count[2]; /* light, dark */
};

static inline void contrast_add(struct contrast *c, bool dark, int grey) {
	c->sum[dark] += grey;
	c->squares += grey * grey;
	c->count[dark]++;
}

/* 100: all as it must be; around 0: anything; -100: light for dark. */
float contrast_of(const struct contrast *c);

/* Rings around a middle, as finder and alignment patterns consist of (scan/qr/symbol.h), in a neighbourhood in which the map is nearly affine: it is moved
 * over the picture as it is. */
#define STENCIL_RINGS 4
#define STENCIL_POINTS ((2 * STENCIL_RINGS + 1) * (2 * STENCIL_RINGS + 1))
struct stencil {
	int count;
	struct point offset[STENCIL_POINTS];
	bool dark[STENCIL_POINTS];
};

/* What a stencil shows: bit i of `dark` is ring i, up to ring `rings`. A module's sides are `right` and `down`, in pixels. */
struct stencil_of {
	int rings;
	unsigned dark;
	struct point right, down;
};
void stencil_fill(struct stencil *s, const struct stencil_of *of);
float stencil_fit(const struct stencil *s, const struct image *image, struct point at);

/* Where around a place it fits best: coarsely, then finely. What lies where it is expected is likelier: at the end of the reach a fit counts by `far`
 * less (0: as much). Returns how well it fits there. */
struct stencil_search {
	struct point from, right, down; /* a module's sides */
	float reach;                    /* modules to each side … */
	float coarse;                   /* … in such steps first, then in finer ones around the best */
	float far;
};
float stencil_seek(const struct stencil *s, const struct image *image, const struct stencil_search *search, struct point *out);

#endif
