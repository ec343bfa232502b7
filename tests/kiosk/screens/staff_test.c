/* What staff see first: exchanging with everybody, and badges that are not acted on. */
#include "lib/kiosk_visit.h"
#include "lib/testing.h"

#include "base/alloc.h"
#include "sync/worker.h"

static void it_is_left_alone_only_so_long(void **state) {
	struct model *m = visit_model(state);
	visit_pin(m);
	visit_type(m, "24");
	kiosk_fixture_wait(m, TIMING.idle_ms);
	assert_int_equal(model_top(m), SCREEN_AGENDA);
	visit_pin(m);
	assert_string_equal(kiosk_fixture_typed(m, SCREEN_PIN), "");
	visit_touch(m, ACTION_BACK, 0);
	visit_staff(m);
	kiosk_fixture_wait(m, TIMING.idle_ms - 1);
	assert_int_equal(model_top(m), SCREEN_STAFF);
	kiosk_fixture_wait(m, 1);
	assert_int_equal(model_top(m), SCREEN_AGENDA);
	visit_touch(m, TOUCH_STICK, 0); /* closed again */
	assert_int_equal(model_top(m), SCREEN_AGENDA);
}

static void a_badge_on_the_staffs_screens_is_not_acted_on(void **state) {
	struct model *m = visit_model(state);
	static const struct msg badge = {.kind = MSG_CODE, .text = "TO1ABC", .n = 6, .how = "camera"};
	visit_pin(m);
	struct effects e = kiosk_fixture_send(m, badge); /* not behind the PIN yet */
	assert_int_equal(e.count, 1);
	visit_type(m, "2468\n");
	e = kiosk_fixture_send(m, badge);
	assert_int_equal(e.count, 0);
	kiosk_fixture_send(m, (struct msg){.kind = MSG_DESK, .desk = kiosk_fixture_answer(OUTCOME_ACCEPTED, "A")}); /* from before */
	assert_int_equal(model_top(m), SCREEN_STAFF);
	visit_touch(m, TOUCH_STICK, 0);
	e = kiosk_fixture_send(m, badge);
	assert_int_equal(e.count, 0);
	visit_touch(m, ACTION_BACK, 0);
	assert_int_equal(model_top(m), SCREEN_STAFF);
	visit_touch(m, ACTION_BACK, 0);
	assert_int_equal(model_top(m), SCREEN_AGENDA);
	e = kiosk_fixture_send(m, badge);
	assert_int_equal(e.count, 1);
}

static void a_round_waits_for_every_road_there_is(void **state) {
	struct model *m = visit_model(state);
	visit_exchange(m, TRANSPORT_HUB, SYNC_PEERS, 0);
	visit_exchange(m, TRANSPORT_NEAR, SYNC_PEERS, 0);
	visit_staff(m);
	struct effects e = visit_touch(m, TOUCH_SYNC, 0);
	assert_int_equal(e.items[0].kind, EFFECT_SYNC_NOW);
	e = visit_touch(m, TOUCH_SYNC, 0); /* once is enough */
	assert_int_equal(e.count, 0);
	visit_exchange(m, TRANSPORT_NEAR, SYNC_PEERS, 99); /* no end of a round */
	visit_exchange(m, TRANSPORT_NEAR, SYNC_ROUND, 3);
	assert_true(kiosk_fixture_says(m, "Sending and receiving"));
	visit_exchange(m, TRANSPORT_HUB, SYNC_ROUND, 4);
	assert_false(kiosk_fixture_says(m, "Sending and receiving"));
	assert_non_null(strstr(kiosk_fixture_reads(m), "Записів отримано: 7\n"));
	visit_exchange(m, TRANSPORT_HUB, SYNC_ROUND, 4); /* not asked for */
	assert_non_null(strstr(kiosk_fixture_reads(m), "Записів отримано: 7\n"));
}

static void without_any_road_a_round_is_over_at_once(void **state) {
	struct model *m = visit_model(state);
	visit_staff(m);
	visit_touch(m, TOUCH_SYNC, 0);
	assert_true(kiosk_fixture_says(m, "There is nobody to exchange with. Take a USB stick"));
}

