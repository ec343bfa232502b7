/* The self-test on the staff's screen: begun at once, each line as it comes, the chime, the sum, run again; and what comes of a run that nobody looks at. */
#include "lib/kiosk_visit.h"
#include "lib/testing.h"

#include "base/alloc.h"

static void tell(struct model *m, enum self_test_kind kind, size_t check) { kiosk_fixture_self_test(m, kind, check, NULL); }

static void tell_line(struct model *m, size_t check, enum self_verdict verdict, const char *text, const char *help) {
	struct self_checked c = {.verdict = SELF_FINE};
	self_say(&c, verdict, text, help);
	tell(m, SELF_TEST_BEGINS, check);
	kiosk_fixture_self_test(m, SELF_TEST_DONE, check, &c);
}

static struct effects open_screen(struct model *m) {
	visit_staff(m);
	visit_touch(m, TOUCH_STAFF_SETUP, 0);
	m->language = words_language(m->words, "en");
	return visit_touch(m, TOUCH_SETUP_SELF_TEST, 0);
}

static void each_line_comes_as_its_check_ends(void **state) {
	struct model *m = visit_model(state);
	struct effects e = open_screen(m);
	assert_int_equal(model_top(m), SCREEN_SELF_TEST);
	assert_int_equal(e.items[0].kind, EFFECT_SELF_TEST);
	assert_int_equal(e.items[0].number, m->numbers);
	assert_true(kiosk_fixture_says(m, "One moment"));
	tell(m, SELF_TEST_BEGINS, 0);
	assert_true(kiosk_fixture_says(m, "1 of 11: Event file"));
	tell_line(m, 0, SELF_FINE, "it is {time}", NULL);
	assert_true(kiosk_fixture_says(m, "Event file: Fine"));
	e = visit_touch(m, SELF_TEST_TOUCH_AGAIN, 0); /* not while it runs */
	assert_int_equal(e.count, 0);
	tell_line(m, 1, SELF_LOOK, "it gives no picture", "plug in a loudspeaker, or do without");
	assert_true(kiosk_fixture_says(m, "Disk: Look at it") && kiosk_fixture_says(m, "It gives no picture") &&
		    kiosk_fixture_says(m, "Plug in a loudspeaker, or do without"));
	tell(m, SELF_TEST_OVER, 0);
	assert_true(kiosk_fixture_says(m, "No fault. 1\xC2\xA0"
					  "thing is to be looked at"));
	tell_line(m, 2, SELF_FAULT, "nothing can be drawn", NULL);
	assert_true(kiosk_fixture_says(m, "1\xC2\xA0"
					  "fault was found"));
	e = visit_touch(m, SELF_TEST_TOUCH_AGAIN, 0);
	assert_int_equal(e.items[0].kind, EFFECT_SELF_TEST);
	assert_false(kiosk_fixture_says(m, "Disk: Look at it"));
	tell_line(m, 0, SELF_FINE, "there are: {scanners}", NULL);
	tell(m, SELF_TEST_OVER, 0);
	assert_true(kiosk_fixture_says(m, "All is well with this box"));
}

static void the_language_of_the_screen_is_that_of_its_lines(void **state) {
	struct model *m = visit_model(state);
	open_screen(m);
	tell_line(m, 5, SELF_FAULT, "it gives no picture", NULL);
	assert_true(kiosk_fixture_says(m, "Camera: Fault"));
	m->language = words_language(m->words, "uk");
	assert_true(kiosk_fixture_says(m, "Камера: Несправність") && kiosk_fixture_says(m, "Вона не дає зображення"));
}

static void the_chime_is_the_kiosks_own_and_for_who_stands_there(void **state) {
	struct model *m = visit_model(state);
	open_screen(m);
	struct self_test_message *s = xcalloc(1, sizeof *s);
	*s = (struct self_test_message){.kind = SELF_TEST_CHIME, .number = m->numbers};
	struct effects e = kiosk_fixture_send(m, (struct msg){.kind = MSG_SELF_TEST, .self_test = s});
	assert_true(e.count == 1 && e.items[0].kind == EFFECT_CHIME && e.items[0].chime == CHIME_WELCOME);
	visit_touch(m, ACTION_BACK, 0);
	s = xcalloc(1, sizeof *s);
	*s = (struct self_test_message){.kind = SELF_TEST_CHIME, .number = m->numbers};
	e = kiosk_fixture_send(m, (struct msg){.kind = MSG_SELF_TEST, .self_test = s});
	assert_int_equal(e.count, 0);
}

static void what_an_older_run_tells_is_no_news(void **state) {
	struct model *m = visit_model(state);
	open_screen(m);
	visit_touch(m, ACTION_BACK, 0);
	visit_touch(m, TOUCH_SETUP_SELF_TEST, 0);
	struct self_test_message *s = xcalloc(1, sizeof *s);
	*s = (struct self_test_message){.kind = SELF_TEST_OVER, .number = m->numbers - 1};
	kiosk_fixture_send(m, (struct msg){.kind = MSG_SELF_TEST, .self_test = s});
	assert_true(kiosk_fixture_says(m, "One moment"));
}

static void what_does_not_begin_is_told(void **state) {
	struct model *m = visit_model(state);
	open_screen(m);
	kiosk_fixture_wait(m, 20000);
	assert_true(kiosk_fixture_says(m, "It did not begin: a device does not answer. Run it again later"));
	struct effects e = visit_touch(m, SELF_TEST_TOUCH_AGAIN, 0);
	assert_int_equal(e.items[0].kind, EFFECT_SELF_TEST);
	kiosk_fixture_wait(m, TIMING.idle_ms - 1);
	tell_line(m, 0, SELF_FINE, "it gives no picture", NULL); /* who waits is not sent home */
	kiosk_fixture_wait(m, TIMING.idle_ms - 1);
	assert_int_equal(model_top(m), SCREEN_SELF_TEST);
	kiosk_fixture_wait(m, 1);
	assert_int_equal(model_top(m), SCREEN_AGENDA);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, visit_open, visit_close)

int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(each_line_comes_as_its_check_ends),
		TEST(the_language_of_the_screen_is_that_of_its_lines),
		TEST(the_chime_is_the_kiosks_own_and_for_who_stands_there),
		TEST(what_an_older_run_tells_is_no_news),
		TEST(what_does_not_begin_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
