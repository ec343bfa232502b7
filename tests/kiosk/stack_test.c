/* The stack of screens, with screens of the test's own: what reaches which of them, what is left and wiped, what may be opened from where. */
#include "kiosk/model.h"

#include "lib/kiosk_fixture.h"
#include "lib/testing.h"

#include "base/alloc.h"
#include "base/str.h"
#include "kiosk/screens/screens.h"

/* Stands in for SCREEN_HELP: it may open the keys, and takes everything down. */
struct probe {
	int entered, left, ended;
	int64_t argument;
	int own; /* touches of its own */
	char typed[32];
	int fingers;
	enum finger phase;
	int x, y;
	int64_t finger_ms;
	int told[MSG_PROBLEM + 1];
	int64_t deadline;
};

enum { PROBE_OWN = ACTION_OWN, PROBE_OPENS, PROBE_STRAYS, PROBE_MANY };

static struct probe *mine(const struct model *m) { return model_state(m, SCREEN_HELP); }

static struct probe last; /* what the state was when the model ended */

static void enter(struct model *m, int64_t argument, struct effects *effects) {
	(void)effects;
	mine(m)->entered++;
	mine(m)->argument = argument;
}

static bool act(struct model *m, const struct msg *msg, struct effects *effects) {
	mine(m)->own += msg->action == PROBE_OWN;
	if (msg->action == PROBE_OPENS) {
		model_open(m, SCREEN_TYPE, 0, effects);
	}
	if (msg->action == PROBE_STRAYS) {
		model_open(m, SCREEN_STAFF, 0, effects);
	}
	for (int64_t i = 0; msg->action == PROBE_MANY && i < msg->argument; i++) {
		model_scan(m, &(struct msg){.text = "TO1", .n = 3, .how = "camera"}, effects);
	}
	return msg->action >= ACTION_OWN;
}

static void typed(struct model *m, const char *text, size_t n, struct effects *effects) {
	(void)effects;
	str_copy(mine(m)->typed, n + 1 < sizeof mine(m)->typed ? n + 1 : sizeof mine(m)->typed, text);
}

static void drag(struct model *m, const struct msg *msg, struct effects *effects) {
	(void)effects;
	mine(m)->fingers++;
	mine(m)->phase = msg->phase;
	mine(m)->x = msg->x;
	mine(m)->y = msg->y;
	mine(m)->finger_ms = m->ms;
}

static void told(struct model *m, struct msg *msg, struct effects *effects) {
	(void)effects;
	mine(m)->told[msg->kind]++;
}

static int64_t deadline(const struct model *m) { return mine(m)->deadline == 0 ? INT64_MAX : mine(m)->deadline; }
static void leave(struct model *m) { mine(m)->left++; }
static void end(struct model *m) {
	mine(m)->ended++;
	last = *mine(m);
}
static void draw(const struct view *v) { (void)v; }

static const struct screen probe = {.name = "probe",
				    .state = sizeof(struct probe),
				    .next = SCREEN_SET(TYPE),
				    .enter = enter,
				    .act = act,
				    .typed = typed,
				    .drag = drag,
				    .told = told,
				    .deadline = deadline,
				    .leave = leave,
				    .fini = end,
				    .draw = draw};

struct bench {
	struct words *words;
	struct model model;
	const struct screen *screens[SCREEN_COUNT];
};

static int set_up(void **state) {
	struct bench *b = xcalloc(1, sizeof *b);
	char warning[256];
	b->words = words_open("/nonexistent", warning);
	memcpy(b->screens, screens_all, sizeof b->screens);
	b->screens[SCREEN_HELP] = &probe;
	model_init(&b->model, b->screens, b->words, "en");
	struct desk_message *d = xcalloc(1, sizeof *d);
	d->kind = DESK_LOADED;
	d->event = kiosk_fixture_event(true);
	kiosk_fixture_send(&b->model, (struct msg){.kind = MSG_TIME, .ms = 1000, .now = kiosk_fixture_time("2026-05-14T10:42")});
	kiosk_fixture_send(&b->model, (struct msg){.kind = MSG_DESK, .desk = d});
	*state = b;
	return 0;
}

static int tear_down(void **state) {
	struct bench *b = *state;
	model_fini(&b->model);
	words_close(b->words);
	free(b);
	return 0;
}

