/* Whom the event thanks: from the logos on the first screen to what they want to be said, and back. */
#include "kiosk/screens/credits_parts.h"

#include "lib/kiosk_credits.h"
#include "lib/kiosk_visit.h"
#include "lib/testing.h"

#include <math.h>

#include "base/alloc.h"
#include "base/str.h"
#include "kiosk/screens/logo_parts.h"

enum { CREDITS_TOUCH_PAGE = 32 };

/* The logos that are on the screen, by the (repeated) letter of their names: "0312". */
static const char *logos_of(const struct model *m, int width, int height, struct draw_list *list) {
	static char found[CREDITS_MAX + 1];
	struct metrics metrics = {NULL, kiosk_fixture_width};
	struct theme theme = theme_make(m->style, width, height, 0);
	size_t n = 0;
	view_draw(m, &theme, &metrics, list);
	for (size_t i = 0; i < list->count; i++) {
		if (list->items[i].kind == DRAW_PICTURE) {
			found[n++] = draw_text_of(list, &list->items[i])[5];
		}
	}
	found[n] = '\0';
	return found;
}

static void from_the_first_screen_and_back(void **state) {
	struct model *m = visit_model(state);
	struct draw_list list = {0};
	assert_string_equal(logos_of(m, 1920, 1080, &list), "");
	kiosk_fixture_load(m, credits_event(false));
	assert_string_equal(logos_of(m, 1920, 1080, &list), "0123");
	/* A touch on any of them leads there. */
	for (size_t i = 0; i < list.count; i++) {
		const struct draw_command *c = &list.items[i];
		if (c->kind == DRAW_PICTURE) {
			const struct draw_command *touch =
				draw_touch_at(&list, (struct pixel){c->box.x + c->box.w / 2, c->box.y + c->box.h / 2});
			assert_int_equal(touch->action, ACTION_CREDITS);
		}
	}
	visit_touch(m, ACTION_CREDITS, 0);
	assert_string_equal(logos_of(m, 1920, 1080, &list), "0123");
	static const char *const heads[] = {"За фінансової підтримки", "Виконавці", "Партнери"};
	for (size_t i = 0; i < COUNT_OF(heads); i++) {
		assert_non_null(strstr(kiosk_fixture_reads(m), heads[i]));
	}
	assert_non_null(strstr(kiosk_fixture_reads(m), "за фінансової підтримки Союзу"));
	assert_non_null(strstr(kiosk_fixture_reads(m), "Висловлені думки"));
	assert_non_null(strstr(kiosk_fixture_reads(m), "Кооператив «Мед»")); /* who has no logo is named */
	visit_touch(m, ACTION_LANGUAGE, 1);
	assert_non_null(strstr(kiosk_fixture_reads(m), "funded by the Union"));
	assert_non_null(strstr(kiosk_fixture_reads(m), "Honey Cooperative"));
	visit_touch(m, ACTION_BACK, 0);
	assert_true(model_shows(m, SCREEN_AGENDA));
	visit_touch(m, ACTION_CREDITS, 0);
	kiosk_fixture_wait(m, m->style->timing.idle_ms);
	assert_true(model_shows(m, SCREEN_AGENDA));
	draw_fini(&list);
}

static void pages_of_what_is_said(void **state) {
	struct model *m = visit_model(state);
	kiosk_fixture_load(m, credits_event(true));
	visit_touch(m, ACTION_CREDITS, 0);
	char *first = xstrdup(kiosk_fixture_reads(m));
	assert_non_null(strstr(first, "Читати далі"));
	visit_touch(m, CREDITS_TOUCH_PAGE, 1);
	assert_string_not_equal(first, kiosk_fixture_reads(m));
	visit_touch(m, CREDITS_TOUCH_PAGE, 1000); /* of a picture before */
	assert_non_null(strstr(kiosk_fixture_reads(m), "Гортати назад"));
	free(first);
}

