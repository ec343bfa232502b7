/* A thousand sessions: each can be reached by touching what the screens draw, on every kind of panel. */
#include "lib/kiosk_crowd.h"
#include "lib/kiosk_display.h"
#include "lib/kiosk_visit.h"
#include "lib/testing.h"

#include "base/alloc.h"
#include "kiosk/screens/view.h"
#include "kiosk/ui/style.h"

#define SESSIONS 1000
#define DAYS_MAX 32
#define DAY_PAGE TOUCH_PAGE

/* Somebody at a panel, who touches what is drawn and nothing else. */
struct passer_by {
	struct model *model;
	struct theme theme;
	struct draw_list list;
	bool opened[SESSIONS];
	size_t opened_count;
	int64_t days[DAYS_MAX]; /* whose buttons were seen */
	size_t day_count, days_walked;
};

static void look(struct passer_by *v) {
	struct metrics metrics = {NULL, kiosk_fixture_width};
	view_draw(v->model, &v->theme, &metrics, &v->list);
}

/* The middle of the n-th touch area of that action; false: there are not so many. What lies over it would be hit instead: that is a fault. */
static bool touch_nth(struct passer_by *v, int action, size_t n) {
	look(v);
	for (size_t i = 0; i < v->list.count; i++) {
		const struct draw_command *c = &v->list.items[i];
		if (c->kind != DRAW_TOUCH || c->action != action || n-- > 0) {
			continue;
		}
		struct pixel middle = {c->box.x + c->box.w / 2, c->box.y + c->box.h / 2};
		assert_true(middle.x >= 0 && middle.y >= 0 && middle.x < v->theme.width && middle.y < v->theme.height);
		assert_ptr_equal(draw_touch_at(&v->list, middle), c);
		kiosk_fixture_send(v->model,
				   (struct msg){.kind = MSG_ACTION, .action = c->action, .argument = c->argument, .screen = v->list.owner});
		return true;
	}
	return false;
}

static size_t count_touches(struct passer_by *v, int action) {
	size_t n = 0;
	look(v);
	for (size_t i = 0; i < v->list.count; i++) {
		n += v->list.items[i].kind == DRAW_TOUCH && v->list.items[i].action == action;
	}
	return n;
}

static void note_days(struct passer_by *v) {
	look(v);
	for (size_t i = 0; i < v->list.count; i++) {
		const struct draw_command *c = &v->list.items[i];
		bool known = c->kind != DRAW_TOUCH || c->action != ACTION_DAY;
		for (size_t k = 0; k < v->day_count && !known; k++) {
			known = v->days[k] == c->argument;
		}
		if (!known) {
			assert_true(v->day_count < DAYS_MAX);
			v->days[v->day_count++] = c->argument;
		}
	}
}

/* Which session the screen is of: its title says its number. */
static size_t number_read(const struct model *m) {
	const char *at = strstr(kiosk_fixture_reads(m), "Session ");
	assert_non_null(at);
	return (size_t)strtoul(at + strlen("Session "), NULL, 10);
}

static void open_all_of_page(struct passer_by *v) {
	for (size_t i = 0, n = count_touches(v, ACTION_SESSION); i < n; i++) {
		assert_true(touch_nth(v, ACTION_SESSION, i));
		assert_int_equal(model_top(v->model), SCREEN_SESSION);
		size_t number = number_read(v->model);
		assert_true(number < SESSIONS);
		v->opened_count += !v->opened[number];
		v->opened[number] = true;
		assert_true(touch_nth(v, ACTION_BACK, 0));
		assert_int_equal(model_top(v->model), SCREEN_DAY);
		assert_int_equal(count_touches(v, ACTION_SESSION), n); /* the page that it was opened from */
	}
}

/* Today's list opens at what is on: the button at the left leads back, as long as there is one. */
static void turn_to_first_page(struct passer_by *v) {
	for (bool turned = true; turned;) {
		turned = false;
		look(v);
		for (size_t i = 0; i < v->list.count && !turned; i++) {
			const struct draw_command *c = &v->list.items[i];
			turned = c->kind == DRAW_TOUCH && c->action == DAY_PAGE && c->box.x < v->theme.width / 3;
		}
		assert_true(!turned || touch_nth(v, DAY_PAGE, 0));
	}
}

