/* One value of a person: what is understood of what people write. */
#include "import/person_value.h"

#include "base/alloc.h"
#include "base/str.h"
#include "lib/testing.h"

static void expect(enum person_field field, const char *value, enum fault_kind kind, const char *wanted) {
	struct person p = {0};
	enum fault_kind got = person_value_set(&p, field, value);
	if (got != kind || !str_eq(person_text(&p, field), wanted)) {
		fail_msg("\"%s\" gives \"%s\" and fault %d", value, person_text(&p, field), (int)got);
	}
	person_fini(&p);
}

static void an_address_is_found_in_its_cell(void **state) {
	(void)state;
	static const char *const cells[] = {
		"ann@example.org",   "Ann@Example.ORG",         "Ann <ann@example.org>", "Ann Probe ann@example.org",
		"ann@example.org.",  "mailto:ann@example.org",  "<ann@example.org>;",    "\"ann@example.org\"",
		"ann @ example.org", "e-mail: ann@example.org", "(ann@example.org)",     "ann@example.org ann@example.org",
	};
	for (size_t i = 0; i < COUNT_OF(cells); i++) {
		expect(PERSON_EMAIL, cells[i], FAULT_NONE, "ann@example.org");
	}
	expect(PERSON_EMAIL, "ann@localhost", FAULT_NONE, "ann@localhost");
	expect(PERSON_EMAIL, "ann@example.org, bob@example.org", FAULT_EMAIL_MORE, "ann@example.org");
	expect(PERSON_EMAIL, "ann@example.org / bob@example.org", FAULT_EMAIL_MORE, "ann@example.org");
}

static void what_is_no_address_is_none(void **state) {
	(void)state;
	static const char *const cells[] = {"ann", "@ann", "ann@", "ann@@example.org", "див. примітку", "ann@example,org", "@", "a@b@c"};
	for (size_t i = 0; i < COUNT_OF(cells); i++) {
		expect(PERSON_EMAIL, cells[i], FAULT_NO_EMAIL, "");
	}
}

static void years_of_birth(void **state) {
	(void)state;
	static const char *const of_1984[] = {"1984",    "12.05.1984", "1984-05-12", "1.1.84",  "01/12/84",    "1984 р.н.",
					      "31-1-84", "1. 1. 84",   "30682",      "1.1.84 ", "1 січня 1984"};
	for (size_t i = 0; i < COUNT_OF(of_1984); i++) {
		expect(PERSON_BIRTH_YEAR, of_1984[i], FAULT_NONE, "1984");
	}
	expect(PERSON_BIRTH_YEAR, "1.1.07", FAULT_NONE, "2007");
	static const char *const none[] = {"багато", "вік", "42", "9999", "84", "1.1", "32.1.84", "1.1.1884", "99999", "1.1.84.5", "0"};
	for (size_t i = 0; i < COUNT_OF(none); i++) {
		expect(PERSON_BIRTH_YEAR, none[i], FAULT_NO_YEAR, "");
	}
}

static void phones(void **state) {
	(void)state;
	static const char *const good[] = {"+380 67 123-45-67", "112", "вн. 5", "067 123 45 67 (Viber)", "0671234567, 050 111 22 33"};
	static const char *const bad[] = {"abc", "@olena", "є", "3,80671E+11", "3.8E+11", "4E+10"};
	for (size_t i = 0; i < COUNT_OF(good); i++) {
		expect(PERSON_PHONE, good[i], FAULT_NONE, good[i]);
	}
	expect(PERSON_PHONE, "067 123 45 67.", FAULT_NONE, "067 123 45 67");
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		expect(PERSON_PHONE, bad[i], FAULT_NO_PHONE, "");
	}
}

static void sexes_and_languages(void **state) {
	(void)state;
	expect(PERSON_SEX, "Ж", FAULT_NONE, "f");
	expect(PERSON_SEX, "чоловік", FAULT_NONE, "m");
	expect(PERSON_SEX, "Male", FAULT_NONE, "m");
	expect(PERSON_SEX, "Non-binary", FAULT_NONE, "Non-binary");
	expect(PERSON_SEX, "інше", FAULT_NONE, "інше");
	expect(PERSON_SEX, "xx", FAULT_NO_SEX, "");
	expect(PERSON_SEX, "так", FAULT_NO_SEX, "");
	expect(PERSON_LANGUAGE, "Українська", FAULT_NONE, "uk");
	expect(PERSON_LANGUAGE, "клінгонська", FAULT_NO_LANGUAGE, "");
	expect(PERSON_LANGUAGE, "укр, англ", FAULT_LANGUAGE_MORE, "uk");
}

