#include "kiosk/ui/focus.h"

#include "lib/kiosk_fixture.h"
#include "lib/testing.h"

#include "base/alloc.h"
#include "base/colour.h"
#include "kiosk/screens/view.h"
#include "kiosk/ui/reach.h"

static int stepped(const struct draw_list *list, struct focus *f, int step) {
	focus_step(list, f, step);
	return focus_find(list, f)->action;
}

static void in_the_order_of_reading(void **state) {
	(void)state;
	struct draw_list list = {0};
	/* Drawn in another order: a foot, two of a row whose heights differ, a head. */
	draw_touch(&list, (struct box){0, 500, 900, 100}, 4, 0);
	draw_touch(&list, (struct box){500, 190, 200, 120}, 3, 0);
	draw_touch(&list, (struct box){100, 200, 200, 100}, 2, 7);
	draw_touch(&list, (struct box){0, 0, 200, 100}, 1, 0);
	size_t order[8];
	assert_int_equal(focus_order(&list, order, COUNT_OF(order)), 4);
	static const int wanted[] = {1, 2, 3, 4};
	for (size_t i = 0; i < 4; i++) {
		assert_int_equal(list.items[order[i]].action, wanted[i]);
	}
	assert_int_equal(focus_order(&list, order, 2), 2);
	struct focus f = {0};
	assert_null(focus_find(&list, &f));
	assert_int_equal(stepped(&list, &f, 1), 1); /* from nowhere */
	assert_int_equal(stepped(&list, &f, 1), 2);
	assert_int_equal(stepped(&list, &f, 1), 3);
	assert_int_equal(stepped(&list, &f, 1), 4);
	assert_int_equal(stepped(&list, &f, 1), 1); /* around the end */
	assert_int_equal(stepped(&list, &f, -1), 4);
	f = (struct focus){0};
	assert_int_equal(stepped(&list, &f, -1), 4);
	draw_fini(&list);
}

/* "Still there?" lies over everything: nothing below can be touched, so nothing below is reached. */
static void what_is_covered_is_not_reached(void **state) {
	(void)state;
	struct draw_list list = {0};
	struct focus f = {0};
	focus_step(&list, &f, 1);
	focus_advance(&list, &f);
	focus_move(&list, &f, 1, 0);
	assert_false(f.on);
	assert_null(focus_choose(&list, &f));
	draw_touch(&list, (struct box){10, 10, 100, 100}, 1, 0);
	draw_touch(&list, (struct box){300, 10, 100, 100}, 2, 0);
	draw_touch(&list, (struct box){0, 0, 1920, 1080}, 3, 0);
	size_t order[8];
	assert_int_equal(focus_order(&list, order, COUNT_OF(order)), 1);
	assert_int_equal(list.items[order[0]].action, 3);
	draw_fini(&list);
}

/* Two areas that do the same are two all the same: each is reached, in both directions. */
static void twins_are_told_apart_by_their_places(void **state) {
	(void)state;
	struct draw_list list = {0};
	struct focus f = {0};
	for (int i = 0; i < 4; i++) {
		draw_touch(&list, (struct box){i * 100, 0, 90, 90}, i == 0 ? 1 : 2, 5);
	}
	for (int i = 0; i < 8; i++) {
		focus_step(&list, &f, 1);
		assert_int_equal(focus_find(&list, &f)->box.x, i % 4 * 100);
	}
	for (int i = 8; i > 0; i--) {
		focus_step(&list, &f, -1);
		assert_int_equal(focus_find(&list, &f)->box.x, (i + 2) % 4 * 100);
	}
	draw_fini(&list);
}

static void arrows_go_where_they_point(void **state) {
	(void)state;
	struct draw_list list = {0};
	struct focus f = {0};
	for (int i = 0; i < 12; i++) { /* 4 columns, 3 rows */
		draw_touch(&list, (struct box){i % 4 * 100, i / 4 * 100, 90, 90}, 10 + i, 0);
	}
	static const struct {
		int x, y, to;
	} way[] = {{0, 1, 10},  {1, 0, 11},  {0, 1, 15},  {0, 1, 19},
		   {-1, 0, 18}, {0, -1, 14}, {0, -1, 10}, {0, -1, 21} /* nothing is above: backwards */};
	for (size_t i = 0; i < COUNT_OF(way); i++) {
		focus_move(&list, &f, way[i].x, way[i].y);
		assert_int_equal(focus_find(&list, &f)->action, way[i].to);
	}
	draw_fini(&list);
}

/* --- every screen there is ------------------------------------------------------------------------------------------------------------------ */

static const struct {
	int width, height;
	bool low;
} PANELS[] = {{1920, 1080, false}, {1080, 1920, false}, {1024, 600, false}, {1080, 1920, true}};

