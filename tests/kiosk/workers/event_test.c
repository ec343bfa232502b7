/* What runs, what comes, and which session of an earlier agenda is which of the present one. */
#include "kiosk/workers/event.h"

#include "lib/event_sample.h"
#include "lib/kiosk_display.h"
#include "lib/testing.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

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

/* --- out of a file ----------------------------------------------------------------------------------------------------------------------- */

static void put(struct store *store, const char *key, const char *value) {
	struct err err = {0};
	assert_ok(setting_put(store, key, value, &err));
}

static void edit(struct store *store, const struct session *before, const struct session *now) {
	struct err err = {0};
	bool changed = false;
	struct session_edit e = {.id = "0123456789abcdef0123", .before = before, .s = now};
	assert_ok(session_edit(store, &e, &changed, &err));
	assert_true(changed);
}

/* The event's look, its page, and what became of a session that people have on paper. */
static void what_the_display_needs(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct kiosk_event *event = NULL;
	char *path = event_sample_bare(s, "e.turnout");
	struct store *store = event_sample_open(path);
	struct session was = {.when = {.start = kiosk_fixture_time("2026-05-14T10:30"), .end = kiosk_fixture_time("2026-05-14T11:30")}},
		       now = was;
	session_set(&was, SESSION_TITLE, "Мед");
	session_set(&now, SESSION_TITLE, "Мед");
	was.when.room = xstrdup("A");
	now.when.room = xstrdup("B");
	assert_ok(store_begin(store, &err));
	put(store, "agenda_url", "https://fair.example/agenda");
	put(store, "colour", "#8a1c5c");
	put(store, "changes_since", "2020-01-01");
	edit(store, NULL, &was);
	edit(store, &was, &now);
	assert_ok(store_commit(store, &err));
	assert_ok(kiosk_event_load(store, "arrival", &event, &err));
	assert_string_equal(event->agenda_url, "https://fair.example/agenda");
	assert_true(event->has_colour && !event->has_panel_colour);
	assert_int_equal(event->colour, 0x8a1c5c);
	const struct session_change *change = kiosk_event_change(event, 0);
	assert_non_null(change);
	assert_true(change->moved && !change->cancelled);
	assert_string_equal(change->was.room, "A");
	assert_null(kiosk_event_change(event, 1));
	assert_null(kiosk_event_change(event, -1));
	kiosk_event_free(event);
	/* A room is found as the desk finds it, however it is written. */
	assert_ok(kiosk_event_load(store, "room: b", &event, &err));
	assert_int_equal(event->stand, STAND_ROOM);
	assert_int_equal(kiosk_event_door(event, kiosk_fixture_time("2026-05-14T11:00")), 0);
	kiosk_event_free(event);
	session_fini(&was);
	session_fini(&now);
	store_close(store);
	free(path);
}

/* Who looks for a session is told that it was cancelled; nobody is sent there. */
static void cancelled_ones_are_told_and_lead_nowhere(void **state) {
	struct kiosk_event *event = kiosk_fixture_event(true);
	struct utc_ms now = kiosk_fixture_time("2026-05-14T10:42");
	int found[8];
	(void)state;
	event->sessions.items[1].session.cancelled = true; /* long ago */
	display_cancels(event, 2);
	display_cancels(event, 4);
	assert_int_equal(kiosk_event_running(event, now, found, 8), 1);
	assert_int_equal(kiosk_event_running_told(event, now, found, 8), 2);
	assert_int_equal(found[0], 2);
	assert_int_equal(kiosk_event_coming(event, now, found, 8), 2);
	assert_int_equal(kiosk_event_coming_told(event, now, found, 8), 3);
	assert_int_equal(found[0], 4);
	kiosk_event_free(event);
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(sessions_that_run_and_come), cmocka_unit_test(a_session_is_found_again),
					   cmocka_unit_test(days_are_the_places),
					   cmocka_unit_test_setup_teardown(what_the_display_needs, scratch_open, scratch_close),
					   cmocka_unit_test(cancelled_ones_are_told_and_lead_nowhere)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
