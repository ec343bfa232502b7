/* Every screen in three languages, as draw lists, against those kept in tests/golden/lists; and, with the real fonts, that nothing is
 * cut off or leaves the window on any size of panel. GOLDEN=remake writes the lists anew. */
#include "lib/kiosk_fixture.h"
#include "lib/kiosk_visitor.h"
#include "lib/testing.h"
#include "lib/words_built.h"

#include <math.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"
#include "base/utf8.h"
#include "kiosk/look.h"
#include "kiosk/screens/view.h"
#include "kiosk/sdl/fonts.h"
#include "kiosk/sdl/text_sdl.h"
#include "kiosk/ui/style.h"

/* Fonts differ from system to system, draw lists must not: here every letter is 0.56 em wide. */
static int plain_width(void *context, enum face face, int size, const char *text, size_t n) {
	(void)context;
	int letters = 0;
	const char *end = text + n;
	while (text < end) {
		utf8_next(&text);
		letters++;
	}
	return letters * size * (face == FACE_DISPLAY ? 58 : 56) / 100;
}

static void print_states(const char *language, int width, int height, struct strbuf *out) {
	struct metrics metrics = {NULL, plain_width};
	struct draw_list list = {0};
	for (size_t i = 0; kiosk_state_name(i) != NULL; i++) {
		struct kiosk_fixture f;
		kiosk_fixture_open(&f, i, language);
		struct theme theme = theme_make(f.model.style, width, height, 0);
		view_draw(&f.model, &theme, &metrics, &list);
		strbuf_addf(out, "== %s\n", kiosk_state_name(i));
		draw_print(&list, out);
		kiosk_fixture_close(&f);
	}
	draw_fini(&list);
}

static void check_golden(const char *language, int width, int height) {
	struct err err = {0};
	struct strbuf now = {0}, kept = {0};
	char *path = xasprintf("tests/golden/lists/%s-%dx%d.txt", language, width, height);
	print_states(language, width, height, &now);
	if (str_eq(getenv("GOLDEN"), "remake")) {
		assert_ok(file_write(path, now.data, now.len, &err));
	}
	assert_ok(file_read(path, (size_t)8 << 20, &kept, &err));
	if (kept.len != now.len || memcmp(kept.data, now.data, now.len) != 0) {
		char *beside = xasprintf("%s/tests/list-%s-%dx%d.txt", build_folder(), language, width, height);
		assert_ok(file_write(beside, now.data, now.len, &err));
		fail_msg("the draw lists differ from %s; what is drawn now: %s; `make pictures` takes it over", path, beside);
	}
	strbuf_fini(&now);
	strbuf_fini(&kept);
	free(path);
}

static void ukrainian(void **state) {
	(void)state;
	check_golden("uk", 1920, 1080);
}
static void english(void **state) {
	(void)state;
	check_golden("en", 1920, 1080);
}
static void russian(void **state) {
	(void)state;
	check_golden("ru", 1920, 1080);
}
static void portrait(void **state) {
	(void)state;
	check_golden("uk", 1080, 1920);
}

/* --- with the real fonts ----------------------------------------------------------------------------------------------------------- */

static bool inside(const struct draw_command *c, const struct theme *t) {
	return c->box.x >= 0 && c->box.y >= 0 && c->box.x + c->box.w <= t->width && c->box.y + c->box.h <= t->height;
}

/* What may end with "…": the long title that organisers gave a session, in rows (a touch shows all of it), and our "One moment…". */
static bool may_be_cut(const char *text) {
	static const char *const beginnings[] = {"Бюджет проєкту", "Session ", "One moment", "Хвилинку", "Минуту"};
	for (size_t i = 0; i < COUNT_OF(beginnings); i++) {
		if (str_starts(text, beginnings[i])) {
			return true;
		}
	}
	return false;
}

/* The first line of the label that a line of text belongs to: its lines stand in the list one after the other, with what strikes them out between them. */
static const char *label_of(const struct draw_list *list, size_t line) {
	const struct draw_command *first = &list->items[line];
	for (size_t i = line; i > 0; i--) {
		const struct draw_command *c = &list->items[i - 1];
		bool above = c->kind == DRAW_TEXT && c->size == first->size && c->box.y + c->box.h == first->box.y;
		if (c->kind == DRAW_TEXT && !above) {
			break;
		}
		first = above ? c : first;
	}
	return draw_text_of(list, first);
}

