/* What staff do behind their PIN, and what visitors cannot do. */
#include "lib/kiosk_fixture.h"
#include "lib/testing.h"

#include "base/alloc.h"
#include "base/str.h"
#include "kiosk/workers/transports.h"
#include "scan/camera/camera_list.h"
#include "sync/stick_worker.h"
#include "sync/worker.h"

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

static struct model *model_of(void **state) { return &((struct kiosk_fixture *)*state)->model; }

static struct effects act(struct model *m, int action, int64_t argument) {
	return kiosk_fixture_send(m, (struct msg){.kind = MSG_ACTION, .action = action, .argument = argument});
}

static void type(struct model *m, const char *text) {
	kiosk_fixture_send(m, (struct msg){.kind = MSG_TYPED, .text = text, .n = strlen(text)});
}

static void open_pin(struct model *m) {
	act(m, TOUCH_STAFF, 0);
	kiosk_fixture_wait(m, TIMING.hold_ms);
	assert_int_equal(model_top(m), SCREEN_PIN);
}

static void open_staff(struct model *m) {
	open_pin(m);
	type(m, "2468\n");
	assert_int_equal(model_top(m), SCREEN_STAFF);
}

/* The seconds for which the screen says that nobody is let in; 0: its keys are there. */
static int barred(const struct model *m) {
	const char *text = kiosk_fixture_reads(m);
	int seconds = 0;
	if (strstr(text, "\n5\n") != NULL) {
		return 0;
	}
	for (const char *at = strpbrk(text, "0123456789"); at != NULL && *at >= '0' && *at <= '9'; at++) {
		seconds = 10 * seconds + (*at - '0');
	}
	return seconds;
}

static void tell(struct model *m, enum transport transport, enum sync_message_kind kind, size_t received) {
	struct sync_message *s = xcalloc(1, sizeof *s + sizeof s->peers[0]);
	s->kind = kind;
	s->peer_count = 1;
	s->peers[0].up = true;
	s->received = received;
	kiosk_fixture_send(m, (struct msg){.kind = MSG_SYNC, .transport = transport, .sync = s});
}

static struct effects tell_stick(struct model *m, struct stick_message said) {
	struct stick_message *s = xcalloc(1, sizeof *s);
	*s = said;
	return kiosk_fixture_send(m, (struct msg){.kind = MSG_STICK, .stick = s});
}

/* --- the way in ---------------------------------------------------------------------------------------------------------------------- */

static void a_finger_that_stays_opens_the_way(void **state) {
	struct model *m = model_of(state);
	act(m, TOUCH_STAFF, 0);
	kiosk_fixture_wait(m, TIMING.hold_ms - 1);
	assert_int_equal(model_top(m), SCREEN_AGENDA);
	assert_true(model_deadline(m) - m->ms <= 40); /* the bar moves */
	kiosk_fixture_wait(m, 1);
	assert_int_equal(model_top(m), SCREEN_PIN);
}

static void a_touch_does_not(void **state) {
	struct model *m = model_of(state);
	act(m, TOUCH_STAFF, 0);
	kiosk_fixture_wait(m, TIMING.hold_ms / 2);
	kiosk_fixture_send(m, (struct msg){.kind = MSG_FINGER, .phase = FINGER_UP});
	kiosk_fixture_wait(m, TIMING.hold_ms);
	assert_int_equal(model_top(m), SCREEN_AGENDA);
	act(m, TOUCH_STAFF, 0);
	act(m, ACTION_LANGUAGE, 1); /* a second finger */
	kiosk_fixture_wait(m, TIMING.hold_ms);
	assert_int_equal(model_top(m), SCREEN_AGENDA);
	act(m, ACTION_HELP, 0);
	act(m, TOUCH_STAFF, 0); /* from elsewhere */
	kiosk_fixture_wait(m, TIMING.hold_ms);
	assert_int_equal(model_top(m), SCREEN_HELP);
}

