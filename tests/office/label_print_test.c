/* What stands on somebody's label, and as what page it goes to a printer. */
#include "office/label_print.h"

#include "lib/testing.h"
#include "lib/words_built.h"

#include "base/alloc.h"
#include "base/str.h"
#include "store/read/people.h"
#include "store/read/settings.h"

#define OLENA "0000000000000000000a"

static struct store *event_with_olena(struct scratch *s) {
	struct err err = {0};
	struct person who = {0};
	struct store *store = scratch_event(s, "event");
	person_set(&who, PERSON_NAME, "Олена Приклад");
	person_set(&who, PERSON_ORGANISATION, "Асоціація");
	person_set(&who, PERSON_CATEGORY, "Учасниця");
	person_set(&who, PERSON_CODE, "CODE-A");
	assert_ok(store_begin(store, &err));
	assert_ok(person_edit(store, &(struct person_edit){.id = OLENA, .set = &who, .fresh = true}, &err));
	assert_ok(setting_put(store, "languages", "uk,en", &err));
	assert_ok(store_commit(store, &err));
	person_fini(&who);
	return store;
}

static void a_label_says_who_it_is(void **state) {
	struct err err = {0};
	struct label_text text;
	bool found;
	struct store *store = event_with_olena(*state);
	assert_ok(label_text_read(store, OLENA, &text, &found, &err));
	assert_true(found);
	assert_string_equal(text.name, "Олена Приклад");
	assert_string_equal(text.organisation, "Асоціація");
	assert_string_equal(text.category, "Учасниця");
	assert_string_equal(text.code, "CODE-A");
	assert_null(text.mark);
	label_text_fini(&text);
	assert_ok(label_text_read(store, "0000000000000000000b", &text, &found, &err));
	assert_false(found);
	label_text_fini(&text);
	store_close(store);
}

static void the_mark_is_the_events_wish_and_in_its_language(void **state) {
	struct err err = {0};
	struct label_text text = {.name = NULL};
	struct words *words = words_built();
	struct store *store = event_with_olena(*state);
	label_text_mark(store, words, &text);
	assert_null(text.mark);
	assert_ok(store_begin(store, &err) && setting_put(store, "label_again", "on", &err) && store_commit(store, &err));
	label_text_mark(store, words, &text);
	label_text_mark(store, words, &text);
	assert_string_equal(text.mark, "ДУБЛІКАТ");
	label_text_fini(&text);
	label_text_test(store, words, LABEL_29X90, &text);
	assert_string_equal(text.name, "Пробна етикетка");
	assert_string_equal(text.organisation, "29 × 90 mm");
	label_text_fini(&text);
	words_close(words);
	store_close(store);
}

static struct printer_state *printer_with(const char *medium) {
	struct printer_state *s = xcalloc(1, sizeof *s);
	s->says_ready = true;
	label_media_add(&s->media, medium);
	return s;
}

static void what_a_printer_takes_decides(void **state) {
	(void)state;
	const struct label_text text = {.name = xstrdup("Олена Приклад"), .code = xstrdup("CODE-A")};
	struct printer_state *s = printer_with("om_label_29x90mm");
	struct label_page page;
	enum printer_trouble trouble;
	struct err err = {0};
	assert_false(label_page_make(&text, LABEL_29X90, s, &page, &trouble, &err));
	assert_int_equal(trouble, PRINTER_NO_FORMAT);
	s->pdf = s->pwg = true; /* raster, but of no resolution or type that there is here */
	assert_ok(label_page_make(&text, LABEL_29X90, s, &page, &trouble, &err));
	assert_string_equal(page.format, "application/pdf");
	assert_memory_equal(page.bytes.data, "%PDF", 4);
	label_page_fini(&page);
	s->types[PWG_SGRAY_8] = s->types[PWG_BLACK_1] = true;
	s->dpi[s->dpi_count++] = 600;
	s->dpi[s->dpi_count++] = 203;
	assert_ok(label_page_make(&text, LABEL_29X90, s, &page, &trouble, &err));
	assert_string_equal(page.format, "image/pwg-raster");
	assert_memory_equal(page.bytes.data, "RaS2PwgRaster", 13);
	const uint8_t *header = (const uint8_t *)page.bytes.data + 4;
	assert_int_equal(header[279], 203);                    /* the nearer to what label printers have */
	assert_int_equal(header[374] << 8 | header[375], 232); /* 29 mm */
	assert_int_equal(header[378] << 8 | header[379], 719); /* 90 mm */
	assert_int_equal(header[391], 1);                      /* black only, where it is taken */
	assert_string_equal(page.medium.name, "om_label_29x90mm");
	label_page_fini(&page);
	free(s);
	free(text.name);
	free(text.code);
}

static void other_paper_is_told_with_both_sizes(void **state) {
	(void)state;
	const struct label_text text = {.name = xstrdup("Олена Приклад")};
	struct printer_state *s = printer_with("om_label_62x29mm");
	struct label_page page;
	enum printer_trouble trouble;
	struct err err = {0};
	s->pdf = true;
	assert_false(label_page_make(&text, LABEL_54X101, s, &page, &trouble, &err));
	assert_int_equal(trouble, PRINTER_WRONG_MEDIA);
	assert_holds(err.text, "54 x 101 mm");
	assert_holds(err.text, "62 x 29 mm");
	assert_holds(err.text, "turnout device set label");
	free(s);
	free(text.name);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)

int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(a_label_says_who_it_is),
		TEST(the_mark_is_the_events_wish_and_in_its_language),
		cmocka_unit_test(what_a_printer_takes_decides),
		cmocka_unit_test(other_paper_is_told_with_both_sizes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
