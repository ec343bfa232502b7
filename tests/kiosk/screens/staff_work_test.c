/* Who of the staff is at a box, by their PIN or badge; what doors and leads may; the last check-ins, where the box stands, announcements. */
#include "lib/kiosk_states.h"
#include "lib/kiosk_visit.h"
#include "lib/testing.h"

#include "base/alloc.h"
#include "base/str.h"
#include "sync/worker.h"

#define HASH_OF_OLENA "1:1111111111111111111111111111111111111111111111111111111111111111"
#define HASH_OF_NOBODY "1:2222222222222222222222222222222222222222222222222222222222222222"

static void add(struct model *m, const char *key, const char *set) {
	struct err err = {0};
	struct json *json = json_parse(set, strlen(set), &err);
	assert_true(staff_list_add(&m->event->staff, key, json));
	json_free(json);
}

/* A lead with a PIN, and somebody at the door with a badge. */
static struct model *with_staff(void **state) {
	struct model *m = visit_model(state);
	add(m, "olena", "{\"name\":\"Олена\",\"role\":\"lead\",\"pin\":\"" HASH_OF_OLENA "\"}");
	add(m, "taras", "{\"name\":\"Тарас\",\"badge\":\"TO0STAFF\"}");
	return m;
}

static struct effects type(struct model *m, const char *text) {
	return kiosk_fixture_send(m, (struct msg){.kind = MSG_TYPED, .text = text, .n = strlen(text)});
}

/* Types digits and Enter; what is asked of the thread that looks at PINs. */
static struct effect ask(struct model *m, const char *digits) {
	struct effects e = type(m, digits);
	assert_int_equal(e.count, 0);
	e = type(m, "\n");
	assert_int_equal(e.count, 1);
	assert_int_equal(e.items[0].kind, EFFECT_PIN);
	assert_string_equal(e.items[0].text, digits);
	return e.items[0];
}

static void answer(struct model *m, uint64_t number, const char *hash) {
	kiosk_fixture_send(m, (struct msg){.kind = MSG_PIN, .number = number, .text = hash});
}

static void enter(struct model *m, const char *hash) {
	visit_pin(m);
	answer(m, ask(m, "482913").number, hash);
}

static void read_badge(struct model *m, const char *code) {
	kiosk_fixture_send(m, (struct msg){.kind = MSG_CODE, .text = code, .n = strlen(code), .how = "camera"});
}

static void by_a_pin_of_ones_own(void **state) {
	struct model *m = with_staff(state);
	visit_pin(m);
	assert_true(kiosk_fixture_says(m, "Type your PIN, or show your staff badge"));
	type(m, "2468\n"); /* the one for all opens nothing now */
	assert_int_equal(model_top(m), SCREEN_PIN);
	answer(m, m->numbers, HASH_OF_NOBODY);
	assert_true(kiosk_fixture_says(m, "That is not the PIN"));
	struct effect asked = ask(m, "482913");
	assert_true(kiosk_fixture_says(m, "One moment"));
	answer(m, asked.number + 7, HASH_OF_OLENA); /* nobody asked for that */
	assert_int_equal(model_top(m), SCREEN_PIN);
	answer(m, asked.number, HASH_OF_OLENA);
	assert_int_equal(model_top(m), SCREEN_STAFF);
	assert_string_equal(m->at_work.key, "olena");
	assert_true(model_leads(m));
	assert_int_equal(m->pin_tries, 0);
	visit_touch(m, ACTION_BACK, 0);
	assert_int_equal(model_top(m), SCREEN_AGENDA);
}

/* A try counts while it is looked at: who switches the box off meanwhile, or goes away, has it used. */
static void tries_count_at_once(void **state) {
	struct model *m = with_staff(state);
	visit_pin(m);
	ask(m, "111111");
	assert_int_equal(m->pin_tries, 1);
	visit_touch(m, ACTION_BACK, 0);
	visit_pin(m);
	answer(m, m->numbers, HASH_OF_OLENA); /* to the question before: it opens nothing */
	assert_int_equal(model_top(m), SCREEN_PIN);
	assert_int_equal(m->pin_tries, 1);
	answer(m, ask(m, "222222").number, HASH_OF_NOBODY);
	answer(m, ask(m, "333333").number, HASH_OF_NOBODY);
	assert_int_equal(m->pin_tries, 3);
	assert_int_equal(type(m, "482913\n").count, 0);
	kiosk_fixture_wait(m, TIMING.barred_ms);
	answer(m, ask(m, "482913").number, HASH_OF_OLENA);
	assert_int_equal(model_top(m), SCREEN_STAFF);
}

