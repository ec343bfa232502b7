#include "kiosk/ui/ink.h"

#include "lib/testing.h"

#include <stdlib.h>

static const struct box SHEET = {100, 200, 1000, 400};

static void strokes_are_kept_in_parts_of_the_sheet(void **state) {
	(void)state;
	static struct ink ink;
	int64_t ms = 1000;
	ink_wipe(&ink);
	ink_move(&ink, &(struct ink_at){SHEET, {150, 250}, ms += 5}); /* nobody touched it yet */
	assert_int_equal(ink.hand.count, 0);
	ink_down(&ink, &(struct ink_at){SHEET, {100, 200}, ms += 5});
	ink_move(&ink, &(struct ink_at){SHEET, {600, 200}, ms += 5});
	ink_move(&ink, &(struct ink_at){SHEET, {600, 200}, ms += 5}); /* it rests */
	ink_up(&ink);
	ink_move(&ink, &(struct ink_at){SHEET, {700, 300}, ms += 5}); /* it hovers */
	ink_down(&ink, &(struct ink_at){SHEET, {1100, 600}, ms += 5});
	ink_move(&ink, &(struct ink_at){SHEET, {5000, -3}, ms += 5}); /* beyond the edge */
	ink_up(&ink);
	assert_int_equal(ink.hand.strokes, 2);
	assert_int_equal(ink.hand.count, 4);
	assert_int_equal(ink.hand.points[1].x, HANDWRITING_UNIT / 2);
	assert_int_equal(ink.hand.points[1].y, 0);
	assert_int_equal(ink.hand.points[2].x, HANDWRITING_UNIT);
	assert_int_equal(ink.hand.points[2].y, HANDWRITING_UNIT * 4 / 10);
	assert_int_equal(ink.hand.points[3].x, HANDWRITING_UNIT);
	assert_int_equal(ink.hand.points[3].y, 0);
	assert_int_equal(ink.hand.across, HANDWRITING_UNIT);
	assert_int_equal(ink.hand.down, HANDWRITING_UNIT * 4 / 10);
	assert_int_equal(ink.hand.points[0].ms, 0); /* from the first touch on */
	assert_int_equal(ink.hand.points[1].ms, 5);
	assert_int_equal(ink.hand.points[3].ms, 25);
	assert_int_equal(handwriting_length(&ink.hand),
			 HANDWRITING_UNIT / 2 + HANDWRITING_UNIT * 4 / 10); /* not from one stroke to the next */
	ink_wipe(&ink);
	assert_int_equal(ink.hand.count + ink.hand.strokes, 0);
	assert_int_equal(handwriting_length(&ink.hand), 0);
}

static void it_is_drawn_in_any_size(void **state) {
	(void)state;
	static struct ink ink;
	int64_t ms = 1000;
	const struct theme theme = theme_make(&style_default, 1920, 1080, 0);
	struct draw_list list = {0};
	struct pen pen = {&list, &theme, NULL};
	ink_wipe(&ink);
	ink_down(&ink, &(struct ink_at){SHEET, {100, 200}, ms += 5});
	ink_move(&ink, &(struct ink_at){SHEET, {600, 400}, ms += 5});
	ink_up(&ink);
	ink_down(&ink, &(struct ink_at){SHEET, {1100, 600}, ms += 5}); /* a dot */
	ink_up(&ink);
	ink_draw(&pen, (struct box){10, 20, 500, 200}, &ink.hand, 0x123456);
	assert_int_equal(list.count, 2);
	assert_int_equal(list.items[0].kind, DRAW_STROKE);
	assert_int_equal(list.items[0].colour, 0x123456);
	const struct pixel *points = draw_points_of(&list, &list.items[0]);
	assert_int_equal(points[0].x, 10);
	assert_int_equal(points[list.items[0].count - 1].x, 260);
	assert_int_equal(points[list.items[0].count - 1].y, 120);
	for (size_t i = 1; i < list.items[0].count; i++) {                              /* a straight line stays one */
		assert_true(abs((points[i].x - 10) - (points[i].y - 20) * 5 / 2) <= 3); /* pixels are whole */
	}
	points = draw_points_of(&list, &list.items[1]);
	assert_int_equal(list.items[1].count, 2);
	assert_int_equal(points[0].x, 510);
	assert_int_equal(points[1].y, 220);
	draw_fini(&list);
}