static void draw(const struct model *m, size_t panel, struct draw_list *list, struct theme *theme) {
	const struct metrics metrics = {NULL, kiosk_fixture_width};
	struct reach reach = {PANELS[panel].width, PANELS[panel].height, 1 / 0.18, 0};
	struct box place = PANELS[panel].low ? reach_place(&reach) : (struct box){0, 0, reach.width, reach.height};
	*theme = theme_make(m->style, place.w, place.h, 0);
	view_draw(m, theme, &metrics, list);
	draw_move(list, place.x, place.y);
}

static void with_every_screen(void (*check)(const struct draw_list *list, const struct theme *theme, struct box panel)) {
	for (size_t s = 0; kiosk_state_name(s) != NULL; s++) {
		for (size_t p = 0; p < COUNT_OF(PANELS); p++) {
			struct kiosk_fixture f;
			struct draw_list list = {0};
			struct theme theme;
			kiosk_fixture_open(&f, s, "uk");
			draw(&f.model, p, &list, &theme);
			check(&list, &theme, (struct box){0, 0, PANELS[p].width, PANELS[p].height});
			draw_fini(&list);
			kiosk_fixture_close(&f);
		}
	}
}

/* Whatever a finger could hit, somewhere. */
static size_t touchable(const struct draw_list *list, const struct draw_command *areas[FOCUS_MAX]) {
	size_t count = 0;
	for (size_t i = 0; i < list->count; i++) {
		struct box b = list->items[i].box;
		bool hit = false;
		for (int y = 0; y < 9 && list->items[i].kind == DRAW_TOUCH; y++) {
			for (int x = 0; x < 9; x++) {
				hit = hit || draw_touch_at(list, (struct pixel){b.x + (b.w - 1) * x / 8, b.y + (b.h - 1) * y / 8}) ==
						     &list->items[i];
			}
		}
		if (hit) {
			assert_true(count < FOCUS_MAX);
			areas[count++] = &list->items[i];
		}
	}
	return count;
}

static size_t find(const struct draw_command *const areas[FOCUS_MAX], size_t count, const struct draw_command *what) {
	size_t i = 0;
	while (i < count && areas[i] != what) {
		i++;
	}
	return i;
}

static void walk_through(const struct draw_list *list, const struct theme *theme, struct box panel) {
	(void)theme, (void)panel;
	const struct draw_command *areas[FOCUS_MAX];
	bool seen[FOCUS_MAX] = {false};
	size_t count = touchable(list, areas);
	struct focus f = {0};
	for (size_t i = 0; i < count; i++) { /* Tab reaches each once … */
		focus_step(list, &f, 1);
		size_t at = find(areas, count, focus_find(list, &f));
		assert_true(at < count && !seen[at]);
		seen[at] = true;
	}
	const struct draw_command *last = focus_find(list, &f);
	focus_step(list, &f, 1); /* … and comes around, and back */
	focus_step(list, &f, -1);
	assert_ptr_equal(focus_find(list, &f), last);
}

static void every_area_is_reached_by_tab(void **state) {
	(void)state;
	with_every_screen(walk_through);
}

/* One switch, or two: which steps lead to each area, and how many. */
static void switch_through(const struct draw_list *list, const struct theme *theme, struct box panel) {
	(void)theme, (void)panel;
	const struct draw_command *areas[FOCUS_MAX];
	size_t count = touchable(list, areas);
	for (size_t i = 0; i < count; i++) {
		struct focus f = {0};
		const struct draw_command *chosen = NULL;
		size_t steps = 0, most = count < FOCUS_ROWS_FROM ? count + 1 : 40;
		for (; chosen != areas[i] && steps < most; steps++) {
			focus_advance(list, &f);
			const struct draw_command *at = focus_find(list, &f);
			bool row = f.whole_row && at->box.y + at->box.h / 2 >= areas[i]->box.y &&
				   areas[i]->box.y + areas[i]->box.h / 2 >= at->box.y &&
				   at->box.y + at->box.h / 2 < areas[i]->box.y + areas[i]->box.h &&
				   areas[i]->box.y + areas[i]->box.h / 2 < at->box.y + at->box.h;
			if (row) {
				assert_null(focus_choose(list, &f));
				at = focus_find(list, &f);
			}
			chosen = !f.whole_row && at == areas[i] ? focus_choose(list, &f) : chosen;
		}
		assert_ptr_equal(chosen, areas[i]);
	}
}

static void every_area_is_reached_by_switches_in_few_steps(void **state) {
	(void)state;
	with_every_screen(switch_through);
}

