/* str, strbuf, utf8, err: text. */
#include "lib/testing.h"

#include <errno.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "base/utf8.h"

static void numbers(void **state) {
	(void)state;
	int64_t v = 7;
	double d;
	assert_true(str_to_i64("-42", &v) && v == -42);
	assert_true(str_to_i64("9223372036854775807", &v) && v == INT64_MAX);
	static const char *const wrong[] = {"", " 1", "1 ", "1x", "x", "--1", "9223372036854775808", "1.0", "+"};
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		v = 7;
		assert_false(str_to_i64(wrong[i], &v));
		assert_int_equal(v, 7);
	}
	assert_true(str_to_double("-1.5e3", &d) && d < -1499.9 && d > -1500.1);
	assert_false(str_to_double("1,5", &d));
	assert_false(str_to_double("", &d));
}

static void copies_end_at_characters(void **state) {
	(void)state;
	char out[6];
	assert_true(str_copy(out, sizeof out, "ключ" + 4)); /* two letters, four bytes */
	assert_string_equal(out, "юч");
	assert_false(str_copy(out, sizeof out, "ключ"));
	assert_string_equal(out, "кл");
	assert_false(str_copy(out, 1, "x"));
	assert_string_equal(out, "");
	static const size_t kept[] = {0, 0, 2, 2, 2, 5, 5, 5, 5, 9, 9};
	for (size_t max = 0; max < COUNT_OF(kept); max++) {
		assert_int_equal(utf8_cut("ї€\xf0\x9f\x99\x82", max), kept[max]);
	}
}

static void splitting(void **state) {
	(void)state;
	char text[] = " a, b ,,d,e";
	char *parts[4];
	assert_int_equal(str_split(text, ',', parts, 4), 4);
	assert_string_equal(parts[0], "a");
	assert_string_equal(parts[1], "b");
	assert_string_equal(parts[2], "");
	assert_string_equal(parts[3], "d,e");
}

static void hexadecimal(void **state) {
	(void)state;
	unsigned char bytes[3] = {0, 0xab, 0xff}, back[3];
	char hex[7];
	str_hex(bytes, 3, hex);
	assert_string_equal(hex, "00abff");
	assert_true(str_unhex("00ABff", back, 3));
	assert_memory_equal(bytes, back, 3);
	assert_false(str_unhex("00abf", back, 3));
	assert_false(str_unhex("00abfg", back, 3));
	assert_false(str_unhex("00abff0", back, 3));
}

static void buffers(void **state) {
	(void)state;
	struct strbuf b = {0};
	assert_string_equal(strbuf_str(&b), "");
	for (int i = 0; i < 1000; i++) {
		strbuf_addf(&b, "%d,", i);
	}
	assert_int_equal(b.len, 10 * 2 + 90 * 3 + 900 * 4);
	strbuf_truncate(&b, 4);
	assert_string_equal(strbuf_str(&b), "0,1,");
	strbuf_add(&b, "\0x", 2);
	assert_int_equal(b.len, 6);
	char *text = strbuf_detach(&b);
	assert_int_equal(text[4], 0);
	free(text);
	assert_int_equal(b.len, 0);
	strbuf_fini(&b);
}

static void valid_utf8(void **state) {
	(void)state;
	static const struct {
		const char *bytes;
		size_t n, bad;
	} wrong[] = {{"a\xff", 2, 1}, {"\xc0\x80", 2, 0}, {"ab\xe2\x82", 4, 2}, {"\xed\xa0\x80", 3, 0}, {"\xf4\x90\x80\x80", 4, 0},
		     {"a\0b", 3, 1},  {"\x80", 1, 0}};
	size_t bad;
	assert_true(utf8_valid("Їжак 🦔 é", strlen("Їжак 🦔 é"), &bad));
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		assert_false(utf8_valid(wrong[i].bytes, wrong[i].n, &bad));
		assert_int_equal(bad, wrong[i].bad);
	}
}

