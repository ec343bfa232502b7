#include "lib/painted.h"

#include <math.h>

#include "base/alloc.h"
#include "lib/testing.h"

int painted_set_up(void **state) {
	struct painted *s = xcalloc(1, sizeof *s);
	struct err err = {0};
	*state = s;
	return image_init(&s->image, PAINTED_WIDTH, PAINTED_HEIGHT, &err) ? 0 : -1;
}

int painted_tear_down(void **state) {
	struct painted *s = *state;
	image_fini(&s->image);
	free(s);
	return 0;
}

/* How far out a column stands, of 1. */
static float standing_out(const struct painted *s, float x) {
	float t = x / (float)s->qr.side;
	return s->roll == 0 ? 4 * t * (1 - t) : (cosf(s->roll * (2 * t - 1)) - cosf(s->roll)) / (1 - cosf(s->roll));
}

/* Where a column of the flat symbol lies across the rolled one, and back. */
static float rolled(const struct painted *s, float x) {
	float half = (float)s->qr.side / 2;
	return s->roll == 0 ? x : half + half * sinf(s->roll * (x / half - 1)) / sinf(s->roll);
}

static float unrolled(const struct painted *s, float x) {
	float half = (float)s->qr.side / 2;
	float sine = (x / half - 1) * sinf(s->roll);
	return s->roll == 0 ? x : half + half * asinf(sine < -1 ? -1 : sine > 1 ? 1 : sine) / s->roll;
}

struct point painted_place(const struct painted *s, float x, float y) {
	struct point p = homography_at(&s->map, rolled(s, x), y);
	p.y -= s->bend * standing_out(s, x);
	return p;
}

/* The module under a pixel, by walking: maps are easy one way only. */
static bool is_dark_at(const struct painted *s, const struct homography *back, float px, float py, bool *inside) {
	struct point m = homography_at(back, px, py);
	for (int i = 0; i < 3 && s->bend != 0; i++) {
		m = homography_at(back, px, py + s->bend * standing_out(s, unrolled(s, m.x)));
	}
	int x = (int)floorf(unrolled(s, m.x));
	int y = (int)floorf(m.y);
	*inside = x >= -QR_QUIET && y >= -QR_QUIET && x < s->qr.side + QR_QUIET && y < s->qr.side + QR_QUIET;
	return x >= 0 && y >= 0 && x < s->qr.side && y < s->qr.side && qr_dark(&s->qr, x, y);
}

void painted_paint(struct painted *s, const char *text, const struct point corners[4]) {
	struct err err = {0};
	struct homography back;
	assert_ok(qr_encode(&s->qr, text, strlen(text), QR_LEVEL_M, &err));
	float side = (float)s->qr.side;
	const struct point square[4] = {{0, 0}, {side, 0}, {side, side}, {0, side}};
	assert_true(homography_of_square(side, corners, &s->map));
	assert_true(homography_fit(&(struct pairs){corners, square, NULL, 4}, &back));
	for (int y = 0; y < PAINTED_HEIGHT; y++) {
		for (int x = 0; x < PAINTED_WIDTH; x++) {
			int sum = 0;
			for (int k = 0; k < 9; k++) {
				bool inside;
				bool dark = is_dark_at(s, &back, (float)x + (float)(k % 3 * 2 + 1) / 6,
						       (float)y + (float)(k / 3 * 2 + 1) / 6, &inside);
				sum += dark ? 40 : inside ? 215 : 150;
			}
			s->image.luma[y * s->image.stride + x] = (uint8_t)(sum / 9);
		}
	}
}
