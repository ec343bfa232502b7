/* A USB stick: chosen, read and written, told. */
#include "lib/kiosk_visit.h"
#include "lib/testing.h"

#include "base/alloc.h"
#include "sync/stick_worker.h"

static struct effects tell_stick(struct model *m, struct stick_message said) {
	struct stick_message *s = xcalloc(1, sizeof *s);
	*s = said;
	return kiosk_fixture_send(m, (struct msg){.kind = MSG_STICK, .stick = s});
}

static const struct stick_message two_sticks = {
	.kind = STICK_MEDIA, .media = {{"/media/a/ONE", "ONE"}, {"/media/a/TWO", "TWO"}}, .media_count = 2};

static void sticks_are_looked_for_until_one_is_chosen(void **state) {
	struct model *m = visit_model(state);
	visit_staff(m);
	struct effects e = visit_touch(m, TOUCH_STICK, 0);
	assert_int_equal(e.items[0].kind, EFFECT_STICK_LOOK);
	assert_int_equal(model_deadline(m), m->ms + TIMING.look_ms);
	e = kiosk_fixture_wait(m, TIMING.look_ms);
	assert_int_equal(e.items[0].kind, EFFECT_STICK_LOOK);
	tell_stick(m, two_sticks);
	e = visit_touch(m, TOUCH_STICK_VISIT, 2); /* not there */
	assert_int_equal(e.count, 0);
	e = visit_touch(m, TOUCH_STICK_VISIT, 1);
	assert_int_equal(e.items[0].kind, EFFECT_STICK_VISIT);
	assert_string_equal(e.items[0].text, "/media/a/TWO");
	e = visit_touch(m, TOUCH_STICK_VISIT, 0); /* one at a time */
	assert_int_equal(e.count, 0);
	e = kiosk_fixture_wait(m, TIMING.look_ms);
	assert_int_equal(e.count, 0);
}

static void nobody_is_sent_home_while_a_stick_is_written(void **state) {
	struct model *m = visit_model(state);
	visit_staff(m);
	visit_touch(m, TOUCH_STICK, 0);
	tell_stick(m, two_sticks);
	visit_touch(m, TOUCH_STICK_VISIT, 0);
	kiosk_fixture_wait(m, 3 * TIMING.idle_ms);
	assert_int_equal(model_top(m), SCREEN_STICK);
	tell_stick(m, (struct stick_message){.kind = STICK_STEP, .way = {.step = STICK_WRITING, .part = 0.6, .done = 1, .count = 2}});
	struct effects e = visit_touch(m, TOUCH_STICK_END, 0);
	assert_int_equal(e.items[0].kind, EFFECT_STICK_END);
	e = tell_stick(m, (struct stick_message){.kind = STICK_OVER, .trouble = STICK_ENDED});
	assert_int_equal(e.items[0].chime, CHIME_LOW);
	assert_int_equal(model_top(m), SCREEN_STICK);
	kiosk_fixture_wait(m, TIMING.idle_ms - 1); /* time to read it */
	assert_int_equal(model_top(m), SCREEN_STICK);
	kiosk_fixture_wait(m, 1);
	assert_int_equal(model_top(m), SCREEN_AGENDA);
}

static void who_leaves_a_stick_under_way_finds_it_again(void **state) {
	struct model *m = visit_model(state);
	visit_staff(m);
	visit_touch(m, TOUCH_STICK, 0);
	tell_stick(m, two_sticks);
	visit_touch(m, TOUCH_STICK_VISIT, 0);
	visit_touch(m, ACTION_BACK, 0);
	assert_int_equal(model_top(m), SCREEN_STAFF);
	visit_touch(m, TOUCH_STICK, 0);
	assert_true(kiosk_fixture_says(m, "Leave it in until this is over"));
	tell_stick(m, (struct stick_message){.kind = STICK_OVER});
	visit_touch(m, TOUCH_STICK, 0);
	assert_true(kiosk_fixture_says(m, "Touch the stick: it is read and written"));
}

static void tell_way(struct model *m, enum stick_step step, double part, size_t done, size_t count) {
	tell_stick(m, (struct stick_message){.kind = STICK_STEP, .way = {.step = step, .part = part, .done = done, .count = count}});
}

static void how_far_it_is(void **state) {
	struct model *m = visit_model(state);
	visit_staff(m);
	visit_touch(m, TOUCH_STICK, 0);
	tell_stick(m, two_sticks);
	visit_touch(m, TOUCH_STICK_VISIT, 0);
	m->language = words_language(m->words, "en");
	assert_true(kiosk_fixture_says(m, "0\xC2\xA0%"));
	tell_way(m, STICK_READING, 0.2, 3400000, 12000000);
	assert_true(kiosk_fixture_says(m, "3 of 12 MB") && kiosk_fixture_says(m, "20\xC2\xA0%"));
	tell_way(m, STICK_READING_AGAIN, 0.45, 4000, 5000);
	assert_true(kiosk_fixture_says(m, "4 of 5 KB") && kiosk_fixture_says(m, "It is read once more, as a part could not be taken"));
	tell_way(m, STICK_WRITING, 0.5, 0, 0); /* nothing is lacking there */
	assert_true(kiosk_fixture_says(m, "Writing the stick") && !kiosk_fixture_says(m, "Records: 0 of 0"));
	tell_way(m, STICK_CHECKING, 0.7, 120, 20000);
	assert_true(kiosk_fixture_says(m, "Records: 120 of 20000") && kiosk_fixture_says(m, "70\xC2\xA0%"));
	tell_way(m, STICK_SYNCING, 0.6, 130, 20000); /* back it never goes */
	assert_true(kiosk_fixture_says(m, "Making sure that it is on the stick") && kiosk_fixture_says(m, "70\xC2\xA0%"));
	tell_stick(m, (struct stick_message){.kind = STICK_OVER});
	assert_true(kiosk_fixture_says(m, "100\xC2\xA0%"));
	visit_touch(m, TOUCH_STICK, 0);
	visit_touch(m, TOUCH_STICK_VISIT, 0);
	assert_false(kiosk_fixture_says(m, "100\xC2\xA0%"));
	tell_way(m, STICK_WRITING, 0.8, 5, 6);
	tell_stick(m, (struct stick_message){.kind = STICK_OVER, .trouble = STICK_GONE}); /* no bar that says more than there is */
	assert_false(kiosk_fixture_says(m, "80\xC2\xA0%") || kiosk_fixture_says(m, "100\xC2\xA0%"));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, visit_open, visit_close)

int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(sticks_are_looked_for_until_one_is_chosen),
		TEST(nobody_is_sent_home_while_a_stick_is_written),
		TEST(how_far_it_is),
		TEST(who_leaves_a_stick_under_way_finds_it_again),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
