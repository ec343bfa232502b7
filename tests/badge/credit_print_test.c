/* Whom the event thanks, on paper: as much as has room, none of it cut, none too small, and what is left out is told. */
#include "badge/credit_print.h"

#include "lib/testing.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "badge/layout.h"
#include "base/alloc.h"
#include "base/str.h"

#define SENTENCE "За фінансової підтримки Союзу громад"
#define DISCLAIMER "Висловлені думки належать авторам і не обовʼязково збігаються з поглядами Союзу громад."

static struct canvas *sheet(void) {
	struct err err = {0};
	struct canvas *c;
	assert_ok(canvas_open(&(struct canvas_options){.format = CANVAS_PDF, .width = 210, .height = 297}, &c, &err));
	return c;
}

struct wish {
	double aspect; /* of the logo; 0: none */
	double min_w, min_h, clear;
	bool sentence, disclaimer;
};

static void add(struct credit_prints *prints, const struct wish *w) {
	struct err err = {0};
	char key[16];
	char *set = xasprintf(
		"{\"group\":\"funder\",\"name\":\"Фонд %zu\",\"min_width\":\"%.2f\",\"min_height\":\"%.2f\",\"clear\":\"%.2f\","
		"\"sentence\":\"%s\",\"disclaimer\":\"%s\"}",
		prints->credits.count, w->min_w, w->min_h, w->clear * 100, w->sentence ? SENTENCE : "", w->disclaimer ? DISCLAIMER : "");
	char *svg = xasprintf("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %.3f 100'><rect width='999' height='100'/></svg>",
			      w->aspect * 100);
	snprintf(key, sizeof key, "k%zu", prints->credits.count);
	size_t at = prints->credits.count;
	assert_true(credits_add(&prints->credits, key, json_parse(set, strlen(set), &err)));
	assert_true(w->aspect == 0 || picture_read(svg, strlen(svg), &prints->pictures[at], &err));
	free(svg);
	free(set);
}

static bool apart(struct mm_rect a, struct mm_rect b) {
	return a.x + a.w <= b.x + 0.01 || b.x + b.w <= a.x + 0.01 || a.y + a.h <= b.y + 0.01 || b.y + b.h <= a.y + 0.01;
}

/* Nothing is lost silently, cut, distorted, too small or too near. */
static void assert_well_set(const struct credit_strip *strip, struct canvas *c, const struct credit_prints *prints) {
	size_t with_logo = 0, left = 0;
	struct mm_rect words = {strip->text_at.x, strip->text_at.y, strip->box.w, strip->text.height};
	for (size_t i = 0; i < prints->credits.count; i++) {
		with_logo += prints->pictures[i] != NULL;
		left += strip->left.logos[i];
	}
	assert_int_equal(strip->count + left, with_logo);
	for (size_t i = 0; i < strip->count; i++) {
		const struct credit *credit = &prints->credits.items[strip->logos[i].credit];
		struct mm_rect at = strip->logos[i].at;
		double clear = credit->clear * at.h;
		struct mm_rect free_around = {at.x - clear, at.y - clear, at.w + 2 * clear, at.h + 2 * clear};
		assert_true(free_around.x >= strip->box.x - 0.01 && free_around.x + free_around.w <= strip->box.x + strip->box.w + 0.01);
		assert_true(free_around.y >= strip->box.y - 0.01 && free_around.y + free_around.h <= strip->box.y + strip->box.h + 0.01);
		assert_true(at.w >= credit->min_w - 0.01 && at.h >= credit->min_h - 0.01);
		assert_true(fabs(at.w / at.h - picture_aspect(prints->pictures[strip->logos[i].credit])) < 0.01 * at.w / at.h);
		assert_true(str_empty(strip->words) || apart(free_around, words));
		for (size_t k = 0; k < i; k++) {
			assert_true(apart(free_around, strip->logos[k].at));
		}
	}
	if (!str_empty(strip->words)) {
		struct text_size size = canvas_text_size(c, &strip->text);
		assert_true(size.size >= CREDIT_EM_MIN - 1e-6 && size.width <= strip->box.w + 0.01);
		assert_true(words.y >= strip->box.y - 0.01 && words.y + size.height <= strip->box.y + strip->box.h + 0.01);
	}
}

