/* What the first screen shows to who passes by: when, for how long, in which languages; and that nobody who is there sees it. */
#include "kiosk/screens/attract.h"

#include "lib/kiosk_visit.h"
#include "lib/testing.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

#define FIRST "Sign in here: hold your badge under the scanner"

static bool invites(const struct model *m, const char *language) {
	char *read = xstrdup(kiosk_fixture_reads(m));
	for (char *at = read; *at != '\0'; at++) {
		*at = *at == '\n' ? ' ' : *at;
	}
	bool found = strstr(read, words_get(m->words, words_language(m->words, language), FIRST)) != NULL;
	free(read);
	return found;
}

static bool invites_at_all(const struct model *m) { return invites(m, "uk") || invites(m, "en") || invites(m, "ru"); }

/* Somebody touched it a moment ago. */
static struct model *just_touched(void **state) {
	struct model *m = visit_model(state);
	kiosk_fixture_send(m, (struct msg){.kind = MSG_TOUCH});
	return m;
}

static void now_and_again_after_a_minute(void **state) {
	struct model *m = just_touched(state);
	kiosk_fixture_wait(m, TIMING.attract_after_ms - 1);
	assert_false(invites_at_all(m));
	kiosk_fixture_wait(m, 1);
	int shown = 0, seconds = 3 * (int)(TIMING.attract_every_ms / 1000);
	for (int i = 0; i < seconds; i++) {
		bool now = invites_at_all(m);
		assert_true(kiosk_fixture_says(m, "Show your badge"));                 /* whatever else there is */
		assert_int_equal(now, strstr(kiosk_fixture_reads(m), "Зала") == NULL); /* the agenda is back in between */
		assert_int_equal(now, i % (int)(TIMING.attract_every_ms / 1000) < (int)(TIMING.attract_shown_ms / 1000));
		shown += now;
		kiosk_fixture_wait(m, 1000);
	}
	assert_int_equal(shown, 18);
}

static void in_the_events_languages_in_turn(void **state) {
	struct model *m = just_touched(state);
	static const char *const order[] = {"uk", "en", "ru", "uk"};
	kiosk_fixture_wait(m, TIMING.attract_after_ms + 1);
	for (size_t i = 0; i < COUNT_OF(order); i++) {
		assert_true(invites(m, order[i]));
		kiosk_fixture_wait(m, TIMING.attract_every_ms);
	}
}

static void who_is_there_sees_the_agenda(void **state) {
	struct model *m = just_touched(state);
	kiosk_fixture_wait(m, TIMING.attract_after_ms + 1);
	assert_true(invites_at_all(m));
	kiosk_fixture_send(m, (struct msg){.kind = MSG_TOUCH});
	assert_false(invites_at_all(m));
	kiosk_fixture_wait(m, TIMING.attract_after_ms - 1);
	assert_false(invites_at_all(m));
	kiosk_fixture_wait(m, 1);
	assert_true(invites_at_all(m));
	struct seen_code seen = {.guidance = GUIDANCE_CLOSER};
	kiosk_fixture_send(m, (struct msg){.kind = MSG_SEEN, .seen = &seen});
	assert_false(invites_at_all(m));
	kiosk_fixture_wait(m, 100); /* the one who is seen stays away afterwards, too */
	kiosk_fixture_wait(m, TIMING.seen_ms);
	assert_false(invites_at_all(m));
	kiosk_fixture_wait(m, TIMING.attract_after_ms);
	assert_true(invites_at_all(m));
	visit_answer(m, OUTCOME_ACCEPTED, "A");
	assert_int_equal(model_top(m), SCREEN_RESULT);
	kiosk_fixture_wait(m, TIMING.result_admitted_ms);
	assert_int_equal(model_top(m), SCREEN_AGENDA);
	assert_false(invites_at_all(m));
}

static void a_closed_box_invites_nobody(void **state) {
	struct model *m = just_touched(state);
	m->standing = STATION_RETIRED;
	kiosk_fixture_wait(m, TIMING.attract_after_ms + 1);
	assert_false(invites_at_all(m));
	assert_int_equal(attract_next(m, 0), INT64_MAX);
}

/* Pictures that differ in a second; the loop is woken for each and for no more. */
static int woken(struct model *m, int64_t ms) {
	int times = 0;
	for (int64_t end = m->ms + ms; m->ms < end; times++) {
		int64_t at = model_deadline(m);
		assert_true(at > m->ms);
		kiosk_fixture_wait(m, (at < end ? at : end) - m->ms);
	}
	return times;
}

static void nothing_is_drawn_while_nothing_moves(void **state) {
	struct model *m = just_touched(state);
	kiosk_fixture_wait(m, TIMING.attract_after_ms);
	int moving = woken(m, TIMING.attract_shown_ms);
	assert_in_range(moving, 8, 4 * (TIMING.move_ms / TIMING.step_ms + 2) + 6);
	assert_true(woken(m, TIMING.attract_every_ms - TIMING.attract_shown_ms) <= 4); /* the lists' turns, a minute */
}

/* Where a movement would be a jerk or two there is none: the badge is down, and then up. */
static void a_slow_machine_moves_nothing(void **state) {
	struct model *m = just_touched(state);
	struct style slow = style_default;
	slow.timing.step_ms = 150;
	m->style = &slow;
	kiosk_fixture_wait(m, TIMING.attract_after_ms);
	assert_in_range(woken(m, TIMING.attract_shown_ms), 4, 8);
	m->style = &style_default;
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, visit_open, visit_close)

int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(now_and_again_after_a_minute), TEST(in_the_events_languages_in_turn),      TEST(who_is_there_sees_the_agenda),
		TEST(a_closed_box_invites_nobody),  TEST(nothing_is_drawn_while_nothing_moves), TEST(a_slow_machine_moves_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
