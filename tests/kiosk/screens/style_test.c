/* Another style is other values and not other code: large print in every state; and words that can be read, in it and in the default style.
 * That it fits the panel: golden_test.c. */
#include "lib/kiosk_fixture.h"
#include "lib/kiosk_fixture_style.h"
#include "lib/testing.h"

#include <limits.h>
#include <string.h>

#include "base/alloc.h"
#include "base/colour.h"
#include "base/str.h"
#include "base/utf8.h"
#include "kiosk/screens/view.h"

#define WORD_CONTRAST 7.0  /* UX.md */
#define LEAST_CONTRAST 4.5 /* WCAG 2.1, 1.4.3: what must not be gone below by whatever does not reach that yet */
#define PAIRS_MAX 64

static void draw_state(size_t state, const struct style *style, struct draw_list *list) {
	struct metrics metrics = {NULL, kiosk_fixture_width};
	struct theme theme = theme_make(style, 1920, 1080, 0);
	struct kiosk_fixture f;
	kiosk_fixture_open(&f, state, "uk");
	f.model.style = style;
	view_draw(&f.model, &theme, &metrics, list);
	kiosk_fixture_close(&f);
}

static int touch_height(const struct draw_list *list, int action) {
	for (size_t i = 0; i < list->count; i++) {
		if (list->items[i].kind == DRAW_TOUCH && list->items[i].action == action) {
			return list->items[i].box.h;
		}
	}
	return 0;
}

static void another_style_draws_other_lists(void **state) {
	(void)state;
	const struct style large = kiosk_fixture_large();
	struct draw_list usual = {0}, other = {0};
	int grown = 0;
	for (size_t i = 0; kiosk_state_name(i) != NULL; i++) {
		draw_state(i, &style_default, &usual);
		draw_state(i, &large, &other);
		assert_false(draw_equal(&usual, &other));
		int before = touch_height(&usual, TOUCH_SYNC), now = touch_height(&other, TOUCH_SYNC);
		assert_true(before > 0 || now == 0);
		/* Where what is said under the buttons needs the room, they give way, as far as a finger allows (UX.md: 15 mm of 0.18 mm a pixel). */
		grown += before > 0 && abs(now - (int)(before * STYLE_LARGER)) <= 1;
		assert_true(before == 0 || now >= (int)(15 / 0.18));
	}
	assert_true(grown > 0);
	draw_fini(&usual);
	draw_fini(&other);
}

/* Lengths alone, with all else as it was. */
static void one_length_changes_what_has_it(void **state) {
	(void)state;
	struct style style = style_default;
	struct draw_list usual = {0}, other = {0};
	style.lengths[ROUND_BUTTON] = 0.5;
	size_t differ = 0;
	draw_state(1, &style_default, &usual);
	draw_state(1, &style, &other);
	assert_int_equal(usual.count, other.count);
	for (size_t i = 0; i < usual.count; i++) {
		const struct draw_command *a = &usual.items[i], *b = &other.items[i];
		assert_memory_equal(&a->box, &b->box, sizeof a->box);
		differ += a->radius != b->radius;
	}
	assert_true(differ > 0 && differ < usual.count / 4);
	draw_fini(&usual);
	draw_fini(&other);
}

/* --- long titles ------------------------------------------------------------------------------------------------------------------ */

static size_t state_of(const char *name) {
	size_t i = 0;
	while (kiosk_state_name(i) != NULL && !str_eq(kiosk_state_name(i), name)) {
		i++;
	}
	assert_non_null(kiosk_state_name(i));
	return i;
}