#define complain(...) (faults++, print_error(__VA_ARGS__))

static int check_fits(const struct draw_list *list, const struct theme *t, const char *what) {
	int faults = 0;
	for (size_t i = 0; i < list->count; i++) {
		const struct draw_command *c = &list->items[i];
		const char *text = c->kind == DRAW_TEXT ? draw_text_of(list, c) : "";
		if (!inside(c, t)) {
			complain("%s: something leaves the window: kind %d \"%s\" at %d,%d %dx%d\n", what, (int)c->kind, text, c->box.x,
				 c->box.y, c->box.w, c->box.h);
		}
		if (strstr(text, "…") != NULL && !may_be_cut(label_of(list, i))) {
			complain("%s: a text is cut: \"%s\"\n", what, text);
		}
		for (size_t k = 0; c->kind == DRAW_TEXT && k < i; k++) {
			const struct draw_command *o = &list->items[k];
			bool apart = o->kind != DRAW_TEXT || o->box.x + o->box.w <= c->box.x || c->box.x + c->box.w <= o->box.x ||
				     o->box.y + o->box.h - o->size / 4 <= c->box.y || c->box.y + c->box.h - c->size / 4 <= o->box.y;
			bool counting = strstr(what, "countdown") != NULL; /* the question lies over the screen */
			if (!apart && !counting) {
				complain("%s: \"%s\" and \"%s\" overlap\n", what, text, draw_text_of(list, o));
			}
		}
		if (c->kind == DRAW_TOUCH && (c->box.h < (int)(9.5 * t->px_per_mm) || c->box.w < (int)(14 * t->px_per_mm))) {
			complain("%s: a touch target of %dx%d is too small\n", what, c->box.w, c->box.h);
		}
	}
	return faults;
}

/* Nothing that is drawn later lies over letters, or over what hangs below their line: a fifth of their size, of digits nothing. What strikes out is
 * no higher than letters. */
static int check_covered(const struct draw_list *list, const char *what) {
	int faults = 0;
	for (size_t i = 0; i < list->count && strstr(what, "countdown") == NULL; i++) {
		const struct draw_command *c = &list->items[i];
		bool digits = c->kind == DRAW_TEXT && str_is_digit(draw_text_of(list, c)[0]);
		for (size_t k = i + 1; c->kind == DRAW_TEXT && k < list->count; k++) {
			const struct draw_command *o = &list->items[k];
			bool apart = o->box.x >= c->box.x + c->box.w || o->box.x + o->box.w <= c->box.x ||
				     o->box.y >= c->box.y + (digits ? c->size : c->size * 6 / 5) || o->box.y + o->box.h <= c->box.y;
			if (o->kind == DRAW_FILL && o->box.h > c->size && !apart) {
				complain("%s: \"%s\" lies under something\n", what, draw_text_of(list, c));
			}
		}
	}
	return faults;
}

/* The staff's keys: 15 mm of the glass itself on any panel (Colle & Hiszem 2004). */
static int check_keys(const struct draw_list *list, const struct theme *t, double inches, const char *what) {
	double per_mm = hypot(t->width, t->height) / (inches * 25.4);
	int faults = 0;
	for (size_t i = 0; i < list->count; i++) {
		const struct draw_command *c = &list->items[i];
		if (c->kind == DRAW_TOUCH && c->action >= TOUCH_PIN_KEY && c->action <= TOUCH_PIN_DONE &&
		    (c->box.w < 15 * per_mm || c->box.h < 15 * per_mm)) {
			complain("%s: a key of %.1f x %.1f mm\n", what, c->box.w / per_mm, c->box.h / per_mm);
		}
	}
	return faults;
}

/* Letters on the screen, of a name or an answer. */
static bool is_letter_key(enum screen_id screen, const struct draw_command *c) {
	int last = screen == SCREEN_FIND                                                         ? FIND_TOUCH_LAYOUT
		   : screen == SCREEN_PEOPLE || screen == SCREEN_GROUPS || screen == SCREEN_NOTE ? FIND_TOUCH_LAYOUT
		   : screen == SCREEN_WALKIN                                                     ? WALKIN_TOUCH_SIGNS
												 : 0;
	return c->kind == DRAW_TOUCH && c->action >= FIND_TOUCH_KEY && c->action <= last;
}

