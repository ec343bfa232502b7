/* What somebody chose to be able to use the kiosk: it is there at once, for the whole of their visit, and for nobody after them. */
#include "lib/kiosk_fixture.h"
#include "lib/testing.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "kiosk/screens/screens.h"

enum { LARGE, CONTRAST, LOW, LONGER, CALM, ALOUD, WISHES };

static void send(struct model *m, struct msg msg) { kiosk_fixture_send(m, msg); }
static void act(struct model *m, int action, int64_t argument) {
	send(m, (struct msg){.kind = MSG_ACTION, .action = action, .argument = argument});
}

static void open_agenda(struct kiosk_fixture *f) { kiosk_fixture_open(f, 1, "en"); }

static void choose(struct model *m, int wish) {
	act(m, ACTION_ACCESS, 0);
	assert_true(model_shows(m, SCREEN_ACCESS));
	act(m, ACTION_OWN, wish);
	act(m, ACTION_BACK, 0);
	assert_true(model_shows(m, SCREEN_AGENDA));
}

static void choose_all(struct model *m) {
	m->speaks = true;
	for (int i = 0; i < WISHES; i++) {
		choose(m, i);
	}
	const struct access *a = &m->access;
	assert_true(a->large && a->high_contrast && a->low && a->longer && a->calm && a->aloud);
}

static void assert_as_the_box_is(const struct model *m) {
	assert_true(access_equal(&m->access, &(struct access){0}));
	assert_ptr_equal(m->style, &style_default);
	assert_false(model_access_chosen(m));
	assert_false(m->focus.on);
}

static void each_wish_shows_at_once(void **state) {
	(void)state;
	struct kiosk_fixture f;
	open_agenda(&f);
	struct model *m = &f.model;
	choose_all(m);
	assert_true(m->style->types[TYPE_BODY].size > style_default.types[TYPE_BODY].size);
	assert_int_equal(m->style->hues[PAPER], 0xffffff);
	assert_int_equal(m->style->timing.idle_ms, TIMING.idle_ms * STYLE_LONGER);
	assert_int_equal(m->style->timing.result_hold_ms, TIMING.result_hold_ms); /* the queue waits no longer */
	assert_true(m->style->timing.move_ms < m->style->timing.step_ms);
	for (int i = 0; i < WISHES; i++) { /* and is taken back */
		choose(m, i);
	}
	assert_as_the_box_is(m);
	kiosk_fixture_close(&f);
}

static void whoever_walks_away_takes_it_along(void **state) {
	(void)state;
	struct kiosk_fixture f;
	open_agenda(&f);
	choose_all(&f.model);
	f.model.focus.on = true;
	kiosk_fixture_wait(&f.model, TIMING.idle_ms);
	assert_true(f.model.access.large); /* they have more time */
	kiosk_fixture_wait(&f.model, TIMING.idle_ms * STYLE_LONGER);
	assert_as_the_box_is(&f.model);
	kiosk_fixture_close(&f);
}

/* The result is theirs, too; what comes after it is not. */
static void it_lasts_until_their_result_is_over(void **state) {
	(void)state;
	struct kiosk_fixture f;
	open_agenda(&f);
	choose_all(&f.model);
	send(&f.model, (struct msg){.kind = MSG_DESK, .desk = kiosk_fixture_answer(OUTCOME_ACCEPTED, "Олена Приклад")});
	assert_true(model_shows(&f.model, SCREEN_RESULT));
	assert_true(f.model.access.large && f.model.access.aloud);
	kiosk_fixture_wait(&f.model, TIMING.result_admitted_ms);
	assert_true(model_shows(&f.model, SCREEN_RESULT));
	kiosk_fixture_wait(&f.model, TIMING.result_admitted_ms * STYLE_LONGER);
	assert_true(model_shows(&f.model, SCREEN_AGENDA));
	assert_as_the_box_is(&f.model);
	kiosk_fixture_close(&f);
}

static void the_next_badge_is_somebody_elses(void **state) {
	(void)state;
	struct kiosk_fixture f;
	open_agenda(&f);
	choose_all(&f.model);
	for (int i = 0; i < 2; i++) {
		send(&f.model, (struct msg){.kind = MSG_DESK, .desk = kiosk_fixture_answer(OUTCOME_ACCEPTED, "Олена Приклад")});
		assert_true(model_shows(&f.model, SCREEN_RESULT));
		assert_int_equal(f.model.access.large, i == 0);
		kiosk_fixture_wait(&f.model, TIMING.result_hold_ms);
	}
	kiosk_fixture_close(&f);
}

static void a_box_may_stand_for_it(void **state) {
	(void)state;
	struct kiosk_fixture f;
	open_agenda(&f);
	struct access own = {.large = true, .longer = true};
	model_set_access(&f.model, &own);
	assert_true(f.model.access.large && f.model.access.longer);
	choose(&f.model, LARGE); /* somebody wants it smaller */
	assert_true(!f.model.access.large && model_access_chosen(&f.model));
	kiosk_fixture_wait(&f.model, TIMING.idle_ms * STYLE_LONGER);
	assert_true(access_equal(&f.model.access, &own));
	kiosk_fixture_close(&f);
}

static void nothing_is_read_where_nothing_reads(void **state) {
	(void)state;
	struct kiosk_fixture f;
	open_agenda(&f);
	act(&f.model, ACTION_ALOUD, 0);
	assert_false(f.model.access.aloud);
	act(&f.model, ACTION_ACCESS, 0);
	assert_false(kiosk_fixture_says(&f.model, "Read aloud (headset)"));
	act(&f.model, ACTION_OWN, ALOUD);
	assert_false(f.model.access.aloud);
	f.model.speaks = true;
	assert_non_null(strstr(kiosk_fixture_reads(&f.model), "Read aloud (headset)"));
	act(&f.model, ACTION_ALOUD, 0);
	assert_true(f.model.access.aloud);
	act(&f.model, ACTION_ALOUD, 0);
	assert_false(f.model.access.aloud);
	kiosk_fixture_close(&f);
}

/* Lists and pages that change by themselves stand still. */
static void nothing_moves_for_who_wants_it_so(void **state) {
	(void)state;
	struct kiosk_fixture f;
	open_agenda(&f);
	choose(&f.model, CALM);
	act(&f.model, ACTION_BACK, 0);
	char before[4096], after[4096];
	snprintf(before, sizeof before, "%s", kiosk_fixture_reads(&f.model));
	f.model.touched_ms = f.model.ms + 100000; /* somebody stays */
	f.model.ms += 60000;
	snprintf(after, sizeof after, "%s", kiosk_fixture_reads(&f.model));
	assert_string_equal(before, after);
	kiosk_fixture_close(&f);
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(each_wish_shows_at_once),
					   cmocka_unit_test(whoever_walks_away_takes_it_along),
					   cmocka_unit_test(it_lasts_until_their_result_is_over),
					   cmocka_unit_test(the_next_badge_is_somebody_elses),
					   cmocka_unit_test(a_box_may_stand_for_it),
					   cmocka_unit_test(nothing_is_read_where_nothing_reads),
					   cmocka_unit_test(nothing_moves_for_who_wants_it_so)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
