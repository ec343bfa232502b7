#include "scan/qr/lattice.h"

void lattice_of_grid(const struct grid *grid, struct lattice *out) {
	int side = symbol_side(grid->version);
	out->version = grid->version;
	for (int y = 0; y < side; y++) {
		for (int x = 0; x < side; x++) {
			out->at[y * side + x] = homography_at(&grid->map, (float)x + 0.5F, (float)y + 0.5F);
		}
	}
}

/* The piece that a module lies in; those outside of the outermost lines belong to the nearest. */
static int piece_of(const struct mesh *mesh, int module) {
	int piece = 0;
	while (piece + 2 < mesh->count && module >= mesh->at[piece + 1]) {
		piece++;
	}
	return piece;
}

void lattice_of_mesh(const struct mesh *mesh, struct lattice *out) {
	int side = symbol_side(mesh->version);
	out->version = mesh->version;
	for (int y = 0; y < side; y++) {
		int row = piece_of(mesh, y) * (mesh->count - 1);
		for (int x = 0; x < side; x++) {
			out->at[y * side + x] = homography_at(&mesh->pieces[row + piece_of(mesh, x)], (float)x + 0.5F, (float)y + 0.5F);
		}
	}
}

void lattice_of_bow(const struct bow *bow, struct lattice *out) {
	int side = symbol_side(bow->version);
	out->version = bow->version;
	for (int i = 0; i < side * side; i++) {
		int row = i / side;
		out->at[i] = bow_at(bow, (float)(i % side) + 0.5F, (float)row + 0.5F);
	}
}
