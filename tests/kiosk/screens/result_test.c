/* What is said to a scan, how long, and to whom. */
#include "lib/kiosk_visit.h"
#include "lib/kiosk_visitor.h"
#include "lib/testing.h"

#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "kiosk/screens/view.h"
#include "sync/worker.h"

static void results_last_as_long_as_they_should(void **state) {
	struct model *m = visit_model(state);
	static const struct {
		enum outcome outcome;
		int64_t ms;
	} spans[] = {{OUTCOME_ACCEPTED, 1500},
		     {OUTCOME_LATE, 3000},
		     {OUTCOME_DUPLICATE, 3000},
		     {OUTCOME_UNKNOWN, 5000},
		     {OUTCOME_REVOKED, 5000}};
	for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
		visit_answer(m, spans[i].outcome, "A");
		kiosk_fixture_wait(m, spans[i].ms - 1);
		assert_int_equal(model_top(m), SCREEN_RESULT);
		kiosk_fixture_wait(m, 1);
		assert_int_equal(model_top(m), SCREEN_AGENDA);
	}
}

static void another_badge_preempts_after_a_second(void **state) {
	struct model *m = visit_model(state);
	visit_answer(m, OUTCOME_UNKNOWN, NULL);
	kiosk_fixture_wait(m, 300);
	visit_answer(m, OUTCOME_ACCEPTED, "B");
	assert_int_equal(kiosk_fixture_ground(m), style_default.hues[AMBER]);
	kiosk_fixture_wait(m, 700);
	assert_int_equal(kiosk_fixture_ground(m), style_default.hues[TEAL]);
	kiosk_fixture_wait(m, 1200);
	visit_answer(m, OUTCOME_DUPLICATE, "C"); /* held long enough: at once */
	assert_int_equal(kiosk_fixture_ground(m), style_default.hues[BLUE]);
}

static void a_rush_keeps_the_latest_results(void **state) {
	struct model *m = visit_model(state);
	for (int i = 0; i < 30; i++) {
		visit_answer(m, OUTCOME_ACCEPTED, "X");
	}
	for (int i = 0; i < 8; i++) { /* one after the other, each as long as it takes to see it */
		kiosk_fixture_wait(m, TIMING.result_hold_ms);
	}
	kiosk_fixture_wait(m, TIMING.result_admitted_ms - 1);
	assert_int_equal(model_top(m), SCREEN_RESULT);
	kiosk_fixture_wait(m, 1);
	assert_int_equal(model_top(m), SCREEN_AGENDA);
	kiosk_fixture_wait(m, 1);
	assert_int_equal(model_top(m), SCREEN_AGENDA);
}

static void a_badge_is_acted_on_from_any_screen(void **state) {
	struct model *m = visit_model(state);
	static const enum action ways[] = {ACTION_TYPE, ACTION_HELP, ACTION_SESSION};
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		visit_touch(m, ways[i], 0);
		assert_int_not_equal(model_top(m), SCREEN_AGENDA);
		visit_answer(m, OUTCOME_ACCEPTED, "A");
		assert_int_equal(model_top(m), SCREEN_RESULT);
		kiosk_fixture_wait(m, TIMING.result_admitted_ms);
		assert_int_equal(model_top(m), SCREEN_AGENDA);
	}
}

static void what_is_no_badge_gets_one_line(void **state) {
	struct model *m = visit_model(state);
	visit_answer(m, OUTCOME_NOT_A_BADGE, NULL);
	assert_int_equal(model_top(m), SCREEN_AGENDA);
	assert_int_not_equal(m->not_badge_ms, 0);
	kiosk_fixture_wait(m, TIMING.words_ms);
	assert_int_equal(m->not_badge_ms, 0);
}

static void a_result_speaks_its_visitors_language(void **state) {
	struct model *m = visit_model(state);
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, "A");
	d->language = strdup("ru");
	kiosk_fixture_send(m, (struct msg){.kind = MSG_DESK, .desk = d});
	assert_string_equal(words_code(m->words, model_language(m)), "ru");
	kiosk_fixture_wait(m, TIMING.result_admitted_ms);
	assert_string_equal(words_code(m->words, model_language(m)), "uk");
	d = kiosk_fixture_answer(OUTCOME_ACCEPTED, "A");
	d->language = strdup("tlh");
	kiosk_fixture_send(m, (struct msg){.kind = MSG_DESK, .desk = d});
	assert_string_equal(words_code(m->words, model_language(m)), "uk");
}