static void walk_day(struct passer_by *v) {
	assert_int_equal(model_top(v->model), SCREEN_DAY);
	turn_to_first_page(v);
	note_days(v);
	open_all_of_page(v);
	/* The first page has one button, to the next; those in the middle have two, the last one has the way back only. */
	for (size_t page = 0; touch_nth(v, DAY_PAGE, page == 0 ? 0 : 1); page++) {
		open_all_of_page(v);
	}
}

/* From the day that is on the screen to another one whose button was seen: through buttons alone. */
static void turn_to(struct passer_by *v, int64_t day) {
	for (int steps = 0; steps < DAYS_MAX; steps++) {
		look(v);
		int64_t nearest = INT64_MIN;
		size_t which = 0, n = 0;
		for (size_t i = 0; i < v->list.count; i++) {
			const struct draw_command *c = &v->list.items[i];
			if (c->kind == DRAW_TOUCH && c->action == ACTION_DAY) {
				if (nearest == INT64_MIN || llabs(c->argument - day) < llabs(nearest - day)) {
					nearest = c->argument;
					which = n;
				}
				n++;
			}
		}
		assert_true(touch_nth(v, ACTION_DAY, which));
		if (nearest == day) {
			return;
		}
	}
	fail_msg("no buttons lead to day %lld", (long long)day);
}

static void walk(struct model *m, struct theme theme, size_t days) {
	struct passer_by *v = xcalloc(1, sizeof *v);
	v->model = m;
	v->theme = theme;
	struct effects effects = {0};
	model_go_home(m, &effects);
	effects_fini(&effects);
	note_days(v);
	assert_true(v->day_count > 0);
	for (; v->days_walked < v->day_count; v->days_walked++) {
		turn_to(v, v->days[v->days_walked]);
		walk_day(v);
	}
	assert_int_equal(v->day_count, days);
	assert_int_equal(v->opened_count, SESSIONS);
	draw_fini(&v->list);
	free(v);
}

static void walk_panels(struct model *m, size_t days) {
	walk(m, theme_make(m->style, 1920, 1080, 0), days);
	walk(m, theme_make(m->style, 1080, 1920, 0), days);
	walk(m, theme_make(m->style, 1280, 800, 10.1 * 25.4), days);
}

static void a_thousand_sessions_in_six_days(void **state) {
	struct model *m = visit_model(state);
	kiosk_fixture_load(m, kiosk_crowd_event(SESSIONS, 3)); /* the other days are the sessions' alone */
	walk_panels(m, 6);
}

/* Three weeks, of which the last two have no session. */
static void a_thousand_sessions_and_twenty_days(void **state) {
	struct model *m = visit_model(state);
	kiosk_fixture_load(m, kiosk_crowd_event(SESSIONS, 20));
	walk_panels(m, 20);
}

/* Eight halls, of which no panel has columns for all; and four, which stand side by side. */
static void a_thousand_sessions_in_eight_tracks(void **state) {
	struct model *m = visit_model(state);
	kiosk_fixture_load(m, display_tracks(SESSIONS, 8));
	walk_panels(m, 14);
}

static void a_thousand_sessions_side_by_side(void **state) {
	struct model *m = visit_model(state);
	kiosk_fixture_load(m, display_tracks(SESSIONS, 4));
	walk_panels(m, 28);
}

/* Pictures of them are drawn while the camera's picture runs. */
static void they_are_drawn_quickly(void **state) {
	struct model *m = visit_model(state);
	kiosk_fixture_load(m, display_tracks(SESSIONS, 8));
	struct passer_by v = {.model = m, .theme = theme_make(m->style, 1920, 1080, 0)};
	for (int screen = 0; screen < 2; screen++) {
		int64_t begun = clock_span_us();
		for (int i = 0; i < 20; i++) {
			look(&v);
		}
		int64_t each = (clock_span_us() - begun) / 20;
		print_message("%s of 1000 sessions: %.2f ms\n", screen == 0 ? "the first screen" : "a day", (double)each / 1000);
		assert_true(each < 16000);
		visit_touch(m, ACTION_DAY, tz_days(2026, 5, 14));
	}
	draw_fini(&v.list);
}

/* --- what has no room on the first screen --------------------------------------------------------------------------------------------- */

#define ANY_PARTS 60 /* divided by every number of parts from 1 to 6: then the first one is shown */
#define TURNS 60