static void the_pin_opens(void **state) {
	struct model *m = model_of(state);
	open_pin(m);
	act(m, TOUCH_PIN_KEY, '2');
	act(m, TOUCH_PIN_KEY, '9');
	act(m, TOUCH_PIN_ERASE, 0);
	type(m, "x4 6"); /* what is no digit is not taken */
	assert_string_equal(kiosk_fixture_typed(m, SCREEN_PIN), "246");
	act(m, TOUCH_PIN_DONE, 0);
	assert_int_equal(model_top(m), SCREEN_PIN);
	assert_true(kiosk_fixture_says(m, "That is not the PIN"));
	type(m, "2468");
	assert_false(kiosk_fixture_says(m, "That is not the PIN"));
	act(m, TOUCH_PIN_DONE, 0);
	assert_int_equal(model_top(m), SCREEN_STAFF);
	assert_string_equal(kiosk_fixture_typed(m, SCREEN_PIN), "");
}

static void three_wrong_ones_and_nobody_gets_in_for_a_while(void **state) {
	struct model *m = model_of(state);
	open_pin(m);
	type(m, "1111\n2222\n");
	act(m, ACTION_BACK, 0); /* leaving does not help */
	open_pin(m);
	type(m, "3333\n");
	assert_int_equal(barred(m), 30);
	type(m, "2468\n");
	act(m, TOUCH_PIN_KEY, '2');
	act(m, TOUCH_PIN_DONE, 0);
	assert_int_equal(model_top(m), SCREEN_PIN);
	assert_string_equal(kiosk_fixture_typed(m, SCREEN_PIN), "");
	act(m, ACTION_BACK, 0);
	open_pin(m);
	assert_int_equal(barred(m), 28);
	kiosk_fixture_wait(m, TIMING.barred_ms - TIMING.hold_ms - 1);
	assert_int_equal(barred(m), 1);
	kiosk_fixture_wait(m, 1);
	assert_int_equal(barred(m), 0);
	type(m, "2468\n");
	assert_int_equal(model_top(m), SCREEN_STAFF);
}

static void an_event_without_a_pin_lets_nobody_in(void **state) {
	struct model *m = model_of(state);
	static const char *const pins[] = {NULL, "", "12", "12345678901", "12a4"};
	for (size_t i = 0; i < COUNT_OF(pins); i++) {
		free(m->event->staff_pin);
		m->event->staff_pin = pins[i] == NULL ? NULL : xstrdup(pins[i]);
		open_pin(m);
		type(m, "\n");
		type(m, str_or_empty(pins[i]));
		type(m, "\n");
		assert_int_equal(model_top(m), SCREEN_PIN);
		act(m, ACTION_BACK, 0);
	}
}

static void actions_of_staff_do_nothing_for_visitors(void **state) {
	struct model *m = model_of(state);
	tell(m, TRANSPORT_HUB, SYNC_PEERS, 0);
	for (int a = TOUCH_PIN_KEY; a < TOUCH_COUNT; a++) {
		struct effects e = act(m, a, '2');
		assert_int_equal(e.count, 0);
		assert_int_equal(model_top(m), SCREEN_AGENDA);
	}
	assert_string_equal(kiosk_fixture_typed(m, SCREEN_PIN), "");
}

static void it_is_left_alone_only_so_long(void **state) {
	struct model *m = model_of(state);
	open_pin(m);
	type(m, "24");
	kiosk_fixture_wait(m, TIMING.idle_ms);
	assert_int_equal(model_top(m), SCREEN_AGENDA);
	open_pin(m);
	assert_string_equal(kiosk_fixture_typed(m, SCREEN_PIN), "");
	act(m, ACTION_BACK, 0);
	open_staff(m);
	kiosk_fixture_wait(m, TIMING.idle_ms - 1);
	assert_int_equal(model_top(m), SCREEN_STAFF);
	kiosk_fixture_wait(m, 1);
	assert_int_equal(model_top(m), SCREEN_AGENDA);
	act(m, TOUCH_STICK, 0); /* closed again */
	assert_int_equal(model_top(m), SCREEN_AGENDA);
}

/* --- badges -------------------------------------------------------------------------------------------------------------------------- */

