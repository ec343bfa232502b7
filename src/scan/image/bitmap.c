#include "scan/image/bitmap.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

void bitmap_resize(struct bitmap *b, int width, int height) {
	b->width = width;
	b->height = height;
	b->words = (width + 63) / 64;
	size_t need = (size_t)b->words * (size_t)height;
	if (need > b->cap) {
		b->bits = xrealloc(b->bits, need, sizeof *b->bits);
		b->cap = need;
	}
}

void bitmap_fini(struct bitmap *b) {
	free(b->bits);
	*b = (struct bitmap){.bits = NULL};
}

int bitmap_changes(const struct bitmap *b, int y, uint16_t *out) {
	const uint64_t *row = b->bits + (size_t)y * (size_t)b->words;
	uint64_t carry = 0;
	int count = 0;
	for (int w = 0; w < b->words; w++) {
		/* Each pixel against the one to its left; the carry is the last one of the word before. */
		uint64_t changes = row[w] ^ (row[w] << 1 | carry);
		carry = row[w] >> 63;
		for (; changes != 0; changes &= changes - 1) {
			out[count++] = (uint16_t)(w * 64 + __builtin_ctzll(changes));
		}
	}
	if (count % 2 != 0) {
		/* A dark run that goes on to the very end of the last word has no light pixel after it. */
		out[count++] = (uint16_t)b->width;
	}
	return count;
}

/* --- threshold -------------------------------------------------------------------------------------------------------------------------- */

void bitmap_work_fini(struct bitmap_work *work) {
	free(work->levels);
	*work = (struct bitmap_work){.levels = NULL};
}

struct blocks {
	uint8_t *levels;
	int across, down;
};

/* The mean of a block, or what stands for it when it shows nothing. */
static uint8_t block_level(const struct image *image, const struct blocks *b, int bx, int by) {
	/* Blocks that would reach beyond the picture are moved into it. */
	int x0 = bx * BITMAP_BLOCK < image->width - BITMAP_BLOCK ? bx * BITMAP_BLOCK : image->width - BITMAP_BLOCK;
	int y0 = by * BITMAP_BLOCK < image->height - BITMAP_BLOCK ? by * BITMAP_BLOCK : image->height - BITMAP_BLOCK;
	unsigned sum = 0;
	uint8_t low = 255;
	uint8_t high = 0;
	for (int y = 0; y < BITMAP_BLOCK; y++) {
		const uint8_t *at = image->luma + (size_t)(y0 + y) * (size_t)image->stride + x0;
		for (int x = 0; x < BITMAP_BLOCK; x++) {
			sum += at[x];
			low = at[x] < low ? at[x] : low;
			high = at[x] > high ? at[x] : high;
		}
	}
	unsigned mean = sum / (BITMAP_BLOCK * BITMAP_BLOCK);
	if (high - low > BITMAP_CONTRAST) {
		return (uint8_t)mean;
	}
	if (bx == 0 || by == 0) {
		/* Paper: half of its darkest grey, so that all of it is brighter. */
		return low / 2;
	}
	const uint8_t *at = b->levels + (size_t)by * (size_t)b->across + bx;
	/* Those to the left and above have their levels already; ZXing weighs them so. */
	unsigned around = (2u * at[-1] + at[-b->across] + at[-b->across - 1]) / 4;
	return (uint8_t)(low < around ? around : low / 2);
}

/* The mean of the blocks around one; those at the edge have the surroundings of the nearest that has all of them. */
static unsigned surroundings(const struct blocks *b, int bx, int by) {
	int x0 = bx < 2 ? 2 : bx > b->across - 3 ? b->across - 3 : bx;
	int y0 = by < 2 ? 2 : by > b->down - 3 ? b->down - 3 : by;
	unsigned sum = 0;
	for (int y = y0 - 2; y <= y0 + 2; y++) {
		const uint8_t *at = b->levels + (size_t)y * (size_t)b->across + x0 - 2;
		sum += (unsigned)at[0] + at[1] + at[2] + at[3] + at[4];
	}
	return sum / 25;
}

/* Bit i: whether byte i is at most `level`. All eight at once: the high bit of each byte of (level | 0x80) - (byte & 0x7f) says so for the low
 * seven bits, and the high bits themselves decide where they differ (Warren, Hacker's Delight, 2-18); a multiplication gathers the eight bits. */
static uint64_t dark_bits(const uint8_t *at, uint64_t levels) {
	const uint64_t high = UINT64_C(0x8080808080808080);
	uint64_t v;
	memcpy(&v, at, sizeof v);
	uint64_t low = (levels | high) - (v & ~high);
	uint64_t dark = ((levels & ~v) | (~(levels ^ v) & low)) & high;
	return (dark >> 7) * UINT64_C(0x0102040810204080) >> 56;
}

static void threshold_row_of_blocks(struct bitmap *b, const struct image *image, const struct blocks *blocks, int by) {
	int y0 = by * BITMAP_BLOCK;
	int y1 = y0 + BITMAP_BLOCK < image->height ? y0 + BITMAP_BLOCK : image->height;
	for (int y = y0; y < y1; y++) {
		memset(b->bits + (size_t)y * (size_t)b->words, 0, (size_t)b->words * sizeof *b->bits);
	}
	for (int bx = 0; bx < blocks->across; bx++) {
		unsigned level = surroundings(blocks, bx, by);
		uint64_t levels = level * UINT64_C(0x0101010101010101);
		int x0 = bx * BITMAP_BLOCK;
		int width = image->width - x0 < BITMAP_BLOCK ? image->width - x0 : BITMAP_BLOCK;
		for (int y = y0; y < y1; y++) {
			const uint8_t *at = image->luma + (size_t)y * (size_t)image->stride + x0;
			uint64_t bits = 0;
			if (width == BITMAP_BLOCK) {
				bits = dark_bits(at, levels);
			} else {
				for (int i = 0; i < width; i++) {
					bits |= (uint64_t)(at[i] <= level) << i;
				}
			}
			b->bits[(size_t)y * (size_t)b->words + (size_t)x0 / 64] |= bits << x0 % 64;
		}
	}
}

bool bitmap_threshold(struct bitmap *b, const struct image *image, const struct deadline *deadline, struct bitmap_work *work) {
	struct blocks blocks = {.across = (image->width + BITMAP_BLOCK - 1) / BITMAP_BLOCK,
				.down = (image->height + BITMAP_BLOCK - 1) / BITMAP_BLOCK};
	bitmap_resize(b, image->width, image->height);
	if (blocks.across < 5 || blocks.down < 5) {
		memset(b->bits, 0, (size_t)b->words * (size_t)b->height * sizeof *b->bits);
		return true;
	}
	size_t need = (size_t)blocks.across * (size_t)blocks.down;
	if (need > work->cap) {
		work->levels = xrealloc(work->levels, need, 1);
		work->cap = need;
	}
	blocks.levels = work->levels;
	for (int by = 0; by < blocks.down; by++) {
		if (deadline_over(deadline)) {
			return false;
		}
		for (int bx = 0; bx < blocks.across; bx++) {
			blocks.levels[(size_t)by * (size_t)blocks.across + (size_t)bx] = block_level(image, &blocks, bx, by);
		}
	}
	for (int by = 0; by < blocks.down; by++) {
		if (deadline_over(deadline)) {
			return false;
		}
		threshold_row_of_blocks(b, image, &blocks, by);
	}
	return true;
}
