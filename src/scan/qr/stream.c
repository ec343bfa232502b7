#include "scan/qr/stream.h"

void stream_each_bit(const struct symbol_map *map, stream_bit_fn *each, void *context) {
	int side = symbol_side(map->version);
	int index = 0;
	for (int right = side - 1; right > 0; right -= 2) {
		right = right == 6 ? 5 : right; /* the timing pattern's column is left out */
		/* Sides are 1 more than a multiple of 4: the first pair of columns goes up, the next down, and so on, past the skip, too. */
		bool up = ((right + 1) & 2) == 0;
		for (int i = 0; i < side; i++) {
			int y = up ? side - 1 - i : i;
			for (int x = right; x > right - 2; x--) {
				if (map->cells[y * side + x] == CELL_DATA) {
					each(context, index++, x, y);
				}
			}
		}
	}
}

int stream_block_len(const struct symbol_blocks *blocks, int block) { return blocks->data + blocks->ecc + (block >= blocks->shorts); }

int stream_place(const struct symbol_blocks *blocks, int block, int i) {
	int data = blocks->data + (block >= blocks->shorts);
	if (i < blocks->data) {
		return i * blocks->count + block;
	}
	if (i < data) { /* the last one of the longer blocks */
		return blocks->data * blocks->count + block - blocks->shorts;
	}
	return blocks->data * blocks->count + (blocks->count - blocks->shorts) + (i - data) * blocks->count + block;
}
