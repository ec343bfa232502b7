/* Telephone numbers in one form. */
#include "import/people_phone.h"

#include "base/alloc.h"
#include "lib/testing.h"

static void phones_are_compared_by_digits(void **state) {
	(void)state;
	static const char *const same[] = {"+38 (050) 123-45-67", "050 123 45 67", "80501234567", "501234567", "00380501234567"};
	char digits[PEOPLE_PHONE_MAX];
	for (size_t i = 0; i < COUNT_OF(same); i++) {
		people_phone_digits(same[i], digits);
		assert_string_equal(digits, "380501234567");
	}
	static const char *const several[] = {"050 123 45 67, 067 765 43 21", "+380501234567/+380677654321", "050-123-45-67 (Viber)",
					      "050 123 45 67 067 765 43 21",  "+380501234567 +380677654321", "380501234567 380677654321",
					      "(050) 123-45-67 дод. 12",      "80501234567 80677654321",     "050 123 45 67; 2-34-56",
					      "00380501234567 00380677654321"};
	for (size_t i = 0; i < COUNT_OF(several); i++) {
		people_phone_digits(several[i], digits);
		assert_string_equal(digits, "380501234567");
	}
	people_phone_digits("1234", digits);
	assert_string_equal(digits, "");
	people_phone_digits("12345678901234567890123456789012345678901234567890", digits);
	assert_true(strlen(digits) < PEOPLE_PHONE_MAX);
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(phones_are_compared_by_digits)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
