/* What the form's questions show: the question, whether it needs an answer, what is wrong with one, and the buttons of what is chosen. */
#include "kiosk/screens/walkin_draw.h"

#include "lib/kiosk_visit.h"
#include "lib/kiosk_visitor.h"
#include "lib/testing.h"

#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "kiosk/screens/walkin_state.h"

static void what_is_no_answer(void **state) {
	static const struct {
		const char *key, *typed, *says;
	} cases[] = {
		{"name", " ", "Please type your name"},
		{"name", "-", "Please type your name in letters"},
		{"phone", "12", "Please type the whole number: it has at least seven digits"},
		{"birth_year", "76", "Please type the year in four digits, like 1984"},
		{"custom:guardian", "", "Please fill this in: it is required"},
		{"email", "ada", "Please type the whole address, like name@example.org"},
	};
	struct model *m = visit_model(state);
	struct err err = {0};
	visitor_form(m, SIGNATURE_OFF);
	form_drop(&m->event->form, "custom:guardian");
	assert_true(form_add(&m->event->form, "custom:guardian", json_parse("{\"required\":\"yes\"}", 18, &err)));
	assert_true(form_add(&m->event->form, "email", json_parse("{}", 2, &err)));
	form_sort(&m->event->form);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		visitor_reaches(m, cases[i].key);
		visitor_types(m, cases[i].typed);
		struct effects effects = visitor_act(m, WALKIN_TOUCH_NEXT, 0);
		visitor_is_asked(m, cases[i].key);
		assert_int_equal(visitor_last(&effects)->kind, EFFECT_CHIME);
		assert_true(kiosk_fixture_says(m, cases[i].says));
		visitor_types(m, "1");
		assert_false(kiosk_fixture_says(m, cases[i].says)); /* they are at it */
		model_go_home(m, &(struct effects){0});
	}
}

/* Whoever misread what is wanted is told which years there are; a date has its year in it. */
static void which_year_it_may_be(void **state) {
	struct model *m = visit_model(state);
	static const char *const far[] = {"1850", "2027"};
	visitor_form(m, SIGNATURE_OFF);
	for (size_t i = 0; i < COUNT_OF(far); i++) {
		visitor_reaches(m, "birth_year");
		visitor_types(m, far[i]);
		visitor_act(m, WALKIN_TOUCH_NEXT, 0);
		visitor_is_asked(m, "birth_year");
		assert_holds(kiosk_fixture_reads(m), "Перевірте рік: він має бути від 1900 до 2026");
		model_go_home(m, &(struct effects){0});
	}
	visitor_reaches(m, "birth_year");
	visitor_types(m, "12.05.2012\n");
	visitor_is_asked(m, "custom:guardian"); /* they are under age */
	assert_string_equal(form_answers_get(&walkin_of(m)->answers, 3), "2012");
	model_go_home(m, &(struct effects){0});
	m->now = (struct utc_ms){0}; /* a box that does not know the time goes by the event */
	assert_int_equal(walkin_year_last(m), 2026);
	m->event->day_count = 0;
	assert_int_equal(walkin_year_last(m), 2099);
}

/* Where a field of people knows some values only nobody types, and nobody has to have written them down. */
static void what_is_answered_by_a_touch(void **state) {
	struct model *m = visit_model(state);
	static const char *const kept[] = {"\"sex\":\"f\"", "\"sex\":\"m\"", "\"sex\":\"x\"", NULL};
	static const char *const fields[][2] = {{"name", "{\"order\":\"10\"}"}, {"sex", "{\"order\":\"20\",\"required\":\"yes\"}"}};
	struct err err = {0};
	form_fini(&m->event->form);
	for (size_t i = 0; i < COUNT_OF(fields); i++) {
		assert_true(form_add(&m->event->form, fields[i][0], json_parse(fields[i][1], strlen(fields[i][1]), &err)));
	}
	m->event->signature = SIGNATURE_OFF;
	for (int i = 0; i < (int)COUNT_OF(kept); i++) {
		visitor_act(m, ACTION_WALKIN, 0);
		visitor_types(m, "Олена\n");
		visitor_is_asked(m, "sex");
		assert_holds(kiosk_fixture_reads(m), "Жіноча\nЧоловіча\nІнша\nНе хочу вказувати\n");
		assert_int_equal(visitor_types(m, "жінка\n").count, 0);
		assert_int_equal(visitor_act(m, WALKIN_TOUCH_ANSWER, 4).count, 0); /* there is no such */
		visitor_is_asked(m, "sex");
		struct effects done = visitor_act(m, WALKIN_TOUCH_ANSWER, i);
		assert_int_equal(visitor_last(&done)->kind, EFFECT_VISITOR);
		if (kept[i] != NULL) {
			assert_holds(visitor_last(&done)->visitor->set, kept[i]);
		} else {
			assert_null(strstr(visitor_last(&done)->visitor->set, "sex"));
		}
		model_go_home(m, &(struct effects){0});
	}
}