/* In the bar of a small panel not all have room at once: each is there in its turn, none of them small. */
static void all_have_their_turn(void **state) {
	struct model *m = visit_model(state);
	struct draw_list list = {0};
	struct strbuf seen = {0};
	kiosk_fixture_load(m, credits_event(true));
	for (int turn = 0; turn < 12; turn++) {
		strbuf_adds(&seen, logos_of(m, 1024, 600, &list));
		for (size_t i = 0; i < list.count; i++) {
			assert_true(list.items[i].kind != DRAW_PICTURE || list.items[i].box.w * list.items[i].box.h > 300);
		}
		kiosk_fixture_wait(m, m->style->timing.turn_ms);
	}
	for (const char *logo = "0123"; *logo != '\0'; logo++) {
		assert_non_null(strchr(strbuf_str(&seen), *logo));
	}
	strbuf_fini(&seen);
	draw_fini(&list);
}

/* Who passes by sees them, too, in a turn of their own, with what they want to be said. */
static void shown_to_passers_by(void **state) {
	struct model *m = visit_model(state);
	const struct timing *t = &m->style->timing;
	struct draw_list list = {0};
	kiosk_fixture_load(m, credits_event(false));
	m->touched_ms = m->ms;
	kiosk_fixture_wait(m, t->attract_after_ms + t->attract_every_ms + 1);
	assert_string_equal(logos_of(m, 1920, 1080, &list), "01230123"); /* and in the bar */
	assert_non_null(strstr(kiosk_fixture_reads(m), "Висловлені думки"));
	kiosk_fixture_wait(m, t->attract_shown_ms);
	assert_null(strstr(kiosk_fixture_reads(m), "Висловлені думки"));
	draw_fini(&list);
}

/* Whoever asks for most is to be seen, too: in a turn of their own where there is no other way. */
static void the_most_demanding_has_its_turn(void **state) {
	struct model *m = visit_model(state);
	static const struct { int width, height; } panels[] = {{1920, 1080}, {1280, 800}, {1024, 600}, {1080, 1920}};
	for (int mm = 20; mm <= 60; mm += 10) {
		struct kiosk_event *event = credits_event(false);
		event->credits.items[0].min_h = mm;
		kiosk_fixture_load(m, event);
		visit_touch(m, ACTION_CREDITS, 0);
		for (size_t p = 0; p < COUNT_OF(panels); p++) {
			struct draw_list list = {0};
			bool seen = false;
			for (int turn = 0; turn < 6; turn++) {
				seen = seen || strchr(logos_of(m, panels[p].width, panels[p].height, &list), '0') != NULL;
				m->ms += m->style->timing.turn_ms;
			}
			if (!seen) {
				fail_msg("%d mm are never to be seen at %dx%d", mm, panels[p].width, panels[p].height);
			}
			draw_fini(&list);
		}
		visit_touch(m, ACTION_BACK, 0);
	}
}

/* Millimetres of the glass, whatever its size: what one asks for is kept or it is not there. */
static void least_sizes_on_any_glass(void **state) {
	struct model *m = visit_model(state);
	static const struct {
		int width, height;
		double inches;
	} panels[] = {{1920, 1080, 15.6}, {1080, 1920, 24}, {1280, 800, 10.1}, {1024, 600, 10.1}, {3840, 2160, 27}};
	struct metrics metrics = {NULL, kiosk_fixture_width};
	kiosk_fixture_load(m, credits_event(false));
	for (size_t p = 0; p < 2 * COUNT_OF(panels); p++) {
		size_t k = p / 2;
		struct draw_list list = {0};
		struct theme theme = theme_make(m->style, panels[k].width, panels[k].height, panels[k].inches * 25.4);
		double per_mm = hypot(panels[k].width, panels[k].height) / (panels[k].inches * 25.4);
		if (p % 2 == 1) {
			visit_touch(m, ACTION_CREDITS, 0);
		}
		view_draw(m, &theme, &metrics, &list);
		for (size_t i = 0; i < list.count; i++) {
			const struct draw_command *c = &list.items[i];
			if (c->kind == DRAW_PICTURE && draw_text_of(&list, c)[5] == '0') {
				assert_true(c->box.h >= 10 * per_mm - 1);
				assert_true(fabs((double)c->box.w / c->box.h - 1.5) < 0.06); /* whole pixels */
			}
		}
		draw_fini(&list);
		visit_touch(m, ACTION_BACK, 0);
	}
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, visit_open, visit_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(from_the_first_screen_and_back),  TEST(pages_of_what_is_said),    TEST(all_have_their_turn), TEST(shown_to_passers_by),
		TEST(the_most_demanding_has_its_turn), TEST(least_sizes_on_any_glass),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
