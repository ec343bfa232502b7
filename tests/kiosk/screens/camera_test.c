/* The camera: chosen, turned, tried. */
#include "lib/kiosk_visit.h"
#include "lib/testing.h"

#include "scan/camera/camera_list.h"

static void staff_choose_and_turn_the_camera(void **state) {
	struct model *m = visit_model(state);
	struct camera_list list = {.count = 2, .items = {{.id = "One [usb-1]"}, {.id = "Two [usb-2]"}}};
	const struct turn mirrored = {.mirror = true};
	struct effects e = visit_touch(m, TOUCH_CAMERA_TURN, 0); /* not before the PIN */
	assert_int_equal(e.count, 0);
	visit_staff(m);
	e = visit_touch(m, TOUCH_CAMERA_TURN, 0);
	assert_int_equal(e.count, 0);
	visit_touch(m, TOUCH_STAFF_SETUP, 0);
	e = visit_touch(m, TOUCH_CAMERA, 0);
	assert_int_equal(e.items[0].kind, EFFECT_CAMERA_LOOK);
	e = visit_touch(m, TOUCH_CAMERA_USE, 0); /* nothing was told yet */
	assert_int_equal(e.count, 0);
	kiosk_fixture_send(m, (struct msg){.kind = MSG_CAMERAS, .cameras = &list, .text = "", .turn = mirrored});
	e = visit_touch(m, TOUCH_CAMERA_USE, 1);
	assert_int_equal(e.items[0].kind, EFFECT_CAMERA_KEEP);
	assert_string_equal(e.items[0].text, "Two [usb-2]");
	assert_true(e.items[0].turn.mirror);
	for (int degrees = 90; degrees <= 360; degrees += 90) {
		e = visit_touch(m, TOUCH_CAMERA_TURN, 0);
		assert_int_equal(e.items[0].turn.degrees, degrees % 360);
		assert_string_equal(e.items[0].text, "Two [usb-2]");
	}
	e = visit_touch(m, TOUCH_CAMERA_MIRROR, 0);
	assert_false(e.items[0].turn.mirror);
	e = visit_touch(m, TOUCH_CAMERA_USE, 2); /* not there */
	assert_int_equal(e.count, 0);
	e = kiosk_fixture_wait(m, TIMING.look_ms);
	assert_int_equal(e.items[0].kind, EFFECT_CAMERA_LOOK); /* one may be plugged in meanwhile */
	visit_touch(m, ACTION_BACK, 0);
	assert_int_equal(model_top(m), SCREEN_SETUP);
}

static void a_camera_is_tried_without_signing_in(void **state) {
	struct model *m = visit_model(state);
	visit_staff(m);
	visit_touch(m, TOUCH_STAFF_SETUP, 0);
	visit_touch(m, TOUCH_CAMERA, 0);
	struct effects e = kiosk_fixture_send(m, (struct msg){.kind = MSG_CODE, .text = "TO1", .n = 3, .how = "camera"});
	assert_int_equal(e.count, 1);
	assert_int_equal(e.items[0].kind, EFFECT_CHIME);
	assert_true(kiosk_fixture_says(m, "A code was read"));
	kiosk_fixture_wait(m, TIMING.read_ms);
	assert_false(kiosk_fixture_says(m, "A code was read"));
	kiosk_fixture_send(m, (struct msg){.kind = MSG_CAMERA, .camera = CAMERA_OK, .text = ""});
	assert_true(model_wants_preview(m));
	kiosk_fixture_wait(m, TIMING.idle_ms);
	assert_int_equal(model_top(m), SCREEN_AGENDA);
}

static void what_was_read_is_told_to_who_read_it(void **state) {
	struct model *m = visit_model(state);
	visit_staff(m);
	visit_touch(m, TOUCH_STAFF_SETUP, 0);
	visit_touch(m, TOUCH_CAMERA, 0);
	kiosk_fixture_send(m, (struct msg){.kind = MSG_CODE, .text = "TO1", .n = 3, .how = "camera"});
	assert_true(kiosk_fixture_says(m, "A code was read"));
	visit_touch(m, ACTION_BACK, 0);
	visit_touch(m, TOUCH_STAFF_SETUP, 0);
	visit_touch(m, TOUCH_CAMERA, 0); /* again: nothing was read yet */
	assert_false(kiosk_fixture_says(m, "A code was read"));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, visit_open, visit_close)

int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(staff_choose_and_turn_the_camera),
		TEST(a_camera_is_tried_without_signing_in),
		TEST(what_was_read_is_told_to_who_read_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