/* Lines of the title on the screen in that state, and how large they are; every session of the event has it. */
struct title_seen {
	size_t lines;
	int smallest; /* pixels */
	bool whole;
};
static struct title_seen title_seen(const char *state, const struct style *style, const char *title) {
	struct metrics metrics = {NULL, kiosk_fixture_width};
	struct theme theme = theme_make(style, 1920, 1080, 0);
	struct title_seen seen = {.smallest = INT_MAX, .whole = true};
	struct draw_list list = {0};
	struct kiosk_fixture f;
	kiosk_fixture_open(&f, state_of(state), "uk");
	f.model.style = style;
	for (size_t i = 0; i < f.model.event->sessions.count; i++) {
		session_set(&f.model.event->sessions.items[i].session, SESSION_TITLE, title);
	}
	view_draw(&f.model, &theme, &metrics, &list);
	for (size_t i = 0; i < list.count; i++) {
		const char *text = list.items[i].kind == DRAW_TEXT ? draw_text_of(&list, &list.items[i]) : "";
		bool cut = strstr(text, "…") != NULL;
		if (text[0] != '\0' && (strstr(title, text) != NULL || cut) && utf8_length(text) > 5) {
			seen.lines++;
			seen.whole = seen.whole && !cut;
			seen.smallest = list.items[i].size < seen.smallest ? list.items[i].size : seen.smallest;
		}
	}
	draw_fini(&list);
	kiosk_fixture_close(&f);
	return seen;
}

static void large_print_breaks_long_titles_before_it_shrinks_them(void **state) {
	(void)state;
	static const char title[] = "Соціальне партнерство: від ідеї до договору між громадами";
	static const struct {
		const char *state, *title;
		enum type_role role;
	} cases[] = {{"day", title, TYPE_BODY},
		     {"day-grid", "Соціальне партнерство: від ідеї до договору", TYPE_SECOND}, /* its cells are narrow */
		     {"accepted", title, TYPE_HEAD}};
	const struct style large = kiosk_fixture_large();
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct theme theme = theme_make(&large, 1920, 1080, 0);
		struct title_seen seen = title_seen(cases[i].state, &large, cases[i].title);
		int full = mm(&theme, theme_type(&theme, cases[i].role)->size);
		if (seen.lines < 2 || !seen.whole || seen.smallest < full) {
			fail_msg("%s: %zu lines of %d pixels%s, not of %d", cases[i].state, seen.lines, seen.smallest,
				 seen.whole ? "" : ", cut", full);
		}
	}
	/* What runs stands in cards, what comes in rows that are as low as the first screen needs: no smaller there than in the usual print. */
	struct title_seen first = title_seen("agenda", &large, title), usual = title_seen("agenda", &style_default, title);
	assert_true(first.whole && first.smallest > usual.smallest);
}

/* --- words ------------------------------------------------------------------------------------------------------------------------- */

struct pair {
	uint32_t words, ground;
};

struct pairs {
	struct pair items[PAIRS_MAX];
	size_t count;
};

static bool holds(struct box box, struct pixel p) { return p.x >= box.x && p.y >= box.y && p.x < box.x + box.w && p.y < box.y + box.h; }

/* What lies under the middle of a text. */
static uint32_t ground_of(const struct draw_list *list, size_t text) {
	struct box b = list->items[text].box;
	for (size_t i = text; i > 0; i--) {
		const struct draw_command *c = &list->items[i - 1];
		if (c->kind == DRAW_FILL && holds(c->box, (struct pixel){b.x + b.w / 2, b.y + b.h / 2})) {
			return c->colour;
		}
	}
	return list->background;
}

static void add_pair(struct pairs *pairs, struct pair pair) {
	for (size_t i = 0; i < pairs->count; i++) {
		if (pairs->items[i].words == pair.words && pairs->items[i].ground == pair.ground) {
			return;
		}
	}
	assert_true(pairs->count < PAIRS_MAX);
	pairs->items[pairs->count++] = pair;
}

static void find_pairs(const struct style *style, struct pairs *out) {
	struct draw_list list = {0};
	for (size_t i = 0; kiosk_state_name(i) != NULL; i++) {
		draw_state(i, style, &list);
		for (size_t k = 0; k < list.count; k++) {
			if (list.items[k].kind == DRAW_TEXT) {
				add_pair(out, (struct pair){list.items[k].colour, ground_of(&list, k)});
			}
		}
	}
	draw_fini(&list);
}

static bool is_hue(const struct style *style, uint32_t colour) {
	for (enum hue which = 0; which < HUE_COUNT; which++) {
		if (style->hues[which] == colour) {
			return true;
		}
	}
	return false;
}

