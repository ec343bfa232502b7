/* Reasons stand in digests: each has a word of its own, and none changes. */
#include "store/view/ignored.h"

#include "lib/testing.h"

#include "base/alloc.h"

static void words_never_change(void **state) {
	(void)state;
	static const char *const words[IGNORE_REASONS] = {"author", "invitation", "certificate", "others",  "code",   "kind",
							  "json",   "times",      "thing",       "checkin", "walkin", "undo",
							  "rank",   "clock",      "join",        "key",     "role",   "log"};
	for (int i = 0; i < IGNORE_REASONS; i++) {
		assert_string_equal(ignore_word((enum ignore_reason)i), words[i]);
		assert_int_equal(ignore_find(words[i]), i);
		assert_true(ignore_text((enum ignore_reason)i)[0] != '\0');
	}
}

static void a_word_that_is_none(void **state) {
	(void)state;
	assert_int_equal(ignore_find("nothing"), IGNORE_REASONS);
	assert_int_equal(ignore_find(""), IGNORE_REASONS);
	assert_int_equal(ignore_find("Author"), IGNORE_REASONS);
}

static void three_classes(void **state) {
	(void)state;
	assert_int_equal(ignore_class_of(IGNORE_AUTHOR), IGNORED_AUTHOR);
	assert_int_equal(ignore_class_of(IGNORE_OTHERS), IGNORED_AUTHOR);
	assert_int_equal(ignore_class_of(IGNORE_CODE), IGNORED_AUTHOR);
	assert_int_equal(ignore_class_of(IGNORE_KIND), IGNORED_UNKNOWN);
	assert_int_equal(ignore_class_of(IGNORE_JSON), IGNORED_MALFORMED);
	assert_int_equal(ignore_class_of(IGNORE_LOG), IGNORED_MALFORMED);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_never_change),
		cmocka_unit_test(a_word_that_is_none),
		cmocka_unit_test(three_classes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