static struct passer_by at_agenda(struct model *m) {
	m->ms = m->touched_ms = (m->ms / (TIMING.turn_ms * ANY_PARTS) + 1) * TIMING.turn_ms * ANY_PARTS;
	struct passer_by v = {.model = m, .theme = theme_make(m->style, 1920, 1080, 0)};
	return v;
}

static bool lists_session(struct passer_by *v, int64_t session) {
	look(v);
	for (size_t i = 0; i < v->list.count; i++) {
		const struct draw_command *c = &v->list.items[i];
		if (c->kind == DRAW_TOUCH && c->action == ACTION_SESSION && c->argument == session) {
			return true;
		}
	}
	return false;
}

/* "and 10 more" of what runs, and of what comes: each leads to the page where they stand. */
static void more_leads_to_them(void **state) {
	struct model *m = visit_model(state);
	kiosk_fixture_load(m, kiosk_crowd_event(SESSIONS, 3));
	m->now = kiosk_fixture_time("2026-05-15T14:00"); /* the sixth of the second day's slots runs */
	int64_t running = 14 * CROWD_ROOMS + 5 * CROWD_ROOMS, coming = running + CROWD_ROOMS;
	struct passer_by v = at_agenda(m);
	assert_int_equal(count_touches(&v, TOUCH_MORE), 2);
	size_t cards = 0;
	while (lists_session(&v, running + (int64_t)cards)) {
		cards++;
	}
	assert_true(cards > 0 && cards < CROWD_ROOMS);
	assert_true(touch_nth(&v, TOUCH_MORE, 0));
	assert_int_equal(model_top(m), SCREEN_DAY);
	assert_true(lists_session(&v, running + (int64_t)cards));
	kiosk_fixture_load(m, kiosk_crowd_event(SESSIONS, 3)); /* the event is read again while somebody reads */
	assert_true(lists_session(&v, running + (int64_t)cards));
	assert_true(touch_nth(&v, ACTION_BACK, 0));
	size_t rows = 0;
	while (lists_session(&v, coming + (int64_t)rows)) {
		rows++;
	}
	assert_true(rows > 0 && rows < CROWD_ROOMS);
	assert_true(touch_nth(&v, TOUCH_MORE, 1));
	assert_true(lists_session(&v, coming + (int64_t)rows));
	visit_touch(m, ACTION_BACK, 0);
	visit_touch(m, TOUCH_MORE, SESSIONS); /* of a picture before, and no session any more */
	assert_int_equal(model_top(m), SCREEN_AGENDA);
	draw_fini(&v.list);
}

/* What has no room is shown after a while, for those who only look: each of what runs, and a part of it at a time. */
static void all_are_shown_in_turn(void **state) {
	struct model *m = visit_model(state);
	kiosk_fixture_load(m, kiosk_crowd_event(SESSIONS, 3));
	m->now = kiosk_fixture_time("2026-05-15T14:00");
	int64_t running = 14 * CROWD_ROOMS + 5 * CROWD_ROOMS;
	struct passer_by v = at_agenda(m);
	int times[CROWD_ROOMS] = {0};
	for (int turn = 0; turn < TURNS; turn++) {
		for (int i = 0; i < CROWD_ROOMS; i++) {
			times[i] += lists_session(&v, running + i);
		}
		assert_true(model_deadline(m) - m->ms <= TIMING.turn_ms);
		m->touched_ms = m->ms += TIMING.turn_ms; /* else what is for passers-by comes in between */
	}
	for (int i = 0; i < CROWD_ROOMS; i++) {
		assert_in_range(times[i], TURNS / CROWD_ROOMS, TURNS - 1);
	}
	draw_fini(&v.list);
}

/* Of what comes the soonest stands there at every moment; the rest takes turns below it. */
static void the_soonest_always_stands_there(void **state) {
	struct model *m = visit_model(state);
	kiosk_fixture_load(m, kiosk_crowd_event(SESSIONS, 3));
	m->now = kiosk_fixture_time("2026-05-15T13:46"); /* nothing runs: five minutes between two slots */
	int64_t coming = 14 * CROWD_ROOMS + 5 * CROWD_ROOMS;
	struct passer_by v = at_agenda(m);
	int times[CROWD_ROOMS] = {0};
	for (int turn = 0; turn < TURNS; turn++) {
		for (int i = 0; i < CROWD_ROOMS; i++) {
			times[i] += lists_session(&v, coming + i);
		}
		m->touched_ms = m->ms += TIMING.turn_ms;
	}
	assert_int_equal(times[0], TURNS);
	for (int i = 1; i < CROWD_ROOMS; i++) {
		assert_in_range(times[i], 1, TURNS);
	}
	assert_in_range(times[CROWD_ROOMS - 1], 1, TURNS - 1); /* there is no room for all */
	draw_fini(&v.list);
}