/* 15 mm of the reference panel high, apart from each other, and what stands on a key within it. */
static int check_letter_keys(enum screen_id screen, const struct draw_list *list, const struct theme *t, const char *what) {
	int faults = 0;
	for (size_t i = 0; i < list->count; i++) {
		const struct draw_command *c = &list->items[i];
		if (!is_letter_key(screen, c) || strstr(what, "countdown") != NULL) { /* a question lies over those */
			continue;
		}
		int low = c->box.y + c->box.h, right = c->box.x + c->box.w;
		if (c->box.h < (int)(15 * t->px_per_mm)) {
			complain("%s: a key of %.1f mm height\n", what, c->box.h / t->px_per_mm);
		}
		for (size_t k = 0; k < list->count; k++) {
			const struct draw_command *o = &list->items[k];
			int x = o->box.x + o->box.w / 2, y = o->box.y + o->box.h / 2;
			bool on = x > c->box.x && x < right && y > c->box.y && y < low;
			bool beside =
				o->box.x >= right || o->box.x + o->box.w <= c->box.x || o->box.y >= low || o->box.y + o->box.h <= c->box.y;
			if (o->kind == DRAW_TEXT && on && (o->box.y < c->box.y || o->box.y + o->box.h > low)) {
				complain("%s: \"%s\" is higher than its key\n", what, draw_text_of(list, o));
			}
			if (k != i && is_letter_key(screen, o) && !beside) {
				complain("%s: a key at %d,%d overlaps another\n", what, c->box.x, c->box.y);
			}
		}
	}
	return faults;
}

/* Where there are several days, something leads to another than the one that is shown. */
static int check_days(const struct model *m, const struct draw_list *list, const char *what) {
	int64_t first, second;
	size_t ways = 0;
	if (!model_shows(m, SCREEN_AGENDA) || m->event == NULL || m->event->sessions.count == 0 ||
	    !kiosk_event_day_after(m->event, INT64_MIN, &first) || !kiosk_event_day_after(m->event, first, &second)) {
		return 0;
	}
	for (size_t i = 0; i < list->count; i++) {
		ways += list->items[i].kind == DRAW_TOUCH && list->items[i].action == ACTION_DAY;
	}
	if (ways < 2) {
		print_error("%s: %zu ways to other days\n", what, ways);
		return 1;
	}
	return 0;
}

/* The fonts of the package, and what was found wrong with them. */
struct fitting {
	struct fonts fonts;
	struct text_sdl *text;
	const struct style *style;
	int faults;
};

static void open_fitting(struct fitting *f, const struct style *style) {
	struct err err = {0};
	*f = (struct fitting){.style = style};
	assert_ok(fonts_find(&f->fonts, &err));
	assert_string_equal(f->fonts.missing, "");
	assert_ok(text_sdl_open(&f->fonts, &f->text, &err));
}

static void close_fitting(struct fitting *f) {
	text_sdl_close(f->text);
	fonts_fini(&f->fonts);
	assert_int_equal(f->faults, 0);
}

struct panel {
	int w, h;
	double inches;
};

/* Every state in three languages. */
static void check_panel(struct fitting *fit, const struct panel *panel) {
	static const char *const languages[] = {"uk", "en", "ru"};
	struct metrics metrics = text_sdl_metrics(fit->text);
	struct theme theme = theme_make(fit->style, panel->w, panel->h, panel->inches * 25.4);
	struct draw_list list = {0};
	for (size_t l = 0; l < COUNT_OF(languages); l++) {
		for (size_t i = 0; kiosk_state_name(i) != NULL; i++) {
			struct kiosk_fixture f;
			char what[100];
			snprintf(what, sizeof what, "%s %s %dx%d %.0f\"", kiosk_state_name(i), languages[l], panel->w, panel->h,
				 panel->inches);
			kiosk_fixture_open(&f, i, languages[l]);
			f.model.style = fit->style;
			view_draw(&f.model, &theme, &metrics, &list);
			fit->faults += check_fits(&list, &theme, what) + check_covered(&list, what) +
				       check_keys(&list, &theme, panel->inches, what) +
				       check_letter_keys(model_top(&f.model), &list, &theme, what);
			fit->faults += check_days(&f.model, &list, what);
			kiosk_fixture_close(&f);
		}
	}
	draw_fini(&list);
}

