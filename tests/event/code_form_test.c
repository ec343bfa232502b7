/* One form for what readers make of one code. */
#include "event/code_form.h"

#include "lib/testing.h"

#include "base/alloc.h"
#include "base/str.h"

static void ways_of_readers(void **state) {
	(void)state;
	static const struct {
		const char *code, *form;
	} known[] = {
		{"K-12", "K-12"},
		{"K\xE2\x80\x93"
		 "12",
		 "K-12"}, /* an en dash */
		{"K\xE2\x88\x92"
		 "12",
		 "K-12"}, /* a minus */
		{"]C1K-12", "K-12"},
		{"]C1", "]C1"},
		{"KYIV/A12", "KYIV!12"},
		{"KYIV!12", "KYIV!12"},
		{"*KYIV-12*", "KYIV-12"},
		{"+K+Y+I+V", "kyiv"},
		{"AB%FC", "AB;C"},
		{"A/12", "A/12"},
		{"50%", "50%"},
		{"ab/Ac", "ab/Ac"}, /* no Code 39 */
		{"(01)04601234567893(21)ABC", "010460123456789321ABC"},
		{"010460123456789321ABC\x1D"
		 "10LOT",
		 "010460123456789321ABC10LOT"},
		{"(01)04601234567893(21)ABC(10)LOT", "010460123456789321ABC10LOT"},
		{"]d2010460123456789321ABC%10LOT", "010460123456789321ABC10LOT"},
		{"010460123456789321ABC 10LOT", "010460123456789321ABC10LOT"}, /* its separator in a table's cell */
		{"(1)x", "(1)x"},
		{"AB  12", "AB 12"},
		{"AB 12", "AB 12"},
		{" AB\t12\r\n", "AB 12"},
		{"AB\xC2\xA0"
		 "12",
		 "AB 12"},
		{"\xD0\x98\xCC\x86-1", "\xD0\x99-1"}, /* й in two parts and in one */
		{"0036000291452", "036000291452"},    /* a UPC-A as EAN-13 */
		{"4601234567893", "4601234567893"},
		{"00007", "00007"},
		{"", ""},
	};
	for (size_t i = 0; i < COUNT_OF(known); i++) {
		char form[BADGE_CODE_MAX + 1], again[BADGE_CODE_MAX + 1];
		assert_int_equal(code_form(known[i].code, form), !str_eq(known[i].code, known[i].form));
		assert_string_equal(form, known[i].form);
		code_form(form, again); /* it is a form */
		assert_string_equal(again, form);
	}
}

static void long_ones(void **state) {
	(void)state;
	char code[2 * BADGE_CODE_MAX], form[BADGE_CODE_MAX + 1];
	memset(code, '-', sizeof code);
	code[sizeof code - 1] = '\0';
	assert_false(code_form(code, form));
	code[BADGE_CODE_MAX] = '\0';
	assert_false(code_form(code, form));
	assert_int_equal(strlen(form), BADGE_CODE_MAX);
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(ways_of_readers), cmocka_unit_test(long_ones)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
