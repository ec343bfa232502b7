/* A USB stick: chosen, read and written, told. */
#include "lib/kiosk_visit.h"
#include "lib/testing.h"

#include "base/alloc.h"
#include "sync/stick_worker.h"

static struct effects tell_stick(struct model *m, struct stick_message said) {
	struct stick_message *s = xcalloc(1, sizeof *s);
	*s = said;
	return kiosk_fixture_send(m, (struct msg){.kind = MSG_STICK, .stick = s});
}

static const struct stick_message two_sticks = {
	.kind = STICK_MEDIA, .media = {{"/media/a/ONE", "ONE"}, {"/media/a/TWO", "TWO"}}, .media_count = 2};

static void sticks_are_looked_for_until_one_is_chosen(void **state) {
	struct model *m = visit_model(state);
	visit_staff(m);
	struct effects e = visit_touch(m, TOUCH_STICK, 0);
	assert_int_equal(e.items[0].kind, EFFECT_STICK_LOOK);
	assert_int_equal(model_deadline(m), m->ms + TIMING.look_ms);
	e = kiosk_fixture_wait(m, TIMING.look_ms);
	assert_int_equal(e.items[0].kind, EFFECT_STICK_LOOK);
	tell_stick(m, two_sticks);
	e = visit_touch(m, TOUCH_STICK_VISIT, 2); /* not there */
	assert_int_equal(e.count, 0);
	e = visit_touch(m, TOUCH_STICK_VISIT, 1);
	assert_int_equal(e.items[0].kind, EFFECT_STICK_VISIT);
	assert_string_equal(e.items[0].text, "/media/a/TWO");
	e = visit_touch(m, TOUCH_STICK_VISIT, 0); /* one at a time */
	assert_int_equal(e.count, 0);
	e = kiosk_fixture_wait(m, TIMING.look_ms);
	assert_int_equal(e.count, 0);
}

static void nobody_is_sent_home_while_a_stick_is_written(void **state) {
	struct model *m = visit_model(state);
	visit_staff(m);
	visit_touch(m, TOUCH_STICK, 0);
	tell_stick(m, two_sticks);
	visit_touch(m, TOUCH_STICK_VISIT, 0);
	kiosk_fixture_wait(m, 3 * TIMING.idle_ms);
	assert_int_equal(model_top(m), SCREEN_STICK);
	tell_stick(m, (struct stick_message){.kind = STICK_STEP, .step = STICK_WRITING, .done = 1, .count = 2});
	struct effects e = visit_touch(m, TOUCH_STICK_END, 0);
	assert_int_equal(e.items[0].kind, EFFECT_STICK_END);
	e = tell_stick(m, (struct stick_message){.kind = STICK_OVER, .trouble = STICK_ENDED});
	assert_int_equal(e.items[0].chime, CHIME_LOW);
	assert_int_equal(model_top(m), SCREEN_STICK);
	kiosk_fixture_wait(m, TIMING.idle_ms - 1); /* time to read it */
	assert_int_equal(model_top(m), SCREEN_STICK);
	kiosk_fixture_wait(m, 1);
	assert_int_equal(model_top(m), SCREEN_AGENDA);
}

static void who_leaves_a_stick_under_way_finds_it_again(void **state) {
	struct model *m = visit_model(state);
	visit_staff(m);
	visit_touch(m, TOUCH_STICK, 0);
	tell_stick(m, two_sticks);
	visit_touch(m, TOUCH_STICK_VISIT, 0);
	visit_touch(m, ACTION_BACK, 0);
	assert_int_equal(model_top(m), SCREEN_STAFF);
	visit_touch(m, TOUCH_STICK, 0);
	assert_true(kiosk_fixture_says(m, "Leave it in until this is over"));
	tell_stick(m, (struct stick_message){.kind = STICK_OVER});
	visit_touch(m, TOUCH_STICK, 0);
	assert_true(kiosk_fixture_says(m, "Touch the stick: it is read and written"));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, visit_open, visit_close)

int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(sticks_are_looked_for_until_one_is_chosen),
		TEST(nobody_is_sent_home_while_a_stick_is_written),
		TEST(who_leaves_a_stick_under_way_finds_it_again),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
