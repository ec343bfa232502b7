#include "kiosk/ui/field.h"

#include "lib/kiosk_fixture.h"
#include "lib/testing.h"

#include "base/utf8.h"

static uint32_t digits(uint32_t c) { return c >= '0' && c <= '9' ? c : 0; }

static const struct field_rule PIN = {.most = 4, .accept = digits};
static const struct field_rule NAME = {.most = 90};

static bool type(struct field *f, const struct field_rule *rule, const char *text) {
	bool entered = false;
	while (*text != '\0') {
		entered = field_key(f, rule, utf8_next(&text)) || entered;
	}
	return entered;
}

static void only_what_is_accepted(void **state) {
	(void)state;
	struct field f = {""};
	assert_false(type(&f, &PIN, "2x4 6й8"));
	assert_string_equal(f.text, "2468");
	assert_false(type(&f, &PIN, "9"));
	assert_string_equal(f.text, "2468");
	assert_true(type(&f, &PIN, "\b\b1\n"));
	assert_string_equal(f.text, "241");
}

static void characters_are_not_bytes(void **state) {
	(void)state;
	struct field f = {""};
	type(&f, &NAME, "Ївга Ґ\x01\x7f");
	assert_string_equal(f.text, "Ївга Ґ");
	assert_int_equal(field_length(&f), 6);
	type(&f, &NAME, "\b\b");
	assert_string_equal(f.text, "Ївга");
	type(&f, &NAME, "\b\b\b\b\b\b");
	assert_string_equal(f.text, "");
}

static void as_long_as_the_rule_says(void **state) {
	(void)state;
	struct field f = {""};
	for (int i = 0; i < 200; i++) {
		type(&f, &NAME, "Щ");
	}
	assert_int_equal(field_length(&f), 90);
	const struct field_rule endless = {.most = 100000};
	for (int i = 0; i < 1000; i++) {
		type(&f, &endless, "\xf0\x9f\x99\x82"); /* four bytes: never cut in two */
	}
	assert_true(strlen(f.text) < sizeof f.text);
	assert_true(utf8_valid(f.text, strlen(f.text), NULL));
}

static void what_goes_is_wiped(void **state) {
	(void)state;
	struct field f = {""};
	type(&f, &PIN, "1234\b");
	assert_int_equal(f.text[3], 0);
	field_wipe(&f);
	for (size_t i = 0; i < sizeof f.text; i++) {
		assert_int_equal(f.text[i], 0);
	}
}

/* --- drawing ------------------------------------------------------------------------------------------------------------------------- */

static const struct metrics metrics = {NULL, kiosk_fixture_width};
static struct theme theme;

static size_t count(const struct draw_list *list, enum draw_kind kind, uint32_t colour) {
	size_t n = 0;
	for (size_t i = 0; i < list->count; i++) {
		n += list->items[i].kind == kind && list->items[i].colour == colour;
	}
	return n;
}

static void dots_tell_how_many_and_not_which(void **state) {
	(void)state;
	struct draw_list list = {0};
	struct pen pen = {&list, &theme, &metrics};
	struct field f = {"246"};
	field_draw_dots(&pen, (struct box){0, 0, 600, 120}, &f, 8);
	assert_int_equal(count(&list, DRAW_FILL, hue(&theme, INK)), 3);
	assert_int_equal(count(&list, DRAW_OUTLINE, hue(&theme, HAIRLINE)), 5 + 1);
	for (size_t i = 0; i < list.count; i++) {
		assert_int_not_equal(list.items[i].kind, DRAW_TEXT);
	}
	draw_fini(&list);
}