static struct effects touch(struct model *m, int action, int64_t argument) {
	return kiosk_fixture_send(m, (struct msg){.kind = MSG_ACTION, .action = action, .argument = argument});
}

static void every_screen_is_in_the_table(void **state) {
	(void)state;
	for (size_t i = 0; i < SCREEN_COUNT; i++) {
		assert_non_null(screens_all[i]);
		assert_non_null(screens_all[i]->draw);
		assert_false(str_empty(screens_all[i]->name));
		for (size_t k = 0; k < i; k++) {
			assert_false(str_eq(screens_all[i]->name, screens_all[k]->name));
		}
		/* What keeps something that somebody typed wipes it. */
		assert_true(screens_all[i]->typed == NULL || screens_all[i]->leave != NULL);
	}
}

static void a_screen_is_entered_used_and_left(void **state) {
	struct model *m = &((struct bench *)*state)->model;
	touch(m, ACTION_HELP, 0);
	assert_int_equal(model_top(m), SCREEN_HELP);
	assert_int_equal(mine(m)->entered, 1);
	touch(m, PROBE_OWN, 0);
	assert_int_equal(mine(m)->own, 1);
	kiosk_fixture_send(m, (struct msg){.kind = MSG_TYPED, .text = "ab", .n = 2});
	assert_string_equal(mine(m)->typed, "ab");
	touch(m, ACTION_LANGUAGE, 1); /* not its own: what that means anywhere */
	touch(m, ACTION_BACK, 0);
	assert_int_equal(model_top(m), SCREEN_AGENDA);
	assert_int_equal(mine(m)->left, 1);
	kiosk_fixture_send(m, (struct msg){.kind = MSG_TYPED, .text = "cd", .n = 2});
	assert_string_equal(mine(m)->typed, "ab");
}

static void a_screen_on_top_comes_off_again(void **state) {
	struct model *m = &((struct bench *)*state)->model;
	touch(m, ACTION_HELP, 0);
	touch(m, PROBE_OPENS, 0);
	assert_int_equal(model_top(m), SCREEN_TYPE);
	assert_int_equal(mine(m)->left, 0); /* it is below */
	touch(m, ACTION_BACK, 0);
	assert_int_equal(model_top(m), SCREEN_HELP);
	assert_int_equal(mine(m)->entered, 1);
	touch(m, PROBE_OPENS, 0);
	kiosk_fixture_wait(m, TIMING.idle_ms); /* nobody is there: all are left */
	assert_int_equal(model_top(m), SCREEN_AGENDA);
	assert_int_equal(mine(m)->left, 1);
}

static void a_finger_is_followed(void **state) {
	struct model *m = &((struct bench *)*state)->model;
	kiosk_fixture_send(m, (struct msg){.kind = MSG_FINGER, .phase = FINGER_DOWN, .x = 1, .y = 2}); /* on the agenda */
	touch(m, ACTION_HELP, 0);
	assert_int_equal(mine(m)->fingers, 0);
	static const enum finger phases[] = {FINGER_DOWN, FINGER_MOVE, FINGER_UP};
	for (int i = 0; i < 3; i++) {
		kiosk_fixture_wait(m, 7);
		kiosk_fixture_send(m, (struct msg){.kind = MSG_FINGER, .phase = phases[i], .x = 10 + i, .y = 20 - i});
		assert_int_equal(mine(m)->fingers, i + 1);
		assert_int_equal(mine(m)->phase, phases[i]);
		assert_int_equal(mine(m)->x, 10 + i);
		assert_int_equal(mine(m)->y, 20 - i);
		assert_int_equal(mine(m)->finger_ms, m->ms);
	}
}

static void who_draws_is_somebody(void **state) {
	struct model *m = &((struct bench *)*state)->model;
	kiosk_fixture_wait(m, TIMING.idle_ms - 1);
	touch(m, ACTION_HELP, 0);
	kiosk_fixture_wait(m, TIMING.idle_ms - 1);
	kiosk_fixture_send(m, (struct msg){.kind = MSG_FINGER, .phase = FINGER_MOVE, .x = 1, .y = 1});
	kiosk_fixture_wait(m, TIMING.idle_ms - 1);
	assert_int_equal(model_top(m), SCREEN_HELP);
	kiosk_fixture_wait(m, 1);
	assert_int_equal(model_top(m), SCREEN_AGENDA);
}

