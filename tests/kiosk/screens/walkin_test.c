/* The form for people without a badge: from question to question and back, what is offered meanwhile, and what goes to the store thread. */
#include "kiosk/screens/walkin_state.h"

#include "lib/kiosk_visit.h"
#include "lib/kiosk_visitor.h"
#include "lib/testing.h"

#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/strbuf.h"

static void all_questions_in_their_order(void **state) {
	struct model *m = visit_model(state);
	static const char *const keys[] = {"name",         "community",          "phone",        "birth_year", "custom:Food",
					   "custom:Night", "consent:processing", "consent:photo"};
	visitor_form(m, SIGNATURE_OFF);
	visitor_act(m, ACTION_WALKIN, 0);
	for (size_t i = 0; i < COUNT_OF(keys); i++) {
		struct walkin_place place = walkin_place(m);
		visitor_is_asked(m, keys[i]);
		assert_int_equal(place.which, i + 1);
		assert_int_equal(place.of, COUNT_OF(keys));
		if (i == 0) {
			visitor_types(m, "Олена");
		}
		struct effects done = visitor_act(m, i >= 4 ? WALKIN_TOUCH_ANSWER : WALKIN_TOUCH_NEXT, i == 7 ? 0 : 1);
		if (i + 1 == COUNT_OF(keys)) {
			const struct visitor *visitor = visitor_last(&done)->visitor;
			char wanted[512];
			assert_int_equal(visitor_last(&done)->kind, EFFECT_VISITOR);
			snprintf(wanted, sizeof wanted,
				 "{\"name\":\"Олена\",\"custom:Food\":\"meat\",\"custom:Night\":\"yes\",\"custom:consent:processing\":"
				 "\"yes %s "
				 "uk\",\"custom:consent:photo\":\"no %s uk\",\"photo_consent\":\"no\",\"language\":\"uk\"}",
				 m->event->form.items[7].version, m->event->form.items[8].version);
			assert_string_equal(visitor->set, wanted);
			assert_false(visitor->signs);
		}
	}
	/* It is under way: nothing more is sent, whatever is touched. */
	for (int action = WALKIN_TOUCH_KEY; action <= WALKIN_TOUCH_IS_THIS; action++) {
		struct effects none = visitor_act(m, action, 0);
		assert_int_equal(none.count, 0);
	}
	assert_int_equal(visitor_types(m, "x\n").count, 0);
	/* Nobody answers: what was sent may be kept all the same, so it is not sent again; somebody helps. */
	kiosk_fixture_wait(m, TIMING.answer_ms);
	assert_true(kiosk_fixture_says(m, "That is not working right now. Please call our staff"));
	assert_int_equal(visitor_act(m, WALKIN_TOUCH_ANSWER, 1).count, 0);
	assert_int_equal(visitor_types(m, "x\n").count, 0);
	visitor_act(m, ACTION_HELP, 0);
	assert_true(model_shows(m, SCREEN_HELP));
	assert_string_equal(walkin_name(m), ""); /* and nothing of them stays */
}

static void back_to_what_was_answered(void **state) {
	struct model *m = visit_model(state);
	visitor_form(m, SIGNATURE_OFF);
	visitor_reaches(m, "phone");
	visitor_types(m, "067 123 45 67");
	visitor_act(m, ACTION_BACK, 0); /* what was not ended is not kept */
	visitor_is_asked(m, "community");
	visitor_act(m, ACTION_BACK, 0);
	visitor_is_asked(m, "name");
	assert_string_equal(walkin_of(m)->typed.text, "Олена Прикладова");
	visitor_act(m, ACTION_BACK, 0); /* and out, with nothing left */
	assert_true(model_shows(m, SCREEN_AGENDA));
	visitor_act(m, ACTION_WALKIN, 0);
	assert_string_equal(walkin_of(m)->typed.text, "");
	assert_string_equal(walkin_name(m), "");
}

/* From the telephone on: nothing of it, then the choice, the question and both consents. */
static struct effects answers_the_rest(struct model *m) {
	visitor_act(m, WALKIN_TOUCH_NEXT, 0);
	visitor_act(m, WALKIN_TOUCH_NEXT, 0);
	visitor_act(m, WALKIN_TOUCH_ANSWER, 0);
	visitor_act(m, WALKIN_TOUCH_ANSWER, 0);
	visitor_act(m, WALKIN_TOUCH_ANSWER, 1);
	return visitor_act(m, WALKIN_TOUCH_ANSWER, 1);
}