static void a_result_keeps_pointing_at_its_session(void **state) {
	struct model *m = visit_model(state);
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_FULL, "A");
	d->other = 3;
	kiosk_fixture_send(m, (struct msg){.kind = MSG_DESK, .desk = d});
	kiosk_fixture_load(m, kiosk_fixture_event(false));
	assert_int_equal(model_top(m), SCREEN_RESULT);
	assert_true(kiosk_fixture_says(m, "Please see our staff"));
}

/* Nothing is wrong with the box then, and the next one whom it cannot save is told so. */
static void whoever_is_gone_is_sent_to_staff(void **state) {
	struct model *m = visit_model(state);
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, NULL);
	d->kept = false;
	d->gone = true;
	d->text = xstrdup("fair.turnout: whoever was found is not on the roster any more");
	kiosk_fixture_send(m, (struct msg){.kind = MSG_DESK, .desk = d});
	assert_true(kiosk_fixture_says(m, "You are no longer on the list"));
	assert_true(kiosk_fixture_says(m, "Please see our staff"));
	assert_true(kiosk_fixture_says(m, "Call for help"));
	assert_false(kiosk_fixture_says(m, "This box could not save that"));
	assert_null(strstr(kiosk_fixture_reads(m), "roster"));
	d = kiosk_fixture_answer(OUTCOME_ACCEPTED, NULL);
	d->kept = false;
	kiosk_fixture_send(m, (struct msg){.kind = MSG_DESK, .desk = d});
	kiosk_fixture_wait(m, TIMING.result_hold_ms);
	assert_true(kiosk_fixture_says(m, "This box could not save that"));
}

static struct desk_message *refused(enum registration registration) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_NOT_EXPECTED, "Олена Приклад");
	d->registration = registration;
	return d;
}

/* Nobody has decided, which is another thing than a no. */
static void who_is_looked_at_is_told_so(void **state) {
	static const enum registration decided[] = {REGISTRATION_WAITING, REGISTRATION_DECLINED, REGISTRATION_CANCELLED};
	struct model *m = visit_model(state);
	kiosk_fixture_send(m, (struct msg){.kind = MSG_DESK, .desk = refused(REGISTRATION_PENDING)});
	assert_true(kiosk_fixture_says(m, "Your registration is still being checked"));
	assert_true(kiosk_fixture_says(m, "Please see our staff"));
	assert_true(kiosk_fixture_says(m, "Call for help"));
	for (size_t i = 0; i < COUNT_OF(decided); i++) {
		kiosk_fixture_wait(m, TIMING.result_refused_ms);
		kiosk_fixture_send(m, (struct msg){.kind = MSG_DESK, .desk = refused(decided[i])});
		assert_true(kiosk_fixture_says(m, "Your registration is not confirmed"));
	}
}

static void who_is_not_on_a_sessions_list_is_told_so(void **state) {
	struct model *m = visit_model(state);
	struct desk_message *d = refused(REGISTRATION_CONFIRMED);
	d->not_listed = true;
	kiosk_fixture_send(m, (struct msg){.kind = MSG_DESK, .desk = d});
	assert_true(kiosk_fixture_says(m, "You are not on the list for this session"));
	assert_true(kiosk_fixture_says(m, "Please see our staff"));
}

