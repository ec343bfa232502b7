/* What the kiosk does with scans, touches and time. */
#include "lib/kiosk_fixture.h"
#include "lib/testing.h"

#include "base/str.h"

enum { AGENDA = 1 }; /* the state kiosk_state_name(1) */

static int open_agenda(void **state) {
	static struct kiosk_fixture f;
	kiosk_fixture_open(&f, AGENDA, "uk");
	*state = &f;
	return 0;
}

static int close_agenda(void **state) {
	kiosk_fixture_close(*state);
	return 0;
}

static void answer(struct model *m, enum outcome outcome, const char *name) {
	kiosk_fixture_send(m, (struct msg){.kind = MSG_DESK, .desk = kiosk_fixture_answer(outcome, name)});
}

static void act(struct model *m, int action, int64_t argument) {
	kiosk_fixture_send(m, (struct msg){.kind = MSG_ACTION, .action = action, .argument = argument});
}

static void a_code_becomes_a_scan(void **state) {
	struct model *m = &((struct kiosk_fixture *)*state)->model;
	struct effects e = kiosk_fixture_send(m, (struct msg){.kind = MSG_CODE, .text = "TO1ABC", .n = 6, .how = "camera", .taken_us = 7});
	assert_int_equal(e.count, 1);
	assert_int_equal(e.items[0].kind, EFFECT_SCAN);
	assert_memory_equal(e.items[0].text, "TO1ABC", 6);
	assert_int_equal(e.items[0].taken_us, 7);
	assert_int_equal(model_top(m), SCREEN_AGENDA); /* nothing is said before it is on disk */
}

static void an_endless_code_is_cut(void **state) {
	struct model *m = &((struct kiosk_fixture *)*state)->model;
	static char code[5000];
	memset(code, 'A', sizeof code);
	struct effects e = kiosk_fixture_send(m, (struct msg){.kind = MSG_CODE, .text = code, .n = sizeof code, .how = "camera"});
	assert_int_equal(e.items[0].n, sizeof e.items[0].text);
}

static void results_last_as_long_as_they_should(void **state) {
	struct model *m = &((struct kiosk_fixture *)*state)->model;
	static const struct {
		enum outcome outcome;
		int64_t ms;
	} spans[] = {{OUTCOME_ACCEPTED, 1500},
		     {OUTCOME_LATE, 3000},
		     {OUTCOME_DUPLICATE, 3000},
		     {OUTCOME_UNKNOWN, 5000},
		     {OUTCOME_REVOKED, 5000}};
	for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
		answer(m, spans[i].outcome, "A");
		kiosk_fixture_wait(m, spans[i].ms - 1);
		assert_int_equal(model_top(m), SCREEN_RESULT);
		kiosk_fixture_wait(m, 1);
		assert_int_equal(model_top(m), SCREEN_AGENDA);
	}
}

static void another_badge_preempts_after_a_second(void **state) {
	struct model *m = &((struct kiosk_fixture *)*state)->model;
	answer(m, OUTCOME_UNKNOWN, NULL);
	kiosk_fixture_wait(m, 300);
	answer(m, OUTCOME_ACCEPTED, "B");
	assert_int_equal(kiosk_fixture_ground(m), style_default.hues[AMBER]);
	kiosk_fixture_wait(m, 700);
	assert_int_equal(kiosk_fixture_ground(m), style_default.hues[TEAL]);
	kiosk_fixture_wait(m, 1200);
	answer(m, OUTCOME_DUPLICATE, "C"); /* held long enough: at once */
	assert_int_equal(kiosk_fixture_ground(m), style_default.hues[BLUE]);
}

static void a_rush_keeps_the_latest_results(void **state) {
	struct model *m = &((struct kiosk_fixture *)*state)->model;
	for (int i = 0; i < 30; i++) {
		answer(m, OUTCOME_ACCEPTED, "X");
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
	struct model *m = &((struct kiosk_fixture *)*state)->model;
	static const enum action ways[] = {ACTION_TYPE, ACTION_HELP, ACTION_SESSION};
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		act(m, ways[i], 0);
		assert_int_not_equal(model_top(m), SCREEN_AGENDA);
		answer(m, OUTCOME_ACCEPTED, "A");
		assert_int_equal(model_top(m), SCREEN_RESULT);
		kiosk_fixture_wait(m, TIMING.result_admitted_ms);
		assert_int_equal(model_top(m), SCREEN_AGENDA);
	}
}

