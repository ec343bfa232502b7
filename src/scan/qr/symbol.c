#include "scan/qr/symbol.h"

#include <string.h>

int symbol_alignment(int version, int at[SYMBOL_ALIGNMENT_MAX]) {
	if (version < 2) {
		return 0;
	}
	/* Annex E as a formula: evenly spaced from the far side back, what is left over goes into the first gap; version 32 is an exception. */
	int count = version / 7 + 2;
	int gaps = count - 1;
	int last = symbol_side(version) - 7;
	int step = version == 32 ? 26 : (last - 6 + 2 * gaps - 1) / (2 * gaps) * 2;
	at[0] = 6;
	for (int i = count - 1, place = last; i > 0; i--, place -= step) {
		at[i] = place;
	}
	return count;
}

static void put(struct symbol_map *map, int x, int y, enum symbol_cell cell) {
	int side = symbol_side(map->version);
	if (x >= 0 && y >= 0 && x < side && y < side) {
		map->cells[y * side + x] = (uint8_t)cell;
	}
}

static void put_rings(struct symbol_map *map, int cx, int cy, int rings, unsigned dark) {
	for (int dy = -rings; dy <= rings; dy++) {
		for (int dx = -rings; dx <= rings; dx++) {
			put(map, cx + dx, cy + dy, symbol_ring_dark(dark, dx, dy) ? CELL_DARK : CELL_LIGHT);
		}
	}
}

static void put_alignments(struct symbol_map *map) {
	int at[SYMBOL_ALIGNMENT_MAX];
	int count = symbol_alignment(map->version, at);
	for (int i = 0; i < count; i++) {
		for (int k = 0; k < count; k++) {
			bool corner = (i == 0 && k == 0) || (i == 0 && k == count - 1) || (i == count - 1 && k == 0);
			if (!corner) {
				put_rings(map, at[i], at[k], 2, SYMBOL_ALIGNMENT_DARK);
			}
		}
	}
}

static void put_information(struct symbol_map *map) {
	int side = symbol_side(map->version);
	int x, y;
	for (int copy = 0; copy < 2; copy++) {
		for (int i = 0; i < 15; i++) {
			symbol_format_at(copy, i, side, &x, &y);
			put(map, x, y, CELL_FORMAT);
		}
		for (int i = 0; map->version >= 7 && i < 18; i++) {
			symbol_version_at(copy, i, side, &x, &y);
			put(map, x, y, CELL_FORMAT);
		}
	}
	put(map, 8, side - 8, CELL_DARK);
}

void symbol_map_fill(struct symbol_map *map, int version) {
	if (map->version == version) {
		return;
	}
	int side = symbol_side(version);
	map->version = version;
	memset(map->cells, CELL_DATA, (size_t)side * (size_t)side);
	for (int i = 0; i < side; i++) {
		put(map, i, 6, i % 2 == 0 ? CELL_DARK : CELL_LIGHT);
		put(map, 6, i, i % 2 == 0 ? CELL_DARK : CELL_LIGHT);
	}
	put_rings(map, 3, 3, 4, SYMBOL_FINDER_DARK);
	put_rings(map, side - 4, 3, 4, SYMBOL_FINDER_DARK);
	put_rings(map, 3, side - 4, 4, SYMBOL_FINDER_DARK);
	put_alignments(map);
	put_information(map);
}

/* Table 10. */
bool symbol_masked(int mask, int x, int y) {
	switch (mask) {
	case 0: return (x + y) % 2 == 0;
	case 1: return y % 2 == 0;
	case 2: return x % 3 == 0;
	case 3: return (x + y) % 3 == 0;
	case 4: return (x / 3 + y / 2) % 2 == 0;
	case 5: return x * y % 2 + x * y % 3 == 0;
	case 6: return (x * y % 2 + x * y % 3) % 2 == 0;
	default: return ((x + y) % 2 + x * y % 3) % 2 == 0;
	}
}

