/* What runs, what comes, and which session of an earlier agenda is which of the present one. */
#include "kiosk/workers/event.h"

#include "lib/kiosk_fixture.h"
#include "lib/testing.h"

static void sessions_that_run_and_come(void **state) {
	struct kiosk_event *event = kiosk_fixture_event(true);
	int found[8];
	(void)state;
	assert_int_equal(kiosk_event_running(event, kiosk_fixture_time("2026-05-14T10:42"), found, 8), 3);
	assert_int_equal(found[0], 1);
	assert_int_equal(found[2], 3);
	assert_int_equal(kiosk_event_running(event, kiosk_fixture_time("2026-05-14T10:15"), found, 8),
			 1); /* the first ended at that moment */
	assert_int_equal(kiosk_event_running(event, kiosk_fixture_time("2026-05-14T10:42"), found, 2), 3); /* and two of them told */
	assert_int_equal(kiosk_event_coming(event, kiosk_fixture_time("2026-05-14T12:00"), found, 8), 1);  /* of this day alone */
	assert_int_equal(found[0], 6);
	assert_int_equal(kiosk_event_coming(event, kiosk_fixture_time("2026-05-14T20:00"), found, 8),
			 1); /* then of the next that has any */
	assert_int_equal(found[0], 7);
	assert_int_equal(kiosk_event_coming(event, kiosk_fixture_time("2026-05-15T20:00"), found, 8), 0);
	kiosk_event_free(event);
}

static void a_session_is_found_again(void **state) {
	struct kiosk_event *before = kiosk_fixture_event(true), *now = kiosk_fixture_event(true), *none = kiosk_fixture_event(false);
	struct session_row first = now->sessions.items[0];
	(void)state;
	memmove(now->sessions.items, now->sessions.items + 1, (now->sessions.count - 1) * sizeof first);
	now->sessions.items[now->sessions.count - 1] = first;
	assert_int_equal(kiosk_event_find(now, before, 3), 2);
	assert_int_equal(kiosk_event_find(now, before, 0), (int)now->sessions.count - 1);
	assert_int_equal(kiosk_event_find(none, before, 3), -1);
	assert_int_equal(kiosk_event_find(now, before, -1), -1);
	assert_int_equal(kiosk_event_find(now, before, (int)before->sessions.count), -1);
	assert_int_equal(kiosk_event_find(now, none, 0), -1);
	kiosk_event_free(before);
	kiosk_event_free(now);
	kiosk_event_free(none);
}

static void days_are_the_places(void **state) {
	struct session s = {.when = {.start = kiosk_fixture_time("2026-05-14T00:30"), .offset_min = 180, .place_offset_min = 180}};
	(void)state;
	assert_int_equal(kiosk_session_day(&s), tz_days(2026, 5, 14)); /* in UTC it is the evening before */
	/* 17:30 in New York is the day after. */
	s.when = (struct session_when){.start = kiosk_fixture_time("2026-05-15T00:30"), .offset_min = -240, .place_offset_min = 180};
	assert_int_equal(kiosk_session_day(&s), tz_days(2026, 5, 15));
	s.when = (struct session_when){.start = {-60000}, .offset_min = 0};
	assert_int_equal(kiosk_session_day(&s), -1); /* before 1970, as a wrong agenda has it */
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(sessions_that_run_and_come), cmocka_unit_test(a_session_is_found_again),
					   cmocka_unit_test(days_are_the_places)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
