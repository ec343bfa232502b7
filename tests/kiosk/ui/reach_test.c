#include "kiosk/ui/reach.h"

#include <math.h>

#include "lib/testing.h"

#include "kiosk/look.h"

#include "base/alloc.h"

/* 15.6" on its side, upright, 24" upright, and the smallest there is. */
static const struct panel {
	int width, height;
	double inches;
} PANELS[] = {{1920, 1080, 15.6}, {1080, 1920, 15.6}, {1080, 1920, 24}, {2160, 3840, 32},
	      {1920, 1080, 24},   {1024, 600, 10.1},  {800, 1280, 10.1}};

static double per_mm(const struct panel *p) { return hypot(p->width, p->height) / (p->inches * 25.4); }

/* Nothing lies higher than a hand reaches, unless less height than the smallest screen's were left; and it lies on the panel. */
static void all_of_it_is_within_reach(void **state) {
	(void)state;
	static const int bottoms_cm[] = {0, 60, 80, 100, 115, 140};
	for (size_t i = 0; i < COUNT_OF(PANELS); i++) {
		for (size_t b = 0; b < COUNT_OF(bottoms_cm); b++) {
			const struct panel *p = &PANELS[i];
			struct look_panel panel = {p->width, p->height, p->inches * 25.4, bottoms_cm[b]};
			struct box box = look_place(&panel, true);
			double bottom = bottoms_cm[b] == 0 ? REACH_USUAL_MM : bottoms_cm[b] * 10.0, high = box.h / per_mm(p);
			assert_true(box.x >= 0 && box.w > 0 && box.x + box.w <= p->width && box.y >= 0);
			assert_int_equal(box.y + box.h, p->height); /* down to the panel's edge */
			double shorter = (p->width < p->height ? p->width : p->height) / per_mm(p);
			bool small = shorter < REACH_LEAST_MM && box.h == p->height;
			assert_true(small || bottom + high <= REACH_MOST_MM + 0.5 || high <= REACH_LEAST_MM + 0.5);
			assert_true(box.w * 9 <= box.h * 16 + 16 || box.h == p->height);
		}
	}
}

static void a_low_panel_is_used_whole(void **state) {
	(void)state;
	struct look_panel panel = {1920, 1080, 15.6 * 25.4, 0};
	struct box box = look_place(&panel, true);
	assert_int_equal(box.h, 1080);
	assert_int_equal(box.w, 1920);
	panel.bottom_cm = 110;
	box = look_place(&panel, true);
	assert_true(box.h < 1080 && box.w < 1920);
	box = look_place(&panel, false); /* nobody asked for it */
	assert_int_equal(box.h, 1080);
}

/* A part of a panel is laid out as a panel of that size: letters and keys keep their millimetres. */
static void a_part_is_like_a_panel_of_its_size(void **state) {
	(void)state;
	struct look_panel panel = {1080, 1920, 24 * 25.4, 0}, whole = {1080, 1920, 0, 0};
	struct box box = look_place(&panel, true);
	struct theme part = look_theme(&style_default, &panel, box);
	assert_int_equal(part.width, box.w);
	assert_int_equal(part.height, box.h);
	assert_true(fabs(part.glass - hypot(1080, 1920) / (24 * 25.4)) < 0.001);
	struct theme unknown = look_theme(&style_default, &whole, (struct box){0, 0, 1080, 1920});
	assert_true(fabs(unknown.glass - theme_make(&style_default, 1080, 1920, 0).glass) < 0.001);
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(all_of_it_is_within_reach), cmocka_unit_test(a_low_panel_is_used_whole),
					   cmocka_unit_test(a_part_is_like_a_panel_of_its_size)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
