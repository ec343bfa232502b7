/* How a box is set on its screen: each choice holds at once and is kept under the key that a terminal has for it; and a screen that was turned the wrong way
 * turns back by itself. */
#include "lib/kiosk_visit.h"
#include "lib/testing.h"

#include <stdio.h>

static void open_settings(struct model *m) {
	visit_staff(m);
	visit_touch(m, TOUCH_STAFF_SETUP, 0);
	visit_touch(m, TOUCH_SETUP_SETTINGS, 0);
	assert_int_equal(model_top(m), SCREEN_SETTINGS);
}

static void assert_keeps(const struct effects *e, size_t which, const char *key, const char *value) {
	assert_true(e->count > which);
	assert_int_equal(e->items[which].kind, EFFECT_DEVICE);
	assert_string_equal(e->items[which].how, key);
	assert_string_equal(e->items[which].text, value);
}

static void leads_alone_set_the_box(void **state) {
	struct model *m = visit_model(state);
	struct effects e = visit_touch(m, SETTINGS_TOUCH_SOUND, 0); /* not before the PIN */
	assert_int_equal(e.count, 0);
	visit_staff(m);
	m->at_work.role = STAFF_DOOR;
	visit_touch(m, TOUCH_STAFF_SETUP, 0);
	visit_touch(m, TOUCH_SETUP_SETTINGS, 0);
	assert_int_not_equal(model_top(m), SCREEN_SETTINGS);
	assert_int_equal(m->box.loudness, 100);
}

static void the_language_is_the_events_or_the_boxs(void **state) {
	struct model *m = visit_model(state);
	open_settings(m);
	int uk = words_language(m->words, "uk"), en = words_language(m->words, "en"), ru = words_language(m->words, "ru");
	struct effects e = visit_touch(m, SETTINGS_TOUCH_LANGUAGE, 1);
	assert_keeps(&e, 0, "language", "en");
	assert_int_equal(m->language, en);
	assert_true(kiosk_fixture_says(m, "Settings of this box"));
	e = visit_touch(m, SETTINGS_TOUCH_LANGUAGE, 2);
	assert_keeps(&e, 0, "language", "ru");
	kiosk_fixture_wait(m, TIMING.idle_ms);
	assert_int_equal(model_top(m), SCREEN_AGENDA);
	assert_int_equal(m->language, ru);
	visit_touch(m, ACTION_LANGUAGE, 1); /* somebody else's */
	assert_int_equal(m->language, en);
	kiosk_fixture_wait(m, TIMING.idle_ms);
	assert_int_equal(m->language, ru); /* returned to */
	open_settings(m);
	e = visit_touch(m, SETTINGS_TOUCH_LANGUAGE, -1);
	assert_keeps(&e, 0, "language", "event");
	assert_int_equal(m->language, uk);
	assert_int_equal(m->language_given, -1);
	e = visit_touch(m, SETTINGS_TOUCH_LANGUAGE, 7); /* none of the event's */
	assert_keeps(&e, 0, "language", "event");
}

/* A language that the event lacks has no keys and no button: it waits until an event has it. */
static void a_language_that_the_event_lacks_waits(void **state) {
	struct model *m = visit_model(state);
	open_settings(m);
	visit_touch(m, SETTINGS_TOUCH_LANGUAGE, 2);
	int uk = words_language(m->words, "uk"), ru = words_language(m->words, "ru");
	struct kiosk_event *event = kiosk_fixture_event(true);
	free(event->languages[--event->language_count]);
	kiosk_fixture_load(m, event);
	assert_int_equal(m->station_language, uk);
	assert_int_equal(m->language, uk);
	kiosk_fixture_load(m, kiosk_fixture_event(true));
	assert_int_equal(m->station_language, ru);
}

static void text_and_contrast_are_seen_at_once(void **state) {
	struct model *m = visit_model(state);
	open_settings(m);
	struct effects e = visit_touch(m, SETTINGS_TOUCH_TEXT, 1);
	assert_keeps(&e, 0, "text", "large");
	assert_true(m->style->types[TYPE_BODY].size > style_default.types[TYPE_BODY].size);
	e = visit_touch(m, SETTINGS_TOUCH_CONTRAST, 1);
	assert_keeps(&e, 0, "contrast", "high");
	assert_int_equal(m->style->hues[INK], 0);
	assert_true(m->own_access.large && m->own_access.high_contrast);
	assert_false(model_access_chosen(m)); /* the box is so, nobody's visit */
	kiosk_fixture_wait(m, TIMING.idle_ms);
	assert_true(m->access.large && m->access.high_contrast);
	open_settings(m);
	e = visit_touch(m, SETTINGS_TOUCH_TEXT, 0);
	assert_keeps(&e, 0, "text", "normal");
	e = visit_touch(m, SETTINGS_TOUCH_CONTRAST, 0);
	assert_keeps(&e, 0, "contrast", "normal");
	assert_ptr_equal(m->style, &style_default);
}