/* A session of 10:30 to 11:15 in Hall A; the next one there begins at 11:30. */
static void from_a_session_that_is_over_to_the_next(void **state) {
	struct model *m = visit_model(state);
	visit_staff(m);
	m->now = kiosk_fixture_time("2026-05-14T11:20");
	assert_false(kiosk_fixture_says(m, "Go on to")); /* at arrival */
	assert_null(strstr(kiosk_fixture_reads(m), "Кооператив"));
	m->event->point = 2;
	m->now = kiosk_fixture_time("2026-05-14T11:10");
	assert_null(strstr(kiosk_fixture_reads(m), "Кооператив")); /* it is not over */
	assert_int_equal(visit_touch(m, TOUCH_STAFF_GO_ON, 4).count, 0);
	m->now = kiosk_fixture_time("2026-05-14T11:15");
	assert_non_null(strstr(kiosk_fixture_reads(m), "Кооператив"));
	assert_int_equal(visit_touch(m, TOUCH_STAFF_GO_ON, 5).count, 0); /* which nothing offers */
	struct effects e = visit_touch(m, TOUCH_STAFF_GO_ON, 4);
	assert_int_equal(e.count, 1);
	assert_int_equal(e.items[0].kind, EFFECT_SET_POINT);
	assert_string_equal(e.items[0].text, m->event->sessions.items[4].id);
	struct kiosk_event *moved = kiosk_fixture_event(true);
	moved->point = 4;
	kiosk_fixture_load(m, moved);
	assert_int_equal(model_top(m), SCREEN_STAFF);
	assert_null(strstr(kiosk_fixture_reads(m), "Кооператив"));
	visit_touch(m, ACTION_BACK, 0);
	assert_non_null(strstr(kiosk_fixture_reads(m), "Зала А · Кооператив")); /* what this box stands for */
}

static void the_program_ends_when_it_is_asked_twice(void **state) {
	struct model *m = visit_model(state);
	visit_staff(m);
	visit_touch(m, TOUCH_STAFF_SETUP, 0);
	assert_int_equal(visit_touch(m, TOUCH_STAFF_END, 0).count, 0);
	assert_int_equal(model_top(m), SCREEN_END);
	visit_touch(m, ACTION_BACK, 0);
	assert_int_equal(model_top(m), SCREEN_SETUP);
	visit_touch(m, TOUCH_STAFF_END, 0);
	struct effects e = visit_touch(m, TOUCH_END_SURE, 0);
	assert_int_equal(e.count, 1);
	assert_int_equal(e.items[0].kind, EFFECT_END);
}

static void tell_retention(struct model *m, enum retention_state what) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, NULL);
	d->kind = DESK_COUNTED;
	d->retention = (struct retention){what, tz_days(2026, 8, 1)};
	kiosk_fixture_send(m, (struct msg){.kind = MSG_DESK, .desk = d});
}

static void when_personal_data_go(void **state) {
	static const struct {
		enum retention_state what;
		const char *says;
	} cases[] = {
		{RETENTION_OWN, "Kept: this is the organiser's own file"},
		{RETENTION_NO_LAST_DAY, "Kept: the event has no last day"},
		{RETENTION_UNSENT, "To be erased as soon as all is sent"},
		{RETENTION_UNVOUCHED, "To be erased as soon as a time server or a hub confirms the date"},
		{RETENTION_DUE, "To be erased now"},
	};
	struct model *m = visit_model(state);
	visit_staff(m);
	assert_false(kiosk_fixture_says(m, "Personal data on this box"));
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		tell_retention(m, cases[i].what);
		assert_true(kiosk_fixture_says(m, "Personal data on this box"));
		assert_true(kiosk_fixture_says(m, cases[i].says));
	}
	tell_retention(m, RETENTION_WAITS);
	assert_non_null(strstr(kiosk_fixture_reads(m), "Буде видалено 1 серпня 2026 року"));
	tell_retention(m, RETENTION_NONE);
	assert_false(kiosk_fixture_says(m, "Personal data on this box"));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, visit_open, visit_close)

int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(it_is_left_alone_only_so_long),
		TEST(a_badge_on_the_staffs_screens_is_not_acted_on),
		TEST(a_round_waits_for_every_road_there_is),
		TEST(without_any_road_a_round_is_over_at_once),
		TEST(from_a_session_that_is_over_to_the_next),
		TEST(the_program_ends_when_it_is_asked_twice),
		TEST(when_personal_data_go),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
