/* A code that is larger than the picture is known for what it is; what is no code, or a whole one, is not. */
#include "scan/track/closeup.h"

#include <math.h>

#include "lib/testing.h"

#include "base/alloc.h"
#include "paper/qr.h"

#define WIDTH 640
#define HEIGHT 480

static const struct deadline no_deadline = {0};

struct bench {
	struct closeup closeup;
	struct image image;
	struct qr_matrix qr;
	uint32_t seed;
};

static int set_up(void **state) {
	struct err err = {0};
	struct bench *b = xcalloc(1, sizeof *b);
	b->seed = 5;
	assert_ok(image_init(&b->image, WIDTH, HEIGHT, &err));
	assert_ok(qr_encode(&b->qr, "TO0F2KM3YR8Q4X7A+LONGER", 23, QR_LEVEL_M, &err));
	*state = b;
	return 0;
}

static int tear_down(void **state) {
	struct bench *b = *state;
	image_fini(&b->image);
	free(b);
	return 0;
}

static unsigned any(struct bench *b) {
	b->seed = b->seed * 1664525u + 1013904223u;
	return b->seed >> 16;
}

struct view {
	float module; /* pixels */
	float angle;  /* radians */
	struct point {
		float x, y;
	} middle;   /* of the symbol, from the picture's, pixels */
	float tilt; /* how much smaller it gets across the picture */
};

static int grey_of(const struct bench *b, const struct view *v, float px, float py) {
	float x = px - (float)WIDTH / 2 - v->middle.x;
	float y = py - (float)HEIGHT / 2 - v->middle.y;
	float size = v->module * (1 + v->tilt * x / (float)WIDTH);
	int u = (int)floorf((x * cosf(v->angle) + y * sinf(v->angle)) / size + (float)b->qr.side / 2);
	int w = (int)floorf((y * cosf(v->angle) - x * sinf(v->angle)) / size + (float)b->qr.side / 2);
	bool inside = u >= 0 && w >= 0 && u < b->qr.side && w < b->qr.side;
	return inside && b->qr.dark[w * b->qr.side + u] ? 40 : 190;
}

static void paint(struct bench *b, const struct view *v) {
	for (int i = 0; i < WIDTH * HEIGHT; i++) {
		int sum = 0;
		for (int k = 0; k < 9; k++) {
			sum += grey_of(b, v, (float)(i % WIDTH) + (float)(k % 3) / 3 + 0.17F,
				       (float)(i / WIDTH) + (float)(k / 3) / 3 + 0.17F);
		}
		b->image.luma[i] = (uint8_t)(sum / 9 + (int)(any(b) % 11) - 5);
	}
}

/* The mean of those around each pixel, twice each way. */
static void blur(struct bench *b, int reach) {
	uint8_t *from = xcalloc(1, WIDTH * HEIGHT);
	for (int pass = 0; pass < 4; pass++) {
		memcpy(from, b->image.luma, WIDTH * HEIGHT);
		for (int i = 0; i < WIDTH * HEIGHT; i++) {
			int sum = 0;
			for (int d = -reach; d <= reach; d++) {
				int x = i % WIDTH + (pass % 2 == 0 ? d : 0);
				int y = i / WIDTH + (pass % 2 == 0 ? 0 : d);
				x = x < 0 ? 0 : x >= WIDTH ? WIDTH - 1 : x;
				y = y < 0 ? 0 : y >= HEIGHT ? HEIGHT - 1 : y;
				sum += from[y * WIDTH + x];
			}
			b->image.luma[i] = (uint8_t)(sum / (2 * reach + 1));
		}
	}
	free(from);
}

