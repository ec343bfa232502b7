/* The first screen: the way to the staff. */
#include "lib/kiosk_visit.h"
#include "lib/testing.h"

static void a_finger_that_stays_opens_the_way(void **state) {
	struct model *m = visit_model(state);
	visit_touch(m, TOUCH_STAFF, 0);
	kiosk_fixture_wait(m, TIMING.hold_ms - 1);
	assert_int_equal(model_top(m), SCREEN_AGENDA);
	assert_true(model_deadline(m) - m->ms <= 40); /* the bar moves */
	kiosk_fixture_wait(m, 1);
	assert_int_equal(model_top(m), SCREEN_PIN);
}

static void a_touch_does_not(void **state) {
	struct model *m = visit_model(state);
	visit_touch(m, TOUCH_STAFF, 0);
	kiosk_fixture_wait(m, TIMING.hold_ms / 2);
	kiosk_fixture_send(m, (struct msg){.kind = MSG_FINGER, .phase = FINGER_UP});
	kiosk_fixture_wait(m, TIMING.hold_ms);
	assert_int_equal(model_top(m), SCREEN_AGENDA);
	visit_touch(m, TOUCH_STAFF, 0);
	visit_touch(m, ACTION_LANGUAGE, 1); /* a second finger */
	kiosk_fixture_wait(m, TIMING.hold_ms);
	assert_int_equal(model_top(m), SCREEN_AGENDA);
	visit_touch(m, ACTION_HELP, 0);
	visit_touch(m, TOUCH_STAFF, 0); /* from elsewhere */
	kiosk_fixture_wait(m, TIMING.hold_ms);
	assert_int_equal(model_top(m), SCREEN_HELP);
}

/* A result comes while a finger is on the way in: the finger is forgotten, wherever it goes up. */
static void a_result_ends_the_way_in(void **state) {
	struct model *m = visit_model(state);
	visit_touch(m, TOUCH_STAFF, 0);
	kiosk_fixture_wait(m, TIMING.hold_ms / 2);
	visit_answer(m, OUTCOME_ACCEPTED, "A");
	kiosk_fixture_send(m, (struct msg){.kind = MSG_FINGER, .phase = FINGER_UP});
	kiosk_fixture_wait(m, TIMING.result_admitted_ms);
	assert_int_equal(model_top(m), SCREEN_AGENDA);
	kiosk_fixture_wait(m, TIMING.hold_ms);
	assert_int_equal(model_top(m), SCREEN_AGENDA);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, visit_open, visit_close)

int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(a_finger_that_stays_opens_the_way),
		TEST(a_touch_does_not),
		TEST(a_result_ends_the_way_in),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
