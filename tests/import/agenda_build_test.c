#include "import/agenda_build.h"

#include "scratch.h"

static void texts_are_cleaned_and_cut(void **state) {
	(void)state;
	struct session s = {0};
	struct strbuf text = {0};
	agenda_set_text(&s, SESSION_TITLE, "  two\n words\t");
	assert_string_equal(session_text(&s, SESSION_TITLE), "two words");
	agenda_set_text(&s, SESSION_ABSTRACT, " a \n\n b ");
	assert_string_equal(session_text(&s, SESSION_ABSTRACT), "a\nb");
	for (int i = 0; i < 20000; i++) {
		strbuf_adds(&text, "ї");
	}
	agenda_set_text(&s, SESSION_TITLE, text.data);
	assert_int_equal(strlen(session_text(&s, SESSION_TITLE)), AGENDA_LINE_MAX);
	agenda_set_text(&s, SESSION_ABSTRACT, text.data);
	assert_int_equal(strlen(session_text(&s, SESSION_ABSTRACT)), SESSION_TEXT_MAX);
	agenda_set_text(&s, SESSION_TITLE, NULL);
	assert_string_equal(session_text(&s, SESSION_TITLE), "");
	strbuf_fini(&text);
	session_fini(&s);
}

static void a_uid_is_made_of_the_title(void **state) {
	(void)state;
	struct session s = {0};
	agenda_set_text(&s, SESSION_TITLE, "Кава!  Брейк");
	agenda_set_uid(&s, "");
	assert_string_equal(s.uid, "кава бреик");
	agenda_set_uid(&s, " given ");
	assert_string_equal(s.uid, "given");
	agenda_set_text(&s, SESSION_TITLE, "☕");
	agenda_set_uid(&s, NULL);
	assert_string_equal(s.uid, "☕");
	session_fini(&s);
}

static void the_clocks_of_the_place(void **state) {
	const struct scratch *scratch = *state;
	struct session items[] = {{.when = {.start = {INT64_C(1778767200000)}, .offset_min = -240}}, /* 2026-05-14T14:00Z */
				  {.when = {.start = {INT64_C(1768399200000)}, .offset_min = 120}}};
	struct agenda a = {.items = items, .count = COUNT_OF(items)};
	agenda_set_places(&a, scratch->kyiv);
	assert_int_equal(items[0].when.place_offset_min, 180);
	assert_int_equal(items[0].when.offset_min, -240); /* what the source says stays */
	assert_int_equal(items[1].when.place_offset_min, 120);
}

static void add(struct agenda *a, const char *uid, int64_t start, const char *title) {
	struct err err = {0};
	struct session *s = agenda_new(a, &err);
	assert_ok(s != NULL);
	agenda_set_text(s, SESSION_TITLE, title);
	agenda_set_uid(s, uid);
	s->when.start.v = start;
	s->when.end.v = start + 1;
}

static void uids_become_unique(void **state) {
	(void)state;
	struct agenda a = {0};
	add(&a, "u", 30, "C");
	add(&a, "u", 10, "A");
	add(&a, "u#2", 5, "Taken");
	add(&a, "u", 20, "B");
	add(&a, "u", 10, "A");
	agenda_finish(&a);
	assert_int_equal(a.count, 4);
	assert_string_equal(a.items[0].uid, "u#4");
	assert_string_equal(a.items[1].uid, "u");
	assert_string_equal(a.items[2].uid, "u#2");
	assert_string_equal(a.items[3].uid, "u#3");
	agenda_fini(&a);
	agenda_finish(&a);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_are_cleaned_and_cut),
		cmocka_unit_test(a_uid_is_made_of_the_title),
		cmocka_unit_test(the_clocks_of_the_place),
		cmocka_unit_test(uids_become_unique),
	};
	return cmocka_run_group_tests(tests, scratch_open, scratch_close);
}
