/* What the kiosk does with scans, languages, time, and an event that changes. */
#include "lib/kiosk_visit.h"
#include "lib/testing.h"

#include "base/alloc.h"

static void a_code_becomes_a_scan(void **state) {
	struct model *m = visit_model(state);
	struct effects e = kiosk_fixture_send(m, (struct msg){.kind = MSG_CODE, .text = "TO1ABC", .n = 6, .how = "camera", .taken_us = 7});
	assert_int_equal(e.count, 1);
	assert_int_equal(e.items[0].kind, EFFECT_SCAN);
	assert_memory_equal(e.items[0].text, "TO1ABC", 6);
	assert_int_equal(e.items[0].taken_us, 7);
	assert_int_equal(model_top(m), SCREEN_AGENDA); /* nothing is said before it is on disk */
}

static void an_endless_code_is_cut(void **state) {
	struct model *m = visit_model(state);
	static char code[5000];
	memset(code, 'A', sizeof code);
	struct effects e = kiosk_fixture_send(m, (struct msg){.kind = MSG_CODE, .text = code, .n = sizeof code, .how = "camera"});
	assert_int_equal(e.items[0].n, sizeof e.items[0].text);
}

static void the_language_goes_back(void **state) {
	struct model *m = visit_model(state);
	visit_touch(m, ACTION_LANGUAGE, 1);
	assert_string_equal(words_code(m->words, model_language(m)), "en");
	kiosk_fixture_wait(m, TIMING.idle_ms);
	assert_string_equal(words_code(m->words, model_language(m)), "uk");
}

static struct kiosk_event *event_in(const char *first, const char *second) {
	struct kiosk_event *event = kiosk_fixture_event(true);
	assert_true(event->language_count >= 2);
	for (size_t i = 0; i < event->language_count; i++) {
		free(event->languages[i]);
		event->languages[i] = xstrdup(i == 0 ? first : second);
	}
	return event;
}

static void the_box_speaks_the_events_first_language(void **state) {
	struct model *m = visit_model(state);
	kiosk_fixture_load(m, event_in("ru", "uk"));
	assert_string_equal(words_code(m->words, model_language(m)), "uk"); /* given on the command line */
	kiosk_fixture_load(m, event_in("ru", "en"));                        /* it has no keys and no button for it any more */
	assert_string_equal(words_code(m->words, model_language(m)), "ru");
	kiosk_fixture_load(m, event_in("ru", "uk"));
	assert_string_equal(words_code(m->words, model_language(m)), "uk");
	m->language_given = -1;
	kiosk_fixture_load(m, event_in("ru", "uk"));
	assert_string_equal(words_code(m->words, model_language(m)), "ru");
}

static void a_changed_event_takes_no_screen_away(void **state) {
	struct model *m = visit_model(state);
	struct kiosk_event *other = kiosk_fixture_event(true);
	struct session_row first = other->sessions.items[0];
	for (size_t i = 0; i + 1 < other->sessions.count; i++) { /* the sessions have other numbers now */
		other->sessions.items[i] = other->sessions.items[i + 1];
	}
	other->sessions.items[other->sessions.count - 1] = first;
	visit_touch(m, ACTION_SESSION, 3);
	assert_true(kiosk_fixture_says(m, "Як написати грантову заявку"));
	kiosk_fixture_load(m, other);
	assert_int_equal(model_top(m), SCREEN_SESSION);
	assert_true(kiosk_fixture_says(m, "Як написати грантову заявку"));
	kiosk_fixture_load(m, kiosk_fixture_event(false)); /* it is gone */
	assert_int_equal(model_top(m), SCREEN_AGENDA);
	visit_staff(m);
	kiosk_fixture_load(m, kiosk_fixture_event(true));
	assert_int_equal(model_top(m), SCREEN_STAFF);
}

static void nothing_moves_when_nothing_happens(void **state) {
	struct model *m = visit_model(state);
	assert_true(model_deadline(m) - m->ms <= TIMING.turn_ms); /* the agenda's lists turn, where they are long */
	kiosk_fixture_load(m, kiosk_fixture_event(false));
	m->touched_ms = m->ms;                              /* else it shows itself to passers-by */
	assert_int_equal(model_deadline(m) - m->ms, 60000); /* at 10:42:00: the next minute */
	visit_touch(m, ACTION_TYPE, 0);
	assert_int_equal(model_deadline(m) - m->ms, TIMING.idle_ms - TIMING.countdown_ms);
}

/* Whatever is sent in whatever order, the model stays whole. */
static void any_messages_in_any_order(void **state) {
	struct model *m = visit_model(state);
	uint32_t seed = 1;
	for (int i = 0; i < 20000; i++) {
		seed = seed * 1664525 + 1013904223;
		unsigned pick = seed >> 24;
		if (pick < 120) {
			visit_touch(m, (int)(pick % TOUCH_COUNT), (int64_t)(seed >> 16 & 7) - 2);
		} else if (pick < 150) {
			visit_answer(m, (enum outcome)(pick % OUTCOME_COUNT), pick % 2 ? "A" : NULL);
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

#define TEST(f) cmocka_unit_test_setup_teardown(f, visit_open, visit_close)

int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(a_code_becomes_a_scan),
		TEST(an_endless_code_is_cut),
		TEST(the_language_goes_back),
		TEST(the_box_speaks_the_events_first_language),
		TEST(a_changed_event_takes_no_screen_away),
		TEST(nothing_moves_when_nothing_happens),
		TEST(any_messages_in_any_order),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
