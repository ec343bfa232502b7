/* Texts put into boxes, with letters that are all half an em wide (kiosk_fixture_width). */
#include "kiosk/ui/flow.h"

#include "base/alloc.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "lib/kiosk_fixture.h"
#include "lib/testing.h"

static const struct metrics metrics = {NULL, kiosk_fixture_width};

/* In one size alone: which one is chosen where several fit is the screens' tests' to say. */
static struct theme theme_of(struct style *style) {
	*style = style_default;
	style->types[TYPE_TITLE].size = style->types[TYPE_TITLE].size_min;
	return theme_make(style, 1920, 1080, 0);
}

/* As many letters to a line. */
static struct flow_room room_of(const struct theme *theme, int letters, int lines) {
	int size = mm(theme, theme_type(theme, TYPE_TITLE)->size_min);
	return (struct flow_room){.width = letters * size / 2, .lines = lines};
}

static char *lines_of(const struct flow *flow) {
	struct strbuf out = {0};
	for (size_t i = 0; i < flow->count; i++) {
		strbuf_addf(&out, "%s%.*s", i > 0 ? "|" : "", (int)flow->lines[i].n, flow->text + flow->lines[i].first);
	}
	strbuf_adds(&out, flow->cut ? "…" : "");
	return strbuf_detach(&out);
}

static void assert_lines(const char *text, int letters, int lines, const char *expected) {
	struct style style;
	struct theme theme = theme_of(&style);
	struct flow_room room = room_of(&theme, letters, lines);
	struct flow flow;
	flow_set(&flow, &theme, &metrics, TYPE_TITLE, text, &room);
	char *set = lines_of(&flow);
	assert_string_equal(set, expected);
	free(set);
}

static void words_stay_whole_where_blanks_part_them(void **state) {
	(void)state;
	assert_lines("Олена Приклад", 8, 0, "Олена|Приклад");
	assert_lines("Іваничук-Прикладенко", 12, 0, "Іваничук-|Прикладенко");
	assert_lines("Непротиповідомленський", 10, 0, "Непротипов|ідомленськ|ий");
	assert_lines("Непротиповідомленський", 10, 2, "Непротипов|ідомленсь…");
}

static void lines_end_between_letters_of_chinese_japanese_and_thai(void **state) {
	(void)state;
	assert_lines("北京大学国际交流中心", 4, 0, "北京大学|国际交流|中心");
	assert_lines("Beijing 北京大学国际", 10, 0, "Beijing 北京|大学国际");
	assert_lines("大学。第一部", 2, 0, "大|学。|第一|部");
	assert_lines("北京大学国际交流中心", 4, 2, "北京大学|国际交…");
	assert_lines("กขคงจฉ", 4, 0, "กขคง|จฉ");
}

/* Marks stay with their letter, in lines that are broken and in such that are cut; a heap of them that is wider than the room too. */
static void no_cluster_is_parted(void **state) {
	(void)state;
	assert_lines("a\xCC\x81"
		     "b\xCC\x81"
		     "c\xCC\x81"
		     "d\xCC\x81",
		     5, 0,
		     "a\xCC\x81"
		     "b\xCC\x81|c\xCC\x81"
		     "d\xCC\x81");
	assert_lines("a\xCC\x81"
		     "b\xCC\x81"
		     "c\xCC\x81"
		     "d\xCC\x81",
		     6, 1,
		     "a\xCC\x81"
		     "b\xCC\x81…");
	struct strbuf heap = {0};
	strbuf_adds(&heap, "x");
	for (int i = 0; i < 300; i++) {
		strbuf_adds(&heap, "\xCC\x81");
	}
	size_t n = heap.len;
	strbuf_adds(&heap, "y");
	struct style style;
	struct theme theme = theme_of(&style);
	struct flow_room room = room_of(&theme, 10, 2);
	struct flow flow;
	flow_set(&flow, &theme, &metrics, TYPE_TITLE, strbuf_str(&heap), &room);
	assert_int_equal(flow.count, 2);
	assert_int_equal(flow.lines[0].n, n);
	assert_int_equal(flow.lines[1].n, 1);
	strbuf_fini(&heap);
}

/* A line is at most as long as it can be, and at least one letter; nothing of the text is lost. */
static void long_texts_are_set_whole(void **state) {
	(void)state;
	static const char *const letters[] = {"a", "ж", "王", "ก", "a\xCC\x81"};
	struct style style;
	struct theme theme = theme_of(&style);
	for (size_t i = 0; i < COUNT_OF(letters); i++) {
		struct strbuf text = {0};
		for (int k = 0; k < 300; k++) {
			strbuf_adds(&text, letters[i]);
		}
		struct flow_room room = room_of(&theme, 7, 0);
		struct flow flow;
		size_t next = 0, most = 7 / utf8_length(letters[i]) * strlen(letters[i]);
		flow_set(&flow, &theme, &metrics, TYPE_TITLE, strbuf_str(&text), &room);
		for (size_t k = 0; k < flow.count; k++) {
			assert_int_equal(flow.lines[k].first, next);
			assert_true(k + 1 == flow.count ? flow.lines[k].n <= most : flow.lines[k].n == most);
			next += flow.lines[k].n;
		}
		assert_int_equal(next, text.len);
		strbuf_fini(&text);
	}
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_stay_whole_where_blanks_part_them),
		cmocka_unit_test(lines_end_between_letters_of_chinese_japanese_and_thai),
		cmocka_unit_test(no_cluster_is_parted),
		cmocka_unit_test(long_texts_are_set_whole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
