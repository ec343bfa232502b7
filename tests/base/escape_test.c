/* What others say never steers a terminal. */
#include "base/escape.h"

#include "lib/testing.h"

#include <stdio.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/log.h"

static void check(enum escape_form form, const char *text, size_t n, const char *wanted) {
	struct strbuf out = {0};
	escape_add(&out, form, text, n);
	assert_string_equal(strbuf_str(&out), wanted);
	strbuf_fini(&out);
}

#define CHECK(form, text, wanted) check(form, text, sizeof(text) - 1, wanted)

static void each_form(void **state) {
	(void)state;
	CHECK(ESCAPE_CODE, "a\nb\tc\rd\\e\x01\xff ї", "a\\nb\\tc\\rd\\\\e\\x01\\xFF ї");
	CHECK(ESCAPE_LINE, "a\nb\tc\rd\\e\x1b[2J\xff ї", "a b c d\\e\\x1B[2J\\xFF ї");
	CHECK(ESCAPE_TEXT, "a\tb\n\x1b]0;x\x07\r\ny\rz", "a\tb\n\\x1B]0;x\\x07\r\ny\\x0Dz");
	CHECK(ESCAPE_TEXT, "", "");
	CHECK(ESCAPE_LINE, "a\0b", "a\\x00b");
}

/* DEL, C1, the marks that turn the direction of writing, and beginnings of characters. */
static void what_steers(void **state) {
	(void)state;
	CHECK(ESCAPE_LINE, "\x7f\xc2\x80\xc2\x9b\xc2\xa0", "\\x7F\\xC2\\x80\\xC2\\x9B\xc2\xa0");
	static const char *const marks[] = {"\u061C", "\u200E", "\u200F", "\u202A", "\u202E", "\u2066", "\u2069"};
	static const char *const beside[] = {"\u061B", "\u200D", "\u2010", "\u2029", "\u202F", "\u2065", "\u206A", "日本", "😀"};
	for (size_t i = 0; i < COUNT_OF(marks); i++) {
		struct strbuf out = {0};
		escape_add(&out, ESCAPE_LINE, marks[i], strlen(marks[i]));
		assert_int_equal(out.len, 4 * strlen(marks[i]));
		assert_int_equal(out.data[0], '\\');
		strbuf_fini(&out);
	}
	for (size_t i = 0; i < COUNT_OF(beside); i++) {
		check(ESCAPE_LINE, beside[i], strlen(beside[i]), beside[i]);
	}
	CHECK(ESCAPE_LINE, "\xd1", "\\xD1");
	CHECK(ESCAPE_LINE, "\xe2\x80", "\\xE2\\x80");
	CHECK(ESCAPE_LINE, "\xc0\x9b\xed\xa0\x80", "\\xC0\\x9B\\xED\\xA0\\x80"); /* overlong, half a pair */
}

static void twice_is_once(void **state) {
	(void)state;
	struct strbuf once = {0}, twice = {0};
	for (unsigned c = 0; c < 256; c++) {
		strbuf_addc(&once, (char)c);
	}
	char *all = strbuf_detach(&once);
	escape_add(&once, ESCAPE_LINE, all, 256);
	escape_add(&twice, ESCAPE_LINE, once.data, once.len);
	assert_string_equal(once.data, twice.data);
	free(all);
	strbuf_fini(&once);
	strbuf_fini(&twice);
}

/* A refusal that a hub made up is one line of the diary, however it tries. */
static void the_diary(void **state) {
	struct scratch *s = *state;
	char *path = scratch_write(s, "stderr", "", 0);
	struct strbuf got = {0};
	struct err err = {0};
	fflush(stderr);
	int kept = dup(STDERR_FILENO);
	assert_non_null(freopen(path, "w", stderr));
	log_warn("sync", "%s says: %s", "http://hub", "no\nwarning: store: all is lost\x1b[1A\u202Eevil");
	log_line("%s", "x\r\n");
	fflush(stderr);
	dup2(kept, STDERR_FILENO);
	close(kept);
	assert_ok(file_read(path, 1000, &got, &err));
	assert_string_equal(strbuf_str(&got),
			    "warning: sync: http://hub says: no warning: store: all is lost\\x1B[1A\\xE2\\x80\\xAEevil\nx  \n");
	strbuf_fini(&got);
	free(path);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(each_form), cmocka_unit_test(what_steers), cmocka_unit_test(twice_is_once),
					   TEST(the_diary)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