static void without_the_memory_nobody_gets_in(void **state) {
	struct model *m = with_staff(state);
	enter(m, "");
	assert_int_equal(model_top(m), SCREEN_PIN);
	assert_false(m->at_work.here);
}

static void by_a_badge(void **state) {
	struct model *m = with_staff(state);
	visit_pin(m);
	read_badge(m, "TO0STAFF");
	assert_int_equal(model_top(m), SCREEN_STAFF);
	assert_string_equal(m->at_work.name, "Тарас");
	assert_false(model_leads(m));
	visit_touch(m, ACTION_BACK, 0);
	assert_int_equal(model_top(m), SCREEN_AGENDA);
	visit_touch(m, ACTION_BACK, 0);
	/* Anywhere else it is a badge like any other, and another badge opens nothing. */
	struct effects e = kiosk_fixture_send(m, (struct msg){.kind = MSG_CODE, .text = "TO0STAFF", .n = 8, .how = "camera"});
	assert_int_equal(e.items[0].kind, EFFECT_SCAN);
	visit_pin(m);
	e = kiosk_fixture_send(m, (struct msg){.kind = MSG_CODE, .text = "TO0OTHER", .n = 8, .how = "camera"});
	assert_int_equal(e.items[0].kind, EFFECT_SCAN);
	assert_int_equal(model_top(m), SCREEN_PIN);
}

/* What no button offers no script gets either. */
static void what_doors_may_not(void **state) {
	struct model *m = with_staff(state);
	visit_pin(m);
	read_badge(m, "TO0STAFF");
	static const int of_leads[] = {TOUCH_STAFF_SETUP, TOUCH_STAFF_ANNOUNCE, 25 /* USB */};
	for (size_t i = 0; i < COUNT_OF(of_leads); i++) {
		visit_touch(m, of_leads[i], 0);
		assert_int_equal(model_top(m), SCREEN_STAFF);
	}
	assert_false(kiosk_fixture_says(m, "Set up this box"));
	assert_false(kiosk_fixture_says(m, "USB stick"));
	assert_non_null(strstr(kiosk_fixture_reads(m), "Останні"));
}

/* Whoever walks away is no longer at work. */
static void nobody_is_left_at_work(void **state) {
	struct model *m = with_staff(state);
	enter(m, HASH_OF_OLENA);
	assert_true(m->at_work.here);
	kiosk_fixture_wait(m, TIMING.idle_ms);
	assert_int_equal(model_top(m), SCREEN_AGENDA);
	assert_false(m->at_work.here);
	assert_string_equal(m->at_work.key, "");
}

/* --- although -------------------------------------------------------------------------------------------------------------------------------- */

static void refuse(struct model *m, const char *person) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_WRONG_DAY, "Ганна Вигадана");
	str_copy(d->person, sizeof d->person, person);
	kiosk_fixture_send(m, (struct msg){.kind = MSG_DESK, .desk = d});
}

static void a_lead_lets_somebody_in_although(void **state) {
	struct model *m = with_staff(state);
	refuse(m, "0000000000000000000a");
	visit_touch(m, ACTION_OWN + 1, 0);
	assert_int_equal(model_top(m), SCREEN_PIN);
	answer(m, ask(m, "482913").number, HASH_OF_OLENA);
	assert_int_equal(model_top(m), SCREEN_OVERRULE);
	assert_true(kiosk_fixture_says(m, "Ганна Вигадана"));
	assert_int_equal(visit_touch(m, ACTION_OWN, 99).count, 0); /* a reason that is none */
	struct effects e = visit_touch(m, ACTION_OWN, 1);
	assert_int_equal(e.items[0].kind, EFFECT_SIGN_IN);
	assert_string_equal(e.items[0].person, "0000000000000000000a");
	assert_string_equal(e.items[0].by, "olena");
	assert_string_equal(e.items[0].text, "Місце тримали"); /* the box's language */
	assert_int_equal(model_top(m), SCREEN_AGENDA);
	assert_false(m->at_work.here);
	assert_string_equal(m->chosen.id, "");
}

