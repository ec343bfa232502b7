/* Find my name, and saying who one is: what is asked, what is taken of the answers, and that nothing of it stays. */
#include "lib/kiosk_visit.h"
#include "lib/testing.h"

#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "kiosk/screens/screens.h"
#include "kiosk/screens/view.h"
#include "kiosk/ui/field.h"

static struct effects type(struct model *m, const char *text) {
	return kiosk_fixture_send(m, (struct msg){.kind = MSG_TYPED, .text = text, .n = strlen(text)});
}

static bool asks(const struct effects *effects, enum effect_kind kind) {
	for (size_t i = 0; i < effects->count; i++) {
		if (effects->items[i].kind == kind) {
			return true;
		}
	}
	return false;
}

static struct effect asked(const struct effects *effects, enum effect_kind kind) {
	size_t at = 0;
	while (at + 1 < effects->count && effects->items[at].kind != kind) {
		at++;
	}
	assert_true(at < effects->count);
	assert_int_equal(effects->items[at].kind, kind);
	return effects->items[at];
}

/* Whoever is found: each has an id and a name of their own, so that nobody is taken for another. */
static const struct {
	const char *id, *name;
} PEOPLE[] = {{"000000000000000000a1", "Олег К."}, {"000000000000000000b2", "Олена П."}, {"000000000000000000c3", "Олеся Р."}};
#define CHOSEN 1

/* They may or may not confirm by telephone. */
static void answer(struct model *m, uint64_t number, bool can_confirm) {
	struct found_message *found = xcalloc(1, sizeof *found);
	found->number = number;
	for (size_t i = 0; i < COUNT_OF(PEOPLE); i++) {
		struct found_row *row = &found->rows[found->count++];
		str_copy(row->id, sizeof row->id, PEOPLE[i].id);
		str_copy(row->name, sizeof row->name, PEOPLE[i].name);
		row->can_confirm = can_confirm;
	}
	kiosk_fixture_send(m, (struct msg){.kind = MSG_FOUND, .found = found});
}

/* What becomes of the digits of whoever was chosen. */
static struct effects confirmed(struct model *m, uint64_t number, bool right, int tries_left) {
	struct found_message *found = xcalloc(1, sizeof *found);
	found->kind = right ? FOUND_CONFIRMED : FOUND_WRONG;
	found->number = number;
	found->tries_left = tries_left;
	found->count = 1;
	str_copy(found->rows[0].id, sizeof found->rows[0].id, PEOPLE[CHOSEN].id);
	str_copy(found->rows[0].name, sizeof found->rows[0].name, PEOPLE[CHOSEN].name);
	found->rows[0].can_confirm = right || tries_left > 0;
	return kiosk_fixture_send(m, (struct msg){.kind = MSG_FOUND, .found = found});
}

/* Returns the number of the search. */
static uint64_t choose_one(struct model *m, bool can_confirm) {
	visit_touch(m, ACTION_FIND, 0);
	struct effects effects = type(m, "оле");
	uint64_t number = asked(&effects, EFFECT_FIND).number;
	answer(m, number, can_confirm);
	visit_touch(m, FIND_TOUCH_ROW, CHOSEN);
	assert_true(model_shows(m, SCREEN_ME));
	assert_string_equal(m->chosen.id, PEOPLE[CHOSEN].id);
	assert_string_equal(m->chosen.name, PEOPLE[CHOSEN].name);
	return number;
}

/* Fewer letters ask for nothing; each further one asks anew, and only the last answer counts. */
static void three_letters_and_more(void **state) {
	struct model *m = visit_model(state);
	visit_touch(m, ACTION_FIND, 0);
	struct effects effects = type(m, "ол");
	assert_false(asks(&effects, EFFECT_FIND));
	effects = type(m, "е");
	struct effect first = asked(&effects, EFFECT_FIND);
	assert_string_equal(first.text, "оле");
	uint64_t number = first.number;
	effects = type(m, "н");
	uint64_t next = asked(&effects, EFFECT_FIND).number;
	assert_true(next > number);
	answer(m, number, true); /* too late */
	visit_touch(m, FIND_TOUCH_ROW, 0);
	assert_true(model_shows(m, SCREEN_FIND));
	answer(m, next, true);
	type(m, "\b\b"); /* two letters again: nobody is to be seen */
	visit_touch(m, FIND_TOUCH_ROW, 0);
	assert_true(model_shows(m, SCREEN_FIND));
}