/* What is chosen names the place, and says what the form does not ask. */
static void where_they_come_from(void **state) {
	struct model *m = visit_model(state);
	static const struct suggestion all[] = {{.text = "Зарічна", .region = "Закарпатська область"},
						{.text = "Зарічна", .district = "Рівненський район", .region = "Рівненська область"}};
	visitor_form(m, SIGNATURE_OFF);
	visitor_reaches(m, "community");
	struct effects first = visitor_types(m, "за");
	struct effect early = *visitor_last(&first);
	assert_int_equal(early.kind, EFFECT_SUGGEST);
	assert_int_equal(early.field, PERSON_COMMUNITY);
	assert_string_equal(early.text, "за");
	struct effects second = visitor_types(m, "р");
	struct effect present = *visitor_last(&second);
	visitor_suggested(m, &(struct effects){.items = &early, .count = 1}, all, 1); /* it is late */
	assert_int_equal(walkin_of(m)->suggested.count, 0);
	visitor_suggested(m, &(struct effects){.items = &present, .count = 1}, all, COUNT_OF(all));
	assert_int_equal(walkin_of(m)->suggested.count, 2);
	assert_true(strstr(kiosk_fixture_reads(m), "Рівненський район, Рівненська область") != NULL);
	visitor_act(m, WALKIN_TOUCH_MEANT, 2); /* there is no such */
	visitor_is_asked(m, "community");
	visitor_act(m, WALKIN_TOUCH_MEANT, 1);
	visitor_is_asked(m, "phone");
	assert_int_equal(walkin_of(m)->suggested.count, 0);
	struct effects done = answers_the_rest(m);
	assert_holds(visitor_last(&done)->visitor->set, "\"community\":\"Зарічна\"");
	assert_holds(visitor_last(&done)->visitor->set, "\"district\":\"Рівненський район\",\"region\":\"Рівненська область\"");
}

/* "жінка" of a choice is what "жінка" is that somebody types, and what a list of people says; the form's own columns stay as they are. */
static void what_is_chosen_for_a_known_field(void **state) {
	static const char *const fields[][2] = {
		{"name", "{\"order\":\"10\"}"},
		{"sex", "{\"order\":\"20\",\"type\":\"choice\",\"choices\":\"жінка\\nчоловік\"}"},
		{"custom:Role", "{\"order\":\"30\",\"type\":\"choice\",\"choices\":\"жінка\\nінше\",\"when\":\"sex=жінка\"}"},
	};
	struct model *m = visit_model(state);
	struct err err = {0};
	form_fini(&m->event->form);
	for (size_t i = 0; i < COUNT_OF(fields); i++) {
		assert_true(form_add(&m->event->form, fields[i][0], json_parse(fields[i][1], strlen(fields[i][1]), &err)));
	}
	m->event->signature = SIGNATURE_OFF;
	visitor_act(m, ACTION_WALKIN, 0);
	visitor_types(m, "Олена\n");
	visitor_act(m, WALKIN_TOUCH_ANSWER, 0);
	visitor_is_asked(m, "custom:Role"); /* it hangs on the choice as it stands there */
	struct effects done = visitor_act(m, WALKIN_TOUCH_ANSWER, 0);
	assert_holds(visitor_last(&done)->visitor->set, "\"sex\":\"f\"");
	assert_holds(visitor_last(&done)->visitor->set, "\"custom:Role\":\"жінка\"");
}

/* Whoever chose a place and then types another one comes from that one, and from nowhere else. */
static void another_place_after_all(void **state) {
	struct model *m = visit_model(state);
	static const struct suggestion one = {.text = "Зарічна", .district = "Рівненський район", .region = "Рівненська область"};
	visitor_form(m, SIGNATURE_OFF);
	visitor_reaches(m, "community");
	struct effects asked = visitor_types(m, "за");
	visitor_suggested(m, &asked, &one, 1);
	visitor_act(m, WALKIN_TOUCH_MEANT, 0);
	visitor_act(m, ACTION_BACK, 0);
	visitor_types(m, " Друга\n");
	struct effects done = answers_the_rest(m);
	assert_holds(visitor_last(&done)->visitor->set, "\"community\":\"Зарічна Друга\"");
	assert_null(strstr(visitor_last(&done)->visitor->set, "Рівненськ"));
}

