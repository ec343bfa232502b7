/* The staff's PIN, and what visitors cannot do. */
#include "lib/kiosk_visit.h"
#include "lib/testing.h"

#include "base/alloc.h"
#include "base/str.h"
#include "sync/worker.h"

/* The seconds for which the screen says that nobody is let in; 0: its keys are there. */
static int barred(const struct model *m) {
	const char *text = kiosk_fixture_reads(m);
	int seconds = 0;
	if (strstr(text, "\n5\n") != NULL) {
		return 0;
	}
	for (const char *at = strpbrk(text, "0123456789"); at != NULL && *at >= '0' && *at <= '9'; at++) {
		seconds = 10 * seconds + (*at - '0');
	}
	return seconds;
}

static void the_pin_opens(void **state) {
	struct model *m = visit_model(state);
	visit_pin(m);
	visit_touch(m, TOUCH_PIN_KEY, '2');
	visit_touch(m, TOUCH_PIN_KEY, '9');
	visit_touch(m, TOUCH_PIN_ERASE, 0);
	visit_type(m, "x4 6"); /* what is no digit is not taken */
	assert_string_equal(kiosk_fixture_typed(m, SCREEN_PIN), "246");
	visit_touch(m, TOUCH_PIN_DONE, 0);
	assert_int_equal(model_top(m), SCREEN_PIN);
	assert_true(kiosk_fixture_says(m, "That is not the PIN"));
	visit_type(m, "2468");
	assert_false(kiosk_fixture_says(m, "That is not the PIN"));
	visit_touch(m, TOUCH_PIN_DONE, 0);
	assert_int_equal(model_top(m), SCREEN_STAFF);
	assert_string_equal(kiosk_fixture_typed(m, SCREEN_PIN), "");
}

static void three_wrong_ones_and_nobody_gets_in_for_a_while(void **state) {
	struct model *m = visit_model(state);
	visit_pin(m);
	visit_type(m, "1111\n2222\n");
	visit_touch(m, ACTION_BACK, 0); /* leaving does not help */
	visit_pin(m);
	visit_type(m, "3333\n");
	assert_int_equal(barred(m), 30);
	visit_type(m, "2468\n");
	visit_touch(m, TOUCH_PIN_KEY, '2');
	visit_touch(m, TOUCH_PIN_DONE, 0);
	assert_int_equal(model_top(m), SCREEN_PIN);
	assert_string_equal(kiosk_fixture_typed(m, SCREEN_PIN), "");
	visit_touch(m, ACTION_BACK, 0);
	visit_pin(m);
	assert_int_equal(barred(m), 28);
	kiosk_fixture_wait(m, TIMING.barred_ms - TIMING.hold_ms - 1);
	assert_int_equal(barred(m), 1);
	kiosk_fixture_wait(m, 1);
	assert_int_equal(barred(m), 0);
	visit_type(m, "2468\n");
	assert_int_equal(model_top(m), SCREEN_STAFF);
}

static void an_event_without_a_pin_lets_nobody_in(void **state) {
	struct model *m = visit_model(state);
	static const char *const pins[] = {NULL, "", "12", "12345678901", "12a4"};
	for (size_t i = 0; i < COUNT_OF(pins); i++) {
		free(m->event->staff_pin);
		m->event->staff_pin = pins[i] == NULL ? NULL : xstrdup(pins[i]);
		visit_pin(m);
		visit_type(m, "\n");
		visit_type(m, str_or_empty(pins[i]));
		visit_type(m, "\n");
		assert_int_equal(model_top(m), SCREEN_PIN);
		visit_touch(m, ACTION_BACK, 0);
	}
}

static void actions_of_staff_do_nothing_for_visitors(void **state) {
	struct model *m = visit_model(state);
	visit_exchange(m, TRANSPORT_HUB, SYNC_PEERS, 0);
	for (int a = TOUCH_PIN_KEY; a < TOUCH_COUNT; a++) {
		struct effects e = visit_touch(m, a, '2');
		assert_int_equal(e.count, 0);
		assert_int_equal(model_top(m), SCREEN_AGENDA);
	}
	assert_string_equal(kiosk_fixture_typed(m, SCREEN_PIN), "");
}

/* Whoever switches the box off and on has no more tries for it. */
static void a_bar_outlives_the_program(void **state) {
	struct model *m = visit_model(state);
	m->pin_tries = 3; /* as kept */
	kiosk_fixture_wait(m, 1);
	visit_pin(m);
	assert_true(barred(m) >= 27);
	visit_type(m, "2468\n");
	assert_int_equal(model_top(m), SCREEN_PIN);
	kiosk_fixture_wait(m, TIMING.barred_ms);
	assert_int_equal(m->pin_tries, 0);
	visit_type(m, "2468\n");
	assert_int_equal(model_top(m), SCREEN_STAFF);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, visit_open, visit_close)

int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(the_pin_opens),
		TEST(three_wrong_ones_and_nobody_gets_in_for_a_while),
		TEST(a_bar_outlives_the_program),
		TEST(an_event_without_a_pin_lets_nobody_in),
		TEST(actions_of_staff_do_nothing_for_visitors),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