/* What is typed between and around letters, and marks on them, are none. */
static void letters_alone_count(void **state) {
	static const struct {
		const char *text;
		bool enough;
	} texts[] = {{"ол ", false},   {"о л", false},  {"  о", false}, {"ол-", false},
		     {"ол...", false}, {"о'л", false},  {"оʼл", false}, {"е\xcc\x81\xcc\x80л", false},
		     {"王", false},    {"о л е", true}, {"о'ле", true}, {"12а", true},
		     {"王伟", true}};
	struct model *m = visit_model(state);
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		visit_touch(m, ACTION_FIND, 0);
		struct effects effects = type(m, texts[i].text);
		if (asks(&effects, EFFECT_FIND) != texts[i].enough) {
			fail_msg("\"%s\" is %s", texts[i].text, texts[i].enough ? "enough" : "too little");
		}
		visit_touch(m, ACTION_BACK, 0);
	}
}

/* Keys give capitals where a name begins. */
static void keys_write_names(void **state) {
	struct model *m = visit_model(state);
	static const uint32_t keys[] = {0x41E, 0x41B, 0x2D, 0x421, 0x410, ' ', 0x41F, 0x420}; /* О Л - С А П Р */
	visit_touch(m, ACTION_FIND, 0);
	for (size_t i = 0; i < COUNT_OF(keys); i++) {
		visit_touch(m, FIND_TOUCH_KEY, keys[i]);
	}
	assert_string_equal(kiosk_fixture_typed(m, SCREEN_FIND), "Ол-Са Пр");
	visit_touch(m, FIND_TOUCH_ERASE, 0);
	assert_string_equal(kiosk_fixture_typed(m, SCREEN_FIND), "Ол-Са П");
}

static void the_last_digits_sign_in(void **state) {
	struct model *m = visit_model(state);
	choose_one(m, true);
	struct effects effects = type(m, "12x34");
	struct effect e = asked(&effects, EFFECT_CONFIRM);
	assert_string_equal(e.text, "1234");
	assert_string_equal(e.person, PEOPLE[CHOSEN].id);
	assert_string_equal(kiosk_fixture_typed(m, SCREEN_ME), ""); /* not kept while they are compared */
	uint64_t number = e.number;
	effects = confirmed(m, number, false, 2);
	assert_false(asks(&effects, EFFECT_SIGN_IN));
	assert_non_null(strstr(kiosk_fixture_reads(m), "2\u00a0спроби")); /* on one line, wherever that ends */
	effects = type(m, "5678");
	number = asked(&effects, EFFECT_CONFIRM).number;
	effects = confirmed(m, number, true, 3);
	e = asked(&effects, EFFECT_SIGN_IN);
	assert_string_equal(e.person, PEOPLE[CHOSEN].id);
	assert_string_equal(e.how, "name");
}

static void after_too_many_wrong_digits_staff_are_asked(void **state) {
	struct model *m = visit_model(state);
	choose_one(m, true);
	struct effects effects = type(m, "0000");
	confirmed(m, asked(&effects, EFFECT_CONFIRM).number, false, 0);
	effects = type(m, "1234");
	assert_false(asks(&effects, EFFECT_CONFIRM));
}

