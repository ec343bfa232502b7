/* Which language a text names, as people and programs write it. */
#include "import/language_text.h"

#include "base/alloc.h"
#include "lib/testing.h"

static void expect(const char *text, enum language_said said, const char *code) {
	char got[LANGUAGE_CODE_MAX];
	enum language_said answer = language_read(text, got);
	if (answer != said || strcmp(got, code) != 0) {
		fail_msg("\"%s\" gives \"%s\" and %d", text, got, (int)answer);
	}
}

static void one_language(void **state) {
	(void)state;
	static const char *const uk[] = {"uk",
					 "UK",
					 "ua",
					 "УКР.",
					 "українська",
					 "Українська мова",
					 "українською",
					 "Ukrainian (native)",
					 "по-українськи",
					 "украинский",
					 "ukr",
					 "uk_UA.UTF-8",
					 "uk-UA"};
	for (size_t i = 0; i < COUNT_OF(uk); i++) {
		expect(uk[i], LANGUAGE_ONE, "uk");
	}
	expect("англійська", LANGUAGE_ONE, "en");
	expect("en-GB", LANGUAGE_ONE, "en");
	expect("pt-br", LANGUAGE_ONE, "pt");
	expect("de-informal", LANGUAGE_ONE, "de");
	expect("Français", LANGUAGE_ONE, "fr");
	expect("zu", LANGUAGE_ONE, "zu");
	expect("кримськотатарська", LANGUAGE_ONE, "crh");
	expect("жестова мова", LANGUAGE_ONE, "sgn");
}

static void several_languages(void **state) {
	(void)state;
	expect("українська, англійська", LANGUAGE_MORE, "uk");
	expect("укр/англ", LANGUAGE_MORE, "uk");
	expect("EN-UK", LANGUAGE_MORE, "en");
	expect("English and Polish", LANGUAGE_MORE, "en");
	expect("uk, uk", LANGUAGE_ONE, "uk");
}

static void no_language(void **state) {
	(void)state;
	static const char *const none[] = {"",
					   "-",
					   "xx",
					   "klingon",
					   "клінгонська",
					   "мова",
					   "see my note",
					   "українська, якщо можна",
					   "42",
					   "uk1",
					   "uk uk uk uk uk uk uk uk uk uk uk uk uk uk"};
	for (size_t i = 0; i < COUNT_OF(none); i++) {
		expect(none[i], LANGUAGE_NONE, "");
	}
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(one_language), cmocka_unit_test(several_languages),
					   cmocka_unit_test(no_language)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