/* What fits nothing any more is offered no longer, also where the next search fails. */
static void offers_go_with_what_was_typed(void **state) {
	struct model *m = visit_model(state);
	static const char *const names[] = {"Олена П."};
	struct found_message *failed = xcalloc(1, sizeof *failed);
	visitor_form(m, SIGNATURE_OFF);
	visitor_act(m, ACTION_WALKIN, 0);
	struct effects asked = visitor_types(m, "Олена");
	visitor_found(m, &asked, names, 1);
	assert_int_equal(walkin_of(m)->namesake_count, 1);
	asked = visitor_types(m, " Пр");
	failed->kind = FOUND_FAILED;
	failed->number = visitor_last(&asked)->number;
	kiosk_fixture_send(m, (struct msg){.kind = MSG_FOUND, .found = failed});
	assert_int_equal(walkin_of(m)->namesake_count, 0);
}

/* Somebody who is on the list is offered while the name is typed, in the search's terms: three at most, and none where nobody may be looked for. */
static void who_is_there_already(void **state) {
	struct model *m = visit_model(state);
	static const char *const names[] = {"Олена П.", "Олена Р.", "Олена С.", "Олена Т."};
	visitor_form(m, SIGNATURE_OFF);
	visitor_act(m, ACTION_WALKIN, 0);
	assert_int_equal(visitor_types(m, "Ол").count, 0); /* too little to go by */
	struct effects asked = visitor_types(m, "ена");
	assert_int_equal(asked.count, 1); /* once for all that came together */
	assert_int_equal(visitor_last(&asked)->kind, EFFECT_FIND);
	visitor_found(m, &asked, names, COUNT_OF(names));
	assert_int_equal(walkin_of(m)->namesake_count, 3);
	assert_true(kiosk_fixture_says(m, "Is this you? Touch your name"));
	visitor_act(m, WALKIN_TOUCH_IS_THIS, 3);
	assert_true(model_shows(m, SCREEN_WALKIN));
	visitor_act(m, WALKIN_TOUCH_IS_THIS, 1);
	assert_true(model_shows(m, SCREEN_ME));
	assert_string_equal(m->chosen.name, "Олена Р.");
	visitor_act(m, ACTION_BACK, 0); /* it is not they */
	assert_string_equal(walkin_of(m)->typed.text, "Олена");
	m->event->find_by_name = false;
	assert_int_equal(visitor_types(m, "а").count, 0);
	assert_int_equal(walkin_of(m)->namesake_count, 0);
}

static void who_is_under_age(void **state) {
	struct model *m = visit_model(state);
	visitor_form(m, SIGNATURE_OFF);
	visitor_reaches(m, "birth_year");
	visitor_types(m, "2012\n");
	visitor_is_asked(m, "custom:guardian");
	visitor_act(m, WALKIN_TOUCH_NEXT, 0); /* somebody has to be there for them */
	visitor_is_asked(m, "custom:guardian");
	visitor_types(m, "Ганна, 067 123 45 67\n");
	visitor_is_asked(m, "custom:Food");
	assert_true(walkin_is_minor(m));
	visitor_act(m, ACTION_BACK, 0);
	visitor_act(m, ACTION_BACK, 0);
	visitor_is_asked(m, "birth_year");
	visitor_types(m, "\b\b\b\b1984\n");
	visitor_is_asked(m, "custom:Food");
	assert_string_equal(form_answers_get(&walkin_of(m)->answers, 4), ""); /* who is asked for no guardian has none */
}