static void rows_come_first_where_there_are_many(void **state) {
	(void)state;
	struct draw_list list = {0};
	struct focus f = {0};
	for (int i = 0; i < 30; i++) { /* keys: ten a row */
		draw_touch(&list, (struct box){i % 10 * 100, i / 10 * 100, 90, 90}, 9, 'a' + i);
	}
	focus_advance(&list, &f);
	assert_true(f.whole_row);
	focus_advance(&list, &f);
	assert_int_equal(focus_find(&list, &f)->argument, 'a' + 10);
	assert_null(focus_choose(&list, &f)); /* into the second row */
	for (int i = 0; i < 20; i++) {        /* along it, and once more */
		assert_int_equal(focus_find(&list, &f)->argument, 'a' + 10 + i % 10);
		assert_false(f.whole_row);
		focus_advance(&list, &f);
	}
	assert_true(f.whole_row); /* nobody chose: the rows again, from the next one */
	assert_int_equal(focus_find(&list, &f)->argument, 'a' + 20);
	focus_choose(&list, &f);
	focus_advance(&list, &f);
	assert_int_equal(focus_choose(&list, &f)->argument, 'a' + 21);
	assert_true(f.whole_row); /* the next letter */
	draw_fini(&list);
}

static double ring_contrast(uint32_t ring, uint32_t ground) { return colour_contrast(ring, ground); }

/* Both colours of the ring are there, one of them stands out from the ground at 3:1, and at least three of its sides lie on the panel around the area. */
static void judge_ring(const struct draw_list *list, const struct theme *theme, struct box panel) {
	const struct draw_command *areas[FOCUS_MAX];
	const struct metrics metrics = {NULL, kiosk_fixture_width};
	size_t count = touchable(list, areas);
	struct draw_list *drawn = (struct draw_list *)(uintptr_t)list;
	struct focus f = {0};
	for (size_t i = 0; i < count; i++) {
		focus_step(list, &f, 1);
		struct box area = focus_find(list, &f)->box;
		focus_draw(&(struct pen){drawn, theme, &metrics}, &f, panel);
		const struct draw_command *light = &drawn->items[drawn->count - 2], *dark = &drawn->items[drawn->count - 1];
		assert_int_equal(light->kind, DRAW_OUTLINE);
		assert_int_equal(dark->kind, DRAW_OUTLINE);
		assert_true(light->width >= 2 && dark->width >= 2);
		double best = ring_contrast(light->colour, list->background), other = ring_contrast(dark->colour, list->background);
		assert_true((best > other ? best : other) >= 3);
		assert_true(ring_contrast(light->colour, dark->colour) >= 3);
		assert_true(light->box.x >= panel.x && light->box.y >= panel.y && light->box.x + light->box.w <= panel.x + panel.w &&
			    light->box.y + light->box.h <= panel.y + panel.h);
		assert_true(light->box.w >= area.w && light->box.h >= area.h); /* nothing of it is cut off by the ring */
		drawn->count -= 2;
	}
}

static void the_ring_is_seen_everywhere(void **state) {
	(void)state;
	with_every_screen(judge_ring);
}

/* It stands somewhere on whatever screen comes, and on the same one beside where it was when its area is gone. */
static void the_focus_is_never_lost(void **state) {
	(void)state;
	struct focus f = {.on = true, .action = 7777, .box = {900, 500, 10, 10}};
	for (size_t s = 0; kiosk_state_name(s) != NULL; s++) {
		struct kiosk_fixture k;
		struct draw_list list = {0};
		struct theme theme;
		kiosk_fixture_open(&k, s, "en");
		draw(&k.model, 0, &list, &theme);
		size_t order[FOCUS_MAX], count = focus_order(&list, order, FOCUS_MAX);
		const struct draw_command *at = focus_find(&list, &f);
		assert_true(count == 0 ? at == NULL : at == &list.items[order[0]]); /* another screen: its first */
		f.owner = list.owner;
		assert_true((focus_find(&list, &f) == NULL) == (count == 0));
		focus_step(&list, &f, 1);
		f.owner = NULL;
		draw_fini(&list);
		kiosk_fixture_close(&k);
	}
	struct draw_list list = {.owner = &list};
	f = (struct focus){.on = true, .action = 5, .box = {100, 100, 10, 10}, .owner = &list};
	draw_touch(&list, (struct box){0, 0, 10, 10}, 1, 0);
	draw_touch(&list, (struct box){110, 110, 10, 10}, 2, 0);
	assert_int_equal(focus_find(&list, &f)->action, 2);
	draw_fini(&list);
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(in_the_order_of_reading),
					   cmocka_unit_test(what_is_covered_is_not_reached),
					   cmocka_unit_test(twins_are_told_apart_by_their_places),
					   cmocka_unit_test(arrows_go_where_they_point),
					   cmocka_unit_test(every_area_is_reached_by_tab),
					   cmocka_unit_test(every_area_is_reached_by_switches_in_few_steps),
					   cmocka_unit_test(rows_come_first_where_there_are_many),
					   cmocka_unit_test(the_ring_is_seen_everywhere),
					   cmocka_unit_test(the_focus_is_never_lost)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