static void a_badge_on_the_staffs_screens_is_not_acted_on(void **state) {
	struct model *m = model_of(state);
	static const struct msg badge = {.kind = MSG_CODE, .text = "TO1ABC", .n = 6, .how = "camera"};
	open_pin(m);
	struct effects e = kiosk_fixture_send(m, badge); /* not behind the PIN yet */
	assert_int_equal(e.count, 1);
	type(m, "2468\n");
	e = kiosk_fixture_send(m, badge);
	assert_int_equal(e.count, 0);
	kiosk_fixture_send(m, (struct msg){.kind = MSG_DESK, .desk = kiosk_fixture_answer(OUTCOME_ACCEPTED, "A")}); /* from before */
	assert_int_equal(model_top(m), SCREEN_STAFF);
	act(m, TOUCH_STICK, 0);
	e = kiosk_fixture_send(m, badge);
	assert_int_equal(e.count, 0);
	act(m, ACTION_BACK, 0);
	assert_int_equal(model_top(m), SCREEN_STAFF);
	act(m, ACTION_BACK, 0);
	assert_int_equal(model_top(m), SCREEN_AGENDA);
	e = kiosk_fixture_send(m, badge);
	assert_int_equal(e.count, 1);
}

/* --- exchanging ---------------------------------------------------------------------------------------------------------------------- */

static void a_round_waits_for_every_road_there_is(void **state) {
	struct model *m = model_of(state);
	tell(m, TRANSPORT_HUB, SYNC_PEERS, 0);
	tell(m, TRANSPORT_NEAR, SYNC_PEERS, 0);
	open_staff(m);
	struct effects e = act(m, TOUCH_SYNC, 0);
	assert_int_equal(e.items[0].kind, EFFECT_SYNC_NOW);
	e = act(m, TOUCH_SYNC, 0); /* once is enough */
	assert_int_equal(e.count, 0);
	tell(m, TRANSPORT_NEAR, SYNC_PEERS, 99); /* no end of a round */
	tell(m, TRANSPORT_NEAR, SYNC_ROUND, 3);
	assert_true(kiosk_fixture_says(m, "Sending and receiving"));
	tell(m, TRANSPORT_HUB, SYNC_ROUND, 4);
	assert_false(kiosk_fixture_says(m, "Sending and receiving"));
	assert_non_null(strstr(kiosk_fixture_reads(m), "Записів отримано: 7\n"));
	tell(m, TRANSPORT_HUB, SYNC_ROUND, 4); /* not asked for */
	assert_non_null(strstr(kiosk_fixture_reads(m), "Записів отримано: 7\n"));
}

static void without_any_road_a_round_is_over_at_once(void **state) {
	struct model *m = model_of(state);
	open_staff(m);
	act(m, TOUCH_SYNC, 0);
	assert_true(kiosk_fixture_says(m, "There is nobody to exchange with. Take a USB stick"));
}

/* --- sticks -------------------------------------------------------------------------------------------------------------------------- */

static const struct stick_message two_sticks = {
	.kind = STICK_MEDIA, .media = {{"/media/a/ONE", "ONE"}, {"/media/a/TWO", "TWO"}}, .media_count = 2};

static void sticks_are_looked_for_until_one_is_chosen(void **state) {
	struct model *m = model_of(state);
	open_staff(m);
	struct effects e = act(m, TOUCH_STICK, 0);
	assert_int_equal(e.items[0].kind, EFFECT_STICK_LOOK);
	assert_int_equal(model_deadline(m), m->ms + TIMING.look_ms);
	e = kiosk_fixture_wait(m, TIMING.look_ms);
	assert_int_equal(e.items[0].kind, EFFECT_STICK_LOOK);
	tell_stick(m, two_sticks);
	e = act(m, TOUCH_STICK_VISIT, 2); /* not there */
	assert_int_equal(e.count, 0);
	e = act(m, TOUCH_STICK_VISIT, 1);
	assert_int_equal(e.items[0].kind, EFFECT_STICK_VISIT);
	assert_string_equal(e.items[0].text, "/media/a/TWO");
	e = act(m, TOUCH_STICK_VISIT, 0); /* one at a time */
	assert_int_equal(e.count, 0);
	e = kiosk_fixture_wait(m, TIMING.look_ms);
	assert_int_equal(e.count, 0);
}

