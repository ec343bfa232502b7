/* The time, said by staff where nobody knows it. */
#include "lib/kiosk_visit.h"
#include "lib/testing.h"

static void an_unset_clock_is_asked_for_once(void **state) {
	struct model *m = visit_model(state);
	kiosk_fixture_send(m, (struct msg){.kind = MSG_TIME, .ms = m->ms, .now = {0}});
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, NULL);
	d->kind = DESK_LOADED;
	d->event = kiosk_fixture_event(true);
	kiosk_fixture_send(m, (struct msg){.kind = MSG_DESK, .desk = d});
	assert_int_equal(model_top(m), SCREEN_CLOCK);
	assert_non_null(strstr(kiosk_fixture_reads(m), "14 травня")); /* begins at the event's first day */
	visit_touch(m, TOUCH_CLOCK_HOUR, 1);
	visit_touch(m, TOUCH_CLOCK_MINUTE, -1);
	struct effects e = kiosk_fixture_send(m, (struct msg){.kind = MSG_ACTION, .action = TOUCH_CLOCK_DONE});
	assert_int_equal(e.items[0].kind, EFFECT_SET_CLOCK);
	assert_int_equal(e.items[0].now.v, kiosk_fixture_time("2026-05-14T10:59").v);
	assert_int_equal(model_top(m), SCREEN_AGENDA);
}

static void no_wheel_leads_to_a_day_that_is_not(void **state) {
	struct model *m = visit_model(state);
	kiosk_fixture_send(m, (struct msg){.kind = MSG_TIME, .ms = m->ms, .now = {0}});
	visit_touch(m, ACTION_CLOCK, 0);
	visit_touch(m, TOUCH_CLOCK_DAY, 1);
	for (int i = 0; i < 16; i++) {
		visit_touch(m, TOUCH_CLOCK_DAY, 1);
	}
	assert_non_null(strstr(kiosk_fixture_reads(m), "31 травня"));
	visit_touch(m, TOUCH_CLOCK_MONTH, 1);
	assert_non_null(strstr(kiosk_fixture_reads(m), "30 червня"));
	visit_touch(m, TOUCH_CLOCK_DAY, 1);
	assert_non_null(strstr(kiosk_fixture_reads(m), "1 червня"));
	visit_touch(m, TOUCH_CLOCK_DAY, -1);
	assert_non_null(strstr(kiosk_fixture_reads(m), "30 червня"));
	visit_touch(m, TOUCH_CLOCK_MONTH, -4); /* February, in a year that is no leap year */
	assert_non_null(strstr(kiosk_fixture_reads(m), "28 лютого"));
}

static void unset(struct model *m) {
	kiosk_fixture_send(m, (struct msg){.kind = MSG_TIME, .ms = m->ms, .now = {0}});
	visit_load(m, kiosk_fixture_event(true));
	assert_int_equal(model_top(m), SCREEN_CLOCK);
}

/* A badge that is read meanwhile does not spare staff the question; going back does, from wherever. */
static void the_question_comes_back_until_somebody_goes_back(void **state) {
	struct model *m = visit_model(state);
	unset(m);
	visit_answer(m, OUTCOME_ACCEPTED, "A");
	kiosk_fixture_wait(m, TIMING.result_admitted_ms);
	assert_int_equal(model_top(m), SCREEN_CLOCK);
	visit_answer(m, OUTCOME_UNKNOWN, NULL);
	visit_touch(m, ACTION_HELP, 0);
	visit_touch(m, ACTION_BACK, 0);
	assert_int_equal(model_top(m), SCREEN_AGENDA);
	visit_answer(m, OUTCOME_ACCEPTED, "B");
	kiosk_fixture_wait(m, TIMING.result_admitted_ms);
	assert_int_equal(model_top(m), SCREEN_AGENDA);
}

static void it_is_asked_once(void **state) {
	struct model *m = visit_model(state);
	unset(m);
	visit_touch(m, ACTION_BACK, 0);
	assert_int_equal(model_top(m), SCREEN_AGENDA);
	visit_load(m, kiosk_fixture_event(true)); /* the event changed */
	assert_int_equal(model_top(m), SCREEN_AGENDA);
	visit_answer(m, OUTCOME_ACCEPTED, "A");
	kiosk_fixture_wait(m, TIMING.result_admitted_ms);
	assert_int_equal(model_top(m), SCREEN_AGENDA);
}

static void nobody_answered_it(void **state) {
	struct model *m = visit_model(state);
	unset(m);
	kiosk_fixture_wait(m, TIMING.idle_ms);
	assert_int_equal(model_top(m), SCREEN_AGENDA);
	visit_answer(m, OUTCOME_ACCEPTED, "A");
	kiosk_fixture_wait(m, TIMING.result_admitted_ms);
	assert_int_equal(model_top(m), SCREEN_AGENDA);
}

/* Whatever somebody was doing when it opened by itself is over. */
static void it_opens_over_nothing(void **state) {
	struct model *m = visit_model(state);
	visit_touch(m, TOUCH_STAFF, 0);
	unset(m);
	visit_touch(m, ACTION_BACK, 0);
	kiosk_fixture_wait(m, TIMING.hold_ms);
	assert_int_equal(model_top(m), SCREEN_AGENDA);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, visit_open, visit_close)

int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(an_unset_clock_is_asked_for_once),
		TEST(no_wheel_leads_to_a_day_that_is_not),
		TEST(the_question_comes_back_until_somebody_goes_back),
		TEST(it_is_asked_once),
		TEST(nobody_answered_it),
		TEST(it_opens_over_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
