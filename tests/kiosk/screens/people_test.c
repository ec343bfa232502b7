/* Staff find anybody, look at their card, sign them in and write a note on them: what is asked, what is shown, and that nothing of anybody is left afterwards. */
#include "lib/kiosk_states.h"
#include "lib/kiosk_visit.h"
#include "lib/testing.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"

#define NAME "Олена Непідробна"
#define ID "0000000000000000000a"

static struct model *at_work(void **state, bool lead) {
	struct model *m = visit_model(state);
	visit_staff(m);
	m->at_work.role = lead ? STAFF_LEAD : STAFF_DOOR;
	str_copy(m->at_work.key, sizeof m->at_work.key, "taras");
	return m;
}

static struct effects send(struct model *m, struct people_message *told) {
	return kiosk_fixture_send(m, (struct msg){.kind = MSG_PEOPLE, .people = told});
}

static struct people_message *answer_to(const struct effects *asked, enum people_kind kind) {
	struct people_message *m = xcalloc(1, sizeof *m);
	assert_int_equal(asked->count, 1);
	assert_int_equal(asked->items[0].kind, EFFECT_PEOPLE);
	assert_int_equal(asked->items[0].people->kind, kind);
	m->kind = kind;
	m->number = asked->items[0].people->number;
	return m;
}

static struct effects type(struct model *m, const char *text) {
	return kiosk_fixture_send(m, (struct msg){.kind = MSG_TYPED, .text = text, .n = strlen(text)});
}

static struct people_message *one_row(struct effects asked) {
	struct people_message *found = answer_to(&asked, PEOPLE_FOUND);
	found->row_count = 1;
	str_copy(found->rows[0].id, sizeof found->rows[0].id, ID);
	str_copy(found->rows[0].name, sizeof found->rows[0].name, NAME);
	str_copy(found->rows[0].from, sizeof found->rows[0].from, "ГО «Приклад»");
	found->rows[0].arrival = (struct people_presence){.in = true, .since = kiosk_fixture_time("2026-05-14T10:21")};
	return found;
}

static struct people_card *card(bool in) {
	struct people_card *c = xcalloc(1, sizeof *c);
	str_copy(c->id, sizeof c->id, ID);
	str_copy(c->name, sizeof c->name, NAME);
	str_copy(c->group[GROUP_COMMUNITY], sizeof c->group[0], "Зарічна громада");
	str_copy(c->group[GROUP_ORGANISATION], sizeof c->group[0], "ГО «Приклад»");
	str_copy(c->code, sizeof c->code, "TO0CODE");
	c->arrival.in = in;
	return c;
}

/* Finds her, and opens her card. */
static void open_card(struct model *m, bool in) {
	visit_touch(m, TOUCH_STAFF_PEOPLE, 0);
	send(m, one_row(type(m, "непідр")));
	struct effects asked = visit_touch(m, PEOPLE_TOUCH_ROW, 0);
	struct people_message *told = answer_to(&asked, PEOPLE_CARD);
	assert_string_equal(asked.items[0].people->person, ID);
	told->card = card(in);
	send(m, told);
	assert_int_equal(model_top(m), SCREEN_CARD);
}

static void assert_nothing_left(const struct model *m) {
	for (int id = 0; id < SCREEN_COUNT; id++) {
		assert_null(memmem(m->states[id], m->screens[id]->state, "Непідробна", strlen("Непідробна")));
	}
	assert_null(memmem(m, sizeof *m, "Непідробна", strlen("Непідробна")));
	assert_null(strstr(kiosk_fixture_reads(m), "Непідробна"));
}

static void rows_as_staff_need_them(void **state) {
	struct model *m = at_work(state, false);
	visit_touch(m, TOUCH_STAFF_PEOPLE, 0);
	assert_int_equal(model_top(m), SCREEN_PEOPLE);
	assert_int_equal(type(m, "н").count, 0); /* one letter is nobody's */
	struct effects first = type(m, "е");
	struct people_message *early = one_row(first);
	struct effects asked = type(m, "п");
	assert_string_equal(asked.items[0].people->text, "неп");
	assert_string_equal(asked.items[0].people->stand, "arrival");
	assert_int_equal(asked.items[0].people->now.v, m->now.v);
	struct people_message *found = one_row(asked);
	send(m, early); /* to what was typed before */
	assert_null(strstr(kiosk_fixture_reads(m), NAME));
	send(m, found);
	assert_non_null(strstr(kiosk_fixture_reads(m), NAME));
	assert_non_null(strstr(kiosk_fixture_reads(m), "ГО «Приклад»"));
	assert_non_null(strstr(kiosk_fixture_reads(m), "10:21"));
	kiosk_fixture_wait(m, TIMING.idle_ms);
	assert_int_equal(model_top(m), SCREEN_AGENDA);
	assert_nothing_left(m);
}