/* Whoever is known, and kept out all the same, ends here again by their name or their code: somebody helps. Who shows what nobody knows may be found by name. */
static void whom_another_way_does_not_help(void **state) {
	static const struct {
		enum outcome outcome;
		bool known, gone, finds;
	} cases[] = {
		{OUTCOME_NOT_EXPECTED, true, false, false}, {OUTCOME_WRONG_DAY, true, false, false}, {OUTCOME_FULL, true, false, false},
		{OUTCOME_CLOSED, true, false, false},       {OUTCOME_ACCEPTED, false, true, false},  {OUTCOME_UNKNOWN, false, false, true},
		{OUTCOME_WRONG_DAY, false, false, true},    {OUTCOME_REVOKED, true, false, true},
	};
	struct model *m = visit_model(state);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct desk_message *d = kiosk_fixture_answer(cases[i].outcome, "Олена Приклад");
		str_copy(d->person, sizeof d->person, cases[i].known ? "0123456789abcdef0123" : "");
		d->gone = cases[i].gone;
		d->kept = !cases[i].gone;
		kiosk_fixture_send(m, (struct msg){.kind = MSG_DESK, .desk = d});
		assert_true(kiosk_fixture_says(m, "Call for help"));
		assert_int_equal(kiosk_fixture_says(m, "Find my name"), cases[i].finds);
		kiosk_fixture_wait(m, TIMING.result_refused_ms);
		assert_true(model_shows(m, SCREEN_AGENDA));
	}
	visitor_not_saved(m, STATION_GOOD); /* with nobody at the form any more */
	assert_true(kiosk_fixture_says(m, "Call for help"));
	assert_false(kiosk_fixture_says(m, "Find my name"));
}

/* Who refuses that data are kept is counted; nobody can confirm them, so nothing is said of that, and staff are called in one touch. */
static void who_refused_is_led_to_staff(void **state) {
	struct model *m = visit_model(state);
	struct desk_message *d = refused(REGISTRATION_PENDING);
	d->walk_in = d->unnamed = true;
	str_copy(d->code, sizeof d->code, "TO0Y3K/GSJHURRT");
	str_copy(d->aloud, sizeof d->aloud, "KVEY-0XZG");
	kiosk_fixture_send(m, (struct msg){.kind = MSG_DESK, .desk = d});
	assert_true(kiosk_fixture_says(m, "You have been counted without a name"));
	assert_true(kiosk_fixture_says(m, "Please see our staff"));
	assert_false(kiosk_fixture_says(m, "Your registration is still being checked"));
	assert_non_null(strstr(kiosk_fixture_reads(m), "\nKVEY-0XZG\n")); /* a line of its own */
	assert_non_null(strstr(kiosk_fixture_reads(m), "Ви не дали згоди"));
	assert_true(kiosk_fixture_says(m, "I have it"));
	visit_touch(m, ACTION_HELP, 0);
	assert_true(model_shows(m, SCREEN_HELP));
}

/* What stands on the lists in place of their name is said to nobody. */
static void who_refused_is_welcome_without_a_name(void **state) {
	static const struct {
		enum outcome outcome;
		const char *said;
	} cases[] = {{OUTCOME_ACCEPTED, "We are glad you are here!"}, {OUTCOME_DUPLICATE, "Welcome!"}, {OUTCOME_LATE, "Welcome!"}};
	struct model *m = visit_model(state);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct desk_message *d = kiosk_fixture_answer(cases[i].outcome, "Гість без імені");
		d->unnamed = true;
		kiosk_fixture_send(m, (struct msg){.kind = MSG_DESK, .desk = d});
		kiosk_fixture_wait(m, TIMING.result_hold_ms);
		assert_true(kiosk_fixture_says(m, cases[i].said));
		assert_null(strstr(kiosk_fixture_reads(m), "Гість"));
		visit_touch(m, ACTION_BACK, 0);
	}
}

/* They get the code that lets them in later, and have not failed at anything. */
static void who_walked_in_and_waits_gets_a_code(void **state) {
	struct model *m = visit_model(state);
	for (int i = 0; i < 3; i++) {
		struct desk_message *d = refused(REGISTRATION_PENDING);
		d->walk_in = true;
		str_copy(d->code, sizeof d->code, "TO0Y3K/GSJHURRT");
		str_copy(d->aloud, sizeof d->aloud, "KVEY-0XZG");
		kiosk_fixture_send(m, (struct msg){.kind = MSG_DESK, .desk = d});
		assert_true(kiosk_fixture_says(m, "Your registration is still being checked"));
		assert_non_null(strstr(kiosk_fixture_reads(m), "\nKVEY-0XZG\n"));
		assert_false(kiosk_fixture_says(m, "Call for help"));
		kiosk_fixture_wait(m, TIMING.result_refused_ms);
		assert_true(model_shows(m, SCREEN_RESULT));
		visit_touch(m, ACTION_BACK, 0);
	}
	assert_int_equal(m->refusals, 0);
}

