#include "kiosk/ui/keyboard.h"

#include "lib/kiosk_fixture.h"
#include "lib/testing.h"

static void keys_stand_in_a_grid(void **state) {
	(void)state;
	const struct metrics metrics = {NULL, kiosk_fixture_width};
	const struct theme theme = theme_make(&style_default, 1920, 1080, 0);
	struct draw_list list = {0};
	struct pen pen = {&list, &theme, &metrics};
	static const struct key keys[] = {{.text = "1", .kind = KEY_CHARACTER, .action = 40, .argument = '1'},
					  {.text = "2", .kind = KEY_CHARACTER, .action = 40, .argument = '2'},
					  {.text = "3", .kind = KEY_CHARACTER, .action = 40, .argument = '3'},
					  {.text = "4", .kind = KEY_CHARACTER, .action = 40, .argument = '4'},
					  {.text = "←", .kind = KEY_ERASE, .action = 41}};
	const struct keyboard keyboard = {
		.keys = keys, .count = 5, .columns = 3, .gap = TYPE_KEY_GAP, .high = TYPE_KEY_HIGH, .last_fills = true};
	const struct box room = {100, 200, 900, 2000};
	keyboard_draw(&pen, room, &keyboard);
	struct box touches[5];
	int n = 0;
	for (size_t i = 0; i < list.count; i++) {
		const struct draw_command *c = &list.items[i];
		if (c->kind == DRAW_TOUCH) {
			assert_int_equal(c->action, keys[n].action);
			assert_int_equal(c->argument, keys[n].argument);
			touches[n++] = c->box;
		}
	}
	assert_int_equal(n, 5);
	int gap = len(&theme, TYPE_KEY_GAP);
	assert_int_equal(touches[0].x, room.x);
	assert_int_equal(touches[1].x, touches[0].x + touches[0].w + gap);
	assert_int_equal(touches[3].y, touches[0].y + touches[0].h + gap);
	assert_int_equal(touches[0].h, len(&theme, TYPE_KEY_HIGH)); /* no higher than said, whatever room there is */
	assert_int_equal(touches[4].x + touches[4].w, room.x + room.w);
	draw_fini(&list);
}

static void characters_are_their_own_text(void **state) {
	(void)state;
	const struct metrics metrics = {NULL, kiosk_fixture_width};
	const struct theme theme = theme_make(&style_default, 1920, 1080, 0);
	struct draw_list list = {0};
	struct pen pen = {&list, &theme, &metrics};
	struct key keys[4];
	static const char *const texts[] = {"7", "Ґ", "erase"};
	int count = keyboard_characters("7Ґ", 40, keys), seen = 0;
	assert_int_equal(count, 2);
	assert_int_equal(keys[1].argument, 0x490);
	keys[count++] = (struct key){.kind = KEY_ERASE, .action = 41};
	keyboard_draw(&pen, (struct box){0, 0, 900, 300},
		      &(struct keyboard){.keys = keys, .count = count, .columns = 3, .gap = PIN_KEY_GAP, .high = PIN_KEY_HIGH});
	for (size_t i = 0; i < list.count; i++) {
		if (list.items[i].kind == DRAW_TEXT || list.items[i].kind == DRAW_ICON) {
			assert_string_equal(draw_text_of(&list, &list.items[i]), texts[seen++]);
		}
	}
	assert_int_equal(seen, 3);
	draw_fini(&list);
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(characters_are_their_own_text), cmocka_unit_test(keys_stand_in_a_grid)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