static void cleaning(void **state) {
	(void)state;
	char *t = utf8_clean("  a\t\tb\u00a0c\r\nd\x01 ", false);
	assert_string_equal(t, "a b c d");
	free(t);
	t = utf8_clean("a \n b", true);
	assert_string_equal(t, "a\nb");
	free(t);
	t = utf8_clean("e\u0301", false); /* composed */
	assert_string_equal(t, "é");
	free(t);
	t = utf8_upper("їжак, straße");
	assert_string_equal(t, "ЇЖАК, STRAẞE");
	free(t);
}

static void letters_of_any_script(void **state) {
	(void)state;
	static const char *const with[] = {"- a", "Ґ", "李", "123 ب"}, *const without[] = {"", "-", "...", "12 №", "🙂", "\u0301"};
	for (size_t i = 0; i < COUNT_OF(with); i++) {
		assert_true(utf8_has_letter(with[i]));
	}
	for (size_t i = 0; i < COUNT_OF(without); i++) {
		assert_false(utf8_has_letter(without[i]));
	}
}

static void clusters(void **state) {
	(void)state;
	static const struct {
		const char *text, *first;
	} known[] = {
		{"", ""},       {"ab", "a"},   {"їй", "ї"},    {"e\u0301\u0323x", "e\u0301\u0323"},
		{"น้ำใจ", "น้ำ"}, {"शर्मा", "श"}, {"🇺🇦🇺🇦", "🇺🇦"}, {"\u0301a", "\u0301"}, /* a mark without its letter */
	};
	for (size_t i = 0; i < COUNT_OF(known); i++) {
		assert_int_equal(utf8_cluster(known[i].text, strlen(known[i].text)), strlen(known[i].first));
	}
	assert_int_equal(utf8_cluster("e\u0301", 1), 1); /* what lies beyond is not there */
	assert_true(utf8_is_mark(0x0301) && utf8_is_mark(0x0E31) && utf8_is_mark(0x093F) && !utf8_is_mark('e'));
	assert_true(utf8_is_unseen(0x200F) && utf8_is_unseen(0x2068) && utf8_is_unseen(0xFE0F) && !utf8_is_unseen(' ') &&
		    !utf8_is_unseen(0x0301));
}

static void isolated(void **state) {
	(void)state;
	struct strbuf out = {0};
	utf8_add_isolated(&out, "Зала 2");
	assert_string_equal(strbuf_str(&out), "Зала 2");
	strbuf_reset(&out);
	utf8_add_isolated(&out, "אולם 3");
	assert_string_equal(strbuf_str(&out), "\u2068אולם 3\u2069");
	strbuf_fini(&out);
}

static void errors_are_cut_at_characters(void **state) {
	(void)state;
	struct err err = {0};
	struct strbuf long_text = {0};
	for (int i = 0; i < 2000; i++) {
		strbuf_adds(&long_text, "ї");
	}
	assert_false(err_set(&err, ERR_INPUT, "x%s", strbuf_str(&long_text)));
	assert_true(utf8_valid(err.text, strlen(err.text), NULL));
	assert_int_equal(strlen(err.text), ERR_TEXT_MAX - 1); /* as many as there is room for */
	assert_int_equal(err.kind, ERR_INPUT);
	assert_false(err_wrap(&err, "%s", strbuf_str(&long_text)));
	assert_true(utf8_valid(err.text, strlen(err.text), NULL));
	assert_int_equal(strlen(err.text), ERR_TEXT_MAX - 2);
	errno = ENOENT;
	assert_false(err_errno(&err, "%s", strbuf_str(&long_text)));
	assert_true(utf8_valid(err.text, strlen(err.text), NULL));
	assert_false(err_set(&err, ERR_BUSY, "held"));
	assert_false(err_wrap(&err, "%s", "file"));
	assert_string_equal(err.text, "file: held");
	strbuf_fini(&long_text);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers),
		cmocka_unit_test(copies_end_at_characters),
		cmocka_unit_test(splitting),
		cmocka_unit_test(hexadecimal),
		cmocka_unit_test(buffers),
		cmocka_unit_test(valid_utf8),
		cmocka_unit_test(cleaning),
		cmocka_unit_test(letters_of_any_script),
		cmocka_unit_test(clusters),
		cmocka_unit_test(isolated),
		cmocka_unit_test(errors_are_cut_at_characters),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