/* Words in the default style that do not reach what UX.md asks for. A pair that does by now is struck from here; none is added. */
static const struct {
	enum hue words, ground;
} faint[] = {
	{MUTED, PAPER}, {MUTED, CARD}, {MUTED, BAR}, {TEAL, PAPER}, {TEAL, CARD}, {WHITE, TEAL}, {WHITE, MUTED}, {RED, PAPER},
};

static bool is_faint(const struct pair *pair) {
	for (size_t i = 0; i < COUNT_OF(faint); i++) {
		if (style_default.hues[faint[i].words] == pair->words && style_default.hues[faint[i].ground] == pair->ground) {
			return true;
		}
	}
	return false;
}

/* A track's words are in its own colour, which is no part of a style. */
static void check_pairs(const struct style *style, bool all) {
	struct pairs pairs = {.count = 0};
	int faults = 0;
	find_pairs(style, &pairs);
	assert_true(pairs.count > 10);
	for (size_t i = 0; i < pairs.count; i++) {
		const struct pair *p = &pairs.items[i];
		double contrast = colour_contrast(p->words, p->ground);
		bool track = !is_hue(style, p->words) || !is_hue(style, p->ground);
		bool may_be_faint = track || (!all && is_faint(p));
		if (contrast < (may_be_faint ? LEAST_CONTRAST : WORD_CONTRAST)) {
			print_error("words in %06x on %06x: %.2f\n", (unsigned)p->words, (unsigned)p->ground, contrast);
			faults++;
		}
	}
	assert_int_equal(faults, 0);
}

static void words_can_be_read(void **state) {
	(void)state;
	check_pairs(&style_default, false);
	for (size_t i = 0; i < COUNT_OF(faint); i++) {
		assert_true(colour_contrast(style_default.hues[faint[i].words], style_default.hues[faint[i].ground]) < WORD_CONTRAST);
	}
}

static void high_contrast_is_high(void **state) {
	(void)state;
	const struct style large = kiosk_fixture_large();
	check_pairs(&large, true);
}

/* --- an event's own colours ------------------------------------------------------------------------------------------------------------ */

static bool reads_on(const struct style *s, enum hue words, enum hue ground) {
	return colour_contrast(s->hues[words], s->hues[ground]) >= WORD_CONTRAST;
}

static bool stands_out_on(const struct style *s, enum hue shape, enum hue ground) {
	return colour_contrast(s->hues[shape], s->hues[ground]) >= 3;
}

/* What means something, and all else that is not the event's, is as it was. */
static bool keeps_meanings(const struct style *s) {
	for (enum hue which = 0; which < HUE_COUNT; which++) {
		bool own = which == ACCENT || which == CHOSEN || which == PANEL || which == PANEL_DIM;
		if (!own && s->hues[which] != style_default.hues[which]) {
			return false;
		}
	}
	return true;
}

static void check_colour(uint32_t colour, uint32_t panel, bool both) {
	struct style s;
	style_make(&(struct style_wish){.has_colour = true, .colour = colour, .has_panel_colour = both, .panel_colour = panel}, &s);
	const struct theme t = {.style = &s};
	bool fine = reads_on(&s, ACCENT, PAPER) && reads_on(&s, ACCENT, CARD) && reads_on(&s, WHITE, PANEL) && reads_on(&s, AMBER, PANEL) &&
		    colour_contrast(theme_ink_on(&t, s.hues[CHOSEN]), s.hues[CHOSEN]) >= WORD_CONTRAST &&
		    stands_out_on(&s, CHOSEN, PAPER) && stands_out_on(&s, AMBER, PANEL_DIM) && stands_out_on(&s, WHITE, PANEL_DIM) &&
		    keeps_meanings(&s);
	if (!fine) {
		fail_msg("an event in #%06x and #%06x: words %06x, chosen %06x, panel %06x %06x", (unsigned)colour, (unsigned)panel,
			 (unsigned)s.hues[ACCENT], (unsigned)s.hues[CHOSEN], (unsigned)s.hues[PANEL], (unsigned)s.hues[PANEL_DIM]);
	}
}