/* "That is not me", and the same row once more: it is another beginning for nobody. */
static void nor_when_they_are_chosen_again(void **state) {
	struct model *m = visit_model(state);
	choose_one(m, true);
	struct effects effects = type(m, "0000");
	confirmed(m, asked(&effects, EFFECT_CONFIRM).number, false, 0);
	visit_touch(m, ME_TOUCH_SOMEBODY_ELSE, 0);
	assert_true(model_shows(m, SCREEN_FIND));
	visit_touch(m, FIND_TOUCH_ROW, CHOSEN);
	assert_string_equal(m->chosen.id, PEOPLE[CHOSEN].id);
	assert_false(m->chosen.can_confirm);
	effects = type(m, "1234");
	assert_false(asks(&effects, EFFECT_CONFIRM));
	visit_touch(m, ME_TOUCH_SOMEBODY_ELSE, 0);
	visit_touch(m, FIND_TOUCH_ROW, CHOSEN + 1);
	assert_true(m->chosen.can_confirm); /* of others nothing is said by that */
}

static void staff_vouch_with_their_pin(void **state) {
	struct model *m = visit_model(state);
	choose_one(m, false);
	struct effects effects = type(m, "1234"); /* there is no number to compare */
	assert_false(asks(&effects, EFFECT_CONFIRM));
	visit_touch(m, ME_TOUCH_STAFF, 0);
	assert_true(model_shows(m, SCREEN_PIN));
	effects = type(m, "1111\n");
	assert_false(asks(&effects, EFFECT_SIGN_IN));
	effects = type(m, "2468\n");
	struct effect e = asked(&effects, EFFECT_SIGN_IN);
	assert_string_equal(e.person, PEOPLE[CHOSEN].id);
	assert_string_equal(e.how, "staff");
	assert_true(model_shows(m, SCREEN_ME));
	/* The PIN was for that alone. */
	visit_touch(m, ACTION_BACK, 0);
	visit_touch(m, ACTION_BACK, 0);
	visit_staff(m);
	assert_string_equal(m->chosen.id, "");
}

/* The clock was never set: vouching for somebody does not spare staff the question, and is not answered by it. */
static void vouching_and_the_clock_are_two_questions(void **state) {
	struct model *m = visit_model(state);
	m->clock_sure = false;
	kiosk_fixture_send(m, (struct msg){.kind = MSG_TIME, .ms = m->ms, .now = {5000}});
	visit_touch(m, ACTION_CLOCK, 0);
	assert_true(model_shows(m, SCREEN_PIN));
	assert_true(kiosk_fixture_says(m, "The clock is not set"));
	visit_answer(m, OUTCOME_UNKNOWN, NULL); /* a badge that nobody knows, and on from there */
	choose_one(m, false);
	visit_touch(m, ME_TOUCH_STAFF, 0);
	assert_false(kiosk_fixture_says(m, "The clock is not set"));
	assert_true(kiosk_fixture_says(m, "For staff: sign them in"));
	struct effects effects = type(m, "2468\n");
	assert_string_equal(asked(&effects, EFFECT_SIGN_IN).person, PEOPLE[CHOSEN].id);
	visit_answer(m, OUTCOME_ACCEPTED, "Олена Приклад");
	kiosk_fixture_wait(m, TIMING.result_refused_ms);
	assert_true(model_shows(m, SCREEN_PIN));
	assert_true(kiosk_fixture_says(m, "The clock is not set"));
	type(m, "2468\n");
	assert_true(model_shows(m, SCREEN_CLOCK));
}

/* --- what is awaited ------------------------------------------------------------------------------------------------------------------------- */

static bool has_touch(const struct model *m, int action) {
	struct draw_list list = {0};
	struct metrics metrics = {NULL, kiosk_fixture_width};
	struct theme theme = theme_make(m->style, 1920, 1080, 0);
	bool has = false;
	view_draw(m, &theme, &metrics, &list);
	for (size_t i = 0; i < list.count; i++) {
		has = has || (list.items[i].kind == DRAW_TOUCH && list.items[i].action == action);
	}
	draw_fini(&list);
	return has;
}

