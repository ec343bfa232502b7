/* The first screen: the way to the staff. */
#include "lib/kiosk_display.h"
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

/* --- what is another than people were told ---------------------------------------------------------------------------------------------- */

static void at(struct model *m, const char *local) { m->now = kiosk_fixture_time(local); }

/* Whoever came for it is told, until it would have been over; one that was taken out long ago is not on anybody's paper. */
static void what_was_cancelled_is_told_until_its_end(void **state) {
	struct model *m = visit_model(state);
	m->event->sessions.items[5].session.cancelled = true; /* long ago */
	at(m, "2026-05-14T11:00");
	assert_false(kiosk_fixture_says(m, "Cancelled"));
	assert_null(strstr(kiosk_fixture_reads(m), "Нетворкінг"));
	display_cancels(m->event, 4); /* Кооператив, 11:30 to 12:15 */
	assert_true(kiosk_fixture_says(m, "Cancelled"));
	assert_non_null(strstr(kiosk_fixture_reads(m), "Кооператив"));
	at(m, "2026-05-14T12:14");
	assert_true(kiosk_fixture_says(m, "Cancelled"));
	at(m, "2026-05-14T12:15");
	assert_false(kiosk_fixture_says(m, "Cancelled"));
	assert_null(strstr(kiosk_fixture_reads(m), "Кооператив"));
}

/* In words, on the first screen, in the day's list, and on its own screen; both of time and room, or which it is. */
static void what_was_moved_is_told(void **state) {
	static const struct {
		const char *start, *room, *says;
	} cases[] = {{"2026-05-14T10:00", "Зала А", "10:00, Зала А"},
		     {"2026-05-14T10:00", NULL, "10:00"},
		     {NULL, "Зала А", "було: Зала А"},
		     {"2026-05-13T10:00", NULL, "Ср 13, 10:00"}};
	struct model *m = visit_model(state);
	assert_false(kiosk_fixture_says(m, "було:"));
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		display_moves(m->event, 3, cases[i].start, cases[i].room);
		assert_non_null(strstr(kiosk_fixture_reads(m), cases[i].says));
		visit_touch(m, ACTION_DAY, tz_days(2026, 5, 14));
		assert_non_null(strstr(kiosk_fixture_reads(m), "було:"));
		visit_touch(m, ACTION_SESSION, 3);
		assert_true(kiosk_fixture_says(m, "Moved"));
		assert_non_null(strstr(kiosk_fixture_reads(m), cases[i].says));
		visit_touch(m, ACTION_BACK, 0);
		visit_touch(m, ACTION_BACK, 0);
	}
}

/* --- next, and later ------------------------------------------------------------------------------------------------------------------- */

static void later_today_where_there_is_room(void **state) {
	struct model *m = visit_model(state);
	at(m, "2026-05-14T10:42"); /* three run */
	assert_null(strstr(kiosk_fixture_reads(m), "П\u200aІ\u200aЗ"));
	at(m, "2026-05-14T11:20"); /* two run, two come within an hour, one after that */
	const char *read = kiosk_fixture_reads(m);
	assert_non_null(strstr(read, "Кооператив"));
	assert_non_null(strstr(read, "Бюджет"));
	const char *later = strstr(read, "П\u200aІ\u200aЗ");
	assert_non_null(later);
	assert_true(later > strstr(read, "Нетворкінг") && later < strstr(read, "Бюджет"));
	at(m, "2026-05-14T12:50"); /* it is the next one itself */
	assert_null(strstr(kiosk_fixture_reads(m), "П\u200aІ\u200aЗ"));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, visit_open, visit_close)

int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(a_finger_that_stays_opens_the_way),
		TEST(a_touch_does_not),
		TEST(a_result_ends_the_way_in),
		TEST(a_box_that_signs_nobody_in_invites_nobody),
		TEST(dates_are_whole),
		TEST(what_was_cancelled_is_told_until_its_end),
		TEST(what_was_moved_is_told),
		TEST(later_today_where_there_is_room),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
