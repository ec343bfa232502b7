/* A day's programme: its tracks, its pages. */
#include "kiosk/screens/session_parts.h"

#include "lib/kiosk_display.h"
#include "lib/kiosk_visit.h"
#include "lib/testing.h"

#include "base/alloc.h"
#include "base/str.h"

static void open_day(struct model *m, int day) { visit_touch(m, ACTION_DAY, tz_days(2026, 5, day)); }

static void one_track_or_all(void **state) {
	struct model *m = visit_model(state);
	open_day(m, 14);
	assert_true(kiosk_fixture_says(m, "Відкриття"));
	assert_true(kiosk_fixture_says(m, "Як написати грантову заявку"));
	visit_touch(m, TOUCH_TRACK, 0);
	assert_true(kiosk_fixture_says(m, "Відкриття"));
	assert_false(kiosk_fixture_says(m, "Як написати грантову заявку"));
	visit_touch(m, TOUCH_TRACK, -1);
	assert_true(kiosk_fixture_says(m, "Як написати грантову заявку"));
}

/* Two quick touches: another day, and a track of the picture before, which that day does not have. All of the day is shown. */
static void a_track_that_the_day_does_not_have(void **state) {
	struct model *m = visit_model(state);
	static const int64_t tracks[] = {1, 2, 14, 1000000, INT64_MAX / 2};
	for (size_t i = 0; i < COUNT_OF(tracks); i++) {
		open_day(m, 14);
		open_day(m, 15);
		visit_touch(m, TOUCH_TRACK, tracks[i]);
		assert_true(kiosk_fixture_says(m, "Мед, мапи і молодь"));
		visit_touch(m, ACTION_BACK, 0);
	}
}

static void add_sessions(struct kiosk_event *event, size_t count) {
	const struct session_row first = event->sessions.items[0];
	for (size_t i = 0; i < count; i++) {
		struct sessions *list = &event->sessions;
		ARRAY_GROW(list, items);
		struct session_row *row = &list->items[list->count++];
		*row = (struct session_row){.source = xstrdup("test")};
		snprintf(row->id, sizeof row->id, "more-%04u", (unsigned)i % 10000);
		row->session.uid = xstrdup(row->id);
		session_set(&row->session, SESSION_TITLE, row->id);
		row->session.when = first.session.when;
		row->session.when.room = xstrdup("Зала Я");
	}
	event->track = xrealloc(event->track, event->sessions.count, sizeof *event->track);
	memset(event->track, 0, event->sessions.count * sizeof *event->track);
}

static void a_long_day_has_pages(void **state) {
	struct model *m = visit_model(state);
	struct kiosk_event *event = kiosk_fixture_event(true);
	add_sessions(event, 40);
	kiosk_fixture_load(m, event);
	open_day(m, 14);
	visit_touch(m, TOUCH_PAGE, 0);
	assert_non_null(strstr(kiosk_fixture_reads(m), "1 / "));
	visit_touch(m, TOUCH_PAGE, 1);
	assert_non_null(strstr(kiosk_fixture_reads(m), "2 / "));
	visit_touch(m, ACTION_SESSION, 3); /* whoever comes back reads on where they were */
	visit_touch(m, ACTION_BACK, 0);
	assert_int_equal(model_top(m), SCREEN_DAY);
	assert_non_null(strstr(kiosk_fixture_reads(m), "2 / "));
	visit_touch(m, TOUCH_PAGE, 100); /* the agenda may have become shorter since the button was drawn */
	assert_true(kiosk_fixture_says(m, "Earlier"));
	assert_false(kiosk_fixture_says(m, "Later"));
}

/* Whatever zone its source writes its times in, visitors read them by the clocks that they see. */
static void times_of_the_place(void **state) {
	struct model *m = visit_model(state);
	struct kiosk_event *event = kiosk_fixture_event(true);
	struct session *s = &event->sessions.items[0].session;
	struct strbuf before = {0}, after = {0};
	part_session_start(s, &before);
	s->when.offset_min = -240;
	part_session_start(s, &after);
	assert_string_equal(strbuf_str(&after), strbuf_str(&before));
	char *title = xstrdup(session_text(s, SESSION_TITLE));
	kiosk_fixture_load(m, event);
	open_day(m, 14);
	assert_true(kiosk_fixture_says(m, title));
	visit_touch(m, ACTION_SESSION, 0);
	assert_non_null(strstr(kiosk_fixture_reads(m), strbuf_str(&before)));
	free(title);
	strbuf_fini(&before);
	strbuf_fini(&after);
}

/* Whoever finds a session cancelled sees what else there is, and gets there; the way back is as long as it was. */
static void what_is_on_at_the_same_time(void **state) {
	struct model *m = visit_model(state);
	open_day(m, 14);
	visit_touch(m, ACTION_SESSION, 3); /* 10:30 to 12:00 */
	assert_true(kiosk_fixture_says(m, "Бджільництво для громад"));
	assert_false(kiosk_fixture_says(m, "Відкриття")); /* it is over */
	for (int i = 0; i < 20; i++) {
		visit_touch(m, ACTION_SESSION, i % 2 == 0 ? 2 : 3);
		assert_int_equal(model_top(m), SCREEN_SESSION);
	}
	visit_touch(m, ACTION_SESSION, 1000); /* of a picture before */
	assert_int_equal(model_top(m), SCREEN_SESSION);
	m->event->sessions.items[2].session.cancelled = true;
	assert_false(kiosk_fixture_says(m, "Бджільництво для громад"));
	visit_touch(m, ACTION_BACK, 0);
	assert_int_equal(model_top(m), SCREEN_DAY);
}