/* With three or ten sessions on there is little room below them: it is the soonest's, however large the print. */
static void little_room_is_the_soonests(void **state) {
	static const struct panel {
		int w, h;
		double inches;
		bool large;
	} panels[] = {{1920, 1080, 15.6, false}, {1080, 1920, 15.6, false}, {1280, 800, 10.1, false}, {1024, 600, 10.1, false},
		      {1920, 1080, 15.6, true},  {1080, 1920, 15.6, true},  {1024, 600, 10.1, true},  {1024, 768, 12, true}};
	struct model *m = visit_model(state);
	for (size_t i = 0; i < COUNT_OF(panels) * 2; i++) {
		const struct panel *panel = &panels[i / 2];
		struct style style;
		bool few = i % 2 == 0;
		struct kiosk_event *event = kiosk_crowd_event(SESSIONS, 3);
		for (int k = 3; few && k < CROWD_ROOMS; k++) {
			event->sessions.items[19 * CROWD_ROOMS + k].session.cancelled = true;
		}
		kiosk_fixture_load(m, event);
		m->now = kiosk_fixture_time("2026-05-15T14:00");
		style_make(&(struct style_wish){.large = panel->large, .upright = panel->h > panel->w}, &style);
		struct passer_by v = at_agenda(m);
		v.theme = theme_make(&style, panel->w, panel->h, panel->inches * 25.4);
		for (int turn = 0; turn < 6; turn++) {
			if (!lists_session(&v, 20 * CROWD_ROOMS)) {
				fail_msg("%dx%d%s, %s on: what comes next is not to be seen in turn %d", panel->w, panel->h,
					 panel->large ? " large" : "", few ? "three" : "ten", turn);
			}
			m->touched_ms = m->ms += TIMING.turn_ms;
		}
		draw_fini(&v.list);
	}
}

/* At a quarter past midnight the last sessions of the evening still run, and stand on the day they began. */
static void past_midnight_it_is_still_that_evening(void **state) {
	struct model *m = visit_model(state);
	kiosk_fixture_load(m, kiosk_crowd_event(SESSIONS, 3));
	m->now = kiosk_fixture_time("2026-05-15T00:10");
	struct passer_by v = at_agenda(m);
	int64_t hidden = 13 * CROWD_ROOMS; /* they run since 23:10 */
	while (lists_session(&v, hidden)) {
		hidden++;
	}
	assert_true(hidden > 13 * CROWD_ROOMS && hidden < 14 * CROWD_ROOMS);
	assert_true(touch_nth(&v, TOUCH_MORE, 0));
	assert_int_equal(model_top(m), SCREEN_DAY);
	assert_non_null(strstr(kiosk_fixture_reads(m), "14 травня"));
	assert_true(lists_session(&v, hidden));
	draw_fini(&v.list);
}

static void one_day_has_its_list_too(void **state) {
	struct model *m = visit_model(state);
	kiosk_fixture_load(m, kiosk_crowd_event(100, 1));
	struct passer_by v = at_agenda(m);
	assert_int_equal(count_touches(&v, ACTION_DAY), 1);
	assert_true(kiosk_fixture_says(m, "The whole day"));
	assert_true(touch_nth(&v, ACTION_DAY, 0));
	assert_int_equal(model_top(m), SCREEN_DAY);
	turn_to_first_page(&v);
	assert_true(lists_session(&v, 0));
	assert_int_equal(count_touches(&v, ACTION_DAY), 0); /* there is no other to turn to */
	draw_fini(&v.list);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, visit_open, visit_close)

int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(a_thousand_sessions_in_six_days),
		TEST(a_thousand_sessions_and_twenty_days),
		TEST(a_thousand_sessions_in_eight_tracks),
		TEST(a_thousand_sessions_side_by_side),
		TEST(they_are_drawn_quickly),
		TEST(more_leads_to_them),
		TEST(all_are_shown_in_turn),
		TEST(the_soonest_always_stands_there),
		TEST(little_room_is_the_soonests),
		TEST(past_midnight_it_is_still_that_evening),
		TEST(one_day_has_its_list_too),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
