/* Signing with a finger: what is drawn is what is kept, for whom the screen is open for and nobody else. */
#include "kiosk/screens/sign.h"

#include "lib/kiosk_visit.h"
#include "lib/kiosk_visitor.h"
#include "lib/testing.h"

#include <string.h>

#include "base/alloc.h"
#include "base/str.h"

#define PERSON "0123456789abcdef0123"

static const struct visitor *sent(const struct effects *effects) {
	assert_true(effects->count > 0);
	assert_int_equal(effects->items[effects->count - 1].kind, EFFECT_VISITOR);
	return effects->items[effects->count - 1].visitor;
}

/* Somebody with a badge is let in, and is to sign. */
static void arrive(struct model *m, enum signature_wish wish) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, "Олена Приклад");
	m->event->signature = wish;
	d->unsigned_yet = true;
	str_copy(d->person, sizeof d->person, PERSON);
	kiosk_fixture_send(m, (struct msg){.kind = MSG_DESK, .desk = d});
	assert_true(model_shows(m, SCREEN_RESULT));
	kiosk_fixture_wait(m, TIMING.result_admitted_ms);
}

static void kept(struct model *m, bool well) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, NULL);
	d->kind = DESK_SIGNED;
	d->kept = well;
	str_copy(d->person, sizeof d->person, PERSON);
	kiosk_fixture_send(m, (struct msg){.kind = MSG_DESK, .desk = d});
}

static void who_arrives_signs(void **state) {
	struct model *m = visit_model(state);
	arrive(m, SIGNATURE_ASKED);
	assert_true(model_shows(m, SCREEN_SIGN));
	assert_true(strstr(kiosk_fixture_reads(m), "Олена Приклад") != NULL);
	struct effects early = visitor_act(m, SIGN_TOUCH_DONE, 0); /* a blank sheet is none */
	assert_int_equal(early.items[early.count - 1].kind, EFFECT_CHIME);
	assert_true(kiosk_fixture_says(m, "Please write your name on the line"));
	visitor_writes(m);
	struct effects done = visitor_act(m, SIGN_TOUCH_DONE, 0);
	const struct visitor *visitor = sent(&done);
	assert_string_equal(visitor->person, PERSON);
	assert_null(visitor->set);
	assert_true(visitor->signs);
	assert_int_equal(visitor->signature.by, SIGNED_BY_SELF);
	const struct handwriting *hand = visitor->signature.drawn;
	assert_int_equal(hand->strokes, 1);
	assert_int_equal(hand->points[0].x, 1000); /* a tenth of the sheet's width from its edge */
	assert_int_equal(hand->points[0].y, 3000);
	assert_int_equal(hand->across, HANDWRITING_UNIT);
	assert_int_equal(hand->down, 4000);
	assert_int_equal(visitor_act(m, SIGN_TOUCH_DONE, 0).count, 0); /* once */
	visitor_act(m, ACTION_BACK, 0);                                /* it is being written */
	assert_true(model_shows(m, SCREEN_SIGN));
	kept(m, true);
	assert_true(model_shows(m, SCREEN_AGENDA));
}

/* Whether they filled in the form here or came with a badge: of who is under age somebody else signs. */
static void who_arrives_under_age(void **state) {
	struct model *m = visit_model(state);
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, "Ія Приклад");
	m->event->signature = SIGNATURE_REQUIRED;
	d->unsigned_yet = d->minor = true;
	str_copy(d->person, sizeof d->person, PERSON);
	kiosk_fixture_send(m, (struct msg){.kind = MSG_DESK, .desk = d});
	kiosk_fixture_wait(m, TIMING.result_admitted_ms);
	assert_true(model_shows(m, SCREEN_SIGN));
	assert_true(kiosk_fixture_says(m, "A parent or guardian signs here, with a finger"));
	visitor_writes(m);
	struct effects done = visitor_act(m, SIGN_TOUCH_DONE, 0);
	assert_int_equal(sent(&done)->signature.by, SIGNED_BY_GUARDIAN);
	kept(m, true);
	arrive(m, SIGNATURE_REQUIRED); /* and the next one for themselves */
	assert_true(kiosk_fixture_says(m, "Sign with your finger"));
}

static void what_could_not_be_kept(void **state) {
	struct model *m = visit_model(state);
	arrive(m, SIGNATURE_REQUIRED);
	visitor_writes(m);
	visitor_act(m, SIGN_TOUCH_DONE, 0);
	kept(m, false);
	assert_true(kiosk_fixture_says(m, "That could not be saved. Please try again, or see our staff"));
	struct effects again = visitor_act(m, SIGN_TOUCH_DONE, 0); /* what they wrote stands there */
	assert_int_equal(sent(&again)->signature.drawn->strokes, 1);
	kiosk_fixture_wait(m, TIMING.answer_ms); /* nobody answers */
	assert_true(kiosk_fixture_says(m, "That could not be saved. Please try again, or see our staff"));
}

