#include "base/colour.h"

#include "lib/testing.h"

#include <math.h>

#define assert_near(a, b) assert_true(fabs((a) - (b)) < 0.005)

/* The figures that WebAIM's contrast checker gives. */
static void contrast_is_wcags(void **state) {
	(void)state;
	assert_near(colour_contrast(0x000000, 0x000000), 1);
	assert_near(colour_contrast(0x000000, 0xffffff), 21); /* luminances 0 and 1 */
	assert_near(colour_contrast(0xffffff, 0xffffff), 1);
	assert_near(colour_contrast(0x777777, 0xffffff), 4.48);
	assert_near(colour_contrast(0xffffff, 0x777777), 4.48);
	assert_near(colour_contrast(0xff0000, 0x0000ff), 2.15);
}

static void words_take_the_clearer_colour(void **state) {
	(void)state;
	assert_int_equal(colour_clearer(0x0a6b5e, 0xffffff, 0x14211d), 0xffffff);
	assert_int_equal(colour_clearer(0xf4b740, 0xffffff, 0x14211d), 0x14211d);
	assert_int_equal(colour_clearer(0x8a8a8a, 0xffffff, 0x000000), 0x000000);
	assert_int_equal(colour_clearer(0x123456, 0xabcdef, 0xabcdef), 0xabcdef);
}

static void colours_are_parsed(void **state) {
	(void)state;
	uint32_t colour = 7;
	assert_true(colour_parse("#1F4e9E", &colour));
	assert_int_equal(colour, 0x1f4e9e);
	static const char *const wrong[] = {"", "#", "1f4e9e", "#1f4e9", "#1f4e9ef", "#1f4e9g", "teal"};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		assert_false(colour_parse(wrong[i], &colour));
	}
	assert_int_equal(colour, 0x1f4e9e);
}

/* A category's pill takes white or dark words. */
static void what_gets_a_colour_can_be_read(void **state) {
	(void)state;
	static const char *const names[] = {"", "Учасник", "Донор", "Преса", "Speaker", "Організатор", "Гість"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		uint32_t colour = colour_of_category(names[i]);
		assert_int_equal(colour, colour_of_category(names[i]));
		assert_true(colour_contrast(colour, colour_clearer(colour, 0xffffff, 0x14211d)) >= 4.5);
	}
}

static void darkened_in_its_own_tone(void **state) {
	(void)state;
	const uint32_t white = 0xffffff, grey = 0x808080, both[] = {0xffffff, 0xf6f3ec};
	assert_int_equal(colour_darkened(0x1b2a6b, &white, 1, 7), 0x1b2a6b); /* it is dark enough */
	uint32_t yellow = colour_darkened(0xffe000, both, 2, 7);
	assert_true(colour_contrast(yellow, both[0]) >= 7 && colour_contrast(yellow, both[1]) >= 7);
	assert_true((yellow >> 16) > (yellow >> 8 & 0xff) && (yellow & 0xff) == 0); /* still yellow */
	assert_true(colour_contrast(yellow + 0x030300, both[1]) < 7);               /* and no darker than it must be */
	assert_int_equal(colour_darkened(0xffffff, &grey, 1, 20), 0x000000);        /* nothing reaches that */
	assert_true(colour_darkened(0xffffff, &grey, 1, 3) < 0x808080);             /* darker than the ground, not lighter */
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(contrast_is_wcags), cmocka_unit_test(words_take_the_clearer_colour),
					   cmocka_unit_test(colours_are_parsed), cmocka_unit_test(what_gets_a_colour_can_be_read),
					   cmocka_unit_test(darkened_in_its_own_tone)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