static void a_search_that_does_not_answer(void **state) {
	struct model *m = at_work(state, true);
	visit_touch(m, TOUCH_STAFF_PEOPLE, 0);
	type(m, "нема");
	kiosk_fixture_wait(m, TIMING.answer_ms);
	assert_true(kiosk_fixture_says(m, "The search is not working right now"));
	struct effects asked = type(m, "є");
	struct people_message *none = answer_to(&asked, PEOPLE_FOUND);
	send(m, none);
	assert_true(kiosk_fixture_says(m, "Nobody found"));
}

/* A badge that is held up there says whose it is, and signs nobody in. */
static void a_badge_is_a_question(void **state) {
	struct model *m = at_work(state, false);
	visit_touch(m, TOUCH_STAFF_PEOPLE, 0);
	struct effects asked = kiosk_fixture_send(m, (struct msg){.kind = MSG_CODE, .text = "TO0CODE", .n = 7, .how = "camera"});
	struct people_message *told = answer_to(&asked, PEOPLE_FOUND);
	assert_string_equal(asked.items[0].people->text, "TO0CODE");
	people_message_free(told);
}

static void signed_in_as_by_staff(void **state) {
	struct model *m = at_work(state, false);
	open_card(m, false);
	struct effects e = visit_touch(m, CARD_TOUCH_SIGN_IN, 0);
	assert_int_equal(e.count, 1);
	assert_int_equal(e.items[0].kind, EFFECT_SIGN_IN);
	assert_string_equal(e.items[0].person, ID);
	assert_string_equal(e.items[0].how, "staff");
	assert_string_equal(e.items[0].by, "taras");
	assert_string_equal(e.items[0].text, "");
	assert_int_equal(model_top(m), SCREEN_AGENDA);
	assert_nothing_left(m);
	visit_answer(m, OUTCOME_FULL, NAME);
	assert_int_equal(model_top(m), SCREEN_RESULT); /* shown as any result; a lead overrules it there */
	assert_int_equal(m->signing_ms, 0);
}

static void who_is_in_needs_no_sign_in(void **state) {
	struct model *m = at_work(state, true);
	open_card(m, true);
	assert_int_equal(visit_touch(m, CARD_TOUCH_SIGN_IN, 0).count, 0);
	assert_int_equal(model_top(m), SCREEN_CARD);
	visit_touch(m, ACTION_BACK, 0);
	assert_int_equal(model_top(m), SCREEN_PEOPLE);
	visit_touch(m, ACTION_BACK, 0);
	assert_nothing_left(m);
}

static void at_an_exit_who_is_in_leaves(void **state) {
	struct model *m = at_work(state, true);
	m->event->leaves = true;
	open_card(m, true);
	assert_true(kiosk_fixture_says(m, "Write a note"));
	assert_int_equal(visit_touch(m, CARD_TOUCH_SIGN_IN, 0).count, 1);
}

static void a_label_by_her_badge(void **state) {
	struct model *m = at_work(state, false);
	open_card(m, true);
	assert_int_equal(visit_touch(m, CARD_TOUCH_LABEL, 0).count, 0); /* there is no printer */
	struct print_message *print = xcalloc(1, sizeof *print);
	print->there = true;
	kiosk_fixture_send(m, (struct msg){.kind = MSG_PRINT, .print = print});
	struct effects e = visit_touch(m, CARD_TOUCH_LABEL, 0);
	assert_int_equal(e.count, 1);
	assert_int_equal(e.items[0].kind, EFFECT_LABEL_AGAIN);
	assert_string_equal(e.items[0].text, "TO0CODE");
	assert_int_equal(e.items[0].n, 7);
	assert_int_equal(visit_touch(m, CARD_TOUCH_LABEL, 0).count, 0); /* once */
}

/* Whoever comes with several groups came with their delegation; who has none with their organisation. */
static void her_group(void **state) {
	struct model *m = at_work(state, false);
	open_card(m, true);
	struct effects asked = visit_touch(m, CARD_TOUCH_GROUP, 0);
	assert_int_equal(model_top(m), SCREEN_TICK);
	people_message_free(answer_to(&asked, PEOPLE_MUSTER));
	assert_int_equal(asked.items[0].people->group, GROUP_ORGANISATION);
	assert_string_equal(asked.items[0].people->text, "ГО «Приклад»");
}

