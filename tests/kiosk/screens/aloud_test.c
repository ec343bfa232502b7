/* What is read aloud of each screen, and what never is. */
#include "kiosk/screens/aloud.h"

#include "lib/kiosk_fixture.h"
#include "lib/testing.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "kiosk/screens/screens.h"
#include "kiosk/screens/view.h"

struct listener {
	struct kiosk_fixture f;
	struct aloud aloud;
	struct draw_list list;
	struct strbuf heard; /* of the last time: "[uk]…" */
};

static void open_listener(struct listener *l, const char *state_name, const char *language) {
	size_t i = 0;
	*l = (struct listener){0};
	while (!str_eq(kiosk_state_name(i), state_name)) {
		i++;
	}
	kiosk_fixture_open(&l->f, i, language);
	l->f.model.speaks = l->f.model.access.aloud = true;
}

static void close_listener(struct listener *l) {
	aloud_fini(&l->aloud);
	draw_fini(&l->list);
	strbuf_fini(&l->heard);
	kiosk_fixture_close(&l->f);
}

static bool listen(struct listener *l) {
	struct metrics metrics = {NULL, kiosk_fixture_width};
	struct theme theme = theme_make(l->f.model.style, 1920, 1080, 0);
	struct speech s = {0};
	view_draw(&l->f.model, &theme, &metrics, &l->list);
	bool news = aloud_next(&l->aloud, &l->f.model, &l->list, &s);
	strbuf_reset(&l->heard);
	for (size_t i = 0; i < s.count; i++) {
		strbuf_addf(&l->heard, "[%s]%s", s.parts[i].language, strbuf_str(&s.parts[i].text));
	}
	speech_fini(&s);
	return news;
}

static bool hears(const struct listener *l, const char *words) { return strstr(strbuf_str(&l->heard), words) != NULL; }

static void a_result_is_said_at_once(void **state) {
	(void)state;
	struct listener l;
	open_listener(&l, "accepted", "uk");
	assert_true(listen(&l));
	assert_true(hears(&l, "[uk]Вітаємо!"));
	assert_true(hears(&l, "Олена Приклад"));
	close_listener(&l);
	open_listener(&l, "accepted", "en"); /* the name in its own language */
	assert_true(listen(&l));
	assert_true(hears(&l, "[en]Welcome!\n[uk]Олена Приклад"));
	close_listener(&l);
}

/* What staff are to know is no business of the queue. */
static void notes_of_staff_are_not_said(void **state) {
	(void)state;
	struct listener l;
	open_listener(&l, "noted", "uk");
	assert_non_null(strstr(kiosk_fixture_reads(&l.f.model), "пакунок"));
	assert_true(listen(&l));
	assert_false(hears(&l, "пакунок"));
	close_listener(&l);
}

/* The next one may have the same name, and is welcomed all the same. */
static void each_result_is_said(void **state) {
	(void)state;
	struct listener l;
	open_listener(&l, "agenda", "uk");
	model_set_access(&l.f.model, &(struct access){.aloud = true});
	for (int i = 0; i < 3; i++) {
		struct msg msg = {.kind = MSG_DESK, .desk = kiosk_fixture_answer(OUTCOME_ACCEPTED, "Олена Приклад")};
		kiosk_fixture_send(&l.f.model, msg);
		assert_true(listen(&l));
		assert_true(hears(&l, "Олена Приклад"));
		assert_false(listen(&l));
		kiosk_fixture_wait(&l.f.model, TIMING.result_hold_ms);
	}
	close_listener(&l);
}

static void time_alone_is_no_news(void **state) {
	(void)state;
	struct listener l;
	open_listener(&l, "agenda", "uk");
	model_set_access(&l.f.model, &(struct access){.aloud = true}); /* at this box always */
	assert_true(listen(&l));
	assert_true(hears(&l, "десята сорок дві"));
	assert_true(hears(&l, "Покажіть бейдж"));
	assert_false(listen(&l));
	kiosk_fixture_wait(&l.f.model, 60000);
	assert_false(listen(&l)); /* it is 10:43 */
	close_listener(&l);
	open_listener(&l, "countdown", "uk");
	assert_true(listen(&l));
	kiosk_fixture_wait(&l.f.model, 1000);
	assert_false(listen(&l)); /* a second less */
	close_listener(&l);
}