static void brightness_has_its_steps(void **state) {
	struct model *m = visit_model(state);
	open_settings(m);
	for (int percent = 20; percent <= 100; percent += 20) {
		char value[16];
		snprintf(value, sizeof value, "%d", percent);
		struct effects e = visit_touch(m, SETTINGS_TOUCH_BRIGHTNESS, percent);
		assert_keeps(&e, 0, "brightness", value);
		assert_int_equal(m->box.brightness, percent);
	}
	static const int dark[] = {0, 10, 19, 101, -20};
	for (size_t i = 0; i < sizeof dark / sizeof *dark; i++) {
		struct effects e = visit_touch(m, SETTINGS_TOUCH_BRIGHTNESS, dark[i]);
		assert_int_equal(e.count, 0);
		assert_int_equal(m->box.brightness, 100);
	}
}

static void sound_is_heard_as_loud_as_it_is_set(void **state) {
	struct model *m = visit_model(state);
	m->speaks = true;
	open_settings(m);
	struct effects e = visit_touch(m, SETTINGS_TOUCH_SOUND, 50);
	assert_keeps(&e, 0, "sound", "50");
	assert_int_equal(m->box.loudness, 50);
	assert_int_equal(e.count, 2);
	assert_int_equal(e.items[1].kind, EFFECT_CHIME);
	assert_int_equal(e.items[1].chime, CHIME_WELCOME);
	e = visit_touch(m, SETTINGS_TOUCH_SOUND, 60); /* no step of it */
	assert_int_equal(e.count, 0);
	e = visit_touch(m, SETTINGS_TOUCH_SOUND, 0);
	assert_keeps(&e, 0, "sound", "off");
	assert_int_equal(e.count, 1);
	assert_false(model_speaks(m));
}

/* Who wants to be read to is told that there is no sound. */
static void silence_is_said(void **state) {
	struct model *m = visit_model(state);
	m->speaks = true;
	kiosk_fixture_send(m, (struct msg){.kind = MSG_PROBLEM, .problem = PROBLEM_SOUND, .text = "no device"});
	assert_true(kiosk_fixture_says(m, "No sound"));
	kiosk_fixture_send(m, (struct msg){.kind = MSG_BOX, .box = &(struct own_box){.loudness = 0}});
	assert_false(kiosk_fixture_says(m, "No sound")); /* staff wanted it so: nothing is missing */
	visit_touch(m, ACTION_ACCESS, 0);
	assert_true(kiosk_fixture_says(m, "Nothing can be read aloud: the sound of this box is off"));
	visit_touch(m, ACTION_OWN, 5); /* what an older picture offered */
	assert_false(m->access.aloud);
	kiosk_fixture_send(m, (struct msg){.kind = MSG_BOX, .box = &(struct own_box){.loudness = 25}});
	assert_false(kiosk_fixture_says(m, "Nothing can be read aloud: the sound of this box is off"));
	visit_touch(m, ACTION_OWN, 5);
	assert_true(m->access.aloud);
}

static void a_turned_screen_that_somebody_keeps_stays(void **state) {
	struct model *m = visit_model(state);
	open_settings(m);
	struct effects e = visit_touch(m, SETTINGS_TOUCH_TURN, 90);
	assert_int_equal(e.count, 0); /* a power cut now, and it is as before */
	assert_int_equal(m->box.degrees, 90);
	assert_true(kiosk_fixture_says(m, "Keep it"));
	e = visit_touch(m, SETTINGS_TOUCH_SOUND, 0); /* nothing else meanwhile */
	assert_int_equal(e.count, 0);
	e = visit_touch(m, SETTINGS_TOUCH_TURN, 270);
	assert_int_equal(m->box.degrees, 90);
	e = visit_touch(m, SETTINGS_TOUCH_KEEP, 0);
	assert_keeps(&e, 0, "screen-rotate", "90");
	kiosk_fixture_wait(m, TIMING.idle_ms);
	assert_int_equal(model_top(m), SCREEN_AGENDA);
	assert_int_equal(m->box.degrees, 90);
}