/* Whoever has the old programme looks for it on the day it was on. */
static void what_left_its_day_is_struck_out_there(void **state) {
	struct model *m = visit_model(state);
	struct kiosk_event *event = kiosk_fixture_event(true);
	display_moves(event, 3, "2026-05-15T09:30", NULL); /* until 11:00; it is on the 14th, 10:30, now */
	kiosk_fixture_load(m, event);
	open_day(m, 15);
	assert_true(kiosk_fixture_says(m, "Як написати грантову заявку"));
	assert_non_null(strstr(kiosk_fixture_reads(m), "09:30"));
	assert_non_null(strstr(kiosk_fixture_reads(m), "перенесено: Чт 14, 10:30"));
	visit_touch(m, ACTION_BACK, 0);
	open_day(m, 14);
	assert_non_null(strstr(kiosk_fixture_reads(m), "було: Пт 15"));
	visit_touch(m, ACTION_BACK, 0);
	static const struct {
		const char *now;
		bool told;
	} cases[] = {{"2026-05-14T09:00", true}, {"2026-05-15T09:00", true}, {"2026-05-15T10:59", true}, {"2026-05-15T11:00", false}};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		m->now = kiosk_fixture_time(cases[i].now);
		bool moved = strstr(kiosk_fixture_reads(m), i == 0 ? "було: Пт 15" : "перенесено: Чт 14, 10:30") != NULL;
		if (moved != cases[i].told) {
			fail_msg("the first screen at %s:\n%s", cases[i].now, kiosk_fixture_reads(m));
		}
	}
	m->event->sessions.items[3].session.cancelled = true; /* it takes place on no day */
	open_day(m, 15);
	assert_null(strstr(kiosk_fixture_reads(m), "перенесено"));
}

/* Its first page is of no use in the afternoon. */
static void today_opens_at_what_is_on(void **state) {
	struct model *m = visit_model(state);
	struct kiosk_event *event = kiosk_fixture_event(true);
	add_sessions(event, 40);
	for (int i = 0; i < 48; i++) { /* five an hour from six on */
		struct session_when *when = &event->sessions.items[i].session.when;
		when->start.v = kiosk_fixture_time("2026-05-14T06:00").v + i * INT64_C(720000);
		when->end.v = when->start.v + 600000;
	}
	kiosk_fixture_load(m, event);
	m->now = kiosk_fixture_time("2026-05-14T15:01"); /* 45 are over */
	open_day(m, 14);
	assert_non_null(strstr(kiosk_fixture_reads(m), "15:00"));
	assert_null(strstr(kiosk_fixture_reads(m), "06:00"));
	visit_touch(m, TOUCH_PAGE, 0);
	assert_non_null(strstr(kiosk_fixture_reads(m), "06:00"));
	visit_touch(m, TOUCH_TRACK, -1);
	assert_non_null(strstr(kiosk_fixture_reads(m), "15:00"));
	m->now = kiosk_fixture_time("2026-05-13T15:01"); /* another day's opens at its beginning */
	open_day(m, 14);
	assert_non_null(strstr(kiosk_fixture_reads(m), "06:00"));
	m->now = kiosk_fixture_time("2026-05-14T20:00"); /* all is over */
	open_day(m, 14);
	assert_non_null(strstr(kiosk_fixture_reads(m), "06:00"));
}

/* Whatever their first sessions' order is. */
static void numbered_tracks_stand_by_their_numbers(void **state) {
	struct model *m = visit_model(state);
	struct kiosk_event *event = kiosk_fixture_event(true);
	static const char *const tracks[] = {"Зала 10", "Двір", "Зала 2", "Зала 1", "Зала 02а", "Зала 9", "Двір"};
	for (size_t i = 0; i < COUNT_OF(tracks); i++) {
		session_set(&event->sessions.items[i].session, SESSION_TRACK, tracks[i]);
	}
	kiosk_fixture_load(m, event);
	open_day(m, 14);
	const char *read = kiosk_fixture_reads(m), *at = read;
	static const char *const order[] = {"Зала 1\n", "Зала 2\n", "Зала 9\n", "Зала 10\n", "Двір\n", "Зала 02а\n"};
	for (size_t i = 0; i < COUNT_OF(order); i++) {
		at = strstr(at, order[i]);
		if (at == NULL) {
			fail_msg("%s is not where it should be:\n%s", order[i], read);
		}
	}
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, visit_open, visit_close)

int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(one_track_or_all),
		TEST(a_track_that_the_day_does_not_have),
		TEST(a_long_day_has_pages),
		TEST(today_opens_at_what_is_on),
		TEST(numbered_tracks_stand_by_their_numbers),
		TEST(what_left_its_day_is_struck_out_there),
		TEST(times_of_the_place),
		TEST(what_is_on_at_the_same_time),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