static void what_is_no_badge_gets_one_line(void **state) {
	struct model *m = &((struct kiosk_fixture *)*state)->model;
	answer(m, OUTCOME_NOT_A_BADGE, NULL);
	assert_int_equal(model_top(m), SCREEN_AGENDA);
	assert_int_not_equal(m->not_badge_ms, 0);
	kiosk_fixture_wait(m, TIMING.words_ms);
	assert_int_equal(m->not_badge_ms, 0);
}

static void a_typed_code_nobody_knows_gets_an_answer(void **state) {
	struct model *m = &((struct kiosk_fixture *)*state)->model;
	act(m, ACTION_TYPE, 0);
	answer(m, OUTCOME_NOT_A_BADGE, NULL);
	assert_int_equal(model_top(m), SCREEN_RESULT);
	assert_int_equal(kiosk_fixture_ground(m), style_default.hues[AMBER]);
}

static void typing_a_code(void **state) {
	struct model *m = &((struct kiosk_fixture *)*state)->model;
	act(m, ACTION_TYPE, 0);
	kiosk_fixture_send(m, (struct msg){.kind = MSG_TYPED, .text = "7f3k-oil", .n = 8}); /* o is 0, i and l are 1; the dash is skipped */
	assert_string_equal(kiosk_fixture_typed(m, SCREEN_TYPE), "7F3K011");
	kiosk_fixture_send(m, (struct msg){.kind = MSG_TYPED, .text = "\b\n", .n = 2}); /* too short: Enter does nothing */
	assert_string_equal(kiosk_fixture_typed(m, SCREEN_TYPE), "7F3K01");
	struct effects e = kiosk_fixture_send(m, (struct msg){.kind = MSG_TYPED, .text = "zzz\n", .n = 4});
	assert_int_equal(e.count, 1);
	assert_memory_equal(e.items[0].text, "7F3K01ZZ", 8);
	assert_string_equal(e.items[0].how, "typed");
	assert_string_equal(kiosk_fixture_typed(m, SCREEN_TYPE), "");
}

static void typed_data_is_wiped_when_nobody_is_there(void **state) {
	struct model *m = &((struct kiosk_fixture *)*state)->model;
	act(m, ACTION_TYPE, 0);
	kiosk_fixture_send(m, (struct msg){.kind = MSG_TYPED, .text = "7F3", .n = 3});
	kiosk_fixture_wait(m, TIMING.idle_ms - TIMING.countdown_ms - 1);
	assert_int_equal(model_countdown(m), 0);
	kiosk_fixture_wait(m, 1);
	assert_int_equal(model_countdown(m), 20);
	act(m, ACTION_STILL_HERE, 0); /* one touch extends */
	assert_int_equal(model_countdown(m), 0);
	assert_string_equal(kiosk_fixture_typed(m, SCREEN_TYPE), "7F3");
	kiosk_fixture_wait(m, TIMING.idle_ms);
	assert_int_equal(model_top(m), SCREEN_AGENDA);
	assert_string_equal(kiosk_fixture_typed(m, SCREEN_TYPE), "");
}

static void the_language_goes_back(void **state) {
	struct model *m = &((struct kiosk_fixture *)*state)->model;
	act(m, ACTION_LANGUAGE, 1);
	assert_string_equal(words_code(m->words, model_language(m)), "en");
	kiosk_fixture_wait(m, TIMING.idle_ms);
	assert_string_equal(words_code(m->words, model_language(m)), "uk");
}

static void a_result_speaks_its_visitors_language(void **state) {
	struct model *m = &((struct kiosk_fixture *)*state)->model;
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

static void an_unset_clock_is_asked_for_once(void **state) {
	struct model *m = &((struct kiosk_fixture *)*state)->model;
	kiosk_fixture_send(m, (struct msg){.kind = MSG_TIME, .ms = m->ms, .now = {0}});
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, NULL);
	d->kind = DESK_LOADED;
	d->event = kiosk_fixture_event(true);
	kiosk_fixture_send(m, (struct msg){.kind = MSG_DESK, .desk = d});
	assert_int_equal(model_top(m), SCREEN_CLOCK);
	assert_non_null(strstr(kiosk_fixture_reads(m), "14 травня")); /* begins at the event's first day */
	act(m, TOUCH_CLOCK_HOUR, 1);
	act(m, TOUCH_CLOCK_MINUTE, -1);
	struct effects e = kiosk_fixture_send(m, (struct msg){.kind = MSG_ACTION, .action = TOUCH_CLOCK_DONE});
	assert_int_equal(e.items[0].kind, EFFECT_SET_CLOCK);
	assert_int_equal(e.items[0].now.v, kiosk_fixture_time("2026-05-14T10:59").v);
	assert_int_equal(model_top(m), SCREEN_AGENDA);
}

