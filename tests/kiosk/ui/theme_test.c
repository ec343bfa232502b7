/* The style as data: nothing of it is forgotten, lengths follow the panel, and colours can be read on each other. */
#include "kiosk/ui/theme.h"

#include <math.h>

#include "base/alloc.h"
#include "base/colour.h"
#include "lib/kiosk_fixture_style.h"
#include "lib/testing.h"

#define SHAPE_CONTRAST 3 /* UX.md */

static void check_style(const struct style *s) {
	for (enum length which = 0; which < LENGTH_COUNT; which++) {
		if (!(s->lengths[which] > 0 && s->lengths[which] < THEME_REFERENCE_LONG)) {
			fail_msg("length %d is %g mm", (int)which, s->lengths[which]);
		}
	}
	for (enum type_role role = 0; role < TYPE_COUNT; role++) {
		const struct type *type = &s->types[role];
		assert_true(type->size_min > 0 && type->size >= type->size_min && type->leading >= 1 && type->leading < 2);
	}
	for (enum hue which = 0; which < HUE_COUNT; which++) {
		assert_true(s->hues[which] <= 0xffffff);
	}
}

static void every_value_of_a_style_is_set(void **state) {
	(void)state;
	const struct style large = kiosk_fixture_large();
	check_style(&style_default);
	check_style(&large);
}

/* Controls are never under 15 mm on the reference panel (UX.md), but for rows and tabs of which many must fit. */
static void controls_are_large_enough_for_fingers(void **state) {
	(void)state;
	for (enum length which = 0; which < LINE_HAIR; which++) {
		assert_true(style_default.lengths[which] >= (which == SESSION_ROW_LEAST ? 9.5 : 15));
	}
	assert_true(style_default.lengths[PIN_KEY_HIGH] * THEME_SCALE_MIN >= 15);
}

static void strokes_are_thin_and_corners_small(void **state) {
	(void)state;
	for (enum length which = LINE_HAIR; which <= LINE_BRACKET_EDGE; which++) {
		assert_true(style_default.lengths[which] <= 2);
	}
	for (enum length which = ROUND_BUTTON; which <= ROUND_WARNING; which++) {
		assert_true(style_default.lengths[which] < 10);
	}
}

/* Steps that are meant: each wider than the one before. */
static void distances_are_a_family(void **state) {
	(void)state;
	const double *l = style_default.lengths;
	assert_true(l[GAP_TIGHT] < l[GAP_CLOSE] && l[GAP_CLOSE] < l[GAP_PARTS] && l[GAP_PARTS] < l[GAP_FAR]);
	assert_true(l[EDGE_SIDE_UPRIGHT] < l[EDGE_SIDE]);
}

/* --- on panels ----------------------------------------------------------------------------------------------------------------------- */

static double inches(double n) { return n * 25.4; }

static void lengths_scale_with_the_panel(void **state) {
	(void)state;
	static const struct {
		int width, height;
		double inches, scale; /* inches 0: unknown */
	} panels[] = {
		{1920, 1080, 15.6, 1.0},
		{1920, 1080, 0, 1.0},
		{1080, 1920, 15.6, 1.0},
		{3840, 2160, 24, 24 / 15.6},
		{1920, 1080, 40, THEME_SCALE_MAX},
		{1280, 800, 7, THEME_SCALE_MIN},
		{1024, 768, 12, 12 * 0.8 * 25.4 / THEME_REFERENCE_LONG}, /* 4:3: the side that is scarcer counts */
	};
	for (size_t i = 0; i < COUNT_OF(panels); i++) {
		double across = panels[i].inches > 0 ? inches(panels[i].inches) : hypot(THEME_REFERENCE_LONG, THEME_REFERENCE_SHORT);
		struct theme t = theme_make(&style_default, panels[i].width, panels[i].height, inches(panels[i].inches));
		double scale = t.px_per_mm / (hypot(panels[i].width, panels[i].height) / across);
		if (fabs(scale - panels[i].scale) > 0.01) {
			fail_msg("%dx%d of %g inches: %g", panels[i].width, panels[i].height, panels[i].inches, scale);
		}
		assert_int_equal(t.portrait, panels[i].height > panels[i].width);
	}
}