/* Whoever typed the number of somebody with such a name, and touched nobody's name, is asked before there are two of them. */
static void who_has_the_number_of_somebody_on_the_list(void **state) {
	struct model *m = visit_model(state);
	visitor_form(m, SIGNATURE_OFF);
	struct effects asked = visitor_fills_in_phone(m);
	assert_int_equal(visitor_last(&asked)->kind, EFFECT_TWIN); /* and nothing is written */
	assert_holds(visitor_last(&asked)->visitor->set, "\"phone\":\"067 123 45 67\"");
	struct effect question = *visitor_last(&asked);
	assert_int_equal(visitor_act(m, WALKIN_TOUCH_ANSWER, 1).count, 0);
	visitor_is_met(m, &(struct effects){.items = &question, .count = 1}, true);
	assert_true(kiosk_fixture_says(m, "This may be you:"));
	assert_holds(kiosk_fixture_reads(m), "Олена П.");
	assert_int_equal(visitor_act(m, WALKIN_TOUCH_ANSWER, 1).count, 0);
	visitor_act(m, WALKIN_TOUCH_IS_TWIN, 0);
	assert_true(model_shows(m, SCREEN_ME));
	assert_string_equal(m->chosen.id, "0123456789abcdef0123");
	visitor_act(m, ACTION_BACK, 0); /* it is not they after all */
	assert_true(kiosk_fixture_says(m, "This may be you:"));
	asked = visitor_act(m, WALKIN_TOUCH_IS_NEW, 0);
	assert_int_equal(visitor_last(&asked)->kind, EFFECT_TWIN); /* somebody else may be */
	assert_int_equal(visitor_last(&asked)->visitor->denied.count, 1);
	assert_string_equal(visitor_last(&asked)->visitor->denied.ids[0], "0123456789abcdef0123");
	question = *visitor_last(&asked);
	assert_int_equal(visitor_act(m, WALKIN_TOUCH_IS_NEW, 0).count, 0);
	struct effects done = visitor_is_met(m, &(struct effects){.items = &question, .count = 1}, false);
	assert_int_equal(visitor_last(&done)->kind, EFFECT_VISITOR);
	assert_holds(visitor_last(&done)->visitor->set, "Олена Прикладова");
}

/* What another screen asked for before is no answer to the question, however late it comes. */
static void a_late_answer_to_another_question(void **state) {
	enum { ASKED = 64 };
	struct model *m = visit_model(state);
	uint64_t numbers[ASKED];
	visitor_form(m, SIGNATURE_OFF);
	visitor_act(m, ACTION_FIND, 0);
	visitor_types(m, "Оле");
	for (size_t i = 0; i < ASKED; i++) {
		struct effects asked = visitor_types(m, i % 2 == 0 ? "н" : "\b");
		numbers[i] = visitor_last(&asked)->number;
	}
	visitor_act(m, ACTION_BACK, 0);
	struct effects asked = visitor_fills_in_phone(m);
	struct effect question = *visitor_last(&asked);
	assert_int_equal(question.kind, EFFECT_TWIN);
	for (size_t i = 0; i < ASKED; i++) {
		struct found_message *found = xcalloc(1, sizeof *found);
		found->kind = i % 2 == 0 ? FOUND_PEOPLE : FOUND_WRONG;
		found->number = numbers[i];
		kiosk_fixture_send(m, (struct msg){.kind = MSG_FOUND, .found = found});
		assert_int_equal(walkin_of(m)->stage, WALKIN_LOOKS);
	}
	visitor_is_met(m, &(struct effects){.items = &question, .count = 1}, true);
	assert_int_equal(walkin_of(m)->stage, WALKIN_MEETS);
}

/* Who said no is not asked of the same person again; of others they are, but not for ever. */
static void who_said_that_they_are_new(void **state) {
	struct model *m = visit_model(state);
	visitor_form(m, SIGNATURE_ASKED);
	struct effects asked = visitor_fills_in_phone(m);
	visitor_is_met(m, &asked, true);
	asked = visitor_act(m, WALKIN_TOUCH_IS_NEW, 0);
	visitor_is_met(m, &asked, false);
	assert_true(model_shows(m, SCREEN_SIGN));
	visitor_act(m, ACTION_BACK, 0);
	visitor_is_asked(m, "consent:photo");
	asked = visitor_act(m, WALKIN_TOUCH_ANSWER, 1);
	assert_int_equal(visitor_last(&asked)->kind, EFFECT_TWIN);
	assert_int_equal(visitor_last(&asked)->visitor->denied.count, 1);
	visitor_is_met(m, &asked, true);
	assert_true(kiosk_fixture_says(m, "This may be you:"));
	visitor_act(m, ACTION_BACK, 0); /* to the last question, not out */
	visitor_is_asked(m, "consent:photo");
	asked = visitor_act(m, WALKIN_TOUCH_ANSWER, 1);
	for (size_t n = 1; n < TWIN_QUESTIONS; n++) {
		assert_int_equal(visitor_last(&asked)->kind, EFFECT_TWIN);
		assert_int_equal(visitor_last(&asked)->visitor->denied.count, n);
		visitor_is_met(m, &asked, true);
		assert_true(kiosk_fixture_says(m, "This may be you:"));
		asked = visitor_act(m, WALKIN_TOUCH_IS_NEW, 0);
	}
	assert_true(model_shows(m, SCREEN_SIGN));
	visitor_act(m, ACTION_BACK, 0);
	visitor_act(m, WALKIN_TOUCH_ANSWER, 1);
	assert_true(model_shows(m, SCREEN_SIGN));
}