/* Whoever stood there before took their time to be saved. */
static void an_answer_to_somebody_else(void **state) {
	struct model *m = visit_model(state);
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, NULL);
	arrive(m, SIGNATURE_ASKED);
	visitor_writes(m);
	visitor_act(m, SIGN_TOUCH_DONE, 0);
	d->kind = DESK_SIGNED;
	str_copy(d->person, sizeof d->person, "ffffffffffffffffffff");
	kiosk_fixture_send(m, (struct msg){.kind = MSG_DESK, .desk = d});
	assert_true(model_shows(m, SCREEN_SIGN));
	kept(m, true);
	assert_true(model_shows(m, SCREEN_AGENDA));
}

static void cleared_and_left_out(void **state) {
	struct model *m = visit_model(state);
	arrive(m, SIGNATURE_ASKED);
	visitor_writes(m);
	visitor_act(m, SIGN_TOUCH_CLEAR, 0);
	struct effects none = visitor_act(m, SIGN_TOUCH_DONE, 0);
	assert_int_equal(none.items[none.count - 1].kind, EFFECT_CHIME);
	visitor_act(m, SIGN_TOUCH_WITHOUT, 0);
	assert_true(model_shows(m, SCREEN_AGENDA));
	arrive(m, SIGNATURE_REQUIRED);
	visitor_act(m, SIGN_TOUCH_WITHOUT, 0); /* there is no such button then */
	assert_true(model_shows(m, SCREEN_SIGN));
}

/* A finger that came down elsewhere writes nothing. */
static void beside_the_sheet(void **state) {
	struct model *m = visit_model(state);
	arrive(m, SIGNATURE_ASKED);
	for (int i = 0; i < 3; i++) {
		kiosk_fixture_send(
			m, (struct msg){.kind = MSG_FINGER, .phase = (enum finger)i, .x = 300 + 300 * i, .y = 500, .area = {0, 0, 9, 9}});
	}
	struct effects none = visitor_act(m, SIGN_TOUCH_DONE, 0);
	assert_int_equal(none.items[none.count - 1].kind, EFFECT_CHIME);
}

static void staff_sign_for_them(void **state) {
	struct model *m = visit_model(state);
	arrive(m, SIGNATURE_REQUIRED);
	visitor_act(m, SIGN_TOUCH_STAFF, 0);
	assert_true(model_shows(m, SCREEN_PIN));
	visitor_types(m, "1111\n");
	assert_true(model_shows(m, SCREEN_PIN));
	struct effects done = visitor_types(m, "2468\n");
	const struct visitor *visitor = sent(&done);
	assert_string_equal(visitor->person, PERSON);
	assert_int_equal(visitor->signature.by, SIGNED_BY_STAFF);
	assert_null(visitor->signature.drawn);
	assert_true(model_shows(m, SCREEN_SIGN));
	kept(m, true);
	assert_true(model_shows(m, SCREEN_AGENDA));
}

/* The next badge goes before the sheet, and nobody signs for that one. */
static void another_badge_meanwhile(void **state) {
	struct model *m = visit_model(state);
	arrive(m, SIGNATURE_ASKED);
	visitor_writes(m);
	visit_answer(m, OUTCOME_ACCEPTED, "Тарас");
	assert_true(model_shows(m, SCREEN_RESULT));
	kiosk_fixture_wait(m, TIMING.result_admitted_ms);
	assert_true(model_shows(m, SCREEN_AGENDA));
	assert_string_equal(m->signer.person, "");
}

static void who_is_not_let_in_does_not_sign(void **state) {
	struct model *m = visit_model(state);
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_FULL, "Олена Приклад");
	m->event->signature = SIGNATURE_REQUIRED;
	d->unsigned_yet = true;
	str_copy(d->person, sizeof d->person, PERSON);
	kiosk_fixture_send(m, (struct msg){.kind = MSG_DESK, .desk = d});
	kiosk_fixture_wait(m, TIMING.result_refused_ms);
	assert_true(model_shows(m, SCREEN_AGENDA));
}

/* Their registration is looked at first; they sign when they come in. */
static void who_walks_in_and_waits_does_not_sign(void **state) {
	struct model *m = visit_model(state);
	m->event->registered = true;
	visitor_form(m, SIGNATURE_REQUIRED);
	struct effects done = visitor_fills_in(m);
	assert_false(model_shows(m, SCREEN_SIGN));
	const struct visitor *visitor = sent(&done);
	assert_false(visitor->signs);
}

