/* What QR Code symbols consist of (ISO/IEC 18004:2015): sizes, where which patterns lie, format and version information, error correction
 * blocks. Pure. Modules are named by (x, y) from the upper left corner, x to the right. */
#ifndef TURNOUT_SCAN_QR_SYMBOL_H
#define TURNOUT_SCAN_QR_SYMBOL_H

#include <stdbool.h>
#include <stdint.h>

#define SYMBOL_VERSION_MAX 40
#define SYMBOL_SIDE_MAX 177
#define SYMBOL_CODEWORDS_MAX 3706 /* version 40, data and error correction */
#define SYMBOL_ALIGNMENT_MAX 7    /* coordinates; the patterns stand at all pairs of them but the three corners */

static inline int symbol_side(int version) { return 17 + 4 * version; }

/* The coordinates of the centres of alignment patterns, rising; returns how many (0 for version 1). */
int symbol_alignment(int version, int at[SYMBOL_ALIGNMENT_MAX]);

/* Finder and alignment patterns are rings around their middle: bit i says whether ring i is dark. A finder pattern has rings 0 to 3, and its separator
 * is ring 4; an alignment pattern has 0 to 2. */
#define SYMBOL_FINDER_DARK 0x0Bu
#define SYMBOL_ALIGNMENT_DARK 0x05u
static inline bool symbol_ring_dark(unsigned dark, int dx, int dy) {
	int ring = dx * dx > dy * dy ? dx : dy;
	return (dark >> (ring < 0 ? -ring : ring) & 1u) != 0;
}

/* What a module is for. */
enum symbol_cell {
	CELL_DATA,
	CELL_LIGHT, /* function patterns: always so */
	CELL_DARK,
	CELL_FORMAT, /* format or version information */
};

struct symbol_map {
	int version; /* 0: not filled */
	uint8_t cells[SYMBOL_SIDE_MAX * SYMBOL_SIDE_MAX];
};
/* Fills the map unless it is of that version already. */
void symbol_map_fill(struct symbol_map *map, int version);

/* True when the mask (0 to 7) turns the module over. */
bool symbol_masked(int mask, int x, int y);

/* Error correction levels as format information numbers them. */
enum symbol_level { LEVEL_M, LEVEL_L, LEVEL_H, LEVEL_Q };

/* The codewords of a symbol stand in blocks: the first `shorts` have `data` data codewords, the others one more; each has `ecc` of error
 * correction behind them. Written in turns: the first of each block, the second of each … */
struct symbol_blocks {
	int count, shorts, data, ecc, total;
};
void symbol_blocks(int version, enum symbol_level level, struct symbol_blocks *out);

/* Format information: 15 bits with the mask pattern of the standard on them; a BCH code of distance 7. `data`: level << 3 | mask. */
unsigned symbol_format_bits(unsigned data);
/* Where bit i (0: the last) of it stands, in the copy at the upper left corner (0) or the one along the others (1). */
void symbol_format_at(int copy, int i, int side, int *x, int *y);
/* Version information: 18 bits, a BCH code of distance 8, for versions from 7 on. Copy 0 is at the upper right. */
unsigned symbol_version_bits(int version);
void symbol_version_at(int copy, int i, int side, int *x, int *y);

#endif
