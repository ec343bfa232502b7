/* Pictures that an input describes: of any bytes, or painted with symbols that are turned, tilted, inverted, mirrored, damaged, blurred and noisy. And
 * what must hold of everything that is read in them. */
#ifndef TURNOUT_TESTS_FUZZ_SCENE_H
#define TURNOUT_TESTS_FUZZ_SCENE_H

#include "fuzz/dice.h"
#include "fuzz/world.h"
#include "paper/qr.h"
#include "scan/qr/decode.h"

#define SCENE_SIDE_MAX 512
#define SCENE_SIDE_USUAL 160 /* larger ones are slow to look at, so an input must ask for them */
#define SCENE_GAP_MAX 4096
#define SCENE_SYMBOLS_MAX 3
#define SCENE_TEXT_MAX 200
#define SCENE_FAR 1e6F /* pixels: nothing is found so far outside of a picture */

enum { SCENE_PIXELS = 4, SCENE_LARGE = 8 }; /* flags; a target has 1 and 2 for itself */

struct scene {
	struct image image; /* its memory ends with the last row's last pixel; for free() */
	struct qr_matrix qr[SCENE_SYMBOLS_MAX];
	char texts[SCENE_SYMBOLS_MAX][SCENE_TEXT_MAX];
	size_t lens[SCENE_SYMBOLS_MAX];
	int symbols;
	bool painted; /* nothing but these symbols may be read */
	bool clean;   /* one symbol, which nothing was done to: it must be read */
};

/* From the input: width, height, the gap between rows; then either pixels, which are repeated, or a background, symbols, and what is done to the whole. */
void scene_make(struct scene *s, unsigned flags, struct dice *d);
/* Is it the text of one of its symbols? */
bool scene_says(const struct scene *s, const char *text, size_t n);

/* Ends the program unless the results are what results may be, no two are the same, and nothing is read that is not there. */
void scene_check(const struct scene *s, const struct decode_result *results, size_t count);
void scene_check_corners(const struct point corners[4]);

static inline uint8_t *scene_pixel(const struct image *image, int x, int y) {
	return &image->luma[(size_t)y * (size_t)image->stride + (size_t)x];
}

#endif