static void everything_fits(void **state) {
	(void)state;
	static const struct panel panels[] = {{1920, 1080, 15.6}, {1920, 1080, 24},  {1080, 1920, 15.6},
					      {1280, 800, 10.1},  {800, 1280, 10.1}, {1024, 600, 10.1},
					      {3840, 2160, 24},   {1366, 768, 14},   {1024, 768, 12}};
	struct fitting f;
	open_fitting(&f, &style_default);
	for (size_t p = 0; p < COUNT_OF(panels); p++) {
		check_panel(&f, &panels[p]);
	}
	close_fitting(&f);
}

/* Nothing is promised of a panel of a hand's size but that it draws: no row of buttons, no line of text where there is no room is a fault of sums. */
static void tiny_panels_are_drawn(void **state) {
	(void)state;
	static const struct panel panels[] = {{800, 480, 3}, {480, 800, 3}, {800, 480, 5}, {640, 360, 4}, {320, 240, 3}};
	struct fitting f;
	struct draw_list list = {0};
	open_fitting(&f, &style_default);
	struct metrics metrics = text_sdl_metrics(f.text);
	for (size_t p = 0; p < COUNT_OF(panels); p++) {
		struct theme theme = theme_make(f.style, panels[p].w, panels[p].h, panels[p].inches * 25.4);
		for (size_t i = 0; kiosk_state_name(i) != NULL; i++) {
			struct kiosk_fixture kiosk;
			kiosk_fixture_open(&kiosk, i, "uk");
			view_draw(&kiosk.model, &theme, &metrics, &list);
			assert_true(list.count > 0);
			kiosk_fixture_close(&kiosk);
		}
	}
	draw_fini(&list);
	close_fitting(&f);
}

/* What a box may be started with, on the panels that there are most of. */
static void check_look(const struct style_wish *wish) {
	static const struct panel panels[] = {
		{1920, 1080, 15.6}, {1080, 1920, 15.6}, {1280, 800, 10.1}, {1024, 600, 10.1}, {1366, 768, 14}};
	struct style style = style_default;
	struct fitting f;
	open_fitting(&f, &style);
	for (size_t p = 0; p < COUNT_OF(panels); p++) {
		struct style_wish look = *wish;
		look.upright = panels[p].h > panels[p].w;
		style_make(&look, &style);
		check_panel(&f, &panels[p]);
	}
	close_fitting(&f);
}

static void large_print_fits(void **state) {
	(void)state;
	check_look(&(struct style_wish){.large = true});
}

static void high_contrast_fits(void **state) {
	(void)state;
	check_look(&(struct style_wish){.high_contrast = true});
}

/* Somebody who sits: the lower part of each panel is a screen like others, in large print as well. */
static void what_is_within_reach_fits(void **state) {
	(void)state;
	static const struct panel panels[] = {{1080, 1920, 24}, {1920, 1080, 24}};
	struct style style = style_default;
	struct fitting f;
	open_fitting(&f, &style);
	for (size_t p = 0; p < COUNT_OF(panels); p++) {
		for (int large = 0; large < 2; large++) {
			struct look_panel whole = {panels[p].w, panels[p].h, panels[p].inches * 25.4, 0};
			struct box place = look_place(&whole, true);
			double inches = panels[p].inches * hypot(place.w, place.h) / hypot(whole.width, whole.height);
			style_make(&(struct style_wish){.large = large == 1, .upright = place.h > place.w}, &style);
			check_panel(&f, &(struct panel){place.w, place.h, inches});
		}
	}
	close_fitting(&f);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ukrainian),
		cmocka_unit_test(english),
		cmocka_unit_test(russian),
		cmocka_unit_test(portrait),
		cmocka_unit_test(everything_fits),
		cmocka_unit_test(large_print_fits),
		cmocka_unit_test(high_contrast_fits),
		cmocka_unit_test(what_is_within_reach_fits),
		cmocka_unit_test(tiny_panels_are_drawn),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