static void consents(void **state) {
	(void)state;
	expect(PERSON_PHOTO_CONSENT, "так", FAULT_NONE, "yes");
	expect(PERSON_PHOTO_CONSENT, "Згодна", FAULT_NONE, "yes");
	expect(PERSON_PHOTO_CONSENT, "нет", FAULT_NONE, "no");
	expect(PERSON_PHOTO_CONSENT, "лише групові", FAULT_NONE, "лише групові");
}

static void a_registration_has_its_word(void **state) {
	(void)state;
	expect(PERSON_REGISTRATION, "cancelled", FAULT_NONE, "cancelled");
	expect(PERSON_REGISTRATION, "Скасовано", FAULT_NONE, "cancelled");
	expect(PERSON_REGISTRATION, "Attending", FAULT_NONE, "confirmed");
	expect(PERSON_REGISTRATION, "ще думає", FAULT_NONE, "ще думає");
}

static void what_stands_for_nothing(void **state) {
	(void)state;
	static const char *const nothing[] = {"",    "-",   "–",   "—",    "...",      "…",          "?",   "немає", "НЕМАЄ.",
					      "Нет", "n/a", "N/A", "none", "відсутня", "не вказано", "н/д", "Н/Д",   "уточнюється"};
	static const char *const something[] = {"0",     "Ні",      "немає часу", "Nona",      "501112233",
						"a@b.c", "Нетішин", "Українська", "Об'єднання"};
	for (size_t i = 0; i < COUNT_OF(nothing); i++) {
		assert_true(person_value_is_nothing(PERSON_ORGANISATION, nothing[i]));
	}
	for (size_t i = 0; i < COUNT_OF(something); i++) {
		if (person_value_is_nothing(PERSON_ORGANISATION, something[i])) {
			fail_msg("\"%s\" counts as nothing", something[i]);
		}
	}
	static const struct {
		enum person_field field;
		const char *value;
	} polite[] = {{PERSON_PHONE, "немає телефону"}, {PERSON_EMAIL, "без пошти"},     {PERSON_BIRTH_YEAR, "не пам’ятаю"},
		      {PERSON_SEX, "не вказувати"},     {PERSON_LANGUAGE, "не знаю"},    {PERSON_PHONE, "no phone"},
		      {PERSON_EMAIL, "Нет почты"},      {PERSON_BIRTH_YEAR, "невідомо"}, {PERSON_SEX, "prefer not to say"}};
	for (size_t i = 0; i < COUNT_OF(polite); i++) {
		if (!person_value_is_nothing(polite[i].field, polite[i].value)) {
			fail_msg("\"%s\" counts as something", polite[i].value);
		}
	}
	assert_false(person_value_is_nothing(PERSON_NOTE, "не їсть мʼяса"));
	assert_true(person_value_is_nothing(PERSON_NAME, "-"));
	assert_true(person_value_is_nothing(PERSON_NAME, "40")); /* a sum, and nobody's name */
	assert_true(person_value_is_nothing(PERSON_NAME, "N/A"));
	assert_false(person_value_is_nothing(PERSON_NAME, "Null")); /* people are called so */
	assert_false(person_value_is_nothing(PERSON_NAME, "None"));
	assert_false(person_value_is_nothing(PERSON_PHOTO_CONSENT, "нет")); /* an answer */
	assert_false(person_value_is_nothing(PERSON_REGISTRATION, "-"));
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_address_is_found_in_its_cell),
		cmocka_unit_test(what_is_no_address_is_none),
		cmocka_unit_test(years_of_birth),
		cmocka_unit_test(phones),
		cmocka_unit_test(sexes_and_languages),
		cmocka_unit_test(consents),
		cmocka_unit_test(a_registration_has_its_word),
		cmocka_unit_test(what_stands_for_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
