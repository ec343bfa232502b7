/* Which packages draw what is a box here. */
#include "paper/unknown.h"

#include "lib/testing.h"

static void expect(uint32_t one, uint32_t two, const char *packages) {
	struct unknown_texts list = {0};
	struct strbuf out = {0};
	unknown_character(&list, one);
	unknown_character(&list, two);
	unknown_packages(&list, &out);
	assert_string_equal(strbuf_str(&out), packages);
	strbuf_fini(&out);
	unknown_fini(&list);
}

static void packages_by_script(void **state) {
	(void)state;
	expect(0x0E2D, 0x0E23, "fonts-noto-core");                /* Thai */
	expect(0x5C71, 0x3042, "fonts-noto-cjk");                 /* 山, あ */
	expect(0xD55C, 0x0905, "fonts-noto-core fonts-noto-cjk"); /* Hangul, Devanagari */
	expect(0x1F600, 0x20001, "fonts-noto-cjk fonts-noto-color-emoji");
	expect(0xE000, 0x10FFFD, "");
}

static void texts_once_and_readable(void **state) {
	(void)state;
	struct unknown_texts list = {0};
	unknown_add(&list, "山田\n太郎");
	unknown_add(&list, "山田 太郎");
	unknown_add(&list, "і\xC2\xA0山");
	assert_int_equal(list.count, 2);
	assert_string_equal(list.items[0], "山田 太郎");
	assert_string_equal(list.items[1], "і 山");
	unknown_fini(&list);
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(packages_by_script), cmocka_unit_test(texts_once_and_readable)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