static void a_door_lets_nobody_in_although(void **state) {
	struct model *m = with_staff(state);
	refuse(m, "0000000000000000000a");
	visit_touch(m, ACTION_OWN + 1, 0);
	read_badge(m, "TO0STAFF");
	assert_int_equal(model_top(m), SCREEN_STAFF);
	visit_touch(m, ACTION_BACK, 0);
	refuse(m, ""); /* of whom nobody is known there is nobody to let in */
	visit_touch(m, ACTION_OWN + 1, 0);
	assert_int_equal(model_top(m), SCREEN_RESULT);
}

/* --- the last check-ins ----------------------------------------------------------------------------------------------------------------- */

static void tell_rows(struct model *m, uint64_t number, bool undone) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, NULL);
	d->kind = DESK_OWN;
	d->number = number;
	d->own_count = 1;
	d->own[0] = (struct own_checkin){.seq = 17, .log = {{9}}, .shown = OUTCOME_ACCEPTED, .undone = undone, .utc = m->now};
	str_copy(d->own[0].name, sizeof d->own[0].name, "Ганна Вигадана");
	str_copy(d->own[0].point, sizeof d->own[0].point, "arrival");
	kiosk_fixture_send(m, (struct msg){.kind = MSG_DESK, .desk = d});
}

static void tell_done(struct model *m, uint64_t number, bool kept) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, NULL);
	d->kind = DESK_DONE;
	d->number = number;
	d->kept = kept;
	kiosk_fixture_send(m, (struct msg){.kind = MSG_DESK, .desk = d});
}

/* Who was refused and asked for staff, and then nobody came. */
static void who_was_refused_is_forgotten(void **state) {
	struct model *m = with_staff(state);
	for (int way = 0; way < 3; way++) {
		struct desk_message *d = kiosk_fixture_answer(OUTCOME_FULL, "Олена Непідробна");
		str_copy(d->person, sizeof d->person, "0000000000000000000a");
		kiosk_fixture_send(m, (struct msg){.kind = MSG_DESK, .desk = d});
		visit_touch(m, RESULT_TOUCH_STAFF, 0);
		assert_int_equal(model_top(m), SCREEN_PIN);
		assert_string_equal(m->chosen.name, "Олена Непідробна");
		if (way == 0) {
			visit_touch(m, ACTION_BACK, 0);
		} else if (way == 1) {
			kiosk_fixture_wait(m, 2 * TIMING.idle_ms);
		} else {
			read_badge(m, "TO0STAFF"); /* the door's */
			assert_int_equal(model_top(m), SCREEN_STAFF);
		}
		assert_string_equal(m->chosen.name, "");
		visit_touch(m, ACTION_BACK, 0);
	}
}

static void a_lead_takes_one_back(void **state) {
	struct model *m = with_staff(state);
	enter(m, HASH_OF_OLENA);
	struct effects e = visit_touch(m, TOUCH_STAFF_OWN, 0);
	assert_int_equal(e.items[0].kind, EFFECT_OWN);
	tell_rows(m, e.items[0].number, false);
	assert_true(kiosk_fixture_says(m, "Ганна Вигадана"));
	assert_int_equal(visit_touch(m, ACTION_OWN + 1, 0).count, 0); /* not before it was asked whether they are sure */
	visit_touch(m, ACTION_OWN, 0);
	assert_true(kiosk_fixture_says(m, "Really take back?"));
	e = visit_touch(m, ACTION_OWN + 1, 0);
	assert_int_equal(e.items[0].kind, EFFECT_DEED);
	assert_int_equal(e.items[0].deed->kind, DEED_UNDO);
	assert_int_equal(e.items[0].deed->seq, 17);
	assert_string_equal(e.items[0].deed->by, "olena");
	uint64_t number = e.items[0].deed->number;
	assert_int_equal(visit_touch(m, ACTION_OWN, 0).count, 0); /* one at a time */
	tell_done(m, number, true);
	tell_rows(m, m->numbers, true);
	assert_non_null(strstr(kiosk_fixture_reads(m), "скасовано"));
	assert_false(kiosk_fixture_says(m, "Take back"));
}

