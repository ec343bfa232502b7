/* A box whose personal data were erased: whatever somebody was at is gone, and nothing leads back to it. */
#include "lib/kiosk_visit.h"
#include "lib/testing.h"

#include "base/alloc.h"
#include "base/str.h"

#define TOUCH_ERASED_STAFF ACTION_OWN

static void erase(struct model *m, int64_t day, bool itself) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, NULL);
	d->kind = DESK_ERASED;
	d->event = kiosk_fixture_event(true);
	d->event->erases = itself;
	d->retention = (struct retention){RETENTION_ERASED, day};
	kiosk_fixture_send(m, (struct msg){.kind = MSG_DESK, .desk = d});
	assert_int_equal(model_top(m), SCREEN_ERASED);
}

static void erase_after(struct model *m) { erase(m, tz_days(2026, 8, 14), true); }

/* Not one byte of it is left in what the screens keep. */
static void assert_forgotten(const struct model *m, const char *text) {
	for (enum screen_id id = 0; id < SCREEN_COUNT; id++) {
		if (m->screens[id]->state > 0 && memmem(m->states[id], m->screens[id]->state, text, strlen(text)) != NULL) {
			fail_msg("the screen \"%s\" still has \"%s\"", m->screens[id]->name, text);
		}
	}
	assert_string_equal(m->chosen.id, "");
	assert_string_equal(m->chosen.name, "");
	assert_string_equal(m->signer.name, "");
}

static void what_it_says(void **state) {
	struct model *m = visit_model(state);
	erase_after(m);
	assert_non_null(strstr(kiosk_fixture_reads(m), "серпня"));
	assert_true(kiosk_fixture_says(m, "The organiser asked for this."));
	assert_true(kiosk_fixture_says(m, "This box signs nobody in to this event any more."));
	visit_touch(m, ACTION_LANGUAGE, 1);
	assert_non_null(strstr(kiosk_fixture_reads(m), "August"));
	visit_touch(m, ACTION_LANGUAGE, 2);
	assert_non_null(strstr(kiosk_fixture_reads(m), "августа"));
}

/* Long ago, on a box whose clock stood in 1970, and the organiser had set nothing. */
static void what_was_purged_by_hand(void **state) {
	struct model *m = visit_model(state);
	erase(m, 0, false);
	assert_true(kiosk_fixture_says(m, "The personal data of this event were erased from this box"));
	assert_null(strstr(kiosk_fixture_reads(m), "1970"));
	assert_false(kiosk_fixture_says(m, "The organiser asked for this."));
}

static void a_file_that_was_erased_before(void **state) {
	struct kiosk_fixture *f = *state;
	struct model m;
	model_init(&m, f->model.screens, f->model.words, NULL);
	assert_int_equal(model_top(&m), SCREEN_START);
	erase_after(&m);
	assert_true(kiosk_fixture_says(&m, "This box signs nobody in to this event any more."));
	model_fini(&m);
}

static void who_was_at_it_is_forgotten(void **state) {
	struct model *m = visit_model(state);
	visit_touch(m, ACTION_FIND, 0);
	visit_type(m, "Прикладенко");
	erase_after(m);
	assert_forgotten(m, "Прикладенко");
	assert_null(strstr(kiosk_fixture_reads(m), "Прикладенко"));
}

static void a_form_that_is_filled_in_is_forgotten(void **state) {
	struct model *m = visit_model(state);
	visit_touch(m, ACTION_WALKIN, 0);
	visit_type(m, "Олена Прикладенко");
	erase_after(m);
	assert_forgotten(m, "Прикладенко");
}

static void results_that_wait_are_dropped(void **state) {
	struct model *m = visit_model(state);
	for (int i = 0; i < 3; i++) {
		visit_answer(m, OUTCOME_ACCEPTED, "Олена Прикладенко");
	}
	assert_int_equal(model_top(m), SCREEN_RESULT);
	erase_after(m);
	assert_null(strstr(kiosk_fixture_reads(m), "Прикладенко"));
	kiosk_fixture_wait(m, TIMING.result_refused_ms * 4);
	assert_int_equal(model_top(m), SCREEN_ERASED);
}

