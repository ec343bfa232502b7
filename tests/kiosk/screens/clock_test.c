/* The time, said by staff where nobody knows it. */
#include "lib/kiosk_visit.h"
#include "lib/testing.h"

/* The store thread tells what it holds; its first word after the event. */
static void count(struct model *m, struct set_clock clock) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, NULL);
	d->kind = DESK_COUNTED;
	d->clock = clock;
	kiosk_fixture_send(m, (struct msg){.kind = MSG_DESK, .desk = d});
}

static void an_unset_clock_is_asked_for_once(void **state) {
	struct model *m = visit_model(state);
	kiosk_fixture_send(m, (struct msg){.kind = MSG_TIME, .ms = m->ms, .now = {0}});
	kiosk_fixture_load(m, kiosk_fixture_event(true));
	assert_int_equal(model_top(m), SCREEN_AGENDA);
	count(m, (struct set_clock){0});
	assert_int_equal(model_top(m), SCREEN_PIN); /* what they say is an anchor, so not anybody may */
	visit_type(m, "1357\n");
	assert_int_equal(model_top(m), SCREEN_PIN);
	visit_type(m, "2468\n");
	assert_int_equal(model_top(m), SCREEN_CLOCK);
	assert_non_null(strstr(kiosk_fixture_reads(m), "14 травня")); /* begins at the event's first day */
	visit_touch(m, TOUCH_CLOCK_HOUR, 1);
	visit_touch(m, TOUCH_CLOCK_MINUTE, -1);
	struct effects e = kiosk_fixture_send(m, (struct msg){.kind = MSG_ACTION, .action = TOUCH_CLOCK_DONE});
	assert_int_equal(e.items[0].kind, EFFECT_SET_CLOCK);
	assert_int_equal(e.items[0].now.v, kiosk_fixture_time("2026-05-14T10:59").v);
	assert_false(e.items[0].forced); /* the network may know better later */
	assert_int_equal(model_top(m), SCREEN_AGENDA);
}

static void no_wheel_leads_to_a_day_that_is_not(void **state) {
	struct model *m = visit_model(state);
	kiosk_fixture_send(m, (struct msg){.kind = MSG_TIME, .ms = m->ms, .now = {0}});
	visit_touch(m, ACTION_CLOCK, 0);
	visit_type(m, "2468\n");
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
	kiosk_fixture_load(m, kiosk_fixture_event(true));
	count(m, (struct set_clock){0});
	assert_int_equal(model_top(m), SCREEN_PIN);
	assert_true(kiosk_fixture_says(m, "The clock is not set"));
}

/* A badge that is read meanwhile does not spare staff the question; going back does, from wherever. */
static void the_question_comes_back_until_somebody_goes_back(void **state) {
	struct model *m = visit_model(state);
	unset(m);
	visit_answer(m, OUTCOME_ACCEPTED, "A");
	kiosk_fixture_wait(m, TIMING.result_admitted_ms);
	assert_int_equal(model_top(m), SCREEN_PIN);
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
	kiosk_fixture_load(m, kiosk_fixture_event(true)); /* the event changed */
	count(m, (struct set_clock){0});
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

/* A box that stood in a cupboard since the last event: its battery died, and the clock goes on from some year. */
static void a_clock_years_behind_is_asked_for(void **state) {
	struct model *m = visit_model(state);
	struct kiosk_event *event = kiosk_fixture_event(true);
	event->days[0] = tz_days(2028, 5, 14);
	event->days[1] = tz_days(2028, 5, 15);
	kiosk_fixture_load(m, event); /* the clock says May 2026 */
	kiosk_fixture_send(m, (struct msg){.kind = MSG_TIME, .ms = m->ms, .now = m->now, .clock_sure = true});
	count(m, (struct set_clock){0});
	assert_int_equal(model_top(m), SCREEN_AGENDA); /* the network says so, so it is prepared early */
	kiosk_fixture_send(m, (struct msg){.kind = MSG_TIME, .ms = m->ms, .now = m->now});
	count(m, (struct set_clock){.set = true});
	assert_int_equal(model_top(m), SCREEN_AGENDA); /* somebody said so */
	count(m, (struct set_clock){0});
	assert_int_equal(model_top(m), SCREEN_PIN);
	assert_true(kiosk_fixture_says(m, "The clock is not set"));
	visit_answer(m, OUTCOME_ACCEPTED, "A"); /* and it refuses nobody */
	assert_int_equal(model_top(m), SCREEN_RESULT);
}

static void staff_correct_it_later(void **state) {
	struct model *m = visit_model(state);
	kiosk_fixture_send(m, (struct msg){.kind = MSG_TIME, .ms = m->ms, .now = m->now});
	visit_staff(m);
	assert_true(kiosk_fixture_says(m, "this box's own, nobody confirmed it"));
	assert_non_null(strstr(kiosk_fixture_reads(m), "≈10:42 ·"));
	visit_touch(m, TOUCH_STAFF_SETUP, 0);
	visit_touch(m, TOUCH_STAFF_CLOCK, 0);
	assert_int_equal(model_top(m), SCREEN_CLOCK);
	assert_non_null(strstr(kiosk_fixture_reads(m), "14 травня 2026, ≈10:42")); /* what the box believes, and who says so */
	visit_touch(m, TOUCH_CLOCK_HOUR, -1);
	struct effects e = visit_touch(m, TOUCH_CLOCK_DONE, 0);
	assert_int_equal(e.items[0].kind, EFFECT_SET_CLOCK);
	assert_int_equal(e.items[0].now.v, kiosk_fixture_time("2026-05-14T09:42").v);
	assert_int_equal(model_top(m), SCREEN_SETUP);
	visit_touch(m, ACTION_BACK, 0);
	assert_true(kiosk_fixture_says(m, "set by hand"));
	assert_null(strstr(kiosk_fixture_reads(m), "≈")); /* they vouch for it */
	/* Over a clock that the network keeps theirs counts only when it is meant for good. */
	kiosk_fixture_send(m, (struct msg){.kind = MSG_TIME, .ms = m->ms, .now = m->now, .clock_sure = true});
	visit_touch(m, TOUCH_STAFF_SETUP, 0);
	visit_touch(m, TOUCH_STAFF_CLOCK, 0);
	e = visit_touch(m, TOUCH_CLOCK_DONE, 0);
	assert_true(e.items[0].forced);
}

/* The finger on the way in leads to the staff's screen, whether or not the clock was asked for before. */
static void the_way_in_stays_the_way_in(void **state) {
	struct model *m = visit_model(state);
	unset(m);
	visit_touch(m, ACTION_BACK, 0);
	visit_staff(m);
	assert_true(kiosk_fixture_says(m, "The clock is not set"));
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
		TEST(a_clock_years_behind_is_asked_for),
		TEST(staff_correct_it_later),
		TEST(the_way_in_stays_the_way_in),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
