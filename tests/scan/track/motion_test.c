/* What moves from picture to picture, and what that and a lens do to it, found and taken back. */
#include "lib/paint.h"
#include "lib/painted.h"
#include "lib/testing.h"

#include <math.h>

#include "base/alloc.h"
#include "scan/image/unblur.h"
#include "scan/track/activity.h"

#define WIDTH PAINTED_WIDTH
#define HEIGHT PAINTED_HEIGHT
#define PATCH 120 /* pixels a side of what moves */
#define STEP_US 33333

static const struct deadline no_deadline = {0};

static uint8_t any(int x, int y) { return (uint8_t)(40 + (((unsigned)x * 2654435761u ^ (unsigned)y * 40503u) >> 9) % 160); }

/* Boxes of any grey; before them a patch of other boxes. */
static void scene(struct image *image, int left, int top) {
	for (int i = 0; i < WIDTH * HEIGHT; i++) {
		int x = i % WIDTH;
		int y = i / WIDTH;
		bool within = x >= left && y >= top && x < left + PATCH && y < top + PATCH;
		image->luma[i] = within ? any((x - left) / 20 + 1000, (y - top) / 20) : any(x / 64, y / 64);
	}
}

static void what_moves_is_found(void **state) {
	struct painted *s = *state;
	struct motion *m = xcalloc(1, sizeof *m);
	struct motion_seen seen;
	scene(&s->image, 200, 100);
	assert_false(motion_step(m, &s->image, &seen)); /* the first picture */
	assert_false(motion_step(m, &s->image, &seen)); /* nothing moved */
	scene(&s->image, 244, 90);
	assert_true(motion_step(m, &s->image, &seen));
	assert_true(seen.way);
	assert_true(point_distance(seen.by, (struct point){44, -10}) < 3);
	assert_true(seen.x <= 204 && seen.y <= 94 && seen.x + seen.w >= 360 && seen.y + seen.h >= 216); /* where it was and where it is */
	assert_true(seen.x >= 180 && seen.y >= 70 && seen.x + seen.w <= 385 && seen.y + seen.h <= 240); /* and little else */
	s->image.width = WIDTH / 2;
	assert_false(motion_step(m, &s->image, &seen)); /* another camera */
	free(m);
}

static void noise_does_not_move(void **state) {
	struct painted *s = *state;
	struct motion *m = xcalloc(1, sizeof *m);
	struct motion_seen seen;
	for (uint32_t i = 0; i < 5; i++) {
		scene(&s->image, 200, 100);
		paint_noise(&s->image, 40, 7 + i);
		assert_false(motion_step(m, &s->image, &seen));
		assert_true(i == 0 || m->grain > 3);
	}
	scene(&s->image, 230, 100);
	paint_noise(&s->image, 40, 77);
	assert_true(motion_step(m, &s->image, &seen)); /* what does is still seen */
	assert_true(seen.way && point_distance(seen.by, (struct point){30, 0}) < 4);
	free(m);
}

/* Where something came to rest is of interest for a while, and what came from somewhere else is elsewhere. */
static void what_came_to_rest(void **state) {
	struct painted *s = *state;
	struct activity *l = xcalloc(1, sizeof *l);
	int64_t now = STEP_US;
	for (int i = 0; i < 4; i++, now += STEP_US) {
		assert_false(activity_now(l, now) && i < 2);
		scene(&s->image, 400 - 40 * i, 200);
		activity_look(l, &s->image, now);
	}
	assert_true(l->moves && point_distance(l->by, (struct point){-40, 0}) < 3);
	for (int i = 0; i < 10; i++, now += STEP_US) { /* there it stays */
		activity_look(l, &s->image, now);
	}
	assert_true(!l->moves && activity_now(l, now));
	assert_true(l->region.x <= 290 && l->region.x + l->region.w >= 392);
	assert_true(l->region.w < PATCH + 50 && l->region.h < PATCH + 50);
	assert_true(activity_meets(l, &(struct region){380, 200, 50, 50}));
	assert_false(activity_meets(l, &(struct region){480, 200, 50, 50}));
	assert_false(activity_now(l, now + ACTIVITY_US));
	scene(&s->image, 0, 0);
	memset(s->image.luma, 128, (size_t)WIDTH * HEIGHT);
	now += 2 * ACTIVITY_US;
	activity_look(l, &s->image, now); /* pictures so far apart say nothing, … */
	assert_false(activity_now(l, now));
	memset(s->image.luma, 200, (size_t)WIDTH * HEIGHT);
	activity_look(l, &s->image, now + STEP_US); /* … nor does a light that goes on */
	assert_false(activity_now(l, now + STEP_US));
	activity_forget(l);
	free(l);
}

/* --- blur ----------------------------------------------------------------------------------------------------------------------------------- */

static const struct point UPRIGHT[4] = {{200, 120}, {350, 120}, {350, 270}, {200, 270}};