/* A search that fails, or does not answer, keeps nobody off the list; where nobody may be looked for nobody is. */
static void when_nobody_is_found(void **state) {
	enum { NOBODY, FAILED, NO_ANSWER, WAYS };
	struct model *m = visit_model(state);
	visitor_form(m, SIGNATURE_REQUIRED);
	for (int way = 0; way < WAYS; way++) {
		struct effects asked = visitor_fills_in_phone(m);
		assert_int_equal(visitor_last(&asked)->kind, EFFECT_TWIN);
		struct found_message *failed = xcalloc(1, sizeof *failed);
		failed->kind = FOUND_FAILED;
		failed->number = visitor_last(&asked)->number;
		if (way == NOBODY) {
			visitor_is_met(m, &asked, false);
		} else if (way == FAILED) {
			kiosk_fixture_send(m, (struct msg){.kind = MSG_FOUND, .found = failed});
			failed = NULL;
		} else {
			kiosk_fixture_wait(m, TIMING.answer_ms);
		}
		assert_true(model_shows(m, SCREEN_SIGN));
		find_message_free(failed);
		model_go_home(m, &(struct effects){0});
	}
	m->event->find_by_name = false;
	visitor_fills_in_phone(m);
	assert_true(model_shows(m, SCREEN_SIGN));
}

/* The disk is full: what they answered and signed stays for one touch, and goes when they do. */
static void what_could_not_be_saved(void **state) {
	struct model *m = visit_model(state);
	visitor_form(m, SIGNATURE_REQUIRED);
	visitor_fills_in(m);
	visitor_writes(m);
	visitor_act(m, SIGN_TOUCH_DONE, 0);
	assert_true(model_shows(m, SCREEN_WALKIN));
	kiosk_fixture_wait(m, TIMING.answer_ms); /* however late that is told */
	visitor_not_saved(m, STATION_GOOD);
	assert_true(model_shows(m, SCREEN_WALKIN));
	assert_true(kiosk_fixture_says(m, "That could not be saved. Your answers are still here: please try again, or call our staff"));
	visitor_act(m, ACTION_HELP, 0); /* whoever comes finds it */
	assert_true(model_shows(m, SCREEN_HELP));
	visitor_act(m, ACTION_BACK, 0);
	struct effects again = visitor_act(m, WALKIN_TOUCH_AGAIN, 0);
	const struct visitor *visitor = visitor_last(&again)->visitor;
	assert_int_equal(visitor_last(&again)->kind, EFFECT_VISITOR);
	assert_holds(visitor->set, "Олена Прикладова");
	assert_true(visitor->signs);
	assert_int_equal(visitor->signature.by, SIGNED_BY_SELF);
	assert_int_equal(visitor->signature.drawn->strokes, 1);
	assert_int_equal(visitor_act(m, WALKIN_TOUCH_AGAIN, 0).count, 0); /* once at a time */
	visitor_not_saved(m, STATION_LOST);
	assert_true(model_shows(m, SCREEN_WALKIN));
	kiosk_fixture_wait(m, TIMING.idle_ms);
	assert_true(model_shows(m, SCREEN_AGENDA));
	assert_string_equal(walkin_name(m), "");
	struct walkin empty = {.asked = walkin_of(m)->asked};
	assert_memory_equal(walkin_of(m), &empty, sizeof empty);
}

