#include "import/encoding.h"

#include <iconv.h>

#include "scratch.h"

static const char *const UKRAINIAN =
	"ПІБ;Посада;Громада\nШевченко Їжак Ґалаґанович;голова ради;Полтавська громада\nЄременко Ольга;вчителька;Інша\n";
static const char *const RUSSIAN = "ФИО,Должность\nИванов Пётр Сергеевич,директор школы\nСидорова Мария,учитель\n";

static struct strbuf encode(const char *text, const char *encoding) {
	struct strbuf out = {0};
	iconv_t cd = iconv_open(encoding, "UTF-8");
	char *copy = xstrdup(text);
	char *in = copy;
	size_t left = strlen(text);
	strbuf_reserve(&out, left * 4 + 16);
	char *to = out.data;
	size_t room = left * 4 + 16;
	assert_true(cd != (iconv_t)-1);
	assert_true(iconv(cd, &in, &left, &to, &room) != (size_t)-1);
	out.len = (size_t)(to - out.data);
	out.data[out.len] = '\0';
	iconv_close(cd);
	free(copy);
	return out;
}

static void expect_found(const char *text, const char *encoding, const char *name) {
	struct strbuf bytes = encode(text, encoding);
	struct strbuf out = {0};
	struct err err = {0};
	char found[ENCODING_NAME_MAX];
	assert_ok(encoding_to_utf8(bytes.data, bytes.len, NULL, &out, found, &err));
	assert_string_equal(found, name);
	assert_string_equal(strbuf_str(&out), text);
	strbuf_fini(&bytes);
	strbuf_fini(&out);
}

static void what_people_really_send_is_recognised(void **state) {
	(void)state;
	const char *const texts[] = {UKRAINIAN, RUSSIAN};
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		expect_found(texts[i], "UTF-8", "UTF-8");
		expect_found(texts[i], "WINDOWS-1251", "Windows-1251");
		expect_found(texts[i], "KOI8-U", "KOI8-U");
		expect_found(texts[i], "MAC-CYRILLIC", "x-mac-cyrillic");
		expect_found(texts[i], "UTF-16LE", "UTF-16LE");
		expect_found(texts[i], "UTF-16BE", "UTF-16BE");
		if (i == 1) { /* these have no і */
			expect_found(texts[i], "CP866", "CP866");
			expect_found(texts[i], "ISO-8859-5", "ISO-8859-5");
		}
	}
}

static void the_names_of_the_web_are_known(void **state) {
	(void)state;
	static const char *const names[] = {"x-mac-cyrillic", "X-MAC-UKRAINIAN", "MacCyrillic"};
	struct strbuf bytes = encode(UKRAINIAN, "MAC-CYRILLIC");
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		struct strbuf out = {0};
		struct err err = {0};
		char found[ENCODING_NAME_MAX];
		assert_ok(encoding_to_utf8(bytes.data, bytes.len, names[i], &out, found, &err));
		assert_string_equal(strbuf_str(&out), UKRAINIAN);
		strbuf_fini(&out);
	}
	strbuf_fini(&bytes);
}

static void marks_are_taken_off(void **state) {
	(void)state;
	struct err err = {0};
	char found[ENCODING_NAME_MAX];
	struct strbuf out = {0};
	assert_ok(encoding_to_utf8("\xEF\xBB\xBFname", 7, NULL, &out, found, &err));
	assert_string_equal(strbuf_str(&out), "name");
	strbuf_reset(&out);
	assert_ok(encoding_to_utf8("\xFF\xFEn\0a\0", 6, NULL, &out, found, &err));
	assert_string_equal(strbuf_str(&out), "na");
	assert_string_equal(found, "UTF-16LE");
	strbuf_reset(&out);
	assert_ok(encoding_to_utf8("\xFE\xFF\0n\0a", 6, NULL, &out, found, &err));
	assert_string_equal(strbuf_str(&out), "na");
	strbuf_reset(&out);
	assert_ok(encoding_to_utf8("", 0, NULL, &out, found, &err));
	assert_string_equal(strbuf_str(&out), "");
	strbuf_fini(&out);
}

static void a_forced_encoding_overrides(void **state) {
	(void)state;
	struct err err = {0};
	char found[ENCODING_NAME_MAX];
	struct strbuf out = {0};
	struct strbuf bytes = encode("і", "WINDOWS-1251");
	assert_ok(encoding_to_utf8(bytes.data, bytes.len, "windows-1251", &out, found, &err));
	assert_string_equal(strbuf_str(&out), "і");
	assert_false(encoding_to_utf8(bytes.data, bytes.len, "klingon", &out, found, &err));
	assert_int_equal(err.kind, ERR_USAGE);
	assert_says("klingon");
	assert_false(encoding_to_utf8(bytes.data, bytes.len, "0123456789012345678901234567890123456789", &out, found, &err));
	assert_int_equal(err.kind, ERR_USAGE);
	strbuf_fini(&bytes);
	strbuf_fini(&out);
}

static void wrong_bytes_are_named_by_line_and_column(void **state) {
	(void)state;
	struct err err = {0};
	char found[ENCODING_NAME_MAX];
	struct strbuf out = {0};
	assert_false(encoding_to_utf8("aa\nb\0c", 6, NULL, &out, found, &err));
	assert_int_equal(err.kind, ERR_INPUT);
	assert_says("line 2, column 2");
	const char *cut = "Їжак, Їжачок\r\nЄва \xD0";
	assert_false(encoding_to_utf8(cut, strlen(cut), NULL, &out, found, &err));
	assert_says("line 2, column 5");
	assert_false(encoding_to_utf8("\xFF", 1, "UTF-8", &out, found, &err));
	assert_says("line 1, column 1");
	assert_int_equal(out.len, 0);
	strbuf_fini(&out);
}

/* Whatever the bytes, the result is valid UTF-8 without NUL, or an error. */
static void any_bytes_give_text_or_an_error(void **state) {
	(void)state;
	uint32_t seed = 12345;
	for (int round = 0; round < 2000; round++) {
		unsigned char bytes[64];
		size_t n = (size_t)round % sizeof bytes;
		for (size_t i = 0; i < n; i++) {
			seed = seed * 1664525 + 1013904223;
			bytes[i] = (unsigned char)(seed >> 24);
		}
		struct err err = {0};
		struct strbuf out = {0};
		char found[ENCODING_NAME_MAX];
		if (encoding_to_utf8((const char *)bytes, n, NULL, &out, found, &err)) {
			assert_int_equal(strlen(strbuf_str(&out)), out.len);
		} else {
			assert_int_equal(err.kind, ERR_INPUT);
		}
		strbuf_fini(&out);
	}
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_people_really_send_is_recognised),    cmocka_unit_test(marks_are_taken_off),
		cmocka_unit_test(the_names_of_the_web_are_known),           cmocka_unit_test(a_forced_encoding_overrides),
		cmocka_unit_test(wrong_bytes_are_named_by_line_and_column), cmocka_unit_test(any_bytes_give_text_or_an_error),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
