/* Paper that is creased, or bent in whatever way. Pure. */
#ifndef TURNOUT_SCAN_QR_WARP_H
#define TURNOUT_SCAN_QR_WARP_H

#include "scan/qr/lattice.h"

/* Bends a lattice to a surface that is not flat. A net of points is moved, from the finder patterns outwards, each to where the modules around it are
 * seen best: where they are of one shade each, far from the mean of their surroundings, and where those of function patterns are of the right one.
 * `map` tells which modules are for what. Called again it goes on from what it has, smoothed. False when there was no time for all. */
#define WARP_NODES_MAX 40
struct warp {
	int count; /* points each way; 0: not begun */
	float pitch;
	struct point off[WARP_NODES_MAX * WARP_NODES_MAX]; /* from where the map has them, in pixels */
};
struct warp_options {
	const struct grid *grid;
	const struct symbol_map *map;
	const struct deadline *deadline;
	const struct bow *bow; /* what it begins with; NULL: it looks for arcs */
};
bool warp_fit(const struct image *image, const struct warp_options *options, struct warp *warp);
void lattice_of_warp(const struct grid *grid, const struct warp *warp, struct lattice *out);

#endif
