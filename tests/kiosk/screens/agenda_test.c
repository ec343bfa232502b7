/* The first screen: the way to the staff. */
#include "lib/kiosk_visit.h"
#include "lib/testing.h"

#include "base/alloc.h"

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

static void tell_standing(struct model *m, enum station_standing standing) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, NULL);
	d->kind = DESK_STANDING;
	d->standing = standing;
	kiosk_fixture_send(m, (struct msg){.kind = MSG_DESK, .desk = d});
}

/* Nobody is invited by a box that would turn them away. */
static void a_box_that_signs_nobody_in_invites_nobody(void **state) {
	static const struct {
		enum station_standing standing;
		const char *says[2];
	} closed[] = {{STATION_RETIRED, {"This box is out of use", "Please go to another one"}},
		      {STATION_LOST, {"This box cannot save anything now", "Please see our staff"}}};
	struct model *m = visit_model(state);
	kiosk_fixture_send(m, (struct msg){.kind = MSG_CAMERA, .camera = CAMERA_OK, .text = ""});
	assert_true(kiosk_fixture_says(m, "Show your badge") && model_wants_preview(m));
	for (size_t i = 0; i < sizeof closed / sizeof closed[0]; i++) {
		tell_standing(m, closed[i].standing);
		assert_true(kiosk_fixture_says(m, closed[i].says[0]) && kiosk_fixture_says(m, closed[i].says[1]));
		assert_false(kiosk_fixture_says(m, "Show your badge") || kiosk_fixture_says(m, "Find my name"));
		assert_false(kiosk_fixture_says(m, "Type the badge's code") || model_wants_preview(m));
		visit_touch(m, ACTION_HELP, 0);
		assert_false(kiosk_fixture_says(m, "Type the badge's code"));
		visit_touch(m, ACTION_BACK, 0);
	}
	tell_standing(m, STATION_GOOD);
	assert_true(kiosk_fixture_says(m, "Show your badge") && kiosk_fixture_says(m, "Find my name"));
}

/* When the event is matters more than where: a long place is left out before a date is cut. */
static void dates_are_whole(void **state) {
	struct model *m = visit_model(state);
	assert_non_null(strstr(kiosk_fixture_reads(m), "Великі Сорочинці · 14–15 травня"));
	free(m->event->place);
	m->event->place = xstrdup("Національний експоцентр України, павільйон 1, проспект Академіка Глушкова, 1, Київ");
	assert_non_null(strstr(kiosk_fixture_reads(m), "\n14–15 травня\n"));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, visit_open, visit_close)

int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(a_finger_that_stays_opens_the_way),         TEST(a_touch_does_not), TEST(a_result_ends_the_way_in),
		TEST(a_box_that_signs_nobody_in_invites_nobody), TEST(dates_are_whole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
