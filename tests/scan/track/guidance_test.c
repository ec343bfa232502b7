/* What people are told, and that it does not flicker. */
#include "scan/track/guidance.h"

#include "lib/testing.h"

#include "base/alloc.h"

#define STEP_US 33333

static const struct guidance_view GOOD = {.seen = true, .module = 4, .side = 0.3F, .light = {.dark = 40, .light = 200}};

static void one_cue_for_each_trouble(void **state) {
	(void)state;
	struct guidance_view v = {.seen = false};
	assert_int_equal(guidance_cue(&v), GUIDANCE_NONE);
	v = GOOD;
	assert_int_equal(guidance_cue(&v), GUIDANCE_STILL); /* nothing is wrong with it, and yet it is not read */
	v.read = true;
	assert_int_equal(guidance_cue(&v), GUIDANCE_NONE);
	v = GOOD;
	v.module = 1.5F;
	assert_int_equal(guidance_cue(&v), GUIDANCE_CLOSER);
	v = GOOD;
	v.side = 1.1F;
	assert_int_equal(guidance_cue(&v), GUIDANCE_FURTHER);
	v = GOOD;
	v.cut = true;
	assert_int_equal(guidance_cue(&v), GUIDANCE_STILL); /* small, and at the edge: it comes in */
	v.side = 0.6F;
	assert_int_equal(guidance_cue(&v), GUIDANCE_FURTHER);
	v = GOOD;
	v.light.light = 50;
	assert_int_equal(guidance_cue(&v), GUIDANCE_LIGHT);
	v = GOOD;
	v.light.glare = 5;
	assert_int_equal(guidance_cue(&v), GUIDANCE_GLARE);
	v.speed = 80;
	assert_int_equal(guidance_cue(&v), GUIDANCE_STILL);
	v = (struct guidance_view){.seen = true, .part = true, .module = 20, .side = 1};
	assert_int_equal(guidance_cue(&v), GUIDANCE_FURTHER);
	v.side = 0.2F; /* a pattern alone that is small may be anything */
	assert_int_equal(guidance_cue(&v), GUIDANCE_NONE);
	v = (struct guidance_view){.filled = true, .module = 30};
	assert_int_equal(guidance_cue(&v), GUIDANCE_FURTHER);
}

static void words_come_and_stay(void **state) {
	(void)state;
	struct guide g = {.shown = GUIDANCE_NONE};
	struct guidance_view far = GOOD;
	far.module = 1.5F;
	struct guidance_view none = {.seen = false};
	int64_t now = 1000000;
	guide_step(&g, &none, now);
	int64_t since = now;
	while (guide_step(&g, &far, now += STEP_US) == GUIDANCE_NONE) {
	}
	assert_true(now - since >= GUIDANCE_COMES_MS * 1000 && now - since <= GUIDANCE_COMES_MS * 1000 + 2 * STEP_US);
	/* Another trouble has to last until its word comes, and the first stands as long as people need for reading it. */
	int64_t shown = now;
	while (guide_step(&g, &GOOD, now += STEP_US) == GUIDANCE_CLOSER) {
	}
	assert_int_equal(g.shown, GUIDANCE_STILL);
	assert_true(now - shown >= GUIDANCE_STANDS_MS * 1000);
	/* Gone: the word goes, too, a little later. */
	since = now;
	while (guide_step(&g, &none, now += STEP_US) != GUIDANCE_NONE) {
	}
	assert_true(now - since < 2000000);
}

static void reading_ends_it_at_once(void **state) {
	(void)state;
	struct guide g = {.shown = GUIDANCE_NONE};
	int64_t now = 0;
	while (guide_step(&g, &GOOD, now += STEP_US) == GUIDANCE_NONE) {
	}
	struct guidance_view read = GOOD;
	read.read = true;
	assert_int_equal(guide_step(&g, &read, now += STEP_US), GUIDANCE_NONE);
	assert_int_equal(guide_step(&g, &GOOD, now += STEP_US), GUIDANCE_NONE); /* and does not come back for one picture */
}

/* Two troubles take turns from picture to picture, with pictures between them that show nothing. */
static void words_do_not_flicker(void **state) {
	(void)state;
	struct guidance_view views[4] = {GOOD, GOOD, {.seen = false}, GOOD};
	views[0].module = 1.5F;
	views[3].light.glare = 9;
	for (int period = 1; period <= 6; period++) {
		struct guide g = {.shown = GUIDANCE_NONE};
		enum guidance before = GUIDANCE_NONE;
		int changes = 0;
		for (int i = 0; i < 300; i++) { /* ten seconds */
			enum guidance now = guide_step(&g, &views[i / period % 4], (int64_t)(i + 1) * STEP_US);
			changes += now != before;
			before = now;
		}
		assert_true(changes <= 10);
	}
	/* Now and then a picture in which it is not seen does not take the word away. */
	struct guide g = {.shown = GUIDANCE_NONE};
	int shown = 0;
	for (int i = 0; i < 300; i++) {
		shown += guide_step(&g, i % 3 == 0 ? &views[2] : &GOOD, (int64_t)(i + 1) * STEP_US) == GUIDANCE_STILL;
	}
	assert_true(shown > 250);
}

/* Pictures that come seldom count for no more than they show. */
static void a_pause_says_nothing(void **state) {
	(void)state;
	struct guide g = {.shown = GUIDANCE_NONE};
	guide_step(&g, &GOOD, 1000000);
	assert_int_equal(guide_step(&g, &GOOD, 60000000), GUIDANCE_NONE);
	assert_int_equal(guide_step(&g, &GOOD, 60000000 - 5000000), GUIDANCE_NONE); /* nor does a clock that goes back */
}

#define SIDE 100

static void light_is_measured_between_the_corners(void **state) {
	(void)state;
	struct err err = {0};
	struct image image;
	struct guidance_light light;
	static const struct point corners[4] = {{20, 20}, {80, 20}, {80, 80}, {20, 80}};
	assert_ok(image_init(&image, SIDE, SIDE, &err));
	for (int i = 0; i < SIDE * SIDE; i++) {
		int x = i % SIDE;
		int y = i / SIDE;
		bool inside = x >= 20 && x < 80 && y >= 20 && y < 80;
		image.luma[i] = !inside ? 255 : (x / 3 + y / 3) % 2 != 0 ? 180 : 30;
	}
	guidance_light(&image, corners, &light);
	assert_int_equal(light.dark, 30);
	assert_int_equal(light.light, 180);
	assert_int_equal(light.glare, 0);
	for (int y = 20; y < 50; y++) { /* a highlight over a quarter of it */
		memset(image.luma + (size_t)y * SIDE + 20, 255, 30);
	}
	guidance_light(&image, corners, &light);
	assert_true(light.glare >= 9 && light.glare <= 16);
	static const struct point none[4] = {{5, 5}, {5, 5}, {5, 5}, {5, 5}};
	guidance_light(&image, none, &light);
	assert_int_equal(light.glare, 0);
	image_fini(&image);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_cue_for_each_trouble), cmocka_unit_test(words_come_and_stay),
		cmocka_unit_test(reading_ends_it_at_once),  cmocka_unit_test(words_do_not_flicker),
		cmocka_unit_test(a_pause_says_nothing),     cmocka_unit_test(light_is_measured_between_the_corners)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