static void what_has_the_focus_is_said(void **state) {
	(void)state;
	struct listener l;
	open_listener(&l, "agenda", "en");
	listen(&l);
	assert_false(hears(&l, "Call for help")); /* what can be done is said where one stands on it */
	bool help = false, access = false, russian = false;
	for (int i = 0; i < 30; i++) {
		focus_step(&l.list, &l.f.model.focus, 1);
		assert_true(listen(&l));
		assert_true(l.heard.len > 0);
		help = help || hears(&l, "Call for help");
		access = access || hears(&l, "Large text, sound, and more");
		russian = russian || hears(&l, "[uk]Олена Приклад") || hears(&l, "[uk]");
	}
	assert_true(help && access && russian);
	close_listener(&l);
}

/* Every area of every screen says something, but where only a picture is: a sheet to sign on, logos, the pages of staff. */
static void every_area_has_a_name(void **state) {
	(void)state;
	size_t silent = 0, said = 0;
	for (size_t i = 0; kiosk_state_name(i) != NULL; i++) {
		struct listener l;
		open_listener(&l, kiosk_state_name(i), "uk");
		listen(&l);
		size_t order[FOCUS_MAX], count = focus_order(&l.list, order, FOCUS_MAX);
		bool secret = model_behind_pin(&l.f.model) || model_shows(&l.f.model, SCREEN_PIN);
		bool pictures = model_shows(&l.f.model, SCREEN_SIGN) || model_shows(&l.f.model, SCREEN_AGENDA);
		for (size_t k = 0; k < count && !secret; k++) {
			focus_step(&l.list, &l.f.model.focus, 1);
			aloud_fini(&l.aloud);
			l.aloud.owner = NULL;
			listen(&l);
			bool any = l.aloud.area.len > 0;
			said += any;
			silent += !any && !pictures;
			if (!any && !pictures) {
				print_error("%s: area %zu says nothing\n", kiosk_state_name(i), k);
			}
		}
		close_listener(&l);
	}
	assert_true(said > 500);
	assert_int_equal(silent, 0);
}

static void a_pin_is_never_said(void **state) {
	(void)state;
	static const char *const secrets[] = {"pin",        "pin-typed",     "pin-wrong",    "pin-barred", "staff",
					      "staff-call", "camera-choice", "stick-choice", "end"};
	for (size_t i = 0; i < COUNT_OF(secrets); i++) {
		struct listener l;
		open_listener(&l, secrets[i], "uk");
		l.f.model.focus.on = true;
		assert_false(listen(&l));
		assert_int_equal(l.heard.len, 0);
		assert_int_equal(l.aloud.lines.len, 0);
		close_listener(&l);
	}
}

static void nothing_is_said_unasked(void **state) {
	(void)state;
	struct listener l;
	open_listener(&l, "accepted", "uk");
	l.f.model.access.aloud = false;
	assert_false(listen(&l));
	l.f.model.access.aloud = true;
	assert_true(listen(&l));
	l.f.model.access.aloud = false;
	assert_true(listen(&l)); /* silence interrupts, too */
	assert_int_equal(l.heard.len, 0);
	assert_false(listen(&l));
	close_listener(&l);
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(a_result_is_said_at_once),   cmocka_unit_test(notes_of_staff_are_not_said),
					   cmocka_unit_test(each_result_is_said),        cmocka_unit_test(time_alone_is_no_news),
					   cmocka_unit_test(what_has_the_focus_is_said), cmocka_unit_test(every_area_has_a_name),
					   cmocka_unit_test(a_pin_is_never_said),        cmocka_unit_test(nothing_is_said_unasked)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