static void nobody_is_sent_home_while_a_stick_is_written(void **state) {
	struct model *m = model_of(state);
	open_staff(m);
	act(m, TOUCH_STICK, 0);
	tell_stick(m, two_sticks);
	act(m, TOUCH_STICK_VISIT, 0);
	kiosk_fixture_wait(m, 3 * TIMING.idle_ms);
	assert_int_equal(model_top(m), SCREEN_STICK);
	tell_stick(m, (struct stick_message){.kind = STICK_STEP, .step = STICK_WRITING, .done = 1, .count = 2});
	struct effects e = act(m, TOUCH_STICK_END, 0);
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
	struct model *m = model_of(state);
	open_staff(m);
	act(m, TOUCH_STICK, 0);
	tell_stick(m, two_sticks);
	act(m, TOUCH_STICK_VISIT, 0);
	act(m, ACTION_BACK, 0);
	assert_int_equal(model_top(m), SCREEN_STAFF);
	act(m, TOUCH_STICK, 0);
	assert_true(kiosk_fixture_says(m, "Leave it in until this is over"));
	tell_stick(m, (struct stick_message){.kind = STICK_OVER});
	act(m, TOUCH_STICK, 0);
	assert_true(kiosk_fixture_says(m, "Touch the stick: it is read and written"));
}

/* --- the camera ---------------------------------------------------------------------------------------------------------------------- */

static void staff_choose_and_turn_the_camera(void **state) {
	struct model *m = model_of(state);
	struct camera_list list = {.count = 2, .items = {{.id = "One [usb-1]"}, {.id = "Two [usb-2]"}}};
	const struct turn mirrored = {.mirror = true};
	struct effects e = act(m, TOUCH_CAMERA_TURN, 0); /* not before the PIN */
	assert_int_equal(e.count, 0);
	open_staff(m);
	e = act(m, TOUCH_CAMERA_TURN, 0);
	assert_int_equal(e.count, 0);
	e = act(m, TOUCH_CAMERA, 0);
	assert_int_equal(e.items[0].kind, EFFECT_CAMERA_LOOK);
	e = act(m, TOUCH_CAMERA_USE, 0); /* nothing was told yet */
	assert_int_equal(e.count, 0);
	kiosk_fixture_send(m, (struct msg){.kind = MSG_CAMERAS, .cameras = &list, .text = "", .turn = mirrored});
	e = act(m, TOUCH_CAMERA_USE, 1);
	assert_int_equal(e.items[0].kind, EFFECT_CAMERA_KEEP);
	assert_string_equal(e.items[0].text, "Two [usb-2]");
	assert_true(e.items[0].turn.mirror);
	for (int degrees = 90; degrees <= 360; degrees += 90) {
		e = act(m, TOUCH_CAMERA_TURN, 0);
		assert_int_equal(e.items[0].turn.degrees, degrees % 360);
		assert_string_equal(e.items[0].text, "Two [usb-2]");
	}
	e = act(m, TOUCH_CAMERA_MIRROR, 0);
	assert_false(e.items[0].turn.mirror);
	e = act(m, TOUCH_CAMERA_USE, 2); /* not there */
	assert_int_equal(e.count, 0);
	e = kiosk_fixture_wait(m, TIMING.look_ms);
	assert_int_equal(e.items[0].kind, EFFECT_CAMERA_LOOK); /* one may be plugged in meanwhile */
	act(m, ACTION_BACK, 0);
	assert_int_equal(model_top(m), SCREEN_STAFF);
}

static void a_camera_is_tried_without_signing_in(void **state) {
	struct model *m = model_of(state);
	open_staff(m);
	act(m, TOUCH_CAMERA, 0);
	struct effects e = kiosk_fixture_send(m, (struct msg){.kind = MSG_CODE, .text = "TO1", .n = 3, .how = "camera"});
	assert_int_equal(e.count, 1);
	assert_int_equal(e.items[0].kind, EFFECT_CHIME);
	assert_true(kiosk_fixture_says(m, "A code was read"));
	kiosk_fixture_wait(m, TIMING.read_ms);
	assert_false(kiosk_fixture_says(m, "A code was read"));
	kiosk_fixture_send(m, (struct msg){.kind = MSG_CAMERA, .camera = CAMERA_OK, .text = ""});
	assert_true(model_wants_preview(m));
	kiosk_fixture_wait(m, TIMING.idle_ms);
	assert_int_equal(model_top(m), SCREEN_AGENDA);
}

