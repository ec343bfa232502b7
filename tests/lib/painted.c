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

struct point painted_place(const struct painted *s, float x, float y) {
	struct point p = homography_at(&s->map, x, y);
	float t = x / (float)s->qr.side;
	p.y -= s->bend * 4 * t * (1 - t);
	return p;
}

/* Nearest module under a pixel, by walking: maps are easy one way only. */
static bool is_dark_at(const struct painted *s, const struct homography *back, float px, float py, bool *inside) {
	struct point m = homography_at(back, px, py);
	for (int i = 0; i < 3 && s->bend != 0; i++) { /* a few steps of Newton's, the bend being small */
		struct point p = painted_place(s, m.x, m.y);
		struct point straight = homography_at(&s->map, m.x, m.y);
		m = homography_at(back, px + straight.x - p.x, py + straight.y - p.y);
	}
	int x = (int)floorf(m.x);
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