static void a_turned_screen_turns_back_by_itself(void **state) {
	struct model *m = visit_model(state);
	open_settings(m);
	visit_touch(m, SETTINGS_TOUCH_TURN, 180);
	for (int64_t left = 15; left > 1; left--) {
		char seconds[16];
		snprintf(seconds, sizeof seconds, " %d", (int)left);
		assert_holds(kiosk_fixture_reads(m), seconds);
		assert_int_equal(model_deadline(m), m->ms + 1000);
		kiosk_fixture_wait(m, 1000);
		assert_int_equal(m->box.degrees, 180);
	}
	struct effects e = kiosk_fixture_wait(m, 1000);
	assert_int_equal(e.count, 0);
	assert_int_equal(m->box.degrees, 0);
	assert_int_equal(model_top(m), SCREEN_SETTINGS);
	assert_true(kiosk_fixture_says(m, "Settings of this box"));
	e = visit_touch(m, SETTINGS_TOUCH_KEEP, 0); /* too late */
	assert_int_equal(e.count, 0);
	assert_int_equal(m->box.degrees, 0);
}

static void a_turned_screen_is_turned_back_by_hand(void **state) {
	struct model *m = visit_model(state);
	open_settings(m);
	static const int ways[] = {SETTINGS_TOUCH_UNDO, ACTION_BACK};
	for (int i = 0; i < 2; i++) {
		visit_touch(m, SETTINGS_TOUCH_TURN, 270);
		assert_int_equal(m->box.degrees, 270);
		visit_touch(m, ways[i], 0);
		assert_int_equal(m->box.degrees, 0);
		assert_int_equal(model_top(m), SCREEN_SETTINGS);
	}
	static const int64_t odd[] = {0, 45, 360, -90, INT64_C(90) << 32};
	for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) { /* as it is already, and what is none */
		visit_touch(m, SETTINGS_TOUCH_TURN, odd[i]);
		assert_int_equal(m->box.degrees, 0);
		assert_true(kiosk_fixture_says(m, "Settings of this box"));
	}
}

/* Personal data go, or anything else takes the screen away: nobody is left who could answer. */
static void a_question_that_is_taken_away_is_a_no(void **state) {
	struct model *m = visit_model(state);
	open_settings(m);
	visit_touch(m, SETTINGS_TOUCH_TURN, 90);
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, NULL);
	d->kind = DESK_ERASED;
	d->event = kiosk_fixture_event(true);
	d->retention = (struct retention){RETENTION_ERASED, 0};
	kiosk_fixture_send(m, (struct msg){.kind = MSG_DESK, .desk = d});
	assert_int_equal(m->box.degrees, 0);
}

static void what_could_not_be_written_is_said(void **state) {
	struct model *m = visit_model(state);
	open_settings(m);
	visit_touch(m, SETTINGS_TOUCH_BRIGHTNESS, 60);
	kiosk_fixture_send(m, (struct msg){.kind = MSG_KEPT, .text = "no space left on device"});
	assert_true(kiosk_fixture_says(m, "This cannot be written to the disk: it holds until the program ends."));
	assert_int_equal(m->box.brightness, 60);
	visit_touch(m, SETTINGS_TOUCH_BRIGHTNESS, 80);
	kiosk_fixture_send(m, (struct msg){.kind = MSG_KEPT, .text = ""});
	assert_false(kiosk_fixture_says(m, "This cannot be written to the disk: it holds until the program ends."));
}

/* How the camera's picture is mirrored is set where it is seen. */
static void the_camera_has_its_own_screen(void **state) {
	struct model *m = visit_model(state);
	open_settings(m);
	visit_touch(m, SETTINGS_TOUCH_CAMERA, 0);
	assert_int_equal(model_top(m), SCREEN_CAMERA);
	visit_touch(m, ACTION_BACK, 0);
	assert_int_equal(model_top(m), SCREEN_SETTINGS);
	visit_touch(m, ACTION_BACK, 0);
	assert_int_equal(model_top(m), SCREEN_SETUP);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, visit_open, visit_close)

int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(leads_alone_set_the_box),
		TEST(the_language_is_the_events_or_the_boxs),
		TEST(a_language_that_the_event_lacks_waits),
		TEST(text_and_contrast_are_seen_at_once),
		TEST(brightness_has_its_steps),
		TEST(sound_is_heard_as_loud_as_it_is_set),
		TEST(silence_is_said),
		TEST(a_turned_screen_that_somebody_keeps_stays),
		TEST(a_turned_screen_turns_back_by_itself),
		TEST(a_turned_screen_is_turned_back_by_hand),
		TEST(a_question_that_is_taken_away_is_a_no),
		TEST(what_could_not_be_written_is_said),
		TEST(the_camera_has_its_own_screen),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