static void paint(struct painted *s) { painted_paint(s, "TO1 a symbol of version four or so, that moves", UPRIGHT); }

/* Each pixel is the mean of what it sees while everything moves by that much. */
static void smear(struct image *image, struct point by) {
	uint8_t *before = xmalloc((size_t)WIDTH * HEIGHT);
	const struct image from = {before, WIDTH, HEIGHT, WIDTH};
	memcpy(before, image->luma, (size_t)WIDTH * HEIGHT);
	for (int i = 0; i < WIDTH * HEIGHT; i++) {
		int sum = 0;
		for (int k = 0; k < 32; k++) {
			float t = ((float)k + 0.5F) / 32 - 0.5F;
			sum += image_grey(&from, (float)(i % WIDTH) + 0.5F - t * by.x, (float)(i / WIDTH) + 0.5F - t * by.y);
		}
		image->luma[i] = (uint8_t)(sum / 32);
	}
	free(before);
}

/* Of a symbol's modules, those in whose middle a picture shows the wrong shade: beside the mean of all of them. */
static int wrong_modules(const struct painted *s, const struct image *image) {
	int n = s->qr.side * s->qr.side;
	int wrong = 0;
	long sum = 0;
	for (int pass = 0; pass < 2; pass++) {
		for (int i = 0; i < n; i++) {
			struct point p = painted_place(s, (float)(i % s->qr.side) + 0.5F, (float)(i / s->qr.side) + 0.5F);
			int grey = image_grey(image, p.x, p.y);
			sum += pass == 0 ? grey : 0;
			wrong += pass == 1 && (grey < sum / n) != qr_dark(&s->qr, i % s->qr.side, i / s->qr.side);
		}
	}
	return wrong;
}

static void movement_is_taken_back(void **state) {
	struct painted *s = *state;
	static const struct point ways[] = {{1, 0}, {0, -1}, {-0.8F, 0.6F}};
	struct unblur u = {.cap = 0};
	memset(s->image.luma, 128, (size_t)WIDTH * HEIGHT);
	assert_true(unblur_smear_length(&s->image, ways[0], 20) == 0); /* nothing is to be seen */
	for (size_t i = 0; i < COUNT_OF(ways); i++) {
		for (float length = 11; length <= 15; length += 2) {
			paint(s);
			smear(&s->image, point_times(ways[i], length));
			paint_noise(&s->image, 8, (uint32_t)length);
			assert_true(fabsf(unblur_smear_length(&s->image, ways[i], 26) - length) <= 1);
			assert_true(unblur_smear_length(&s->image, ways[i], 2) == 0); /* it is slower than that */
			int before = wrong_modules(s, &s->image);
			int after = wrong_modules(s, unblur_smear(&u, &s->image, point_times(ways[i], length), &no_deadline));
			assert_true(before > 60);
			assert_true(3 * after < before);
		}
	}
	unblur_fini(&u);
}

static void focus_is_brought_back(void **state) {
	struct painted *s = *state;
	struct unblur u = {.cap = 0};
	paint(s);
	paint_blur(&s->image, 12); /* each time a deviation of 0.82 pixels, all of them 2.8 */
	int before = wrong_modules(s, &s->image);
	const struct image *clear = unblur_lens(&u, &s->image, &(struct unblur_lens){2.8F, 0.01F}, &no_deadline);
	assert_int_equal(clear->width, WIDTH);
	assert_int_equal(clear->height, HEIGHT);
	assert_true(before > 60);
	assert_true(3 * wrong_modules(s, clear) < before);
	unblur_fini(&u);
}

/* What an earlier picture was exposed is tried where this one says something else. */
static void exposures_are_remembered(void **state) {
	struct painted *s = *state;
	struct activity *l = xcalloc(1, sizeof *l);
	const struct region all = {0, 0, WIDTH, HEIGHT};
	struct point smears[READER_SMEARS_MAX];
	l->moves = true;
	l->by = (struct point){30, 0};
	for (int i = 0; i < ACTIVITY_EXPOSURES; i++) {
		paint(s);
		smear(&s->image, (struct point){9, 0});
		activity_smears(l, &s->image, &all, smears);
		assert_true(fabsf(smears[0].x - 9) < 1 && smears[0].y == 0 && smears[2].x != 0);
	}
	l->by = (struct point){50, 0};
	activity_smears(l, &s->image, &all, smears);
	assert_true(fabsf(smears[0].x - 9) < 1 && fabsf(smears[1].x - 15) < 2);
	l->moves = false;
	activity_smears(l, &s->image, &all, smears);
	assert_true(smears[0].x == 0 && smears[0].y == 0);
	free(l);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, painted_set_up, painted_tear_down)

int main(void) {
	const struct CMUnitTest tests[] = {TEST(what_moves_is_found),    TEST(noise_does_not_move),   TEST(what_came_to_rest),
					   TEST(movement_is_taken_back), TEST(focus_is_brought_back), TEST(exposures_are_remembered)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
