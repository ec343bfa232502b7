/* Where the middle of each module lies in a picture: what the maps, meshes and warps of a symbol come to. */
#ifndef TURNOUT_SCAN_LATTICE_H
#define TURNOUT_SCAN_LATTICE_H

#include "scan/grid.h"

struct lattice {
	int version;
	struct point at[SYMBOL_SIDE_MAX * SYMBOL_SIDE_MAX]; /* row by row, symbol_side(version) each */
};

void lattice_of_grid(const struct grid *grid, struct lattice *out);
void lattice_of_mesh(const struct mesh *mesh, struct lattice *out);

/* Bends a lattice to a surface that is not flat. A net of points is moved, from the finder patterns outwards, each to where the modules around it are
 * seen best: where they are of one shade each, far from the mean of their surroundings, and where those of function patterns are of the right one.
 * `map` tells which modules are for what. Called again it goes on from what it has. False when there was no time for all. */
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
};
bool warp_fit(const struct image *image, const struct warp_options *options, struct warp *warp);
void lattice_of_warp(const struct grid *grid, const struct warp *warp, struct lattice *out);

#endif