/* Wherever they go on from a refusal: what came behind it is nobody's news later. */
static void whoever_goes_on_leaves_nothing_behind(void **state) {
	static const int ways[] = {ACTION_HELP, ACTION_TYPE, ACTION_FIND};
	struct model *m = visit_model(state);
	for (size_t i = 0; i < COUNT_OF(ways); i++) {
		visit_answer(m, OUTCOME_UNKNOWN, NULL);
		visit_answer(m, OUTCOME_ACCEPTED, "Попередня"); /* not shown yet */
		visit_touch(m, ways[i], 0);
		assert_false(model_shows(m, SCREEN_RESULT));
		visit_touch(m, ACTION_BACK, 0);
		visit_answer(m, OUTCOME_UNKNOWN, NULL);
		kiosk_fixture_wait(m, TIMING.result_refused_ms);
		assert_int_equal(model_top(m), SCREEN_AGENDA);
	}
}

static void what_does_not_count_is_said(void **state) {
	struct model *m = visit_model(state);
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, "A");
	d->outsider = true;
	d->standing = STATION_OUTSIDER;
	struct effects e = kiosk_fixture_send(m, (struct msg){.kind = MSG_DESK, .desk = d});
	assert_int_equal(e.items[0].chime, CHIME_LOW);
	assert_int_equal(m->standing, STATION_OUTSIDER);
	kiosk_fixture_wait(m, TIMING.result_refused_ms - 1);
	assert_int_equal(model_top(m), SCREEN_RESULT);
	kiosk_fixture_wait(m, 1);
	assert_int_equal(model_top(m), SCREEN_AGENDA);
	d = kiosk_fixture_answer(OUTCOME_ACCEPTED, NULL);
	d->kind = DESK_COUNTED;
	kiosk_fixture_send(m, (struct msg){.kind = MSG_DESK, .desk = d}); /* the organiser let it in */
	assert_int_equal(model_standing(m), STATION_GOOD);
	static const struct {
		enum trouble said;
		enum station_standing is;
	} said[] = {{TROUBLE_RETIRED, STATION_RETIRED}, {TROUBLE_CLOSED, STATION_OUTSIDER}, {TROUBLE_PORTAL, STATION_GOOD}};
	for (size_t i = 0; i < COUNT_OF(said); i++) {
		struct sync_message *hub = xcalloc(1, sizeof *hub + sizeof hub->peers[0]);
		hub->peer_count = 1;
		hub->peers[0].trouble = said[i].said;
		kiosk_fixture_send(m, (struct msg){.kind = MSG_SYNC, .transport = TRANSPORT_HUB, .sync = hub});
		assert_int_equal(model_standing(m), said[i].is);
	}
}

/* Whoever asks for something else leaves nothing behind that is told to the next one. */
static void what_waits_is_nobody_elses(void **state) {
	struct model *m = visit_model(state);
	static const int ways[] = {ACTION_HELP, ACTION_TYPE};
	for (size_t i = 0; i < COUNT_OF(ways); i++) {
		visit_answer(m, OUTCOME_UNKNOWN, NULL);
		visit_answer(m, OUTCOME_ACCEPTED, "Перша");
		visit_answer(m, OUTCOME_ACCEPTED, "Друга");
		visit_touch(m, ways[i], 0);
		visit_answer(m, OUTCOME_DUPLICATE, "Третя");
		assert_int_equal(kiosk_fixture_ground(m), style_default.hues[BLUE]);
		kiosk_fixture_wait(m, TIMING.result_late_ms);
		assert_int_equal(model_top(m), SCREEN_AGENDA);
	}
}

/* A disk that hangs under a rush: that nothing is saved is said once, as long as it lasts, and what was saved is said as well. */
static void a_burst_that_is_not_saved_is_said_once(void **state) {
	struct model *m = visit_model(state);
	for (int i = 0; i < 40; i++) {
		struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, NULL);
		d->kept = false;
		kiosk_fixture_send(m, (struct msg){.kind = MSG_DESK, .desk = d});
		kiosk_fixture_wait(m, 30);
		assert_true(kiosk_fixture_says(m, "This box could not save that"));
	}
	visit_answer(m, OUTCOME_ACCEPTED, "Олена");
	kiosk_fixture_wait(m, TIMING.result_hold_ms);
	assert_int_equal(kiosk_fixture_ground(m), style_default.hues[TEAL]);
	kiosk_fixture_wait(m, TIMING.result_admitted_ms);
	assert_int_equal(model_top(m), SCREEN_AGENDA);
}

