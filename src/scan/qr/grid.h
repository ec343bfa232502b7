/* Where the modules of a symbol lie in a picture: from three finder patterns over the version and the alignment patterns to a map from modules to
 * pixels. Modules are measured from the symbol's upper left corner, so that the middle of the first is at (0.5, 0.5). */
#ifndef TURNOUT_SCAN_QR_GRID_H
#define TURNOUT_SCAN_QR_GRID_H

#include "base/deadline.h"
#include "scan/qr/finders.h"
#include "scan/qr/symbol.h"
#include "scan/qr/triples.h"

struct grid {
	int version;
	struct homography map;
	float timing, corners; /* how well timing and finder patterns fit, as scan/qr/stencil.h has it */
};

/* What a grid is fitted to. Points and sizes are in the pixels of `image`. */
struct grid_view {
	const struct image *image;
	struct finder corner, right, below;
};

/* All that is known of the three patterns: their middles, and their corners when those are seen. The middles count more. */
#define GRID_POINTS_MAX 16
struct grid_points {
	struct point from[GRID_POINTS_MAX], to[GRID_POINTS_MAX]; /* modules, pixels */
	float weights[GRID_POINTS_MAX];
	size_t count; /* at most 15 of them are taken */
};
void grid_points_of(const struct grid_view *view, int version, struct grid_points *out);

/* The version as the patterns' sizes and distances tell it, which may be none. */
int grid_version_about(const struct grid_view *view);

/* The versions that fit best, at most `max`, the best first; returns how many. */
int grid_guess(const struct grid_view *view, struct grid *out, int max);

/* Looks for the alignment pattern at the lower right, where it is expected, and maps by it. At most `max` places, likeliest first; the first of
 * none is the grid itself (version 1 has no such pattern). */
int grid_align(const struct grid_view *view, const struct grid *grid, struct grid *out, int max);

/* Moves the corner across from the three finder patterns, which nothing holds when no alignment pattern is seen, to where the modules near it are seen
 * best: each of one shade, and far from the mean. False when it stays, or there is no time. */
bool grid_settle(const struct image *image, struct grid *grid, const struct deadline *deadline);

/* Moves the map's corners about while the function patterns fit ever better, and there is time. */
void grid_climb(const struct image *image, struct grid *grid, const struct deadline *deadline);

/* The same, piece by piece: between alignment patterns each of which is looked for by itself, so that paper which is not flat and lenses that are
 * not perfect do no harm. */
struct mesh {
	int version, count;           /* lines each way */
	int at[SYMBOL_ALIGNMENT_MAX]; /* the modules in whose middle they stand */
	struct homography pieces[(SYMBOL_ALIGNMENT_MAX - 1) * (SYMBOL_ALIGNMENT_MAX - 1)];
};
/* False for versions that have too few patterns for more than one piece, and when there is no time: then it is no mesh. */
bool mesh_fit(const struct image *image, const struct grid *grid, const struct deadline *deadline, struct mesh *out);

/* How well all function patterns fit: as scan/qr/stencil.h has it. */
float grid_fit(const struct image *image, const struct grid *grid);

#endif