static void a_part_fills(void **state) {
	struct bench *b = *state;
	static const struct view views[] = {
		{24, 0, {0, 0}, 0},    {24, 0.1F, {60, -40}, 0}, {30, 0.5F, {0, 0}, 0},      {40, 0.785F, {20, 30}, 0},
		{55, 1.2F, {0, 0}, 0}, {75, 0.2F, {90, 90}, 0},  {30, 0.1F, {10, 0}, 0.15F},
	};
	for (size_t i = 0; i < COUNT_OF(views); i++) {
		float module = 0;
		paint(b, &views[i]);
		assert_true(closeup_fills(&b->closeup, &b->image, &no_deadline, &module));
		assert_true(fabsf(module - views[i].module) < 0.1F * views[i].module);
		blur(b, (int)(views[i].module / 6)); /* too close for the lens as well */
		assert_true(closeup_fills(&b->closeup, &b->image, &no_deadline, &module));
		assert_true(fabsf(module - views[i].module) < 0.1F * views[i].module);
	}
}

static void all_of_it_does_not(void **state) {
	struct bench *b = *state;
	for (float module = 3; module < 13; module += 1.5F) {
		float found;
		paint(b, &(struct view){module, 0.1F, {0, 0}, 0});
		assert_false(closeup_fills(&b->closeup, &b->image, &no_deadline, &found));
	}
}

static uint8_t noise(struct bench *b, int x, int y) {
	(void)x, (void)y;
	return (uint8_t)any(b);
}
static uint8_t slope(struct bench *b, int x, int y) {
	(void)b, (void)y;
	return (uint8_t)(x * 255 / WIDTH);
}
static uint8_t box(struct bench *b, int x, int y) {
	(void)b;
	return x > 300 && y > 200 ? 30 : 200;
}
static uint8_t stripes(struct bench *b, int x, int y) {
	(void)b, (void)y;
	return x / 20 % 2 == 0 ? 40 : 200;
}
static uint8_t rings(struct bench *b, int x, int y) {
	(void)b;
	return (int)(hypot(x - 320, y - 240) / 20) % 2 == 0 ? 40 : 200;
}
static uint8_t any_boxes(struct bench *b, int x, int y) { /* black and white at right angles, of all sizes */
	(void)b;
	int dark = 0;
	for (int i = 0; i < 40; i++) {
		int left = i * 7919 % 600;
		int top = i * 4241 % 440;
		dark += x >= left && y >= top && x < left + 30 + i * 31 % 90 && y < top + 25 + i * 53 % 80;
	}
	return dark % 2 == 0 ? 200 : 40;
}
static uint8_t quarters(struct bench *b, int x, int y) {
	(void)b;
	return (x > 310) != (y > 225) ? 40 : 200;
}
static uint8_t windows(struct bench *b, int x, int y) { /* of a house */
	(void)b;
	return x % 48 < 24 && y % 48 < 24 ? 40 : 200;
}
static uint8_t mosaic(struct bench *b, int x, int y) { /* of stones of many greys */
	unsigned stone = (unsigned)(x / 24 * 73 + y / 24 * 179) * 2654435761u;
	(void)b;
	return (uint8_t)(20 + (stone >> 8 & 63) + (stone >> 16 & 63) + (stone >> 24 & 63));
}
static uint8_t grey(struct bench *b, int x, int y) {
	(void)b, (void)x, (void)y;
	return 128;
}

static void what_is_no_code_does_not(void **state) {
	struct bench *b = *state;
	uint8_t (*const scenes[])(struct bench *, int, int) = {noise,     slope,    box,     stripes, rings,
							       any_boxes, quarters, windows, mosaic,  grey};
	for (size_t k = 0; k < COUNT_OF(scenes); k++) {
		float module;
		for (int i = 0; i < WIDTH * HEIGHT; i++) {
			b->image.luma[i] = scenes[k](b, i % WIDTH, i / WIDTH);
		}
		assert_false(closeup_fills(&b->closeup, &b->image, &no_deadline, &module));
	}
	struct err err = {0};
	struct image tiny;
	float module;
	assert_ok(image_init(&tiny, 30, 500, &err));
	assert_false(closeup_fills(&b->closeup, &tiny, &no_deadline, &module));
	image_fini(&tiny);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void) {
	const struct CMUnitTest tests[] = {TEST(a_part_fills), TEST(all_of_it_does_not), TEST(what_is_no_code_does_not)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
