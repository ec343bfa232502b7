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

#define TEST(f) cmocka_unit_test_setup_teardown(f, visit_open, visit_close)

int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(an_unset_clock_is_asked_for_once),
		TEST(no_wheel_leads_to_a_day_that_is_not),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