static void done(struct model *m, uint64_t number, bool kept) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, NULL);
	d->kind = DESK_DONE;
	d->number = number;
	d->kept = kept;
	kiosk_fixture_send(m, (struct msg){.kind = MSG_DESK, .desk = d});
}

static void a_note_is_gone_once_it_is_on_disk(void **state) {
	struct model *m = at_work(state, false);
	open_card(m, true);
	visit_touch(m, CARD_TOUCH_NOTE, 0);
	assert_int_equal(model_top(m), SCREEN_NOTE);
	assert_int_equal(visit_touch(m, NOTE_TOUCH_SAVE, 0).count, 0); /* nothing is written yet */
	visit_touch(m, NOTE_TOUCH_DOOR, 0);
	type(m, "Чекає пакунок");
	struct effects e = visit_touch(m, NOTE_TOUCH_SAVE, 0);
	assert_int_equal(e.count, 1);
	assert_int_equal(e.items[0].kind, EFFECT_DEED);
	assert_int_equal(e.items[0].deed->kind, DEED_NOTE);
	assert_string_equal(e.items[0].deed->person, ID);
	assert_string_equal(e.items[0].deed->text, "Чекає пакунок");
	assert_string_equal(e.items[0].deed->by, "taras");
	assert_false(e.items[0].deed->door);
	uint64_t number = e.items[0].deed->number;
	assert_int_equal(type(m, "\n").count, 0); /* it is under way */
	done(m, number + 5, true);
	assert_int_equal(model_top(m), SCREEN_NOTE); /* somebody else's */
	done(m, number, false);
	assert_int_equal(model_top(m), SCREEN_NOTE);
	assert_true(kiosk_fixture_says(m, "That could not be saved"));
	assert_string_equal(kiosk_fixture_typed(m, SCREEN_NOTE), "Чекає пакунок");
	number = type(m, "\n").items[0].deed->number;
	done(m, number, true);
	assert_int_equal(model_top(m), SCREEN_CARD);
	assert_string_equal(kiosk_fixture_typed(m, SCREEN_NOTE), "");
}

/* The card is looked up again, and shows it. */
static void the_card_follows(void **state) {
	struct model *m = at_work(state, true);
	open_card(m, true);
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, NULL);
	d->kind = DESK_DONE;
	kiosk_fixture_send(m, (struct msg){.kind = MSG_DESK, .desk = d});
	struct effects asked = kiosk_fixture_wait(m, 1);
	struct people_message *told = answer_to(&asked, PEOPLE_CARD);
	told->card = card(true);
	told->card->note_count = 1;
	str_copy(told->card->notes[0].text, sizeof told->card->notes[0].text, "Чекає пакунок");
	told->card->notes[0].door = true;
	send(m, told);
	assert_non_null(strstr(kiosk_fixture_reads(m), "Чекає пакунок"));
}

/* Erased from everywhere while somebody looks at it. */
static void who_is_gone(void **state) {
	struct model *m = at_work(state, true);
	visit_touch(m, TOUCH_STAFF_PEOPLE, 0);
	send(m, one_row(type(m, "непідр")));
	struct effects asked = visit_touch(m, PEOPLE_TOUCH_ROW, 0);
	send(m, answer_to(&asked, PEOPLE_CARD));
	assert_true(kiosk_fixture_says(m, "This person is no longer on the list"));
	static const int deeds[] = {CARD_TOUCH_SIGN_IN, CARD_TOUCH_NOTE, CARD_TOUCH_LABEL, CARD_TOUCH_GROUP};
	for (size_t i = 0; i < COUNT_OF(deeds); i++) {
		assert_int_equal(visit_touch(m, deeds[i], 0).count, 0);
		assert_int_equal(model_top(m), SCREEN_CARD);
	}
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, visit_open, visit_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(rows_as_staff_need_them),
		TEST(a_search_that_does_not_answer),
		TEST(a_badge_is_a_question),
		TEST(signed_in_as_by_staff),
		TEST(who_is_in_needs_no_sign_in),
		TEST(at_an_exit_who_is_in_leaves),
		TEST(a_label_by_her_badge),
		TEST(her_group),
		TEST(a_note_is_gone_once_it_is_on_disk),
		TEST(the_card_follows),
		TEST(who_is_gone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
