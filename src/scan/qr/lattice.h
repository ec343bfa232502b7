/* Where the middle of each module lies in a picture: what the maps, meshes and warps of a symbol come to. */
#ifndef TURNOUT_SCAN_QR_LATTICE_H
#define TURNOUT_SCAN_QR_LATTICE_H

#include "scan/qr/bow.h"

struct lattice {
	int version;
	struct point at[SYMBOL_SIDE_MAX * SYMBOL_SIDE_MAX]; /* row by row, symbol_side(version) each */
};

void lattice_of_grid(const struct grid *grid, struct lattice *out);
void lattice_of_mesh(const struct mesh *mesh, struct lattice *out);
void lattice_of_bow(const struct bow *bow, struct lattice *out);

#endif
