#include "lib/paint.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

static int clamp(float v, int most) { return v > 0 ? v < (float)most ? (int)v : most : 0; }

/* Grey at a point of the plane of modules; -1 outside of the symbol's paper. */
static int grey_at(const struct paint_symbol *s, struct point m) {
	float quiet = PAINT_QUIET;
	float end = (float)s->side + quiet;
	if (!(m.x >= -quiet && m.y >= -quiet && m.x < end && m.y < end)) {
		return -1;
	}
	int x = (int)floorf(m.x), y = (int)floorf(m.y);
	bool dark = x >= 0 && y >= 0 && x < s->side && y < s->side && s->dark[y * s->side + x] != 0;
	return dark ? s->ink : s->paper;
}

/* Where the quiet zone ends, in pixels: from (left, top) to before (right, bottom). */
static void bounds(const struct image *image, const struct homography *map, int side, int box[4]) {
	float low = -PAINT_QUIET, high = (float)side + PAINT_QUIET;
	const struct point corners[4] = {{low, low}, {high, low}, {high, high}, {low, high}};
	float left = 1e9F, top = 1e9F, right = -1e9F, bottom = -1e9F;
	for (int i = 0; i < 4; i++) {
		struct point p = homography_at(map, corners[i].x, corners[i].y);
		left = fminf(left, p.x);
		right = fmaxf(right, p.x);
		top = fminf(top, p.y);
		bottom = fmaxf(bottom, p.y);
	}
	box[0] = clamp(left, image->width);
	box[1] = clamp(top, image->height);
	box[2] = clamp(right + 1, image->width);
	box[3] = clamp(bottom + 1, image->height);
}

void paint_symbol(struct image *image, const struct paint_symbol *s) {
	struct homography map, back;
	float side = (float)s->side;
	int box[4];
	const struct point square[4] = {{0, 0}, {side, 0}, {side, side}, {0, side}};
	if (!homography_of_square(side, s->corners, &map) || !homography_fit(&(struct pairs){s->corners, square, NULL, 4}, &back)) {
		return;
	}
	bounds(image, &map, s->side, box);
	for (int y = box[1]; y < box[3]; y++) {
		for (int x = box[0]; x < box[2]; x++) {
			uint8_t *pixel = &image->luma[(size_t)y * (size_t)image->stride + (size_t)x];
			int sum = 0;
			for (int k = 0; k < 4; k++) {
				struct point m =
					homography_at(&back, (float)x + (k % 2 == 0 ? 0.25F : 0.75F), (float)y + (k < 2 ? 0.25F : 0.75F));
				int grey = grey_at(s, m);
				sum += grey < 0 ? *pixel : grey;
			}
			*pixel = (uint8_t)(sum / 4);
		}
	}
}

void paint_square(struct point middle, float size, float angle, struct point out[4]) {
	static const float across[4] = {-0.5F, 0.5F, 0.5F, -0.5F}, down[4] = {-0.5F, -0.5F, 0.5F, 0.5F};
	float c = cosf(angle) * size, s = sinf(angle) * size;
	for (int i = 0; i < 4; i++) {
		out[i] = (struct point){middle.x + across[i] * c - down[i] * s, middle.y + across[i] * s + down[i] * c};
	}
}

void paint_noise(struct image *image, int most, uint32_t seed) {
	for (int y = 0; y < image->height; y++) {
		uint8_t *row = image->luma + (size_t)y * (size_t)image->stride;
		for (int x = 0; x < image->width; x++) {
			seed = seed * 1664525u + 1013904223u;
			int value = row[x] + (int)((seed >> 8) % (2 * (unsigned)most + 1)) - most;
			row[x] = (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
		}
	}
}

void paint_blur(struct image *image, int times) {
	size_t w = (size_t)image->width, stride = (size_t)image->stride;
	uint8_t *before = xmalloc(2 * w); /* the row above as it was, and this one */
	for (; times > 0; times--) {
		memcpy(before, image->luma, w);
		for (int y = 1; y + 1 < image->height; y++) {
			uint8_t *row = image->luma + (size_t)y * stride;
			memcpy(before + w, row, w);
			for (size_t x = 1; x + 1 < w; x++) {
				unsigned sum = 0;
				for (size_t k = x - 1; k <= x + 1; k++) {
					sum += before[k] + before[w + k] + row[stride + k];
				}
				row[x] = (uint8_t)(sum / 9);
			}
			memcpy(before, before + w, w);
		}
	}
	free(before);
}
