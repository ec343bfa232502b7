/* Lines parted into runs: direction, script and font, and the order in which they are seen. The fonts here are made up: one for each script, and what
 * stands in none goes with what was before it. */
#include "kiosk/sdl/runs.h"

#include "base/alloc.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "lib/testing.h"

static int by_script(void *context, const struct cluster *cluster) {
	size_t *asked = context;
	*asked += 1;
	return (int)(cluster->script >> 24); /* the first letter: L, A, H … */
}

/* Each run as script, direction and text: "Latn> ABC |Hebr< עברית". */
static char *told(const char *text) {
	struct text_runs runs = {0};
	struct strbuf out = {0};
	size_t asked = 0;
	runs_split(&runs, text, strlen(text), &(struct run_fonts){&asked, by_script});
	for (size_t i = 0; i < runs.count; i++) {
		const struct text_run *r = &runs.items[i];
		strbuf_addf(&out, "%s%c%c%c%c%c %.*s", i > 0 ? "|" : "", (int)(r->script >> 24), (int)(r->script >> 16 & 255),
			    (int)(r->script >> 8 & 255), (int)(r->script & 255), r->level % 2 == 1 ? '<' : '>', (int)r->n, text + r->first);
	}
	runs_fini(&runs);
	return strbuf_detach(&out);
}

static void runs_are_in_the_order_of_reading_and_of_seeing(void **state) {
	(void)state;
	static const struct {
		const char *text, *runs;
	} cases[] = {
		{"", ""},
		{"Олена Приклад 12", "Cyrl> Олена Приклад 12"},
		{"123", "Zyyy> 123"},
		{"12 דוד", "Hebr<  דוד|Hebr> 12"}, /* what stands before all letters is of the first one's script */
		{"محمد علي", "Arab< محمد علي"},
		/* Latin first: the line runs from the left, and within it the Hebrew with its number from the right. */
		{"ABC עברית 123", "Latn> ABC |Hebr> 123|Hebr< עברית "},
		{"דוד ABC כהן", "Hebr< כהן|Latn<  |Latn> ABC|Hebr< דוד "},
		{"王小明", "Hani> 王小明"},
		{"山田たろう", "Hani> 山田|Hira> たろう"},
		{"გიორგი Ivan", "Geor> გიორგი |Latn> Ivan"},
		{"अमित शर्मा", "Deva> अमित शर्मा"},
		/* A mark is its letter's, whatever stands around. */
		{"Іва\xCC\x81н", "Cyrl> Іва\xCC\x81н"},
		/* A room's name between isolates leaves the line and its times as they are (utf8_add_isolated). */
		{"Зараз · \u2068אולם\u2069 · 10:30", "Cyrl> Зараз · \u2068|Hebr< אולם|Hebr> \u2069 · 10:30"},
		/* An isolated number keeps its own order behind a Hebrew name. */
		{"דוד \xE2\x81\xA8+380 12\xE2\x81\xA9", NULL},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		char *runs = told(cases[i].text);
		if (cases[i].runs != NULL) {
			assert_string_equal(runs, cases[i].runs);
		} else {
			assert_holds(runs, "> +380 12");
		}
		free(runs);
	}
}

/* Runs cover every byte once and end between clusters, and a font is asked for once for each. */
static void a_run_never_parts_a_cluster(void **state) {
	(void)state;
	struct strbuf text = {0};
	struct text_runs runs = {0};
	size_t asked = 0, clusters = 0, covered = 0;
	strbuf_adds(&text, "e");
	for (int i = 0; i < 300; i++) {
		strbuf_adds(&text,
			    i % 2 == 0 ? "\xCC\x81" : "\xD6\xB7"); /* an acute, a Hebrew point: marks of two scripts on a Latin letter */
	}
	strbuf_adds(&text, "a דוד กำ");
	for (size_t at = 0; at < text.len; at += utf8_cluster(strbuf_str(&text) + at, text.len - at)) {
		clusters++;
	}
	runs_split(&runs, strbuf_str(&text), text.len, &(struct run_fonts){&asked, by_script});
	assert_int_equal(asked, clusters);
	for (size_t i = 0; i < runs.count; i++) {
		covered += runs.items[i].n;
		size_t at = 0;
		while (at < runs.items[i].first) {
			at += utf8_cluster(strbuf_str(&text) + at, text.len - at);
		}
		assert_int_equal(at, runs.items[i].first);
	}
	assert_int_equal(covered, text.len);
	runs_fini(&runs);
	strbuf_fini(&text);
}

/* Fonts part a run, scripts do where fonts do not. */
static int by_letter(void *context, const struct cluster *cluster) {
	(void)context;
	return cluster->text[0] == 'b' ? 1 : cluster->before < 0 ? 0 : cluster->before;
}

static void another_font_is_another_run(void **state) {
	(void)state;
	struct text_runs runs = {0};
	runs_split(&runs, "aabaa", 5, &(struct run_fonts){NULL, by_letter});
	assert_int_equal(runs.count, 2);
	assert_int_equal(runs.items[0].n, 2);
	assert_int_equal(runs.items[1].font, 1);
	runs_split(&runs, "aя", 3, &(struct run_fonts){NULL, by_letter});
	assert_int_equal(runs.count, 2);
	runs_fini(&runs);
}

static void runs_are_not_without_end(void **state) {
	(void)state;
	struct strbuf text = {0};
	struct text_runs runs = {0};
	size_t asked = 0, covered = 0;
	for (int i = 0; i < 500; i++) {
		strbuf_adds(&text, "aא");
	}
	runs_split(&runs, strbuf_str(&text), text.len, &(struct run_fonts){&asked, by_script});
	assert_int_equal(runs.count, TEXT_RUNS_MAX);
	for (size_t i = 0; i < runs.count; i++) {
		covered += runs.items[i].n;
	}
	assert_int_equal(covered, text.len);
	runs_fini(&runs);
	strbuf_fini(&text);
}

static void letters_of_ours_are_plain(void **state) {
	(void)state;
	assert_true(runs_is_plain('a') && runs_is_plain(0x0456) && runs_is_plain(0x03B1) && runs_is_plain('7') && runs_is_plain(0x2713));
	assert_false(runs_is_plain(0x0627) || runs_is_plain(0x05D0) || runs_is_plain(0x10D2) || runs_is_plain(0x0301));
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(runs_are_in_the_order_of_reading_and_of_seeing),
					   cmocka_unit_test(a_run_never_parts_a_cluster), cmocka_unit_test(another_font_is_another_run),
					   cmocka_unit_test(runs_are_not_without_end), cmocka_unit_test(letters_of_ours_are_plain)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