/* Ukrainian changes the preposition before eleven. */
static void the_hour_has_its_preposition(void **state) {
	struct model *m = visit_model(state);
	static const struct {
		const char *first, *says;
	} hours[] = {{"2026-05-14T10:59", "Зареєстровано о 10:59"},
		     {"2026-05-14T11:00", "Зареєстровано об 11:00"},
		     {"2026-05-14T11:59", "Зареєстровано об 11:59"},
		     {"2026-05-14T12:00", "Зареєстровано о 12:00"},
		     {"2026-05-14T01:11", "Зареєстровано о 01:11"}};
	for (size_t i = 0; i < COUNT_OF(hours); i++) {
		struct desk_message *d = kiosk_fixture_answer(OUTCOME_DUPLICATE, "A");
		d->first = kiosk_fixture_time(hours[i].first);
		kiosk_fixture_send(m, (struct msg){.kind = MSG_DESK, .desk = d});
		assert_non_null(strstr(kiosk_fixture_reads(m), hours[i].says));
		kiosk_fixture_wait(m, TIMING.result_hold_ms);
	}
}

/* --- the tick ----------------------------------------------------------------------------------------------------------------------- */

/* How wide the one stroke on the screen is: the tick's. */
static int tick_width(const struct model *m) {
	struct metrics metrics = {NULL, kiosk_fixture_width};
	struct theme theme = theme_make(m->style, 1920, 1080, 0);
	struct draw_list list = {0};
	int width = 0;
	view_draw(m, &theme, &metrics, &list);
	for (size_t i = 0; i < list.count; i++) {
		width = list.items[i].kind == DRAW_STROKE ? list.items[i].box.w : width;
	}
	draw_fini(&list);
	return width;
}

static void a_tick_is_made_as_a_hand_makes_it(void **state) {
	struct model *m = visit_model(state);
	visit_answer(m, OUTCOME_ACCEPTED, "Олена Приклад");
	int before = 0, pictures = 0;
	for (int64_t since = 0; since < m->style->timing.move_ms; since += m->style->timing.step_ms, pictures++) {
		int now = tick_width(m);
		assert_true(now > before);
		before = now;
		kiosk_fixture_wait(m, m->style->timing.step_ms);
	}
	assert_in_range(pictures, 4, 10);
	int whole = tick_width(m);
	kiosk_fixture_wait(m, 400);
	assert_int_equal(tick_width(m), whole);
}

/* A machine that draws slowly shows it at once, and shakes nothing. */
static void nothing_moves_on_a_slow_machine(void **state) {
	struct model *m = visit_model(state);
	model_set_look(m, &(struct style_wish){.still = true});
	visit_answer(m, OUTCOME_ACCEPTED, "Олена Приклад");
	int at_once = tick_width(m);
	kiosk_fixture_wait(m, 300);
	assert_int_equal(tick_width(m), at_once);
	assert_true(at_once > 0);
	assert_true(m->style->timing.shake_ms <= 1);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, visit_open, visit_close)

int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(a_tick_is_made_as_a_hand_makes_it),
		TEST(nothing_moves_on_a_slow_machine),
		TEST(results_last_as_long_as_they_should),
		TEST(another_badge_preempts_after_a_second),
		TEST(a_rush_keeps_the_latest_results),
		TEST(a_badge_is_acted_on_from_any_screen),
		TEST(what_is_no_badge_gets_one_line),
		TEST(a_result_speaks_its_visitors_language),
		TEST(a_result_keeps_pointing_at_its_session),
		TEST(whoever_is_gone_is_sent_to_staff),
		TEST(who_is_looked_at_is_told_so),
		TEST(who_is_not_on_a_sessions_list_is_told_so),
		TEST(who_walked_in_and_waits_gets_a_code),
		TEST(whom_another_way_does_not_help),
		TEST(who_refused_is_led_to_staff),
		TEST(who_refused_is_welcome_without_a_name),
		TEST(whoever_goes_on_leaves_nothing_behind),
		TEST(what_does_not_count_is_said),
		TEST(what_waits_is_nobody_elses),
		TEST(a_burst_that_is_not_saved_is_said_once),
		TEST(the_hour_has_its_preposition),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
