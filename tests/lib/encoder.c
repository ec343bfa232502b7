#include "lib/encoder.h"

#include <string.h>

#define ECC_MAX 30
#define POLYNOMIAL 0x11Du /* x^8 + x^4 + x^3 + x^2 + 1 */

static unsigned times(unsigned a, unsigned b) {
	unsigned product = 0;
	for (; b != 0; b >>= 1) {
		product ^= (b & 1) != 0 ? a : 0;
		a = a << 1 ^ ((a & 0x80) != 0 ? POLYNOMIAL : 0);
	}
	return product;
}

/* The remainder of the codewords' polynomial, divided by (x - 1)(x - a)...(x - a^(ecc - 1)). */
static void remainder_of(const uint8_t *data, int n, int ecc, uint8_t out[ECC_MAX]) {
	unsigned generator[ECC_MAX + 1] = {1}; /* the highest power first; that is 1 */
	unsigned root = 1;
	for (int i = 0; i < ecc; i++, root = times(root, 2)) {
		for (int k = i + 1; k > 0; k--) {
			generator[k] ^= times(generator[k - 1], root);
		}
	}
	memset(out, 0, ECC_MAX);
	for (int i = 0; i < n; i++) {
		unsigned lead = data[i] ^ out[0];
		for (int k = 0; k < ecc; k++) {
			out[k] = (uint8_t)((k + 1 < ecc ? out[k + 1] : 0) ^ times(lead, generator[k + 1]));
		}
	}
}

int encoder_capacity(const struct encoding *how) {
	struct symbol_blocks b;
	symbol_blocks(how->version, how->level, &b);
	return b.count * b.data + b.count - b.shorts;
}

/* The blocks' codewords in turns, first the data, then the error correction. */
static void interleave(const struct encoding *how, const uint8_t *data, uint8_t out[SYMBOL_CODEWORDS_MAX]) {
	struct symbol_blocks b;
	uint8_t ecc[ECC_MAX];
	symbol_blocks(how->version, how->level, &b);
	int capacity = encoder_capacity(how);
	for (int block = 0; block < b.count; block++) {
		int longer = block >= b.shorts;
		for (int i = 0; i < b.data; i++) {
			out[i * b.count + block] = data[i];
		}
		if (longer) {
			out[b.data * b.count + block - b.shorts] = data[b.data];
		}
		remainder_of(data, b.data + longer, b.ecc, ecc);
		for (int i = 0; i < b.ecc; i++) {
			out[capacity + i * b.count + block] = ecc[i];
		}
		data += b.data + longer;
	}
}

static void put_format(const struct encoding *how, uint8_t *dark) {
	int side = symbol_side(how->version);
	unsigned bits = symbol_format_bits((unsigned)how->level << 3 | (unsigned)how->mask);
	int x, y;
	for (int copy = 0; copy < 2; copy++) {
		for (int i = 0; i < 15; i++) {
			symbol_format_at(copy, i, side, &x, &y);
			dark[y * side + x] = bits >> i & 1;
		}
		for (int i = 0; how->version >= 7 && i < 18; i++) {
			symbol_version_at(copy, i, side, &x, &y);
			dark[y * side + x] = symbol_version_bits(how->version) >> i & 1;
		}
	}
	dark[(side - 8) * side + 8] = 1; /* the dark module */
}

void encoder_symbol(const struct encoding *how, const uint8_t *data, uint8_t dark[ENCODER_MODULES]) {
	struct symbol_map map = {.version = 0};
	uint8_t stream[SYMBOL_CODEWORDS_MAX] = {0};
	struct symbol_blocks b;
	int side = symbol_side(how->version);
	int bit = 0;
	symbol_map_fill(&map, how->version);
	symbol_blocks(how->version, how->level, &b);
	interleave(how, data, stream);
	for (int i = 0; i < side * side; i++) {
		dark[i] = map.cells[i] == CELL_DARK;
	}
	/* Pairs of columns from the right, upwards first; the sixth belongs to the timing pattern. */
	for (int pair = 0; pair < (side - 1) / 2; pair++) {
		int right = side - 1 - 2 * pair - (side - 1 - 2 * pair <= 6);
		for (int i = 0; i < 2 * side; i++) {
			int y = pair % 2 == 0 ? side - 1 - i / 2 : i / 2;
			int x = right - i % 2;
			if (map.cells[y * side + x] == CELL_DATA) {
				bool on = bit < 8 * b.total && (stream[bit / 8] >> (7 - bit % 8) & 1) != 0;
				dark[y * side + x] = on != symbol_masked(how->mask, x, y);
				bit++;
			}
		}
	}
	put_format(how, dark);
}

bool encoder_format(const uint8_t *dark, int version, struct encoding *out) {
	int side = symbol_side(version);
	unsigned bits = 0;
	for (int i = 0; i < 15; i++) {
		int x, y;
		symbol_format_at(0, i, side, &x, &y);
		bits |= (unsigned)dark[y * side + x] << i;
	}
	for (unsigned data = 0; data < 32; data++) {
		if (symbol_format_bits(data) == bits) {
			*out = (struct encoding){version, (enum symbol_level)(data >> 3), (int)(data & 7)};
			return true;
		}
	}
	return false;
}

void encoder_remask(uint8_t *dark, int version, int mask) {
	struct symbol_map map = {.version = 0};
	struct encoding how;
	int side = symbol_side(version);
	if (!encoder_format(dark, version, &how)) {
		return;
	}
	symbol_map_fill(&map, version);
	for (int y = 0; y < side; y++) {
		for (int x = 0; x < side; x++) {
			if (map.cells[y * side + x] == CELL_DATA) {
				dark[y * side + x] ^= symbol_masked(how.mask, x, y) != symbol_masked(mask, x, y);
			}
		}
	}
	how.mask = mask;
	put_format(&how, dark);
}
