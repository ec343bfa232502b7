/* Letters that look like those of another alphabet. */
#include "event/script.h"

#include "lib/testing.h"

#include "base/alloc.h"
#include "base/str.h"

static void the_alphabet_that_was_meant(void **state) {
	(void)state;
	static const struct {
		const char *name, *is;
		bool cyrillic;
	} cases[] = {
		{"Iрина Пpoба", "ірина проба", true}, /* Latin I, p, o */
		{"Oлeнa", "олена", true},
		{"Oлeнa Xapa", "олена хара", true},    /* the second could be either: as the whole name */
		{"Xapa", "xapa", false},               /* by itself it is what it is */
		{"Хара", "хара", false},               /* and does not say what the name is written in */
		{"Аnna Sаmple", "anna sample", false}, /* Cyrillic А, а */
		{"Anna Sample", "anna sample", false},
		{"Олена Smith", "олена smith", true}, /* a word of its own alphabet stays */
		{"Їжак Tom", "іжак том", true},
		{"Тарас  ШЕВЧЕНКО", "тарас шевченко", true},
		{"ЖZ", "жz", true}, /* of both, and neither can be the other */
		{"Σωκράτης", "σωκρατησ", false},
		{"123", "123", false},
		{"—", "", false},
		{"", "", false},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		bool cyrillic = !cases[i].cyrillic;
		char *text = name_in_one_script(cases[i].name, &cyrillic), *same = name_in_one_script(cases[i].name, NULL);
		if (!str_eq(text, cases[i].is) || cyrillic != cases[i].cyrillic) {
			fail_msg("%s: %s, Cyrillic %d", cases[i].name, text, cyrillic);
		}
		assert_string_equal(text, same);
		free(text);
		free(same);
	}
}

static void what_could_be_the_other(void **state) {
	(void)state;
	static const struct {
		const char *name, *is;
	} cases[] = {
		{"Capa", "сара"}, /* Latin letters only, each of which looks like a Cyrillic one */
		{"Сара", "capa"},
		{"MAPTA", "марта"},
		{"Сapa", "capa"}, /* a mixture is Cyrillic at first */
		{"Tapac Xapa", "тарас хара"},
		{"Sara", NULL},
		{"Іван", "ibah"},
		{"Юлія", NULL},
		{"Capa Smith", NULL},
		{"Σωκράτης", NULL},
		{"123", NULL},
		{"", NULL},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		char *text = name_in_other_script(cases[i].name);
		if (!str_eq(text, cases[i].is)) {
			fail_msg("%s: %s", cases[i].name, text == NULL ? "none" : text);
		}
		free(text);
	}
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_alphabet_that_was_meant),
		cmocka_unit_test(what_could_be_the_other),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