/* A renderer draws so many points of one stroke: a longer one comes in pieces without a gap. */
static void a_long_stroke_has_no_gaps(void **state) {
	(void)state;
	static struct ink ink;
	int64_t ms = 1000;
	const struct theme theme = theme_make(&style_default, 1920, 1080, 0);
	struct draw_list list = {0};
	struct pen pen = {&list, &theme, NULL};
	ink_wipe(&ink);
	ink_down(&ink, &(struct ink_at){SHEET, {100, 200}, ms += 5});
	for (int i = 1; i < 100; i++) {
		ink_move(&ink, &(struct ink_at){SHEET, {100 + i * 10, 200 + i % 2 * 100}, ms += 5});
	}
	ink_draw(&pen, SHEET, &ink.hand, 0);
	struct pixel end = {100, 200};
	size_t points = 0;
	for (size_t i = 0; i < list.count; i++) {
		const struct pixel *p = draw_points_of(&list, &list.items[i]);
		assert_true(list.items[i].count <= STROKE_POINTS_MAX);
		assert_true(p[0].x == end.x && p[0].y == end.y);
		end = p[list.items[i].count - 1];
		points += list.items[i].count - 1;
	}
	assert_int_equal(points, 99 * 4 + 1);
	assert_int_equal(end.x, 1090);
	draw_fini(&list);
}

/* Whoever scribbles for minutes, or a sheet that has no size: nothing is written beyond the room there is. */
static void a_full_sheet_takes_no_more(void **state) {
	(void)state;
	static struct ink ink;
	int64_t ms = 1000;
	const struct theme theme = theme_make(&style_default, 1920, 1080, 0);
	struct draw_list list = {0};
	struct pen pen = {&list, &theme, NULL};
	ink_wipe(&ink);
	for (int i = 0; i < 3 * HANDWRITING_POINTS_MAX; i++) {
		struct pixel at = {100 + i % 7 * 100, 200 + i % 5 * 50};
		if (i % 3 == 0) {
			ink_down(&ink, &(struct ink_at){SHEET, at, ms += 5});
		} else {
			ink_move(&ink, &(struct ink_at){SHEET, at, ms += 5});
		}
	}
	assert_true(ink.hand.count <= HANDWRITING_POINTS_MAX && ink.hand.strokes <= HANDWRITING_STROKES_MAX);
	ink_draw(&pen, SHEET, &ink.hand, 0);
	ink_wipe(&ink);
	ink_down(&ink, &(struct ink_at){SHEET, {100, 200}, ms += 5});
	for (int i = 0; i < 3 * HANDWRITING_POINTS_MAX; i++) {
		ink_move(&ink, &(struct ink_at){SHEET, {100 + i % 2 * 900, 200}, ms += 5});
	}
	assert_int_equal(ink.hand.count, HANDWRITING_POINTS_MAX);
	ink_draw(&pen, SHEET, &ink.hand, 0);
	ink_wipe(&ink);
	ink_down(&ink, &(struct ink_at){{0, 0, 0, 0}, {3, 4}, 0});
	ink_draw(&pen, (struct box){0, 0, 0, 0}, &ink.hand, 0);
	draw_fini(&list);
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(strokes_are_kept_in_parts_of_the_sheet),
					   cmocka_unit_test(it_is_drawn_in_any_size), cmocka_unit_test(a_long_stroke_has_no_gaps),
					   cmocka_unit_test(a_full_sheet_takes_no_more)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
