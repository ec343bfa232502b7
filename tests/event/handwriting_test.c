/* Strokes with times: written, read back, and whatever else somebody may have written. */
#include "event/handwriting.h"

#include "lib/testing.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/strbuf.h"

static struct handwriting *sample(size_t points) {
	struct handwriting *hand = xcalloc(1, sizeof *hand);
	hand->across = HANDWRITING_UNIT;
	hand->down = 4000;
	for (size_t i = 0; i < points; i++) {
		if (i % 100 == 0) {
			hand->starts[hand->strokes++] = i;
		}
		hand->points[hand->count++] = (struct written_point){(int)(i * 37 % 10001), (int)(i * 53 % 4001), (int32_t)(i * 8)};
	}
	return hand;
}

static char *written(const struct handwriting *hand, size_t step) {
	struct strbuf out = {0};
	struct json_writer w = {.out = &out};
	json_open(&w, NULL, '{');
	handwriting_write(hand, step, &w);
	json_close(&w, '}');
	return out.data;
}

static bool read_text(const char *text, struct handwriting *out) {
	struct err err = {0};
	struct json *json = json_parse(text, strlen(text), &err);
	assert_ok(json != NULL);
	bool ok = handwriting_read(json, out);
	json_free(json);
	return ok;
}

static void it_comes_back_as_it_was(void **state) {
	(void)state;
	static const size_t counts[] = {0, 1, 2, 99, 100, 101, 1500, HANDWRITING_POINTS_MAX};
	struct handwriting *back = xcalloc(1, sizeof *back);
	for (size_t i = 0; i < COUNT_OF(counts); i++) {
		struct handwriting *hand = sample(counts[i]);
		char *text = written(hand, 1);
		assert_true(read_text(text, back));
		assert_memory_equal(back, hand, sizeof *hand);
		assert_int_equal(handwriting_length(back), handwriting_length(hand));
		free(text);
		free(hand);
	}
	free(back);
}

/* Of each stroke the first and the last point stay. */
static void thinned_out(void **state) {
	(void)state;
	struct handwriting *hand = sample(250), *back = xcalloc(1, sizeof *back);
	for (size_t step = 2; step < 300; step *= 3) {
		char *text = written(hand, step);
		assert_true(read_text(text, back));
		assert_int_equal(back->strokes, 3);
		for (size_t s = 0; s < 3; s++) {
			const struct written_point *first = &back->points[back->starts[s]],
						   *last = &back->points[handwriting_end(back, s) - 1];
			assert_memory_equal(first, &hand->points[hand->starts[s]], sizeof *first);
			assert_memory_equal(last, &hand->points[handwriting_end(hand, s) - 1], sizeof *last);
		}
		assert_in_range(back->count, 250 / step, 250 / step + 6);
		free(text);
	}
	free(back);
	free(hand);
}

static void the_text_spelt_out(void **state) {
	(void)state;
	struct handwriting *hand = xcalloc(1, sizeof *hand);
	*hand = (struct handwriting){.across = 10000,
				     .down = 4000,
				     .points = {{100, 200, 0}, {150, 180, 16}, {5000, 10, 400}},
				     .count = 3,
				     .starts = {0, 2},
				     .strokes = 2};
	char *text = written(hand, 1);
	assert_string_equal(text, "{\"across\":10000,\"down\":4000,\"strokes\":[[100,200,0,50,-20,16],[5000,10,400]]}");
	assert_int_equal(handwriting_length(hand), 53);
	free(text);
	free(hand);
}

static void what_is_none(void **state) {
	(void)state;
	static const char *const texts[] = {
		"{}",
		"[]",
		"{\"strokes\":{}}",
		"{\"strokes\":[1]}",
		"{\"strokes\":[[]]}",
		"{\"strokes\":[[1,2]]}",
		"{\"strokes\":[[1,2,3,4]]}",
		"{\"strokes\":[[-1,2,3]]}",
		"{\"strokes\":[[10001,2,3]]}",
		"{\"strokes\":[[1,2,-3]]}",
		"{\"strokes\":[[1,2,3,0,0,-1]]}",
		"{\"strokes\":[[10000,2,3,1,0,0]]}",
		"{\"strokes\":[[0,0,3600000,0,0,1]]}",
		"{\"strokes\":[[\"1\",2,3]]}",
		"{\"strokes\":[[1.5,2,3]]}",
		"{\"across\":10001,\"strokes\":[]}",
		"{\"down\":-1,\"strokes\":[]}",
		"{\"strokes\":[[9007199254740991,9007199254740991,9007199254740991]]}",
	};
	struct handwriting *hand = xcalloc(1, sizeof *hand);
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		if (read_text(texts[i], hand)) {
			fail_msg("%s is taken", texts[i]);
		}
	}
	assert_true(read_text("{\"strokes\":[]}", hand));
	/* More strokes, or points, than there may be. */
	struct strbuf many = {0};
	strbuf_adds(&many, "{\"strokes\":[");
	for (int i = 0; i <= HANDWRITING_STROKES_MAX; i++) {
		strbuf_adds(&many, i == 0 ? "[1,1,1]" : ",[1,1,1]");
	}
	strbuf_adds(&many, "]}");
	assert_false(read_text(many.data, hand));
	strbuf_reset(&many);
	strbuf_adds(&many, "{\"strokes\":[[1,1,1");
	for (int i = 0; i < HANDWRITING_POINTS_MAX; i++) {
		strbuf_adds(&many, ",0,0,0");
	}
	strbuf_adds(&many, "]]}");
	assert_false(read_text(many.data, hand));
	strbuf_fini(&many);
	free(hand);
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(it_comes_back_as_it_was), cmocka_unit_test(thinned_out),
					   cmocka_unit_test(the_text_spelt_out), cmocka_unit_test(what_is_none)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