/* The button that stands out: what lies under its touch is filled with another colour than cards have. */
static bool is_main(const struct model *m, int action) {
	struct draw_list list = {0};
	struct metrics metrics = {NULL, kiosk_fixture_width};
	struct theme theme = theme_make(m->style, 1920, 1080, 0);
	bool filled = false;
	view_draw(m, &theme, &metrics, &list);
	for (size_t i = 0; i < list.count; i++) {
		for (size_t k = 0; list.items[i].kind == DRAW_TOUCH && list.items[i].action == action && k < i; k++) {
			const struct draw_command *c = &list.items[k];
			filled = filled || (c->kind == DRAW_FILL && c->colour != hue(&theme, CARD) &&
					    memcmp(&c->box, &list.items[i].box, sizeof c->box) == 0);
		}
	}
	draw_fini(&list);
	return filled;
}

static bool apart(struct box a, struct box b) { return a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y; }

static bool within(struct box a, struct box b) { return b.x <= a.x && a.x + a.w <= b.x + b.w && b.y <= a.y && a.y + a.h <= b.y + b.h; }

/* "Still there?" lies on no key, and on nothing that was typed or found; of the head on all that there is, as half a title is no title. */
static void expect_nothing_covered(const struct model *m, int width, int height) {
	struct draw_list list = {0};
	struct metrics metrics = {NULL, kiosk_fixture_width};
	struct theme theme = theme_make(m->style, width, height, 0);
	view_draw(m, &theme, &metrics, &list);
	const struct draw_command *all = &list.items[list.count - 1], *question = all;
	assert_int_equal(all->kind, DRAW_TOUCH);
	assert_int_equal(all->action, ACTION_STILL_HERE);
	bool title = false;
	while (question->kind != DRAW_FILL) {
		question--;
	}
	for (const struct draw_command *c = list.items; c < question; c++) {
		bool head = c->kind == DRAW_TOUCH && (c->action == ACTION_BACK || c->action == ACTION_LANGUAGE);
		assert_true(head || c->kind != DRAW_TOUCH || apart(c->box, question->box));
		assert_true((!head && c->kind != DRAW_TEXT) || apart(c->box, question->box) || within(c->box, question->box));
		title = title || (c->kind == DRAW_TEXT && within(c->box, question->box));
	}
	assert_true(title);
	draw_fini(&list);
}

static void the_countdown_covers_no_keys(void **state) {
	static const struct { int width, height; } panels[] = {{1920, 1080}, {1080, 1920}, {1024, 600}};
	struct model *m = visit_model(state);
	for (int deeper = 0; deeper < 2; deeper++) {
		visit_touch(m, ACTION_FIND, 0);
		struct effects effects = type(m, "оле");
		answer(m, asked(&effects, EFFECT_FIND).number, true);
		if (deeper == 1) {
			visit_touch(m, FIND_TOUCH_ROW, CHOSEN);
		}
		kiosk_fixture_wait(m, TIMING.idle_ms - 5000);
		assert_true(model_countdown(m) > 0);
		for (size_t i = 0; i < COUNT_OF(panels); i++) {
			expect_nothing_covered(m, panels[i].width, panels[i].height);
		}
		kiosk_fixture_wait(m, 5000);
	}
}

/* While digits are compared and while a record is written the screen says so, and takes nothing more. */
static void what_is_awaited_is_said(void **state) {
	struct model *m = visit_model(state);
	choose_one(m, true);
	assert_true(has_touch(m, ME_TOUCH_KEY) && has_touch(m, ME_TOUCH_STAFF) && has_touch(m, ACTION_HELP));
	struct effects effects = type(m, "1234");
	uint64_t number = asked(&effects, EFFECT_CONFIRM).number;
	assert_true(kiosk_fixture_says(m, "One moment, please"));
	assert_false(has_touch(m, ME_TOUCH_KEY) || has_touch(m, ME_TOUCH_STAFF));
	effects = type(m, "5678");
	assert_int_equal(effects.count, 0);
	effects = confirmed(m, number, true, 3);
	assert_true(asks(&effects, EFFECT_SIGN_IN));
	assert_true(kiosk_fixture_says(m, "One moment: we are signing you in"));
	assert_false(has_touch(m, ME_TOUCH_KEY));
	effects = type(m, "5678");
	assert_int_equal(effects.count, 0);
	effects = visit_touch(m, ME_TOUCH_STAFF, 0);
	assert_true(model_shows(m, SCREEN_ME));
	visit_answer(m, OUTCOME_ACCEPTED, "Олена Приклад");
	assert_true(model_shows(m, SCREEN_RESULT));
	assert_int_equal(m->signing_ms, 0);
}

