/* What is typed into the form, and which of it is an answer. */
#include "kiosk/screens/walkin_answer.h"

#include "lib/testing.h"

#include <string.h>

#include "base/alloc.h"

#define LAST 2026

static enum walkin_fault read(const char *key, const char *set, const char *typed, char out[FIELD_BYTES_MAX]) {
	struct form form = {0};
	struct err err = {0};
	assert_true(form_add(&form, key, json_parse(set, strlen(set), &err)));
	enum walkin_fault fault = walkin_answer_read(&form.items[0], typed, LAST, out);
	form_fini(&form);
	return fault;
}

static void years_of_birth(void **state) {
	(void)state;
	static const struct {
		const char *typed, *kept;
		enum walkin_fault fault;
	} cases[] = {
		{"1984", "1984", WALKIN_GOOD},
		{" 1984 ", "1984", WALKIN_GOOD},
		{"12.05.2012", "2012", WALKIN_GOOD},
		{"2012-05-12", "2012", WALKIN_GOOD},
		{"1.1.84", "1984", WALKIN_GOOD},
		{"1900", "1900", WALKIN_GOOD},
		{"2026", "2026", WALKIN_GOOD},
		{"1850", "", WALKIN_YEAR_FAR},
		{"12.05.1850", "", WALKIN_YEAR_FAR},
		{"2027", "", WALKIN_YEAR_FAR},
		{"76", "", WALKIN_NO_YEAR},
		{"30682", "", WALKIN_NO_YEAR}, /* a spreadsheet's date in a list; here a slip */
		{"12052012", "", WALKIN_NO_YEAR},
		{"немає", "", WALKIN_NO_YEAR},
		{"", "", WALKIN_GOOD},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		char out[FIELD_BYTES_MAX];
		enum walkin_fault fault = read("birth_year", "{}", cases[i].typed, out);
		if (fault != cases[i].fault || (fault == WALKIN_GOOD && strcmp(out, cases[i].kept) != 0)) {
			fail_msg("\"%s\": %d, \"%s\"", cases[i].typed, (int)fault, out);
		}
	}
}

static void names_have_letters(void **state) {
	(void)state;
	static const char *const none[] = {"-", "...", "123", "№ 5", "🙂", "'"};
	static const char *const names[] = {"Ї", "Ó", "李", "محمد", "Олена-2", "शर्मा"};
	static const char *const keys[] = {"name", "name_latin", "name_certificate"};
	char out[FIELD_BYTES_MAX];
	for (size_t k = 0; k < COUNT_OF(keys); k++) {
		for (size_t i = 0; i < COUNT_OF(none); i++) {
			assert_int_equal(read(keys[k], "{}", none[i], out), WALKIN_NO_LETTER);
		}
		for (size_t i = 0; i < COUNT_OF(names); i++) {
			assert_int_equal(read(keys[k], "{}", names[i], out), WALKIN_GOOD);
			assert_string_equal(out, names[i]);
		}
	}
	assert_int_equal(read("custom:Car", "{}", "123", out), WALKIN_GOOD); /* what is no name may be a number */
}

static void other_answers(void **state) {
	(void)state;
	char out[FIELD_BYTES_MAX];
	assert_int_equal(read("name", "{}", "  ", out), WALKIN_NOTHING);
	assert_int_equal(read("email", "{\"required\":\"yes\"}", "", out), WALKIN_NOTHING);
	assert_int_equal(read("email", "{}", "", out), WALKIN_GOOD);
	assert_int_equal(read("email", "{}", "ada", out), WALKIN_NO_EMAIL);
	assert_int_equal(read("email", "{}", "Ada@Example.org", out), WALKIN_GOOD);
	assert_string_equal(out, "ada@example.org");
	assert_int_equal(read("phone", "{}", "12", out), WALKIN_NO_PHONE);
	assert_int_equal(read("phone", "{}", "none", out), WALKIN_NO_PHONE);
	assert_int_equal(read("phone", "{}", " 067 123 45 67 ", out), WALKIN_GOOD);
	assert_string_equal(out, "067 123 45 67");
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(years_of_birth),
		cmocka_unit_test(names_have_letters),
		cmocka_unit_test(other_answers),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