/* The texts on the screen: how many are this one, and where the last of them stands. */
static size_t count_text(const struct model *m, const char *text, struct box *where) {
	struct theme theme = theme_make(m->style, 1920, 1080, 0);
	struct metrics metrics = {NULL, kiosk_fixture_width};
	struct draw_list list = {0};
	size_t n = 0;
	view_draw(m, &theme, &metrics, &list);
	for (size_t i = 0; i < list.count; i++) {
		if (list.items[i].kind == DRAW_TEXT && str_eq(draw_text_of(&list, &list.items[i]), text)) {
			n++;
			*where = list.items[i].box;
		}
	}
	draw_fini(&list);
	return n;
}

/* Whatever is asked, the question stands there once, and one place says whether an answer is needed and how many questions there are. */
static void every_question_alike(void **state) {
	struct model *m = visit_model(state);
	static const struct {
		const char *key, *question, *says;
		bool skips;
	} pages[] = {
		{"name", "Ваше імʼя та прізвище", "This is required", false},
		{"community", "Ваша громада", "You may skip this", true},
		{"custom:Food", "Що ви їсте?", "You may skip this", true},
		{"custom:Night", "Чи ночуєте ви тут?", "You may skip this", true},
		{"consent:photo", "Чи можна вас фотографувати?", "Please choose: either answer is fine", false},
	};
	struct box first = {0};
	visitor_form(m, SIGNATURE_OFF);
	for (size_t i = 0; i < COUNT_OF(pages); i++) {
		char place[16];
		struct box where = {0};
		visitor_reaches(m, pages[i].key);
		snprintf(place, sizeof place, "%d / %d", walkin_place(m).which, walkin_place(m).of);
		assert_int_equal(count_text(m, pages[i].question, &where), 1);
		assert_true(kiosk_fixture_says(m, pages[i].says));
		assert_int_equal(kiosk_fixture_says(m, "Leave it out"), pages[i].skips);
		assert_int_equal(count_text(m, place, &where), 1);
		first = i == 0 ? where : first;
		assert_memory_equal(&where, &first, sizeof where);
		model_go_home(m, &(struct effects){0});
	}
}

/* Is that answer's button filled? What lies under its touch has another colour than cards have. */
static bool is_filled(const struct model *m, int64_t answer) {
	struct theme theme = theme_make(m->style, 1920, 1080, 0);
	struct metrics metrics = {NULL, kiosk_fixture_width};
	struct draw_list list = {0};
	bool filled = false;
	view_draw(m, &theme, &metrics, &list);
	for (size_t i = 0; i < list.count; i++) {
		const struct draw_command *touch = &list.items[i];
		bool theirs = touch->kind == DRAW_TOUCH && touch->action == WALKIN_TOUCH_ANSWER && touch->argument == answer;
		for (size_t k = 0; theirs && k < i; k++) {
			const struct draw_command *c = &list.items[k];
			filled = filled || (c->kind == DRAW_FILL && c->colour != hue(&theme, CARD) &&
					    memcmp(&c->box, &touch->box, sizeof c->box) == 0);
		}
	}
	draw_fini(&list);
	return filled;
}

/* Who goes back finds what they said, whatever they were asked; before that no button stands out. */
static void an_answer_is_seen_again(void **state) {
	struct model *m = visit_model(state);
	static const char *const keys[] = {"custom:Food", "custom:Night", "consent:processing"};
	visitor_form(m, SIGNATURE_OFF);
	for (size_t i = 0; i < COUNT_OF(keys); i++) {
		visitor_reaches(m, keys[i]);
		assert_false(is_filled(m, 0) || is_filled(m, 1));
		visitor_act(m, WALKIN_TOUCH_ANSWER, 1);
		visitor_act(m, ACTION_BACK, 0);
		visitor_is_asked(m, keys[i]);
		assert_true(is_filled(m, 1));
		assert_false(is_filled(m, 0));
		model_go_home(m, &(struct effects){0});
	}
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, visit_open, visit_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(what_is_no_answer),    TEST(which_year_it_may_be),    TEST(what_is_answered_by_a_touch),
		TEST(every_question_alike), TEST(an_answer_is_seen_again),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