static void so_it_is_after_the_pin(void **state) {
	struct model *m = visit_model(state);
	choose_one(m, false);
	visit_touch(m, ME_TOUCH_STAFF, 0);
	struct effects effects = type(m, "2468\n");
	assert_true(asks(&effects, EFFECT_SIGN_IN));
	assert_true(kiosk_fixture_says(m, "One moment: we are signing you in"));
	assert_false(has_touch(m, ME_TOUCH_STAFF));
}

/* "Please call our staff", and the button for that is the main one, not the staff's own. */
static void who_cannot_be_known_calls(void **state) {
	struct model *m = visit_model(state);
	choose_one(m, false);
	assert_true(kiosk_fixture_says(m, "Please call our staff: they will sign you in here"));
	assert_true(is_main(m, ACTION_HELP) && has_touch(m, ME_TOUCH_STAFF) && !is_main(m, ME_TOUCH_STAFF));
	visit_touch(m, ACTION_BACK, 0);
	visit_touch(m, FIND_TOUCH_ROW, 0);
	m->chosen.can_confirm = true;
	assert_false(is_main(m, ACTION_HELP));
	for (int left = 2; left >= 0; left--) { /* three wrong tries */
		struct effects effects = type(m, "1234");
		confirmed(m, asked(&effects, EFFECT_CONFIRM).number, false, left);
	}
	assert_true(is_main(m, ACTION_HELP) && has_touch(m, ME_TOUCH_STAFF) && !is_main(m, ME_TOUCH_STAFF));
}

/* An answer that never comes leaves nobody before dead keys; one that comes too late is none. */
static void an_answer_that_does_not_come(void **state) {
	struct model *m = visit_model(state);
	choose_one(m, true);
	struct effects effects = type(m, "1234");
	uint64_t number = asked(&effects, EFFECT_CONFIRM).number;
	assert_true(model_deadline(m) <= m->ms + TIMING.answer_ms);
	kiosk_fixture_wait(m, TIMING.answer_ms - 1);
	assert_false(kiosk_fixture_says(m, "That is not working right now. Please call our staff"));
	kiosk_fixture_wait(m, 1);
	assert_true(kiosk_fixture_says(m, "That is not working right now. Please call our staff"));
	assert_true(has_touch(m, ME_TOUCH_KEY) && has_touch(m, ME_TOUCH_STAFF) && is_main(m, ACTION_HELP));
	effects = confirmed(m, number, true, 3);
	assert_int_equal(effects.count, 0);
	effects = type(m, "1234");
	confirmed(m, asked(&effects, EFFECT_CONFIRM).number, true, 3);
	kiosk_fixture_wait(m, TIMING.answer_ms);
	assert_true(kiosk_fixture_says(m, "That is not working right now. Please call our staff"));
	assert_int_equal(m->signing_ms, 0);
	visit_answer(m, OUTCOME_ACCEPTED, "Олена Приклад"); /* recorded all the same */
	assert_true(model_shows(m, SCREEN_RESULT));
}

static void tell(struct model *m, enum found_kind kind, uint64_t number) {
	struct found_message *found = xcalloc(1, sizeof *found);
	found->kind = kind;
	found->number = number;
	kiosk_fixture_send(m, (struct msg){.kind = MSG_FOUND, .found = found});
}

