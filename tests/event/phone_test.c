/* Which digits show that a telephone is somebody's. */
#include "event/phone.h"

#include "lib/testing.h"

#include "base/alloc.h"

static void the_last_digits_of_each_number(void **state) {
	static const struct {
		const char *cell, *last[3];
	} cells[] = {
		{"+380 67 123 45 67", {"4567"}},
		{"067 123-45-67", {"4567"}},
		{"067 123 45 67, 050 765 43 21", {"4567", "4321"}},
		{"067 123 45 67; 050 765 43 21 / 063 000 11 22", {"4567", "4321", "1122"}},
		{"067 123 45 67\n050 765 43 21", {"4567", "4321"}},
		{"+380671234567 +380507654321", {"4567", "4321"}},
		{"(044) 123-45-67 дод. 12", {"4567"}},
		{"(044) 123-45-67, дод. 1234", {"4567"}},
		{"123 45 67 доб.12", {"4567"}},
		{"044 123-45-67 ext 12", {"4567"}},
		{"044 123-45-67 x12", {"4567"}},
		{"044 123-45-67 (вн. 12)", {"4567"}},
		{"044 123-45-67 #12", {"4567"}},
		{"моб. 067 123 45 67 роб. 044 765 43 21", {"4567", "4321"}},
		{"067 123 45 67 (Олена)", {"4567"}},
		{"067 123 45 67/68", {"4567"}},
		{"044/123-45-67", {"4567"}},
		{"067\xc2\xa0\x31\x32\x33\xe2\x80\x91\x34\x35\xe2\x80\x91\x36\x37", {"4567"}}, /* blanks and hyphens that do not break */
		{"067 000 00 00", {"0000"}},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cells); i++) {
		assert_true(phone_has_number(cells[i].cell));
		for (size_t k = 0; k < COUNT_OF(cells[i].last) && cells[i].last[k] != NULL; k++) {
			if (!phone_has_last(cells[i].cell, cells[i].last[k])) {
				fail_msg("%s has no number that ends with %s", cells[i].cell, cells[i].last[k]);
			}
		}
	}
}

/* What stands across two numbers, in an extension, or in the middle is nobody's proof. */
static void other_digits_are_not(void **state) {
	static const char *const wrong[][2] = {
		{"067 123 45 67, 050 765 43 21", "6705"},
		{"(044) 123-45-67 дод. 12", "6712"},
		{"(044) 123-45-67 дод. 1212", "1212"},
		{"067 123 45 67", "1234"},
		{"067 123 45 67", ""},
		{"067 123 45 67", "67"},
		{"067 123 45 67", "71234567"},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		if (phone_has_last(wrong[i][0], wrong[i][1])) {
			fail_msg("%s has a number that ends with %s", wrong[i][0], wrong[i][1]);
		}
	}
}

static void what_is_no_number(void **state) {
	static const char *const none[] = {"", "немає", "—", "12-34", "123 456", "дод. 1234", "3.80671E+11", "12, 34, 56, 78"};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(none); i++) {
		assert_false(phone_has_number(none[i]));
		assert_false(phone_has_last(none[i], "1234"));
		assert_false(phone_has_last(none[i], ""));
	}
}

static void phones_are_compared_by_digits(void **state) {
	(void)state;
	static const char *const same[] = {"+38 (050) 123-45-67", "050 123 45 67", "80501234567", "501234567", "00380501234567"};
	char digits[PHONE_DIGITS_MAX];
	for (size_t i = 0; i < COUNT_OF(same); i++) {
		phone_digits(same[i], digits);
		assert_string_equal(digits, "380501234567");
	}
	static const char *const several[] = {"050 123 45 67, 067 765 43 21", "+380501234567/+380677654321", "050-123-45-67 (Viber)",
					      "050 123 45 67 067 765 43 21",  "+380501234567 +380677654321", "380501234567 380677654321",
					      "(050) 123-45-67 дод. 12",      "80501234567 80677654321",     "050 123 45 67; 2-34-56",
					      "00380501234567 00380677654321"};
	for (size_t i = 0; i < COUNT_OF(several); i++) {
		phone_digits(several[i], digits);
		assert_string_equal(digits, "380501234567");
	}
	phone_digits("1234", digits);
	assert_string_equal(digits, "");
	phone_digits("12345678901234567890123456789012345678901234567890", digits);
	assert_true(strlen(digits) < PHONE_DIGITS_MAX);
}

static void all_numbers_of_a_cell(void **state) {
	char all[PHONE_NUMBERS_MAX][PHONE_DIGITS_MAX];
	(void)state;
	assert_int_equal(phone_numbers("12, моб. 067 123 45 67 (Олена), +38 (050) 765-43-21 дод. 5", all), 2);
	assert_string_equal(all[0], "380671234567");
	assert_string_equal(all[1], "380507654321");
	assert_int_equal(phone_numbers("немає, 12-34", all), 0);
	assert_int_equal(phone_numbers("1234567;2234567;3234567;4234567;5234567", all), PHONE_NUMBERS_MAX);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_last_digits_of_each_number),
		cmocka_unit_test(other_digits_are_not),
		cmocka_unit_test(what_is_no_number),
		cmocka_unit_test(phones_are_compared_by_digits),
		cmocka_unit_test(all_numbers_of_a_cell),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
