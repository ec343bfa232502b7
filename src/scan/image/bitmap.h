/* Pictures of one bit a pixel: 1 is dark. */
#ifndef TURNOUT_SCAN_IMAGE_BITMAP_H
#define TURNOUT_SCAN_IMAGE_BITMAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/deadline.h"
#include "scan/image/image.h"

struct bitmap {
	uint64_t *bits; /* rows of `words` words; the pixel farthest to the left is a word's lowest bit; beyond the width all is light */
	int width, height, words;
	size_t cap; /* words in all that there is memory for */
};

/* Makes room for a size, keeping the memory of earlier ones; what is in it is undefined. */
void bitmap_resize(struct bitmap *b, int width, int height);
void bitmap_fini(struct bitmap *b);

static inline bool bitmap_dark(const struct bitmap *b, int x, int y) {
	return (b->bits[(size_t)y * (size_t)b->words + (size_t)x / 64] >> (x % 64) & 1u) != 0;
}
static inline bool bitmap_inside(const struct bitmap *b, int x, int y) { return x >= 0 && y >= 0 && x < b->width && y < b->height; }

/* The columns of a row at which dark and light change, rising: a dark run begins at the ones with even index and ends before those with odd.
 * `out` has room for width + 2; returns how many, always even. */
int bitmap_changes(const struct bitmap *b, int y, uint16_t *out);

/* Dark is what is darker than its surroundings: the mean over 5 x 5 blocks of BITMAP_BLOCK x BITMAP_BLOCK pixels, where a block without contrast
 * counts as paper, or as its neighbours when it is dark among them (the idea of ZXing's hybrid binarizer). `work` is kept between calls. */
#define BITMAP_BLOCK 8
struct bitmap_work {
	uint8_t *levels;
	size_t cap;
};
#define BITMAP_CONTRAST 12 /* grey levels between a block's darkest and brightest pixel, below which it shows nothing */
/* False when time was over before it was done: what is in the bitmap then is undefined. */
bool bitmap_threshold(struct bitmap *b, const struct image *image, const struct deadline *deadline, struct bitmap_work *work);
void bitmap_work_fini(struct bitmap_work *work);

#endif