/* --- an event that changes ------------------------------------------------------------------------------------------------------------ */

static void load(struct model *m, struct kiosk_event *event) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, NULL);
	d->kind = DESK_LOADED;
	d->event = event;
	kiosk_fixture_send(m, (struct msg){.kind = MSG_DESK, .desk = d});
}

static void a_changed_event_takes_no_screen_away(void **state) {
	struct model *m = model_of(state);
	struct kiosk_event *other = kiosk_fixture_event(true);
	struct session_row first = other->sessions.items[0];
	for (size_t i = 0; i + 1 < other->sessions.count; i++) { /* the sessions have other numbers now */
		other->sessions.items[i] = other->sessions.items[i + 1];
	}
	other->sessions.items[other->sessions.count - 1] = first;
	act(m, ACTION_SESSION, 3);
	assert_true(kiosk_fixture_says(m, "Як написати грантову заявку"));
	load(m, other);
	assert_int_equal(model_top(m), SCREEN_SESSION);
	assert_true(kiosk_fixture_says(m, "Як написати грантову заявку"));
	load(m, kiosk_fixture_event(false)); /* it is gone */
	assert_int_equal(model_top(m), SCREEN_AGENDA);
	open_staff(m);
	load(m, kiosk_fixture_event(true));
	assert_int_equal(model_top(m), SCREEN_STAFF);
}

static void a_result_keeps_pointing_at_its_session(void **state) {
	struct model *m = model_of(state);
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_FULL, "A");
	d->other = 3;
	kiosk_fixture_send(m, (struct msg){.kind = MSG_DESK, .desk = d});
	load(m, kiosk_fixture_event(false));
	assert_int_equal(model_top(m), SCREEN_RESULT);
	assert_true(kiosk_fixture_says(m, "Please see our staff"));
}

static void the_box_speaks_the_events_first_language(void **state) {
	struct model *m = model_of(state);
	struct kiosk_event *other = kiosk_fixture_event(true);
	free(other->languages[0]);
	other->languages[0] = xstrdup("ru");
	load(m, other);
	assert_string_equal(words_code(m->words, model_language(m)), "uk"); /* given on the command line */
	m->language_given = false;
	other = kiosk_fixture_event(true);
	free(other->languages[0]);
	other->languages[0] = xstrdup("ru");
	load(m, other);
	assert_string_equal(words_code(m->words, model_language(m)), "ru");
}

static void what_does_not_count_is_said(void **state) {
	struct model *m = model_of(state);
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

#define TEST(f) cmocka_unit_test_setup_teardown(f, open_agenda, close_agenda)

int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(a_finger_that_stays_opens_the_way),
		TEST(a_touch_does_not),
		TEST(the_pin_opens),
		TEST(three_wrong_ones_and_nobody_gets_in_for_a_while),
		TEST(an_event_without_a_pin_lets_nobody_in),
		TEST(actions_of_staff_do_nothing_for_visitors),
		TEST(it_is_left_alone_only_so_long),
		TEST(a_badge_on_the_staffs_screens_is_not_acted_on),
		TEST(a_round_waits_for_every_road_there_is),
		TEST(without_any_road_a_round_is_over_at_once),
		TEST(sticks_are_looked_for_until_one_is_chosen),
		TEST(nobody_is_sent_home_while_a_stick_is_written),
		TEST(who_leaves_a_stick_under_way_finds_it_again),
		TEST(staff_choose_and_turn_the_camera),
		TEST(a_camera_is_tried_without_signing_in),
		TEST(a_changed_event_takes_no_screen_away),
		TEST(a_result_keeps_pointing_at_its_session),
		TEST(the_box_speaks_the_events_first_language),
		TEST(what_does_not_count_is_said),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