static void any_colour_makes_a_style_that_can_be_read(void **state) {
	(void)state;
	uint32_t seed = 20260514; /* one seed, one story */
	for (int i = 0; i < 20000; i++) {
		seed = seed * 1664525 + 1013904223;
		uint32_t colour = seed >> 8;
		seed = seed * 1664525 + 1013904223;
		check_colour(colour, seed >> 8, i % 2 == 0);
	}
	static const uint32_t corners[] = {0x000000, 0xffffff, 0xff0000, 0x00ff00, 0x0000ff,
					   0xffff00, 0x00ffff, 0xff00ff, 0xf6f3ec, 0x14211d};
	for (size_t i = 0; i < COUNT_OF(corners); i++) {
		check_colour(corners[i], corners[COUNT_OF(corners) - 1 - i], true);
	}
}

/* As they are drawn: every screen, in a light, a dark and a gaudy colour. */
static void screens_in_an_events_colours(void **state) {
	(void)state;
	static const uint32_t colours[] = {0xffe14d, 0x1b2a6b, 0xff00aa};
	for (size_t i = 0; i < COUNT_OF(colours); i++) {
		struct style s;
		struct draw_list usual = {0}, other = {0};
		style_make(&(struct style_wish){.has_colour = true, .colour = colours[i]}, &s);
		check_pairs(&s, false);
		draw_state(1, &style_default, &usual);
		draw_state(1, &s, &other);
		assert_int_equal(usual.count, other.count); /* the same, but for colours */
		assert_false(draw_equal(&usual, &other));
		draw_fini(&usual);
		draw_fini(&other);
	}
}

static void a_colour_that_is_dark_enough_is_kept(void **state) {
	(void)state;
	struct style s;
	style_make(&(struct style_wish){.has_colour = true, .colour = 0x1b2a6b, .has_panel_colour = true, .panel_colour = 0x101020}, &s);
	assert_int_equal(s.hues[ACCENT], 0x1b2a6b);
	assert_int_equal(s.hues[CHOSEN], 0x1b2a6b);
	assert_int_equal(s.hues[PANEL], 0x101020);
	style_make(&(struct style_wish){.has_colour = true, .colour = 0x1b2a6b, .high_contrast = true}, &s); /* whose box it is says more */
	assert_int_equal(s.hues[ACCENT], 0x000000);
}

/* The model takes them with the event, and leaves them with it. */
static void the_model_wears_the_events_colours(void **state) {
	(void)state;
	struct kiosk_fixture f;
	kiosk_fixture_open(&f, 1, "uk");
	assert_ptr_equal(f.model.style, &style_default);
	for (int round = 0; round < 2; round++) {
		struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, NULL);
		d->kind = DESK_LOADED;
		d->event = kiosk_fixture_event(true);
		d->event->has_colour = round == 0;
		d->event->colour = 0x1b2a6b;
		kiosk_fixture_send(&f.model, (struct msg){.kind = MSG_DESK, .desk = d});
		assert_int_equal(f.model.style->hues[ACCENT], round == 0 ? 0x1b2a6b : style_default.hues[ACCENT]);
	}
	model_set_look(&f.model, &(struct style_wish){.large = true, .high_contrast = true});
	assert_true(f.model.style->hues[PAPER] == 0xffffff && f.model.style->types[TYPE_BODY].size > style_default.types[TYPE_BODY].size);
	kiosk_fixture_close(&f);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(another_style_draws_other_lists),
		cmocka_unit_test(one_length_changes_what_has_it),
		cmocka_unit_test(large_print_breaks_long_titles_before_it_shrinks_them),
		cmocka_unit_test(words_can_be_read),
		cmocka_unit_test(high_contrast_is_high),
		cmocka_unit_test(any_colour_makes_a_style_that_can_be_read),
		cmocka_unit_test(screens_in_an_events_colours),
		cmocka_unit_test(a_colour_that_is_dark_enough_is_kept),
		cmocka_unit_test(the_model_wears_the_events_colours),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
