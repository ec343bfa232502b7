/* Whom an event thanks: what a credit is, and logos side by side. */
#include "event/credit.h"

#include "lib/testing.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "event/member_words.h"

static struct json *object(const char *text) {
	struct err err = {0};
	struct json *set = json_parse(text, strlen(text), &err);
	assert_non_null(set);
	return set;
}

static void words_in_languages(void **state) {
	(void)state;
	struct json *set =
		object("{\"name\":\"Any\",\"name:uk\":\"Фонд\",\"named\":\"no\",\"sentence:en\":\"Funded\",\"disclaimer:uk\":\"\"}");
	assert_string_equal(member_words(set, "name", "uk"), "Фонд");
	assert_string_equal(member_words(set, "name", "en"), "Any");
	assert_string_equal(member_words(set, "sentence", "uk"), "Funded"); /* another language's is better than none */
	assert_null(member_words(set, "disclaimer", "uk"));
	assert_null(member_words_in(set, "sentence", "uk"));
	assert_true(member_is_words("name:uk", "name") && !member_is_words("named", "name"));
	json_free(set);
}

static void in_their_order(void **state) {
	(void)state;
	struct credits credits = {0};
	assert_true(credits_add(&credits, "z", object("{\"group\":\"partner\",\"order\":\"10\"}")));
	assert_true(credits_add(&credits, "b", object("{\"group\":\"funder\",\"order\":\"20\"}")));
	assert_true(credits_add(&credits, "a", object("{\"group\":\"funder\",\"order\":\"20\"}")));
	assert_true(credits_add(&credits, "c", object("{\"group\":\"funder\",\"order\":\"5\",\"min_width\":\"12,5\",\"clear\":\"50\"}")));
	assert_true(credits_add(&credits, "odd",
				object("{\"group\":\"x\",\"order\":\"x\",\"clear\":\"x\",\"min_height\":\"-3\",\"logo\":\"x\"}")));
	assert_false(credits_add(&credits, "No", object("{}")));
	assert_int_equal(credits_sort(&credits), 0);
	static const char *const order[] = {"c", "a", "b", "odd", "z"};
	for (size_t i = 0; i < COUNT_OF(order); i++) {
		assert_string_equal(credits.items[i].key, order[i]);
	}
	assert_true(credits.items[0].min_w == 12.5 && credits.items[0].clear == 0.5);
	assert_true(credits.items[3].clear == CREDIT_CLEAR / 100.0 && credits.items[3].min_h == 0);
	assert_null(credits.items[3].logo);
	assert_int_equal(credits_next_order(&credits), 30);
	credits_fini(&credits);
}

static void what_is_refused(void **state) {
	(void)state;
	static const struct {
		const char *set, *said;
	} wrong[] = {{"{}", "funder"},
		     {"{\"group\":\"sponsor\",\"name\":\"X\"}", "sponsor"},
		     {"{\"group\":\"funder\",\"name:uk\":\"\"}", "has no name"},
		     {"{\"group\":\"funder\",\"name\":\"X\",\"min_width\":\"201\"}", "200 mm"},
		     {"{\"group\":\"funder\",\"name\":\"X\",\"min_height\":\"1.2.3\"}", "1.2.3"},
		     {"{\"group\":\"funder\",\"name\":\"X\",\"clear\":\"-5\"}", "per cent"}};
	struct err err = {0};
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		struct json *set = object(wrong[i].set);
		assert_false(credit_check("eu", set, &err));
		assert_int_equal(err.kind, ERR_USAGE);
		assert_holds(err.text, wrong[i].said);
		json_free(set);
	}
	struct json *good = object("{\"group\":\"funder\",\"name:uk\":\"Фонд\",\"min_width\":\"20,5\",\"clear\":\"50\"}");
	assert_ok(credit_check("eu", good, &err));
	json_free(good);
	static const char *const keys[] = {"", "EU", "a b", "ключ", "0123456789012345678901234567890123"};
	for (size_t i = 0; i < COUNT_OF(keys); i++) {
		assert_false(credit_key_check(keys[i], &err));
	}
	assert_ok(credit_key_check("city-2", &err));
}

/* --- logos side by side ------------------------------------------------------------------------------------------------------------------ */

#define NEAR 1e-6

static void assert_placed(const struct credit_row *row, const struct credit_logo *logos, const struct credit_place *places, size_t count) {
	double edge = 0, clear = 0;
	for (size_t i = 0; i < count; i++) {
		const struct credit_place *p = &places[i];
		if (p->w == 0) {
			continue;
		}
		double own = logos[i].clear * p->h;
		assert_true(fabs(p->w / p->h - logos[i].aspect) < 1e-6 * logos[i].aspect); /* never distorted */
		assert_true(p->w >= logos[i].min_w - NEAR && p->h >= logos[i].min_h - NEAR);
		assert_true(p->x >= edge + fmax(clear, own) - NEAR);
		assert_true(p->y >= own - NEAR && p->y + p->h + own <= row->height + NEAR);
		edge = p->x + p->w;
		clear = own;
	}
	assert_true(edge + clear <= row->width + NEAR + row->width * 1e-6);
}

