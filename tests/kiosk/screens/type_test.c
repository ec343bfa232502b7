/* A badge's code, typed. */
#include "lib/kiosk_visit.h"
#include "lib/testing.h"

static void a_typed_code_nobody_knows_gets_an_answer(void **state) {
	struct model *m = visit_model(state);
	visit_touch(m, ACTION_TYPE, 0);
	visit_answer(m, OUTCOME_NOT_A_BADGE, NULL);
	assert_int_equal(model_top(m), SCREEN_RESULT);
	assert_int_equal(kiosk_fixture_ground(m), style_default.hues[AMBER]);
}

static void typing_a_code(void **state) {
	struct model *m = visit_model(state);
	visit_touch(m, ACTION_TYPE, 0);
	kiosk_fixture_send(m, (struct msg){.kind = MSG_TYPED, .text = "7f3k-oil", .n = 8}); /* o is 0, i and l are 1; the dash is skipped */
	assert_string_equal(kiosk_fixture_typed(m, SCREEN_TYPE), "7F3K011");
	kiosk_fixture_send(m, (struct msg){.kind = MSG_TYPED, .text = "\b\n", .n = 2}); /* too short: Enter does nothing */
	assert_string_equal(kiosk_fixture_typed(m, SCREEN_TYPE), "7F3K01");
	struct effects e = kiosk_fixture_send(m, (struct msg){.kind = MSG_TYPED, .text = "zzz\n", .n = 4});
	assert_int_equal(e.count, 1);
	assert_memory_equal(e.items[0].text, "7F3K01ZZ", 8);
	assert_string_equal(e.items[0].how, "typed");
	assert_string_equal(kiosk_fixture_typed(m, SCREEN_TYPE), "");
}

static void typed_data_is_wiped_when_nobody_is_there(void **state) {
	struct model *m = visit_model(state);
	visit_touch(m, ACTION_TYPE, 0);
	kiosk_fixture_send(m, (struct msg){.kind = MSG_TYPED, .text = "7F3", .n = 3});
	kiosk_fixture_wait(m, TIMING.idle_ms - TIMING.countdown_ms - 1);
	assert_int_equal(model_countdown(m), 0);
	kiosk_fixture_wait(m, 1);
	assert_int_equal(model_countdown(m), 20);
	visit_touch(m, ACTION_STILL_HERE, 0); /* one touch extends */
	assert_int_equal(model_countdown(m), 0);
	assert_string_equal(kiosk_fixture_typed(m, SCREEN_TYPE), "7F3");
	kiosk_fixture_wait(m, TIMING.idle_ms);
	assert_int_equal(model_top(m), SCREEN_AGENDA);
	assert_string_equal(kiosk_fixture_typed(m, SCREEN_TYPE), "");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, visit_open, visit_close)

int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(a_typed_code_nobody_knows_gets_an_answer),
		TEST(typing_a_code),
		TEST(typed_data_is_wiped_when_nobody_is_there),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