/* The file was moved as it was written: it may be on the list. What is tried again would be somebody else there. */
static void what_may_be_saved_all_the_same(void **state) {
	struct model *m = visit_model(state);
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, NULL);
	visitor_form(m, SIGNATURE_OFF);
	visitor_fills_in(m);
	d->kept = false;
	d->walk_in = d->unsure = true;
	d->number = m->sent;
	d->text = xstrdup("the event file was moved");
	kiosk_fixture_send(m, (struct msg){.kind = MSG_DESK, .desk = d});
	assert_true(model_shows(m, SCREEN_WALKIN));
	assert_true(kiosk_fixture_says(m, "That is not working right now. Please call our staff"));
	assert_int_equal(visitor_act(m, WALKIN_TOUCH_AGAIN, 0).count, 0);
	kiosk_fixture_wait(m, TIMING.answer_ms);
	assert_int_equal(visitor_act(m, WALKIN_TOUCH_AGAIN, 0).count, 0);
	visitor_act(m, ACTION_HELP, 0);
	assert_true(model_shows(m, SCREEN_HELP));
}

/* What the store thread says of the form with that number: kept, with a code, or not. */
static void answers_form(struct model *m, uint64_t number, bool kept) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, kept ? "Приклад Ада" : NULL);
	d->walk_in = true;
	d->kept = kept;
	d->number = number;
	d->text = kept ? NULL : xstrdup("the disk is full");
	str_copy(d->aloud, sizeof d->aloud, "KVEY-0XZG");
	kiosk_fixture_send(m, (struct msg){.kind = MSG_DESK, .desk = d});
}

static uint64_t sends(struct model *m) {
	struct effects done = visitor_fills_in(m);
	uint64_t number = visitor_last(&done)->visitor->number;
	assert_int_equal(visitor_last(&done)->kind, EFFECT_VISITOR);
	return number;
}

/* The disk stalls, somebody walks away, and the next one fills in the form: what is said of the first is nothing to the second. */
static void an_answer_to_who_walked_away(void **state) {
	struct model *m = visit_model(state);
	visitor_form(m, SIGNATURE_OFF);
	uint64_t first = sends(m);
	kiosk_fixture_wait(m, TIMING.idle_ms);
	assert_true(model_shows(m, SCREEN_AGENDA));
	answers_form(m, first, true); /* who reads the agenda now is anybody */
	assert_true(model_shows(m, SCREEN_AGENDA));
	visitor_reaches(m, "community");
	for (int kept = 0; kept < 2; kept++) {
		answers_form(m, first, kept);
		visitor_is_asked(m, "community");
		assert_string_equal(walkin_name(m), "Олена Прикладова");
	}
	model_go_home(m, &(struct effects){0});
	uint64_t second = sends(m);
	assert_true(second != first);
	answers_form(m, first, false);
	assert_int_equal(walkin_of(m)->stage, WALKIN_SENT);
	assert_int_equal(visitor_act(m, WALKIN_TOUCH_AGAIN, 0).count, 0);
	answers_form(m, first, true);
	assert_int_equal(walkin_of(m)->stage, WALKIN_SENT);
	answers_form(m, second, true);
	assert_true(model_shows(m, SCREEN_RESULT));
	assert_holds(kiosk_fixture_reads(m), "KVEY-0XZG");
}

/* Who still stands there is told, also where a badge came between, or where they have called for help. */
static void an_answer_that_comes_late(void **state) {
	struct model *m = visit_model(state);
	visitor_form(m, SIGNATURE_OFF);
	uint64_t number = sends(m);
	visit_answer(m, OUTCOME_ACCEPTED, "Тарас");
	kiosk_fixture_wait(m, TIMING.result_hold_ms);
	answers_form(m, number, true);
	assert_holds(kiosk_fixture_reads(m), "KVEY-0XZG");
	model_go_home(m, &(struct effects){0});
	number = sends(m);
	kiosk_fixture_wait(m, TIMING.answer_ms);
	visitor_act(m, ACTION_HELP, 0);
	assert_true(model_shows(m, SCREEN_HELP));
	answers_form(m, number, true);
	assert_holds(kiosk_fixture_reads(m), "KVEY-0XZG");
	model_go_home(m, &(struct effects){0});
	number = sends(m);
	visit_answer(m, OUTCOME_ACCEPTED, "Тарас");
	kiosk_fixture_wait(m, TIMING.result_hold_ms);
	visitor_act(m, ACTION_FIND, 0); /* and here somebody looks for their name */
	assert_true(model_shows(m, SCREEN_FIND));
	answers_form(m, number, true);
	assert_true(model_shows(m, SCREEN_FIND));
}