static void on_each_layout(void **state) {
	(void)state;
	struct canvas *c = sheet();
	static const struct wish few[] = {{1.5, 0, 6, 0.25, true, true}, {4, 0, 0, 0.25, false, false}, {0, 0, 0, 0.25, false, false}};
	for (int layout = 0; layout < BADGE_LAYOUT_COUNT; layout++) {
		struct badge_layout_spec spec = layout_with_credits((enum badge_layout)layout);
		struct credit_prints prints = {.language = "uk"};
		struct credit_strip strip;
		for (size_t i = 0; i < COUNT_OF(few); i++) {
			add(&prints, &few[i]);
		}
		/* The strip stands free of all else, inside the badge. */
		struct mm_rect badge = layout_slot(&spec, 0);
		const struct mm_rect others[] = {spec.words, spec.qr, spec.aloud, spec.logo, {0, 0, badge.w, spec.band}};
		for (size_t i = 0; i < COUNT_OF(others); i++) {
			assert_true(apart(spec.credits.strip, others[i]));
			assert_true(others[i].x + others[i].w <= badge.w + 0.01 && others[i].y + others[i].h <= badge.h + 0.01);
		}
		assert_true(spec.credits.strip.y + spec.credits.strip.h <= badge.h - 1.5);
		credit_strip_set(&strip, c, &prints, spec.credits.strip);
		assert_well_set(&strip, c, &prints);
		assert_int_equal(strip.count, 2);
		if (layout == BADGE_A6) { /* there is room for all of it */
			assert_true(!strip.left.sentences && !strip.left.disclaimers);
			assert_holds(strip.words, SENTENCE);
			assert_holds(strip.words, DISCLAIMER);
			assert_holds(strip.words, "Фонд 2"); /* who has neither logo nor sentence */
		} else {
			assert_true(strip.left.disclaimers);
		}
		credit_strip_fini(&strip);
		credit_prints_fini(&prints);
	}
	canvas_close(c);
}

static void too_large_for_a_badge(void **state) {
	(void)state;
	struct canvas *c = sheet();
	struct credit_prints prints = {.language = "uk"};
	struct credit_strip strip;
	add(&prints, &(struct wish){1.5, 0, 30, 0.5, true, false});
	add(&prints, &(struct wish){2, 0, 0, 0.25, false, false});
	credit_strip_set(&strip, c, &prints, (struct mm_rect){3, 40, 45, 10});
	assert_well_set(&strip, c, &prints);
	assert_true(strip.left.logos[0] && !strip.left.logos[1]);
	assert_false(strip.left.sentences); /* it is said all the same */
	credit_strip_fini(&strip);
	credit_prints_fini(&prints);
	canvas_close(c);
}

/* Taking one away makes no less be said of the others; and who is only thanked by name is told when there is no room for that. */
static void alone_without_its_logo(void **state) {
	(void)state;
	struct canvas *c = sheet();
	struct credit_prints prints = {.language = "uk"}, names = {.language = "uk"};
	struct credit_strip strip;
	const struct mm_rect box = {3, 40, 45, 10};
	add(&prints, &(struct wish){1.5, 0, 30, 0.5, true, false});
	credit_strip_set(&strip, c, &prints, box);
	assert_well_set(&strip, c, &prints);
	assert_true(strip.left.logos[0] && !strip.left.sentences);
	assert_holds(strip.words, SENTENCE);
	credit_strip_fini(&strip);
	add(&prints, &(struct wish){1, 0, 30, 0.5, false, false}); /* its name stands for its logo */
	credit_strip_set(&strip, c, &prints, box);
	assert_well_set(&strip, c, &prints);
	assert_holds(strip.words, "Фонд 1");
	credit_strip_fini(&strip);
	for (int i = 0; i < CREDITS_MAX; i++) {
		add(&names, &(struct wish){0, 0, 0, 0, false, false});
	}
	credit_strip_set(&strip, c, &names, (struct mm_rect){3, 40, 20, 4});
	assert_true(str_empty(strip.words) && strip.left.names);
	credit_strip_fini(&strip);
	credit_prints_fini(&prints);
	credit_prints_fini(&names);
	canvas_close(c);
}

static double number(uint32_t *seed, double from, double to) {
	*seed = *seed * 1664525u + 1013904223u;
	return from + (to - from) * (double)(*seed >> 8) / (double)(1u << 24);
}

static void strips_of_all_kinds(void **state) {
	(void)state;
	struct canvas *c = sheet();
	uint32_t seed = 11;
	for (int round = 0; round < 300; round++) {
		struct credit_prints prints = {.language = "uk"};
		struct credit_strip strip;
		int count = (int)number(&seed, 0, 8);
		for (int i = 0; i < count; i++) {
			struct wish w = {fmax(0, number(&seed, -2, 8)), fmax(0, number(&seed, -20, 25)), fmax(0, number(&seed, -10, 12)),
					 number(&seed, 0, 0.6),         number(&seed, 0, 1) < 0.5,       number(&seed, 0, 1) < 0.3};
			w.aspect = w.aspect > 0 && w.aspect < 0.2 ? 0.2 : w.aspect;
			add(&prints, &w);
		}
		credit_strip_set(&strip, c, &prints, (struct mm_rect){3, 40, number(&seed, 20, 180), number(&seed, 5, 40)});
		assert_well_set(&strip, c, &prints);
		credit_strip_fini(&strip);
		credit_prints_fini(&prints);
	}
	canvas_close(c);
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(on_each_layout), cmocka_unit_test(too_large_for_a_badge),
					   cmocka_unit_test(alone_without_its_logo), cmocka_unit_test(strips_of_all_kinds)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
