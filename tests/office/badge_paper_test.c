/* Badges on paper: what may be written over, and in which language the dates stand. */
#include "office/badge_paper.h"

#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"
#include "lib/testing.h"
#include "lib/words_built.h"
#include "store/read/settings.h"

static void an_earlier_print_may_be_replaced_and_nothing_else(void **state) {
	const struct scratch *s = *state;
	struct err err = {0};
	char *absent = scratch_path(s, "absent.pdf");
	char *empty = scratch_write(s, "empty.pdf", "", 0);
	char *print = scratch_write(s, "print.pdf", "%PDF-1.5 …", 10);
	char *sheet = scratch_write(s, "sheet.pdf", "Name,Code", 9);
	assert_ok(badge_paper_check("-", CANVAS_PDF, &err));
	assert_ok(badge_paper_check(absent, CANVAS_PDF, &err));
	assert_ok(badge_paper_check(empty, CANVAS_PDF, &err));
	assert_ok(badge_paper_check(print, CANVAS_PDF, &err));
	assert_false(badge_paper_check(print, CANVAS_PNG, &err));
	assert_holds(err.text, "exists already and is no png");
	assert_false(badge_paper_check(sheet, CANVAS_PDF, &err));
	assert_int_equal(err.kind, ERR_REFUSED);
	free(absent);
	free(empty);
	free(print);
	free(sheet);
}

static void dates_are_in_the_events_first_language(void **state) {
	struct store *store = scratch_event(*state, "event");
	struct err err = {0};
	struct words *words = words_built();
	struct badge_texts texts;
	assert_ok(store_begin(store, &err) && setting_put(store, "languages", "uk,en", &err) &&
		  setting_put(store, "dates", "2026-05-14..2026-05-15", &err) && store_commit(store, &err));
	assert_ok(badge_texts_read(store, words, &texts, &err));
	assert_string_equal(texts.title, "Test");
	assert_string_equal(texts.dates, "14–15 травня 2026");
	assert_null(texts.logo);
	badge_texts_fini(&texts);
	words_close(words);
	store_close(store);
}

static void everybody_is_on_a_sheet(void **state) {
	const struct scratch *s = *state;
	struct err err = {0};
	struct issue_holder holders[] = {{.name = xstrdup("Олена Приклад"), .code = xstrdup("K1")},
					 {.name = xstrdup("Іван Зразок"), .code = xstrdup("K2")}};
	struct issue list = {.items = holders, .count = COUNT_OF(holders)};
	struct badge_texts texts = {.title = NULL};
	struct badge_sheet_options options = {.layout = BADGE_LABEL62, .format = CANVAS_SVG};
	char *path = scratch_path(s, "badge.svg");
	char *second = scratch_path(s, "badge-002.svg");
	assert_ok(badge_paper_write(path, &list, &texts, &options, &err));
	assert_true(file_exists(second)); /* a label each */
	for (size_t i = 0; i < COUNT_OF(holders); i++) {
		free(holders[i].name);
		free(holders[i].code);
	}
	free(path);
	free(second);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(an_earlier_print_may_be_replaced_and_nothing_else, scratch_open, scratch_close),
		cmocka_unit_test_setup_teardown(dates_are_in_the_events_first_language, scratch_open, scratch_close),
		cmocka_unit_test_setup_teardown(everybody_is_on_a_sheet, scratch_open, scratch_close),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
