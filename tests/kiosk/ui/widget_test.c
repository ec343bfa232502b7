#include "kiosk/ui/widget.h"

#include "base/alloc.h"
#include "lib/kiosk_fixture.h"
#include "lib/testing.h"

#define HAIR "\xE2\x80\x8A"

/* Capitals with room between them; nothing comes between a letter and its mark, or between letters that join. */
static void small_headings_are_spaced_between_letters(void **state) {
	(void)state;
	static const struct {
		const char *text, *drawn;
	} cases[] = {
		{"Now", "N" HAIR "O" HAIR "W"},
		{"Зараз", "З" HAIR "А" HAIR "Р" HAIR "А" HAIR "З"},
		{"e\xCC\x81x", "E\xCC\x81" HAIR "X"},
		{"محمد", "محمد"},
		{"अमित", "अमित"},
		{"A محمد", "A" HAIR " محمد"},
	};
	struct theme theme = theme_make(&style_default, 1920, 1080, 0);
	const struct metrics metrics = {NULL, kiosk_fixture_width};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct draw_list list = {0};
		struct pen pen = {&list, &theme, &metrics};
		caps_draw(&pen, (struct pixel){0, 0}, cases[i].text, 0);
		assert_int_equal(list.count, 1);
		assert_string_equal(draw_text_of(&list, &list.items[0]), cases[i].drawn);
		draw_fini(&list);
	}
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(small_headings_are_spaced_between_letters)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
