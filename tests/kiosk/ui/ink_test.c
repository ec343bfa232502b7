#include "kiosk/ui/ink.h"

#include "lib/testing.h"

static const struct box SHEET = {100, 200, 1000, 400};

static void strokes_are_kept_in_parts_of_the_sheet(void **state) {
	(void)state;
	static struct ink ink;
	ink_wipe(&ink);
	ink_move(&ink, SHEET, (struct pixel){150, 250}); /* nobody touched it yet */
	assert_int_equal(ink.count, 0);
	ink_down(&ink, SHEET, (struct pixel){100, 200});
	ink_move(&ink, SHEET, (struct pixel){600, 200});
	ink_move(&ink, SHEET, (struct pixel){600, 200}); /* it rests */
	ink_up(&ink);
	ink_move(&ink, SHEET, (struct pixel){700, 300}); /* it hovers */
	ink_down(&ink, SHEET, (struct pixel){1100, 600});
	ink_move(&ink, SHEET, (struct pixel){5000, -3}); /* beyond the edge */
	ink_up(&ink);
	assert_int_equal(ink.strokes, 2);
	assert_int_equal(ink.count, 4);
	assert_int_equal(ink.points[1].x, INK_UNIT / 2);
	assert_int_equal(ink.points[1].y, 0);
	assert_int_equal(ink.points[2].x, INK_UNIT);
	assert_int_equal(ink.points[2].y, INK_UNIT * 4 / 10);
	assert_int_equal(ink.points[3].x, INK_UNIT);
	assert_int_equal(ink.points[3].y, 0);
	assert_int_equal(ink_length(&ink), INK_UNIT / 2 + INK_UNIT * 4 / 10); /* not from one stroke to the next */
	ink_wipe(&ink);
	assert_int_equal(ink.count + ink.strokes, 0);
	assert_int_equal(ink_length(&ink), 0);
}

static void it_is_drawn_in_any_size(void **state) {
	(void)state;
	static struct ink ink;
	const struct theme theme = theme_make(&style_default, 1920, 1080, 0);
	struct draw_list list = {0};
	struct pen pen = {&list, &theme, NULL};
	ink_wipe(&ink);
	ink_down(&ink, SHEET, (struct pixel){100, 200});
	ink_move(&ink, SHEET, (struct pixel){600, 400});
	ink_up(&ink);
	ink_down(&ink, SHEET, (struct pixel){1100, 600}); /* a dot */
	ink_up(&ink);
	ink_draw(&pen, (struct box){10, 20, 500, 200}, &ink, 0x123456);
	assert_int_equal(list.count, 2);
	assert_int_equal(list.items[0].kind, DRAW_STROKE);
	assert_int_equal(list.items[0].colour, 0x123456);
	const struct pixel *points = draw_points_of(&list, &list.items[0]);
	assert_int_equal(points[0].x, 10);
	assert_int_equal(points[1].x, 260);
	assert_int_equal(points[1].y, 120);
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
	const struct theme theme = theme_make(&style_default, 1920, 1080, 0);
	struct draw_list list = {0};
	struct pen pen = {&list, &theme, NULL};
	ink_wipe(&ink);
	ink_down(&ink, SHEET, (struct pixel){100, 200});
	for (int i = 1; i < 100; i++) {
		ink_move(&ink, SHEET, (struct pixel){100 + i * 10, 200 + i % 2 * 100});
	}
	ink_draw(&pen, SHEET, &ink, 0);
	struct pixel end = {100, 200};
	size_t points = 0;
	for (size_t i = 0; i < list.count; i++) {
		const struct pixel *p = draw_points_of(&list, &list.items[i]);
		assert_true(list.items[i].count <= STROKE_POINTS_MAX);
		assert_true(p[0].x == end.x && p[0].y == end.y);
		end = p[list.items[i].count - 1];
		points += list.items[i].count - 1;
	}
	assert_int_equal(points, 99);
	assert_int_equal(end.x, 1090);
	draw_fini(&list);
}

/* Whoever scribbles for minutes, or a sheet that has no size: nothing is written beyond the room there is. */
static void a_full_sheet_takes_no_more(void **state) {
	(void)state;
	static struct ink ink;
	const struct theme theme = theme_make(&style_default, 1920, 1080, 0);
	struct draw_list list = {0};
	struct pen pen = {&list, &theme, NULL};
	ink_wipe(&ink);
	for (int i = 0; i < 3 * INK_POINTS_MAX; i++) {
		struct pixel at = {100 + i % 7 * 100, 200 + i % 5 * 50};
		if (i % 3 == 0) {
			ink_down(&ink, SHEET, at);
		} else {
			ink_move(&ink, SHEET, at);
		}
	}
	assert_true(ink.count <= INK_POINTS_MAX && ink.strokes <= INK_STROKES_MAX);
	ink_draw(&pen, SHEET, &ink, 0);
	ink_wipe(&ink);
	ink_down(&ink, SHEET, (struct pixel){100, 200});
	for (int i = 0; i < 3 * INK_POINTS_MAX; i++) {
		ink_move(&ink, SHEET, (struct pixel){100 + i % 2 * 900, 200});
	}
	assert_int_equal(ink.count, INK_POINTS_MAX);
	ink_draw(&pen, SHEET, &ink, 0);
	ink_wipe(&ink);
	ink_down(&ink, (struct box){0, 0, 0, 0}, (struct pixel){3, 4});
	ink_draw(&pen, (struct box){0, 0, 0, 0}, &ink, 0);
	draw_fini(&list);
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(strokes_are_kept_in_parts_of_the_sheet),
					   cmocka_unit_test(it_is_drawn_in_any_size), cmocka_unit_test(a_long_stroke_has_no_gaps),
					   cmocka_unit_test(a_full_sheet_takes_no_more)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
