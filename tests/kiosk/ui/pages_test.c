#include "kiosk/ui/pages.h"

#include "lib/kiosk_fixture.h"
#include "lib/testing.h"

static void rows_are_shared_out(void **state) {
	(void)state;
	static const struct {
		int rows, wanted, fit, count, page;
	} known[] = {
		{0, 0, 10, 0, -1},                   /* nothing to see */
		{10, 0, 10, 1, 0},                   /* all of it fits: no room is kept for buttons */
		{11, 0, 8, 2, 0},                    /* they take two rows */
		{11, 1, 8, 2, 1},  {11, 7, 8, 2, 1}, /* beyond the last: the last */
		{16, 1, 8, 2, 1},  {17, 2, 8, 3, 2},
	};
	const struct pages_room room = {.height = 1000, .row = 100, .buttons = 150};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		struct pages p = pages_of(&room, known[i].rows, known[i].wanted);
		assert_int_equal(p.fit, known[i].fit);
		assert_int_equal(p.count, known[i].count);
		assert_int_equal(p.page, known[i].page);
	}
	struct pages p = pages_of(&room, 11, 1);
	assert_false(pages_shows(&p, 7));
	assert_true(pages_shows(&p, 8));
	const struct pages_room tiny = {.height = 30, .row = 100, .buttons = 150};
	assert_int_equal(pages_of(&tiny, 3, 2).fit, 1); /* one row at least, even where it does not fit */
	assert_int_equal(pages_of(&tiny, 3, 2).page, 2);
}

static void nobody_turns_before_the_first(void **state) {
	(void)state;
	const struct pages_room room = {.height = 1000, .row = 100, .buttons = 150};
	assert_int_equal(pages_of(&room, 17, -1).page, 0);
}

static int touches(const struct pages *p, bool numbered, bool *number) {
	const struct metrics metrics = {NULL, kiosk_fixture_width};
	const struct theme theme = theme_make(&style_default, 1920, 1080, 0);
	struct draw_list list = {0};
	struct pen pen = {&list, &theme, &metrics};
	int sum = 0;
	*number = false;
	pages_draw(&pen, (struct box){0, 0, 900, 100}, p,
		   &(struct pages_buttons){.before = "Earlier", .after = "Later", .action = 40, .width = 300, .numbered = numbered});
	for (size_t i = 0; i < list.count; i++) {
		if (list.items[i].kind == DRAW_TOUCH) {
			sum += list.items[i].argument > p->page ? 10 : 1;
		} else if (list.items[i].kind == DRAW_TEXT) {
			*number = *number || strcmp(draw_text_of(&list, &list.items[i]), "2 / 3") == 0;
		}
	}
	draw_fini(&list);
	return sum;
}

static void buttons_lead_where_there_is_something(void **state) {
	(void)state;
	bool number;
	assert_int_equal(touches(&(struct pages){5, 1, 0}, true, &number), 0);
	assert_int_equal(touches(&(struct pages){5, 3, 0}, true, &number), 10);
	assert_int_equal(touches(&(struct pages){5, 3, 1}, true, &number), 11);
	assert_true(number);
	assert_int_equal(touches(&(struct pages){5, 3, 2}, false, &number), 1);
	assert_false(number);
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(rows_are_shared_out), cmocka_unit_test(nobody_turns_before_the_first),
					   cmocka_unit_test(buttons_lead_where_there_is_something)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
