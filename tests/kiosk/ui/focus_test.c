#include "kiosk/ui/focus.h"

#include "lib/kiosk_fixture.h"
#include "lib/testing.h"

#include "base/alloc.h"
#include "kiosk/screens/view.h"

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
	assert_int_equal(focus_step(&list, 0, 0, 1)->action, 1); /* from none */
	assert_int_equal(focus_step(&list, 0, 0, -1)->action, 4);
	assert_int_equal(focus_step(&list, 2, 7, 1)->action, 3);
	assert_int_equal(focus_step(&list, 2, 7, -1)->action, 1);
	assert_int_equal(focus_step(&list, 4, 0, 1)->action, 1); /* around the end */
	draw_fini(&list);
}

/* "Still there?" lies over everything: nothing below can be touched, so nothing below is reached. */
static void what_is_covered_is_not_reached(void **state) {
	(void)state;
	struct draw_list list = {0};
	assert_null(focus_step(&list, 0, 0, 1));
	draw_touch(&list, (struct box){10, 10, 100, 100}, 1, 0);
	draw_touch(&list, (struct box){300, 10, 100, 100}, 2, 0);
	draw_touch(&list, (struct box){0, 0, 1920, 1080}, 3, 0);
	size_t order[8];
	assert_int_equal(focus_order(&list, order, COUNT_OF(order)), 1);
	assert_int_equal(list.items[order[0]].action, 3);
	draw_fini(&list);
}

/* On every screen there is: each area once, and around all of them back to the first. */
static void every_screen_can_be_walked_through(void **state) {
	(void)state;
	const struct metrics metrics = {NULL, kiosk_fixture_width};
	const struct theme theme = theme_make(&style_default, 1920, 1080, 0);
	for (size_t s = 0; kiosk_state_name(s) != NULL; s++) {
		struct kiosk_fixture f;
		struct draw_list list = {0};
		size_t order[256];
		kiosk_fixture_open(&f, s, "uk");
		view_draw(&f.model, &theme, &metrics, &list);
		size_t n = focus_order(&list, order, COUNT_OF(order));
		const struct draw_command *at = focus_step(&list, 0, 0, 1), *first = at;
		for (size_t i = 1; i < n; i++) {
			const struct draw_command *next = focus_step(&list, at->action, at->argument, 1);
			assert_ptr_equal(next, &list.items[order[i]]);
			assert_ptr_equal(focus_step(&list, next->action, next->argument, -1), at);
			at = next;
		}
		assert_true(n == 0 || focus_step(&list, at->action, at->argument, 1) == first);
		draw_fini(&list);
		kiosk_fixture_close(&f);
	}
}

static void a_ring_stands_around_it(void **state) {
	(void)state;
	const struct metrics metrics = {NULL, kiosk_fixture_width};
	const struct theme theme = theme_make(&style_default, 1920, 1080, 0);
	struct draw_list list = {0};
	struct pen pen = {&list, &theme, &metrics};
	const struct box box = {100, 200, 300, 80};
	focus_draw(&pen, box);
	assert_int_equal(list.count, 1);
	const struct draw_command *ring = &list.items[0];
	assert_int_equal(ring->kind, DRAW_OUTLINE);
	assert_true(ring->box.x + ring->width <= box.x && ring->box.y + ring->width <= box.y);
	assert_true(ring->box.x + ring->box.w >= box.x + box.w + ring->width);
	draw_fini(&list);
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(in_the_order_of_reading), cmocka_unit_test(what_is_covered_is_not_reached),
					   cmocka_unit_test(every_screen_can_be_walked_through), cmocka_unit_test(a_ring_stands_around_it)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
