#include "kiosk/keys.h"

#include "lib/testing.h"

#include "base/alloc.h"
#include "base/str.h"
#include "station/key_name.h"

enum { TAB = 0x2b, RETURN = 0x28, SPACE = 0x2c, F1 = 0x3a, Q = 0x14 };

static void three_buttons(struct draw_list *list) {
	for (int i = 0; i < 3; i++) {
		draw_touch(list, (struct box){i * 100, 0, 90, 90}, 50 + i, 0);
	}
}

static void setup(struct keys *keys, enum device_switches switches) {
	struct device_settings device;
	device_defaults(&device);
	device.switches = switches;
	keys_init(keys, &device);
}

static enum key_deed press(struct keys *keys, uint16_t usage, const struct draw_list *list, struct focus *f) {
	return keys_press(keys, &(struct key_stroke){.usage = usage}, list, f);
}

static void keys_have_names(void **state) {
	(void)state;
	assert_int_equal(key_by_name("f1"), 0x3a);
	assert_int_equal(key_by_name("F12"), 0x45);
	assert_int_equal(key_by_name("F13"), 0x68);
	assert_int_equal(key_by_name("F24"), 0x73);
	assert_int_equal(key_by_name("space"), 0x2c);
	assert_int_equal(key_by_name("A"), 0x04);
	assert_int_equal(key_by_name("z"), 0x1d);
	assert_int_equal(key_by_name("1"), 0x1e);
	assert_int_equal(key_by_name("0"), 0x27);
	static const char *const none[] = {"", "F0", "F25", "Fx", "ы", "Power", "AA"};
	for (size_t i = 0; i < COUNT_OF(none); i++) {
		assert_int_equal(key_by_name(none[i]), 0);
	}
}

static void a_keyboard_walks_and_chooses(void **state) {
	(void)state;
	struct draw_list list = {0};
	struct focus f = {0};
	struct keys keys;
	three_buttons(&list);
	setup(&keys, SWITCHES_NONE);
	assert_int_equal(press(&keys, RETURN, &list, &f), KEY_LINE); /* nobody walks: it is a field's */
	assert_int_equal(press(&keys, TAB, &list, &f), KEY_FOCUS);
	assert_int_equal(keys_press(&keys, &(struct key_stroke){.usage = TAB, .shift = true}, &list, &f), KEY_FOCUS);
	assert_int_equal(focus_find(&list, &f)->action, 52);
	assert_int_equal(press(&keys, RETURN, &list, &f), KEY_PRESS_AREA);
	assert_int_equal(keys_press(&keys, &(struct key_stroke){.usage = RETURN, .repeated = true}, &list, &f), KEY_NOTHING);
	assert_int_equal(press(&keys, SPACE, &list, &f), KEY_NOTHING); /* a letter like others */
	assert_int_equal(press(&keys, F1, &list, &f), KEY_READ_ALOUD);
	assert_int_equal(keys_deadline(&keys, &f), INT64_MAX);
	draw_fini(&list);
}

/* What a window manager's shortcuts and macros hold down: nothing is done for any of it, but for a developer's Control and Q. */
static void with_something_held_no_key_does_anything(void **state) {
	(void)state;
	struct draw_list list = {0};
	three_buttons(&list);
	for (int usage = 0; usage < 256; usage++) {
		for (int held = 1; held < 8; held++) {
			struct focus f = {.on = true, .action = 51};
			struct keys keys;
			setup(&keys, (enum device_switches)(usage % 3));
			struct key_stroke stroke = {.usage = (uint16_t)usage, .control = held & 1, .alt = held & 2, .gui = held & 4};
			enum key_deed deed = keys_press(&keys, &stroke, &list, &f);
			assert_int_equal(deed, usage == Q && held == 1 ? KEY_END_PROGRAM : KEY_NOTHING);
			assert_int_equal(f.action, 51);
		}
	}
	draw_fini(&list);
}

static void two_switches_step_and_choose(void **state) {
	(void)state;
	struct draw_list list = {0};
	struct focus f = {0};
	struct keys keys;
	three_buttons(&list);
	setup(&keys, SWITCHES_TWO);
	assert_true(keys_is_switch(&keys, SPACE) && keys_is_switch(&keys, RETURN) && !keys_is_switch(&keys, TAB));
	assert_int_equal(press(&keys, SPACE, &list, &f), KEY_FOCUS);
	assert_int_equal(press(&keys, SPACE, &list, &f), KEY_FOCUS);
	assert_int_equal(focus_find(&list, &f)->action, 51);
	assert_int_equal(press(&keys, RETURN, &list, &f), KEY_PRESS_AREA);
	assert_false(keys_pass(&keys, 1000000, &list, &f));
	draw_fini(&list);
}

static void with_one_switch_the_ring_moves_by_itself(void **state) {
	(void)state;
	struct draw_list list = {0};
	struct focus f = {0};
	struct keys keys;
	three_buttons(&list);
	setup(&keys, SWITCHES_ONE);
	assert_false(keys_is_switch(&keys, SPACE));
	assert_false(keys_pass(&keys, 5000, &list, &f)); /* it rests until somebody begins */
	assert_int_equal(keys_deadline(&keys, &f), INT64_MAX);
	assert_int_equal(press(&keys, RETURN, &list, &f), KEY_FOCUS);
	assert_false(keys_pass(&keys, 10000, &list, &f));
	assert_int_equal(keys_deadline(&keys, &f), 11500);
	assert_false(keys_pass(&keys, 11499, &list, &f));
	assert_true(keys_pass(&keys, 11500, &list, &f));
	assert_int_equal(focus_find(&list, &f)->action, 51);
	assert_int_equal(press(&keys, RETURN, &list, &f), KEY_PRESS_AREA);
	assert_false(keys_pass(&keys, 13400, &list, &f)); /* the whole time again */
	assert_true(keys_pass(&keys, 14900, &list, &f));
	draw_fini(&list);
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(keys_have_names), cmocka_unit_test(a_keyboard_walks_and_chooses),
					   cmocka_unit_test(with_something_held_no_key_does_anything),
					   cmocka_unit_test(two_switches_step_and_choose),
					   cmocka_unit_test(with_one_switch_the_ring_moves_by_itself)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