/* Erased or taken off the roster since the search: no digits would help, and no row leads there once more. */
static void whoever_is_gone_is_sent_to_staff(void **state) {
	struct model *m = visit_model(state);
	choose_one(m, true);
	struct effects effects = type(m, "1234");
	tell(m, FOUND_GONE, asked(&effects, EFFECT_CONFIRM).number);
	assert_true(kiosk_fixture_says(m, "You are no longer on the list. Please see our staff"));
	assert_true(has_touch(m, ACTION_HELP));
	assert_false(has_touch(m, ME_TOUCH_KEY) || has_touch(m, ME_TOUCH_STAFF));
	effects = type(m, "1234");
	assert_int_equal(effects.count, 0);
	visit_touch(m, ME_TOUCH_SOMEBODY_ELSE, 0);
	assert_false(kiosk_fixture_reads(m) == NULL || strstr(kiosk_fixture_reads(m), PEOPLE[CHOSEN].name) != NULL);
	visit_touch(m, FIND_TOUCH_ROW, CHOSEN);
	assert_string_equal(m->chosen.id, PEOPLE[CHOSEN + 1].id);
}

static void digits_that_cannot_be_compared(void **state) {
	struct model *m = visit_model(state);
	choose_one(m, true);
	struct effects effects = type(m, "1234");
	tell(m, FOUND_NOT_COMPARED, asked(&effects, EFFECT_CONFIRM).number);
	assert_true(kiosk_fixture_says(m, "That is not working right now. Please call our staff"));
	effects = type(m, "1234");
	assert_true(asks(&effects, EFFECT_CONFIRM));
}

/* Nobody is told that they are on no list because a file cannot be read. */
static void a_search_that_fails_is_told(void **state) {
	struct model *m = visit_model(state);
	static const char failed[] = "The search is not working right now. Please call our staff",
			  nobody[] = "Nobody found. Try another part of your name, or call for help";
	visit_touch(m, ACTION_FIND, 0);
	struct effects effects = type(m, "оле");
	uint64_t number = asked(&effects, EFFECT_FIND).number;
	assert_false(has_touch(m, ACTION_HELP));
	tell(m, FOUND_FAILED, number);
	assert_true(kiosk_fixture_says(m, failed) && has_touch(m, ACTION_HELP));
	effects = type(m, "н");
	assert_false(kiosk_fixture_says(m, failed));
	tell(m, FOUND_PEOPLE, asked(&effects, EFFECT_FIND).number);
	assert_true(kiosk_fixture_says(m, nobody) && has_touch(m, ACTION_HELP));
	effects = type(m, "а");
	number = asked(&effects, EFFECT_FIND).number;
	kiosk_fixture_wait(m, TIMING.answer_ms); /* none comes */
	assert_true(kiosk_fixture_says(m, failed));
	answer(m, number, true); /* late, and good all the same */
	assert_true(strstr(kiosk_fixture_reads(m), PEOPLE[CHOSEN].name) != NULL);
	visit_touch(m, ACTION_BACK, 0);
	visit_touch(m, ACTION_FIND, 0);
	assert_false(kiosk_fixture_says(m, failed));
	visit_touch(m, ACTION_HELP, 0);
	assert_true(model_shows(m, SCREEN_HELP));
}

/* Is any byte of these to be found in what the screen keeps? */
static bool holds(const struct model *m, enum screen_id id, const char *text) {
	return memmem(model_state(m, id), screens_all[id]->state, text, strlen(text)) != NULL;
}

static void nothing_stays(void **state) {
	struct model *m = visit_model(state);
	uint64_t number = choose_one(m, true);
	type(m, "12");
	assert_true(holds(m, SCREEN_FIND, "Олена"));
	kiosk_fixture_wait(m, m->style->timing.idle_ms + 1);
	assert_true(model_shows(m, SCREEN_AGENDA));
	assert_false(holds(m, SCREEN_FIND, "Олена") || holds(m, SCREEN_FIND, "оле") || holds(m, SCREEN_ME, "12"));
	assert_string_equal(m->chosen.id, "");
	assert_string_equal(m->chosen.name, "");
	/* An answer that comes now is nobody's. */
	answer(m, number, true);
	assert_false(holds(m, SCREEN_FIND, "Олена"));
}