static void no_wheel_leads_to_a_day_that_is_not(void **state) {
	struct model *m = &((struct kiosk_fixture *)*state)->model;
	kiosk_fixture_send(m, (struct msg){.kind = MSG_TIME, .ms = m->ms, .now = {0}});
	act(m, ACTION_CLOCK, 0);
	act(m, TOUCH_CLOCK_DAY, 1);
	for (int i = 0; i < 16; i++) {
		act(m, TOUCH_CLOCK_DAY, 1);
	}
	assert_non_null(strstr(kiosk_fixture_reads(m), "31 травня"));
	act(m, TOUCH_CLOCK_MONTH, 1);
	assert_non_null(strstr(kiosk_fixture_reads(m), "30 червня"));
	act(m, TOUCH_CLOCK_DAY, 1);
	assert_non_null(strstr(kiosk_fixture_reads(m), "1 червня"));
	act(m, TOUCH_CLOCK_DAY, -1);
	assert_non_null(strstr(kiosk_fixture_reads(m), "30 червня"));
	act(m, TOUCH_CLOCK_MONTH, -4); /* February, in a year that is no leap year */
	assert_non_null(strstr(kiosk_fixture_reads(m), "28 лютого"));
}

static void a_call_for_help_chimes_until_somebody_comes(void **state) {
	struct model *m = &((struct kiosk_fixture *)*state)->model;
	struct effects e = kiosk_fixture_send(m, (struct msg){.kind = MSG_ACTION, .action = ACTION_HELP});
	assert_int_equal(e.items[0].chime, CHIME_CALL);
	e = kiosk_fixture_wait(m, TIMING.call_chime_ms);
	assert_int_equal(e.count, 1);
	act(m, ACTION_BACK, 0);
	e = kiosk_fixture_wait(m, TIMING.call_chime_ms);
	assert_int_equal(e.count, 0);
}

static void nothing_moves_when_nothing_happens(void **state) {
	struct model *m = &((struct kiosk_fixture *)*state)->model;
	assert_int_equal(model_deadline(m) - m->ms, 60000); /* at 10:42:00: the next minute */
	act(m, ACTION_TYPE, 0);
	assert_int_equal(model_deadline(m) - m->ms, TIMING.idle_ms - TIMING.countdown_ms);
}

/* Whatever is sent in whatever order, the model stays whole. */
static void any_messages_in_any_order(void **state) {
	struct model *m = &((struct kiosk_fixture *)*state)->model;
	uint32_t seed = 1;
	for (int i = 0; i < 20000; i++) {
		seed = seed * 1664525 + 1013904223;
		unsigned pick = seed >> 24;
		if (pick < 120) {
			act(m, (int)(pick % TOUCH_COUNT), (int64_t)(seed >> 16 & 7) - 2);
		} else if (pick < 150) {
			answer(m, (enum outcome)(pick % OUTCOME_COUNT), pick % 2 ? "A" : NULL);
		} else if (pick < 170) {
			kiosk_fixture_send(m, (struct msg){.kind = MSG_TYPED, .text = "a\b\n9", .n = 4});
		} else if (pick < 180) {
			kiosk_fixture_send(m, (struct msg){.kind = MSG_TOUCH});
		} else {
			kiosk_fixture_wait(m, seed >> 18 & 0xfff);
		}
		assert_non_null(kiosk_fixture_reads(m));
		assert_int_equal(m->strays, 0);
		assert_true(model_top(m) != SCREEN_START);
		assert_true(model_deadline(m) > m->ms || model_top(m) != SCREEN_AGENDA);
	}
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, open_agenda, close_agenda)

int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(a_code_becomes_a_scan),
		TEST(an_endless_code_is_cut),
		TEST(results_last_as_long_as_they_should),
		TEST(another_badge_preempts_after_a_second),
		TEST(a_rush_keeps_the_latest_results),
		TEST(a_badge_is_acted_on_from_any_screen),
		TEST(what_is_no_badge_gets_one_line),
		TEST(a_typed_code_nobody_knows_gets_an_answer),
		TEST(typing_a_code),
		TEST(typed_data_is_wiped_when_nobody_is_there),
		TEST(the_language_goes_back),
		TEST(a_result_speaks_its_visitors_language),
		TEST(an_unset_clock_is_asked_for_once),
		TEST(no_wheel_leads_to_a_day_that_is_not),
		TEST(a_call_for_help_chimes_until_somebody_comes),
		TEST(nothing_moves_when_nothing_happens),
		TEST(any_messages_in_any_order),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