/* Where no try would help, or nobody waits for one, the result says so. */
static void what_is_not_tried_again(void **state) {
	struct model *m = visit_model(state);
	visitor_form(m, SIGNATURE_OFF);
	visitor_fills_in(m);
	visitor_not_saved(m, STATION_RETIRED);
	assert_true(model_shows(m, SCREEN_RESULT));
	assert_true(kiosk_fixture_says(m, "This box is out of use"));
	m->standing = STATION_GOOD;
	model_go_home(m, &(struct effects){0});
	visitor_fills_in(m);
	visit_answer(m, OUTCOME_ACCEPTED, "Тарас"); /* a badge meanwhile */
	kiosk_fixture_wait(m, TIMING.result_hold_ms);
	visitor_not_saved(m, STATION_GOOD);
	assert_true(kiosk_fixture_says(m, "This box could not save that"));
}

/* Nothing of what they typed goes, and nothing more is asked of them. */
static void who_wants_nothing_to_be_kept(void **state) {
	struct model *m = visit_model(state);
	visitor_form(m, SIGNATURE_REQUIRED);
	visitor_reaches(m, "consent:processing");
	struct effects done = visitor_act(m, WALKIN_TOUCH_ANSWER, 0);
	const struct visitor *visitor = visitor_last(&done)->visitor;
	assert_int_equal(visitor_last(&done)->kind, EFFECT_VISITOR);
	assert_false(visitor->signs);
	assert_true(strstr(visitor->set, "Прикладова") == NULL);
	assert_holds(visitor->set, "\"custom:consent:processing\":\"no ");
	assert_holds(visitor->set, "\"name\":\"Гість без імені\"");
}

static void nothing_stays_of_who_walks_away(void **state) {
	struct model *m = visit_model(state);
	static const char *const names[] = {"Олена П."};
	visitor_form(m, SIGNATURE_ASKED);
	visitor_reaches(m, "community");
	visitor_act(m, ACTION_BACK, 0);
	struct effects asked = visitor_types(m, "ка");
	struct effect late = *visitor_last(&asked);
	kiosk_fixture_wait(m, TIMING.idle_ms);
	assert_true(model_shows(m, SCREEN_AGENDA));
	visitor_found(m, &(struct effects){.items = &late, .count = 1}, names, 1); /* what was under way comes too late */
	const struct walkin *s = walkin_of(m);
	struct walkin empty = {.asked = s->asked};
	assert_memory_equal(s, &empty, sizeof empty);
}

static void another_form_meanwhile(void **state) {
	struct model *m = visit_model(state);
	visitor_form(m, SIGNATURE_OFF);
	visitor_reaches(m, "community");
	struct kiosk_event *same = kiosk_fixture_event(true);
	kiosk_fixture_load(m, same); /* the fixture's own form: other questions */
	assert_true(model_shows(m, SCREEN_AGENDA));
	visitor_act(m, ACTION_WALKIN, 0);
	visitor_types(m, "Олена\n");
	visitor_is_asked(m, "community");
	kiosk_fixture_load(m, kiosk_fixture_event(true)); /* the same ones: they go on */
	visitor_is_asked(m, "community");
	assert_string_equal(walkin_name(m), "Олена");
	struct kiosk_event *none = kiosk_fixture_event(true);
	none->walk_in = false;
	kiosk_fixture_load(m, none);
	assert_true(model_shows(m, SCREEN_AGENDA));
	visitor_act(m, ACTION_WALKIN, 0);
	assert_true(model_shows(m, SCREEN_AGENDA));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, visit_open, visit_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(all_questions_in_their_order),
		TEST(back_to_what_was_answered),
		TEST(where_they_come_from),
		TEST(what_is_chosen_for_a_known_field),
		TEST(another_place_after_all),
		TEST(offers_go_with_what_was_typed),
		TEST(who_is_there_already),
		TEST(who_is_under_age),
		TEST(who_has_the_number_of_somebody_on_the_list),
		TEST(a_late_answer_to_another_question),
		TEST(who_said_that_they_are_new),
		TEST(when_nobody_is_found),
		TEST(what_could_not_be_saved),
		TEST(what_may_be_saved_all_the_same),
		TEST(an_answer_to_who_walked_away),
		TEST(an_answer_that_comes_late),
		TEST(what_is_not_tried_again),
		TEST(who_wants_nothing_to_be_kept),
		TEST(nothing_stays_of_who_walks_away),
		TEST(another_form_meanwhile),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