static void lengths_are_rounded_once(void **state) {
	(void)state;
	struct style style = style_default;
	style.lengths[GAP_TIGHT] = 1.3;
	style.lengths[GAP_CLOSE] = 2.3;
	const struct theme t = {.style = &style, .px_per_mm = 2};
	assert_int_equal(len(&t, GAP_TIGHT), 3); /* 2.6 */
	assert_int_equal(len(&t, GAP_CLOSE), 5); /* 4.6 */
	assert_int_equal(len_twice(&t, GAP_TIGHT), 5);
	assert_int_equal(len_sum(&t, GAP_TIGHT, GAP_CLOSE), 7);
}

/* --- colours ----------------------------------------------------------------------------------------------------------------------- */

/* Shapes that say something. Words are checked where they are drawn (tests/kiosk/screens/style_test.c). */
static const struct {
	enum hue shape, ground;
} shapes[] = {
	{AMBER, PANEL},
	{AMBER, INK},
	{TEAL, PAPER},
	{TEAL, CARD},
	{MUTED, BAR},
	{TEAL, BAR},
	{TEAL, HAIRLINE},
	{INK, HAIRLINE},
	{TEAL_LEFT, TEAL_OVER},
	{BLUE_LEFT, BLUE_OVER},
	{PURPLE_LEFT, PURPLE_OVER},
	{RED_LEFT, RED_OVER},
	{INK, AMBER_OVER},
	{WHITE, PANEL_DIM},
	{AMBER, PANEL_DIM},
};

static void check_shapes(const struct style *s) {
	for (size_t i = 0; i < COUNT_OF(shapes); i++) {
		double contrast = colour_contrast(s->hues[shapes[i].shape], s->hues[shapes[i].ground]);
		if (contrast < SHAPE_CONTRAST) {
			fail_msg("hue %d on %d: %.2f", (int)shapes[i].shape, (int)shapes[i].ground, contrast);
		}
	}
}

static void shapes_stand_out(void **state) {
	(void)state;
	const struct style large = kiosk_fixture_large();
	check_shapes(&style_default);
	check_shapes(&large);
}

static void ink_is_what_reads_better(void **state) {
	(void)state;
	const struct theme t = theme_make(&style_default, 1920, 1080, 0);
	assert_int_equal(theme_ink_on(&t, hue(&t, AMBER)), hue(&t, INK));
	assert_int_equal(theme_ink_on(&t, hue(&t, TEAL)), hue(&t, WHITE));
}

static void a_track_keeps_its_colour_when_it_can_be_seen(void **state) {
	(void)state;
	struct style dark = style_default;
	const struct theme on_white = theme_make(&style_default, 1920, 1080, 0), on_black = theme_make(&dark, 1920, 1080, 0);
	dark.hues[CARD] = 0x000000;
	assert_int_equal(theme_track_colour(&on_white, "#7a0c0c", 3), 0x7a0c0c);
	assert_int_equal(theme_track_colour(&on_white, "#ffee88", 3), style_default.tracks[3]); /* too light on white */
	assert_int_equal(theme_track_colour(&on_white, "", 5), style_default.tracks[5]);
	assert_int_equal(theme_track_colour(&on_white, "", 5 + TRACK_COLOURS), style_default.tracks[5]);
	assert_int_equal(theme_track_colour(&on_black, "#ffee88", 3), 0xffee88);
	assert_int_equal(theme_track_colour(&on_black, "#7a0c0c", 3), dark.tracks[3]);
}

/* Tracks stand beside each other, as shapes and as words. */
static void check_tracks(const struct style *s) {
	for (int i = 0; i < TRACK_COLOURS; i++) {
		assert_true(colour_contrast(s->tracks[i], s->hues[CARD]) >= 4.5);
		assert_true(i == 0 || s->tracks[i] != s->tracks[i - 1]);
	}
}

static void the_styles_own_track_colours_can_be_read(void **state) {
	(void)state;
	const struct style large = kiosk_fixture_large();
	check_tracks(&style_default);
	check_tracks(&large);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_value_of_a_style_is_set),
		cmocka_unit_test(controls_are_large_enough_for_fingers),
		cmocka_unit_test(strokes_are_thin_and_corners_small),
		cmocka_unit_test(distances_are_a_family),
		cmocka_unit_test(lengths_scale_with_the_panel),
		cmocka_unit_test(lengths_are_rounded_once),
		cmocka_unit_test(shapes_stand_out),
		cmocka_unit_test(ink_is_what_reads_better),
		cmocka_unit_test(a_track_keeps_its_colour_when_it_can_be_seen),
		cmocka_unit_test(the_styles_own_track_colours_can_be_read),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