static void time_and_touches_are_the_topmosts_what_others_tell_is_everybodys(void **state) {
	struct model *m = &((struct bench *)*state)->model;
	int times = mine(m)->told[MSG_TIME], desks = mine(m)->told[MSG_DESK];
	kiosk_fixture_wait(m, 1);
	kiosk_fixture_send(m, (struct msg){.kind = MSG_TOUCH});
	assert_int_equal(mine(m)->told[MSG_TIME], times);
	assert_int_equal(mine(m)->told[MSG_TOUCH], 0);
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, NULL);
	d->kind = DESK_COUNTED;
	kiosk_fixture_send(m, (struct msg){.kind = MSG_DESK, .desk = d});
	assert_int_equal(mine(m)->told[MSG_DESK], desks + 1);
	touch(m, ACTION_HELP, 0);
	mine(m)->deadline = m->ms + 5;
	assert_int_equal(model_deadline(m), m->ms + 5);
	kiosk_fixture_wait(m, 1);
	kiosk_fixture_send(m, (struct msg){.kind = MSG_TOUCH});
	assert_int_equal(mine(m)->told[MSG_TIME], times + 1);
	assert_int_equal(mine(m)->told[MSG_TOUCH], 1);
}

/* The picture changed under the finger: what stood there is not what the finger meets. */
static void a_touch_on_another_screens_picture_is_none(void **state) {
	struct bench *b = *state;
	struct model *m = &b->model;
	touch(m, ACTION_HELP, 0);
	kiosk_fixture_send(m, (struct msg){.kind = MSG_ACTION, .action = PROBE_OWN, .screen = b->screens[SCREEN_AGENDA]});
	assert_int_equal(mine(m)->own, 0);
	assert_int_equal(mine(m)->told[MSG_TOUCH], 1);
	kiosk_fixture_send(m, (struct msg){.kind = MSG_ACTION, .action = PROBE_OWN, .screen = &probe});
	assert_int_equal(mine(m)->own, 1);
}

static void what_is_not_declared_is_not_opened(void **state) {
	struct model *m = &((struct bench *)*state)->model;
	touch(m, ACTION_HELP, 0);
	touch(m, ACTION_DAY, tz_days(2026, 5, 14)); /* nothing on this screen leads there */
	touch(m, ACTION_SESSION, 1);
	touch(m, ACTION_CLOCK, 0);
	assert_int_equal(model_top(m), SCREEN_HELP);
	assert_int_equal(m->strays, 0);
#ifndef TURNOUT_DEBUG /* there it ends the program */
	touch(m, PROBE_STRAYS, 0);
	assert_int_equal(model_top(m), SCREEN_HELP);
	assert_int_equal(m->strays, 1);
#endif
	touch(m, ACTION_DAY, -1); /* the first screen always */
	assert_int_equal(model_top(m), SCREEN_AGENDA);
}

static void nothing_that_is_asked_for_is_dropped(void **state) {
	struct model *m = &((struct bench *)*state)->model;
	touch(m, ACTION_HELP, 0);
	struct effects e = touch(m, PROBE_MANY, 300);
	assert_int_equal(e.count, 300);
	for (size_t i = 0; i < e.count; i++) {
		assert_int_equal(e.items[i].kind, EFFECT_SCAN);
		assert_memory_equal(e.items[i].text, "TO1", 3);
	}
}

static void at_the_end_everything_is_left(void **state) {
	struct bench *b = *state;
	touch(&b->model, ACTION_HELP, 0);
	model_fini(&b->model);
	assert_int_equal(last.left, 1);
	assert_int_equal(last.ended, 1);
	model_fini(&b->model); /* of one that is gone: nothing */
	assert_int_equal(last.ended, 1);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(every_screen_is_in_the_table),
		TEST(a_screen_is_entered_used_and_left),
		TEST(a_screen_on_top_comes_off_again),
		TEST(a_finger_is_followed),
		TEST(who_draws_is_somebody),
		TEST(time_and_touches_are_the_topmosts_what_others_tell_is_everybodys),
		TEST(a_touch_on_another_screens_picture_is_none),
		TEST(what_is_not_declared_is_not_opened),
		TEST(nothing_that_is_asked_for_is_dropped),
		TEST(at_the_end_everything_is_left),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