static void logos_in_a_row(void **state) {
	(void)state;
	static const struct credit_logo logos[] = {{1.5, 0, 10, 0.5}, {3.9, 0, 0, 0.25}, {1, 0, 0, 0.25}};
	struct credit_place places[3];
	const struct credit_row wide = {.width = 300, .height = 20};
	assert_int_equal(credit_row(&wide, logos, 3, places), 3);
	assert_placed(&wide, logos, places, 3);
	/* A row of no more height than the first needs with its clear space: still whole. */
	const struct credit_row low = {.width = 300, .height = 20.0001};
	assert_int_equal(credit_row(&low, logos, 3, places), 3);
	assert_true(places[0].h >= 10 - NEAR);
	/* Lower than that, it has no room, and the others have. */
	const struct credit_row lower = {.width = 300, .height = 19};
	assert_int_equal(credit_row(&lower, logos, 3, places), 3);
	assert_true(places[0].w == 0 && places[1].w > 0 && places[2].w > 0);
	assert_placed(&lower, logos, places, 3);
	/* Too narrow for all: some now, the others in another row. */
	const struct credit_logo firm[] = {{2, 40, 0, 0.2}, {2, 40, 0, 0.2}, {2, 40, 0, 0.2}};
	const struct credit_row narrow = {.width = 100, .height = 30};
	assert_int_equal(credit_row(&narrow, firm, 3, places), 2);
	assert_placed(&narrow, firm, places, 2);
	assert_int_equal(credit_row(&narrow, firm + 2, 1, places), 1);
	assert_true(places[0].w >= 40);
}

/* Where there is room a wide one and a square one have the same area: neither looks like the smaller brother. */
static void alike_in_area(void **state) {
	(void)state;
	static const struct credit_logo logos[] = {{1, 0, 0, 0}, {4, 0, 0, 0}};
	struct credit_place places[2];
	const struct credit_row row = {.width = 100, .height = 100, .most = 400};
	assert_int_equal(credit_row(&row, logos, 2, places), 2);
	assert_true(fabs(places[0].w * places[0].h - 400) < 0.01 && fabs(places[1].w * places[1].h - 400) < 0.01);
}

/* Who asks for nothing is no dot beside who does, as far as the row is high enough. */
static void none_is_a_dot(void **state) {
	(void)state;
	static const struct credit_logo logos[] = {{1.5, 90, 0, 0}, {4, 0, 0, 0}, {0.2, 0, 0, 0}};
	struct credit_place places[3];
	const struct credit_row row = {.width = 100, .height = 100, .least = 100}, whole = {.width = 160, .height = 100, .least = 100};
	assert_int_equal(credit_row(&row, logos, 3, places), 1);
	assert_int_equal(credit_row(&whole, logos, 3, places), 3);
	assert_true(places[1].w * places[1].h >= 100 - NEAR && places[2].w * places[2].h >= 100 - NEAR);
	const struct credit_row low = {.width = 160, .height = 10, .least = 1000};
	assert_int_equal(credit_row(&low, logos + 1, 2, places), 2);
	assert_true(places[0].h == 10 && places[1].h == 10);
}

static double number(uint32_t *seed, double from, double to) {
	*seed = *seed * 1664525u + 1013904223u;
	return from + (to - from) * (double)(*seed >> 8) / (double)(1u << 24);
}

static void rows_of_all_kinds(void **state) {
	(void)state;
	struct credit_logo logos[CREDITS_MAX];
	struct credit_place places[CREDITS_MAX];
	uint32_t seed = 7;
	for (int round = 0; round < 20000; round++) {
		size_t count = 1 + (size_t)number(&seed, 0, 11.99), done = 0;
		const struct credit_row row = {.width = number(&seed, 1, 400), .height = number(&seed, 1, 60)};
		for (size_t i = 0; i < count; i++) {
			logos[i] = (struct credit_logo){number(&seed, 0.05, 20), number(&seed, -20, 30), number(&seed, -10, 20),
							number(&seed, 0, 1)};
			logos[i].min_w = fmax(0, logos[i].min_w);
			logos[i].min_h = fmax(0, logos[i].min_h);
		}
		while (done < count) {
			size_t taken = credit_row(&row, logos + done, count - done, places);
			assert_in_range(taken, 1, count - done);
			assert_placed(&row, logos + done, places, taken);
			done += taken;
		}
	}
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_in_languages), cmocka_unit_test(in_their_order), cmocka_unit_test(what_is_refused),
		cmocka_unit_test(logos_in_a_row),     cmocka_unit_test(alike_in_area),  cmocka_unit_test(rows_of_all_kinds),
		cmocka_unit_test(none_is_a_dot),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