static void an_event_without_it_offers_the_code(void **state) {
	struct model *m = visit_model(state);
	assert_true(kiosk_fixture_says(m, "Find my name"));
	m->event->find_by_name = false;
	assert_false(kiosk_fixture_says(m, "Find my name"));
	assert_true(kiosk_fixture_says(m, "Type the badge's code"));
	visit_touch(m, ACTION_FIND, 0); /* by a script, or on a picture from before */
	assert_true(model_shows(m, SCREEN_AGENDA));
}

static struct kiosk_event *without_search(void) {
	struct kiosk_event *event = kiosk_fixture_event(true);
	event->find_by_name = false;
	return event;
}

/* The organiser switched it off while somebody was at it: they are not looked for any more, and nothing of them stays. */
static void whoever_is_at_it_is_led_away(void **state) {
	struct model *m = visit_model(state);
	for (int deeper = 0; deeper < 3; deeper++) {
		choose_one(m, true);
		if (deeper == 0) {
			visit_touch(m, ACTION_BACK, 0);
		} else if (deeper == 2) {
			visit_touch(m, ME_TOUCH_STAFF, 0);
		}
		kiosk_fixture_load(m, kiosk_fixture_event(true)); /* something else has changed */
		assert_false(model_shows(m, SCREEN_AGENDA));
		kiosk_fixture_load(m, without_search());
		assert_true(model_shows(m, SCREEN_AGENDA));
		assert_false(holds(m, SCREEN_FIND, "Олена") || holds(m, SCREEN_FIND, "оле"));
		assert_string_equal(m->chosen.id, "");
		kiosk_fixture_load(m, kiosk_fixture_event(true));
	}
	visit_touch(m, ACTION_HELP, 0); /* other screens stay */
	kiosk_fixture_load(m, without_search());
	assert_true(model_shows(m, SCREEN_HELP));
}

/* A box that signs nobody in looks for nobody. */
static void a_box_that_serves_nobody(void **state) {
	static const enum station_standing standings[] = {STATION_RETIRED, STATION_LOST};
	struct model *m = visit_model(state);
	for (size_t i = 0; i < COUNT_OF(standings); i++) {
		choose_one(m, true);
		struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, NULL);
		d->kind = DESK_STANDING;
		d->standing = standings[i];
		kiosk_fixture_send(m, (struct msg){.kind = MSG_DESK, .desk = d});
		assert_true(model_shows(m, SCREEN_AGENDA));
		visit_touch(m, ACTION_FIND, 0);
		assert_true(model_shows(m, SCREEN_AGENDA));
		assert_false(kiosk_fixture_says(m, "Find my name"));
		m->standing = STATION_GOOD;
	}
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, visit_open, visit_close)

int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(three_letters_and_more),
		TEST(letters_alone_count),
		TEST(keys_write_names),
		TEST(the_last_digits_sign_in),
		TEST(after_too_many_wrong_digits_staff_are_asked),
		TEST(nor_when_they_are_chosen_again),
		TEST(staff_vouch_with_their_pin),
		TEST(vouching_and_the_clock_are_two_questions),
		TEST(the_countdown_covers_no_keys),
		TEST(what_is_awaited_is_said),
		TEST(so_it_is_after_the_pin),
		TEST(who_cannot_be_known_calls),
		TEST(an_answer_that_does_not_come),
		TEST(whoever_is_gone_is_sent_to_staff),
		TEST(digits_that_cannot_be_compared),
		TEST(a_search_that_fails_is_told),
		TEST(nothing_stays),
		TEST(an_event_without_it_offers_the_code),
		TEST(whoever_is_at_it_is_led_away),
		TEST(a_box_that_serves_nobody),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