/* What was under way, in the order in which it may come. */
static void what_comes_too_late(void **state) {
	struct model *m = visit_model(state);
	visit_exchange(m, TRANSPORT_HUB, SYNC_PEERS, 0);
	erase_after(m);
	visit_answer(m, OUTCOME_ACCEPTED, "Олена Прикладенко");
	visit_exchange(m, TRANSPORT_HUB, SYNC_PEERS, 0);
	kiosk_fixture_load(m, kiosk_fixture_event(true));
	struct found_message *found = xcalloc(1, sizeof *found);
	str_copy(found->rows[0].name, sizeof found->rows[0].name, "Прикладенко");
	kiosk_fixture_send(m, (struct msg){.kind = MSG_FOUND, .found = found});
	struct effects e = kiosk_fixture_send(m, (struct msg){.kind = MSG_CODE, .text = "TO1ABC", .n = 6, .how = "camera"});
	assert_int_equal(e.count, 0);
	assert_int_equal(model_top(m), SCREEN_ERASED);
	assert_null(m->peers[TRANSPORT_HUB]);
	assert_false(model_online(m));
	assert_forgotten(m, "Прикладенко");
}

static void nothing_leads_back(void **state) {
	struct model *m = visit_model(state);
	static const int ways[] = {ACTION_BACK, ACTION_FIND,    ACTION_WALKIN, ACTION_HELP,
				   ACTION_TYPE, ACTION_CREDITS, ACTION_CLOCK,  TOUCH_STAFF};
	kiosk_fixture_send(m, (struct msg){.kind = MSG_CAMERA, .camera = CAMERA_OK, .text = ""});
	erase_after(m);
	for (size_t i = 0; i < COUNT_OF(ways); i++) {
		assert_int_equal(visit_touch(m, ways[i], 0).count, 0);
		assert_int_equal(model_top(m), SCREEN_ERASED);
	}
	visit_touch(m, ACTION_DAY, m->event->days[0]);
	visit_touch(m, ACTION_SESSION, 0);
	assert_int_equal(model_top(m), SCREEN_ERASED);
	assert_false(model_serves(m) || model_finds(m) || model_walks_in(m) || model_wants_preview(m));
	kiosk_fixture_wait(m, TIMING.idle_ms * 3);
	assert_int_equal(model_top(m), SCREEN_ERASED);
	assert_int_equal(model_countdown(m), 0);
	assert_int_equal(m->strays, 0);
}

static void staff_end_it(void **state) {
	struct model *m = visit_model(state);
	erase_after(m);
	visit_touch(m, TOUCH_ERASED_STAFF, 0);
	assert_int_equal(model_top(m), SCREEN_PIN);
	kiosk_fixture_wait(m, TIMING.idle_ms);
	assert_int_equal(model_top(m), SCREEN_ERASED);
	visit_touch(m, TOUCH_ERASED_STAFF, 0);
	visit_type(m, "2468\n");
	assert_int_equal(model_top(m), SCREEN_END);
	assert_true(kiosk_fixture_says(m, "End the program on this box?"));
	visit_touch(m, ACTION_BACK, 0);
	assert_int_equal(model_top(m), SCREEN_ERASED);
	visit_touch(m, TOUCH_ERASED_STAFF, 0);
	visit_type(m, "2468\n");
	struct effects e = visit_touch(m, TOUCH_END_SURE, 0);
	assert_int_equal(e.count, 1);
	assert_int_equal(e.items[0].kind, EFFECT_END);
}

static void without_a_pin_there_is_no_way_for_staff(void **state) {
	struct model *m = visit_model(state);
	erase_after(m);
	free(m->event->staff_pin);
	m->event->staff_pin = NULL;
	assert_false(kiosk_fixture_says(m, "For staff"));
	visit_touch(m, TOUCH_ERASED_STAFF, 0);
	assert_int_equal(model_top(m), SCREEN_ERASED);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, visit_open, visit_close)

int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(what_it_says),
		TEST(what_was_purged_by_hand),
		TEST(a_file_that_was_erased_before),
		TEST(who_was_at_it_is_forgotten),
		TEST(a_form_that_is_filled_in_is_forgotten),
		TEST(results_that_wait_are_dropped),
		TEST(what_comes_too_late),
		TEST(nothing_leads_back),
		TEST(staff_end_it),
		TEST(without_a_pin_there_is_no_way_for_staff),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