/* Table 9, by level and version: error correction codewords a block, and blocks. */
static const uint8_t ECC[4][SYMBOL_VERSION_MAX] = {
	[LEVEL_L] = {7,  10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28,
		     28, 28, 30, 30, 26, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30},
	[LEVEL_M] = {10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26,
		     26, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28},
	[LEVEL_Q] = {13, 22, 18, 26, 18, 24, 18, 22, 20, 24, 28, 26, 24, 20, 30, 24, 28, 28, 26, 30,
		     28, 30, 30, 30, 30, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30},
	[LEVEL_H] = {17, 28, 22, 16, 22, 28, 26, 26, 24, 28, 24, 28, 22, 24, 24, 30, 28, 28, 26, 28,
		     30, 24, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30},
};
static const uint8_t BLOCKS[4][SYMBOL_VERSION_MAX] = {
	[LEVEL_L] = {1, 1, 1, 1,  1,  2,  2,  2,  2,  4,  4,  4,  4,  4,  6,  6,  6,  6,  7,  8,
		     8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 24, 25},
	[LEVEL_M] = {1,  1,  1,  2,  2,  4,  4,  4,  5,  5,  5,  8,  9,  9,  10, 10, 11, 13, 14, 16,
		     17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49},
	[LEVEL_Q] = {1,  1,  2,  2,  4,  4,  6,  6,  8,  8,  8,  10, 12, 16, 12, 17, 16, 18, 21, 20,
		     23, 23, 25, 27, 29, 34, 34, 35, 38, 40, 43, 45, 48, 51, 53, 56, 59, 62, 65, 68},
	[LEVEL_H] = {1,  1,  2,  4,  4,  4,  5,  6,  8,  8,  11, 11, 16, 16, 18, 16, 19, 21, 25, 25,
		     25, 34, 30, 32, 35, 37, 40, 42, 45, 48, 51, 54, 57, 60, 63, 66, 70, 74, 77, 81},
};

/* Modules that carry codewords: all but function patterns and information. */
static int data_modules(int version) {
	int side = symbol_side(version);
	int alignments = version < 2 ? 0 : version / 7 + 2;
	int modules = side * side - 3 * 64 - 15 * 2 - 1 - 2 * (side - 16);
	if (alignments != 0) { /* those on the timing patterns share five modules with them */
		modules -= 25 * (alignments * alignments - 3) - 2 * 5 * (alignments - 2);
	}
	return version < 7 ? modules : modules - 2 * 18;
}

void symbol_blocks(int version, enum symbol_level level, struct symbol_blocks *out) {
	int total = data_modules(version) / 8;
	int count = BLOCKS[level][version - 1];
	int ecc = ECC[level][version - 1];
	*out = (struct symbol_blocks){
		.count = count, .shorts = count - total % count, .data = total / count - ecc, .ecc = ecc, .total = total};
}

/* What is left when data, shifted by `bits`, is divided by the generator (Annex C and D). */
static unsigned bch(unsigned data, int bits, unsigned generator) {
	unsigned rest = data;
	for (int i = 0; i < bits; i++) {
		rest = rest << 1 ^ ((rest >> (bits - 1) & 1u) != 0 ? generator : 0);
	}
	return data << bits | rest;
}

/* The mask keeps it from being all light. */
unsigned symbol_format_bits(unsigned data) { return bch(data, 10, 0x537) ^ 0x5412u; }

unsigned symbol_version_bits(int version) { return bch((unsigned)version, 12, 0x1F25); }

void symbol_format_at(int copy, int i, int side, int *x, int *y) {
	if (copy == 0) {
		*x = i < 8 ? 8 : i == 8 ? 7 : 14 - i;
		*y = i < 6 ? i : i < 8 ? i + 1 : 8;
	} else {
		*x = i < 8 ? side - 1 - i : 8;
		*y = i < 8 ? 8 : side - 15 + i;
	}
}

void symbol_version_at(int copy, int i, int side, int *x, int *y) {
	/* Six rows of three modules, beside two of the finder patterns (7.10). */
	int along = side - 11 + i % 3;
	*x = copy == 0 ? along : i / 3;
	*y = copy == 0 ? i / 3 : along;
}