static void as_the_last_page_of_the_form(void **state) {
	struct model *m = visit_model(state);
	visitor_form(m, SIGNATURE_REQUIRED);
	visitor_fills_in(m);
	assert_true(model_shows(m, SCREEN_SIGN));
	visitor_act(m, ACTION_BACK, 0); /* to the last question, with its answer */
	assert_true(model_shows(m, SCREEN_WALKIN));
	visitor_act(m, WALKIN_TOUCH_ANSWER, 1);
	visitor_writes(m);
	struct effects done = visitor_act(m, SIGN_TOUCH_DONE, 0);
	const struct visitor *visitor = sent(&done);
	assert_holds(visitor->set, "Олена Прикладова");
	assert_true(visitor->signs && visitor->signature.drawn != NULL);
	assert_true(model_shows(m, SCREEN_WALKIN)); /* which waits, and sends nothing twice */
	assert_int_equal(visitor_act(m, WALKIN_TOUCH_ANSWER, 1).count, 0);
	/* They are in: the code is shown until they have it, and nobody signs twice. */
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, "Олена Прикладова");
	d->walk_in = true;
	d->number = m->sent;
	str_copy(d->code, sizeof d->code, "TO0Y3K/GSJHURRT");
	str_copy(d->aloud, sizeof d->aloud, "KVEY-0XZG");
	kiosk_fixture_send(m, (struct msg){.kind = MSG_DESK, .desk = d});
	assert_true(strstr(kiosk_fixture_reads(m), "KVEY-0XZG") != NULL);
	kiosk_fixture_wait(m, TIMING.result_refused_ms);
	kiosk_fixture_send(m, (struct msg){.kind = MSG_TOUCH}); /* a sleeve */
	assert_true(model_shows(m, SCREEN_RESULT));
	visitor_act(m, RESULT_TOUCH_HAVE_IT, 0);
	assert_true(model_shows(m, SCREEN_AGENDA));
}

/* The room is full, it is another day, the box does not count yet: they are on the list, and need the code by which staff find them. */
static void a_code_for_whoever_is_on_the_list(void **state) {
	struct model *m = visit_model(state);
	static const enum outcome outcomes[] = {OUTCOME_FULL, OUTCOME_WRONG_DAY, OUTCOME_CLOSED, OUTCOME_NOT_EXPECTED, OUTCOME_ACCEPTED};
	for (size_t i = 0; i < COUNT_OF(outcomes); i++) {
		struct desk_message *d = kiosk_fixture_answer(outcomes[i], "Олена Прикладова");
		d->walk_in = true;
		d->outsider = outcomes[i] == OUTCOME_ACCEPTED;
		str_copy(d->code, sizeof d->code, "TO0Y3K/GSJHURRT");
		str_copy(d->aloud, sizeof d->aloud, "KVEY-0XZG");
		kiosk_fixture_send(m, (struct msg){.kind = MSG_DESK, .desk = d});
		assert_true(strstr(kiosk_fixture_reads(m), "KVEY-0XZG") != NULL);
		visitor_act(m, RESULT_TOUCH_HAVE_IT, 0);
		assert_true(model_shows(m, SCREEN_AGENDA));
	}
}

static void at_a_rooms_door_nobody_signs(void **state) {
	struct model *m = visit_model(state);
	visitor_form(m, SIGNATURE_REQUIRED);
	m->event->stand = STAND_SESSION;
	m->event->point = 2;
	struct effects done = visitor_fills_in(m);
	assert_false(sent(&done)->signs);
}

static void a_guardian_signs(void **state) {
	struct model *m = visit_model(state);
	visitor_form(m, SIGNATURE_ASKED);
	visitor_reaches(m, "birth_year");
	visitor_types(m, "2015\n");
	visitor_types(m, "Ганна Приклад, 067 123 45 67\n");
	for (int i = 0; i < 4; i++) {
		visitor_act(m, WALKIN_TOUCH_ANSWER, 1);
	}
	assert_true(kiosk_fixture_says(m, "A parent or guardian signs here, with a finger"));
	visitor_writes(m);
	struct effects done = visitor_act(m, SIGN_TOUCH_DONE, 0);
	assert_int_equal(sent(&done)->signature.by, SIGNED_BY_GUARDIAN);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, visit_open, visit_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(who_arrives_signs),
		TEST(who_arrives_under_age),
		TEST(what_could_not_be_kept),
		TEST(cleared_and_left_out),
		TEST(an_answer_to_somebody_else),
		TEST(beside_the_sheet),
		TEST(staff_sign_for_them),
		TEST(another_badge_meanwhile),
		TEST(who_is_not_let_in_does_not_sign),
		TEST(who_walks_in_and_waits_does_not_sign),
		TEST(as_the_last_page_of_the_form),
		TEST(a_code_for_whoever_is_on_the_list),
		TEST(at_a_rooms_door_nobody_signs),
		TEST(a_guardian_signs),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