static void one_that_cannot_be_taken_back(void **state) {
	struct model *m = with_staff(state);
	enter(m, HASH_OF_OLENA);
	tell_rows(m, visit_touch(m, TOUCH_STAFF_OWN, 0).items[0].number, false);
	visit_touch(m, ACTION_OWN, 0);
	tell_done(m, visit_touch(m, ACTION_OWN + 1, 0).items[0].deed->number, false);
	assert_true(kiosk_fixture_says(m, "That could not be taken back"));
}

static void a_door_only_looks(void **state) {
	struct model *m = with_staff(state);
	visit_pin(m);
	read_badge(m, "TO0STAFF");
	tell_rows(m, visit_touch(m, TOUCH_STAFF_OWN, 0).items[0].number, false);
	assert_true(kiosk_fixture_says(m, "Ганна Вигадана"));
	visit_touch(m, ACTION_OWN, 0);
	assert_int_equal(visit_touch(m, ACTION_OWN + 1, 0).count, 0);
	assert_false(kiosk_fixture_says(m, "Take back"));
	visit_touch(m, ACTION_BACK, 0);
	visit_touch(m, TOUCH_STAFF_OWN, 0);
	assert_false(kiosk_fixture_says(m, "Ганна Вигадана")); /* nothing of the last look is left */
}

/* --- where it stands, what is announced --------------------------------------------------------------------------------------------------- */

static void a_lead_puts_the_box_elsewhere(void **state) {
	struct model *m = with_staff(state);
	enter(m, HASH_OF_OLENA);
	visit_touch(m, TOUCH_STAFF_SETUP, 0);
	visit_touch(m, TOUCH_SETUP_POINTS, 0);
	struct effects e = visit_touch(m, ACTION_OWN, 1);
	assert_int_equal(e.items[0].kind, EFFECT_SET_POINT);
	assert_string_equal(e.items[0].text, "room:Зала А");
	assert_int_equal(visit_touch(m, ACTION_OWN, 999).count, 0);
}

static void words_on_all_screens(void **state) {
	struct model *m = with_staff(state);
	enter(m, HASH_OF_OLENA);
	visit_touch(m, TOUCH_STAFF_ANNOUNCE, 0);
	assert_int_equal(type(m, "  \n").count, 0); /* nothing is no announcement */
	struct effects e = type(m, "Обід о 13:00\n");
	assert_int_equal(e.items[0].deed->kind, DEED_ANNOUNCE);
	assert_string_equal(e.items[0].deed->text, "  Обід о 13:00");
	tell_done(m, e.items[0].deed->number, false);
	assert_true(kiosk_fixture_says(m, "That could not be saved"));
	assert_string_equal(kiosk_fixture_typed(m, SCREEN_ANNOUNCE), "  Обід о 13:00"); /* to be tried again */
	e = type(m, "\n");
	tell_done(m, e.items[0].deed->number, true);
	assert_string_equal(kiosk_fixture_typed(m, SCREEN_ANNOUNCE), "");
	type(m, "Половина слова");
	kiosk_fixture_wait(m, TIMING.idle_ms);
	assert_string_equal(kiosk_fixture_typed(m, SCREEN_ANNOUNCE), "");
}

/* While nobody who leads has one of their own, the PIN for all still opens what leads may do; a door's own opens the door's. */
static void doors_alone_have_their_own(void **state) {
	struct model *m = visit_model(state);
	add(m, "taras", "{\"name\":\"Тарас\",\"pin\":\"" HASH_OF_OLENA "\"}");
	visit_pin(m);
	type(m, "2468\n");
	assert_int_equal(model_top(m), SCREEN_STAFF);
	assert_true(model_leads(m));
	visit_touch(m, ACTION_BACK, 0);
	enter(m, HASH_OF_OLENA);
	assert_string_equal(m->at_work.key, "taras");
	assert_false(model_leads(m));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, visit_open, visit_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(by_a_pin_of_ones_own),
		TEST(doors_alone_have_their_own),
		TEST(tries_count_at_once),
		TEST(without_the_memory_nobody_gets_in),
		TEST(by_a_badge),
		TEST(what_doors_may_not),
		TEST(nobody_is_left_at_work),
		TEST(a_lead_lets_somebody_in_although),
		TEST(a_door_lets_nobody_in_although),
		TEST(who_was_refused_is_forgotten),
		TEST(a_lead_takes_one_back),
		TEST(one_that_cannot_be_taken_back),
		TEST(a_door_only_looks),
		TEST(a_lead_puts_the_box_elsewhere),
		TEST(words_on_all_screens),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
