#include "base/base32.h"

#include "lib/testing.h"

#include "base/alloc.h"

static void characters_people_mean(void **state) {
	(void)state;
	assert_int_equal(base32_meant('7'), '7');
	assert_int_equal(base32_meant('f'), 'F');
	assert_int_equal(base32_meant('o'), '0');
	assert_int_equal(base32_meant('O'), '0');
	assert_int_equal(base32_meant('i'), '1');
	assert_int_equal(base32_meant('L'), '1');
	for (const char *none = "uU-_ .\x7f\xd0"; *none != '\0'; none++) {
		assert_int_equal(base32_meant(*none), '\0');
	}
	assert_int_equal(base32_meant('\0'), '\0');
}

static void bytes_there_and_back(void **state) {
	(void)state;
	static const struct {
		uint8_t data[BASE32_GROUP_BYTES];
		const char *text;
	} known[] = {
		{{0, 0, 0, 0, 0}, "00000000"},
		{{0xff, 0xff, 0xff, 0xff, 0xff}, "ZZZZZZZZ"},
		{{0x00, 0x44, 0x32, 0x14, 0xc7}, "01234567"}, /* 5-bit values 0 to 7 */
		{{0x80, 0, 0, 0, 1}, "G0000001"},
	};
	for (size_t i = 0; i < COUNT_OF(known); i++) {
		char text[BASE32_GROUP_CHARS];
		uint8_t data[BASE32_GROUP_BYTES];
		base32_encode(known[i].data, text);
		assert_memory_equal(text, known[i].text, sizeof text);
		assert_true(base32_decode(text, data));
		assert_memory_equal(data, known[i].data, sizeof data);
	}
}

static void other_characters_are_refused(void **state) {
	(void)state;
	static const char *const wrong[] = {"0123456U", "0123456o", "0123-567", "       0", "01234"};
	uint8_t data[BASE32_GROUP_BYTES];
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		char text[BASE32_GROUP_CHARS + 1] = {0};
		snprintf(text, sizeof text, "%s", wrong[i]);
		assert_false(base32_decode(text, data));
	}
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(characters_people_mean), cmocka_unit_test(bytes_there_and_back),
					   cmocka_unit_test(other_characters_are_refused)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