static void cells_hold_a_character_each(void **state) {
	(void)state;
	struct draw_list list = {0};
	struct pen pen = {&list, &theme, &metrics};
	struct field f = {"7FҐ"};
	static const char *const cells[] = {"7", "F", "Ґ"};
	size_t seen = 0;
	field_draw_cells(&pen, (struct box){0, 0, 1200, 120}, &f, 8);
	assert_int_equal(count(&list, DRAW_OUTLINE, hue(&theme, TEAL)), 1); /* where the next one comes */
	for (size_t i = 0; i < list.count; i++) {
		if (list.items[i].kind == DRAW_TEXT) {
			assert_string_equal(draw_text_of(&list, &list.items[i]), cells[seen++]);
		}
	}
	assert_int_equal(seen, 3);
	draw_fini(&list);
}

static void of_a_long_line_the_end_is_seen(void **state) {
	(void)state;
	struct field f = {""};
	for (int i = 0; i < 40; i++) {
		type(&f, &NAME, i == 39 ? "Я" : "а");
	}
	const struct box box = {100, 50, 500, 100};
	struct draw_list list = {0};
	struct pen pen = {&list, &theme, &metrics};
	field_draw_line(&pen, box, &f, "Ваше імʼя");
	for (size_t i = 0; i < list.count; i++) {
		const struct draw_command *c = &list.items[i];
		assert_true(c->box.x >= box.x && c->box.x + c->box.w <= box.x + box.w);
		if (c->kind == DRAW_TEXT) {
			const char *text = draw_text_of(&list, c);
			assert_string_equal(text + strlen(text) - strlen("Я"), "Я");
			assert_null(strstr(text, "…"));
		}
	}
	draw_reset(&list);
	field_wipe(&f);
	field_draw_line(&pen, box, &f, "Ваше імʼя");
	assert_string_equal(draw_text_of(&list, &list.items[2]), "Ваше імʼя");
	draw_fini(&list);
}

/* Neither over it nor touching it: a caret at an "І" is another letter. */
static void the_caret_stands_before_what_is_shown_for_nothing(void **state) {
	(void)state;
	struct draw_list list = {0};
	struct pen pen = {&list, &theme, &metrics};
	struct field f = {""};
	int end = 0, words = 0;
	field_draw_line(&pen, (struct box){100, 50, 500, 100}, &f, "Імʼя");
	for (size_t i = 0; i < list.count; i++) {
		const struct draw_command *c = &list.items[i];
		end = c->kind == DRAW_FILL && c->colour == hue(&theme, TEAL) ? c->box.x + c->box.w : end;
		words = c->kind == DRAW_TEXT ? c->box.x : words;
	}
	assert_true(end > 0 && words >= end + len(&theme, LINE_CARET));
	draw_fini(&list);
}

static void a_line_never_begins_with_a_mark(void **state) {
	(void)state;
	struct field f = {""};
	for (int i = 0; i < 40; i++) {
		memcpy(f.text + 3 * i, "e\xCC\x81", 4);
	}
	for (int width = 300; width < 400; width += 7) {
		struct draw_list list = {0};
		struct pen pen = {&list, &theme, &metrics};
		field_draw_line(&pen, (struct box){0, 0, width, 100}, &f, "");
		size_t i = 0;
		while (list.items[i].kind != DRAW_TEXT) {
			i++;
		}
		assert_int_equal(draw_text_of(&list, &list.items[i])[0], 'e');
		draw_fini(&list);
	}
}

static int set_up(void **state) {
	(void)state;
	theme = theme_make(&style_default, 1920, 1080, 0);
	return 0;
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_what_is_accepted),
		cmocka_unit_test(characters_are_not_bytes),
		cmocka_unit_test(as_long_as_the_rule_says),
		cmocka_unit_test(what_goes_is_wiped),
		cmocka_unit_test(dots_tell_how_many_and_not_which),
		cmocka_unit_test(cells_hold_a_character_each),
		cmocka_unit_test(of_a_long_line_the_end_is_seen),
		cmocka_unit_test(the_caret_stands_before_what_is_shown_for_nothing),
		cmocka_unit_test(a_line_never_begins_with_a_mark),
	};
	return cmocka_run_group_tests(tests, set_up, NULL);
}
