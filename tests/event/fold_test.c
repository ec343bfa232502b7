#include "event/fold.h"

#include "base/alloc.h"
#include "lib/testing.h"

static void same(const char *a, const char *b) {
	char *x = fold_text(a), *y = fold_text(b);
	assert_string_equal(x, y);
	free(x);
	free(y);
}

static void apart(const char *a, const char *b) {
	char *x = fold_text(a), *y = fold_text(b);
	assert_string_not_equal(x, y);
	free(x);
	free(y);
}

static void spellings_of_one_name(void **state) {
	(void)state;
	same("М'ята", "М’ята");
	same("Мʼята", "Мята");
	same("ҐАНКОВА Олена", "ганкова  олена");
	same("Їжакевич", "іжакевич");
	same("Пётр", "ПЕТР");
	same("Йосип", "иосип");
	same("Müller-Lüdenscheidt", "muller ludenscheidt");
	same("Σίσυφος", "σισυφοσ");
	same("Łukasz Żółć", "lukasz zolc");
	same("Đorđe Ærø Þór", "dorde aero thor");
	same(" Анна\u00a0Марія ", "Анна-Марія");
	same("Мельни\u00adченко", "Мельниченко"); /* a soft hyphen */
}

/* Whatever keyboards and programs have for it: it is no part of the name, and no gap in it. */
static void apostrophes(void **state) {
	(void)state;
	static const char *const marks[] = {"'", "’", "ʼ", "‘", "`", "´", "＇", "\u00ad"};
	for (size_t i = 0; i < COUNT_OF(marks); i++) {
		char *name = xasprintf("Лук%sяненко Дем%sян", marks[i], marks[i]),
		     *doubled = xasprintf("%sО%s%sНіл%s", marks[i], marks[i], marks[i], marks[i]);
		same(name, "лукяненко демян");
		same(doubled, "оніл");
		free(name);
		free(doubled);
	}
	same("О' Ніл", "О Ніл"); /* a gap beside it stays one */
	same("’ʼ", "");
}

/* A sign by itself, where U+00B4 once made a gap; an accent over a letter is none. */
static void accents_are_no_apostrophes(void **state) {
	(void)state;
	same("e\u0301t\u00e9", "ete");
	same("В´юн", "вюн");
	apart("В¨юн", "вюн"); /* taken apart into a space and a mark */
}

static void different_names(void **state) {
	(void)state;
	apart("Олена", "Оксана");
	apart("Анна Марія", "Аннамарія");
	apart("", "a");
}

static void words_in_any_order(void **state) {
	(void)state;
	static const struct {
		const char *text, *folded;
	} cases[] = {{"Приклад Олена", "олена приклад"}, {"Олена ПРИКЛАД", "олена приклад"}, {" b  a-B ", "a b b"}, {"", ""}, {"—", ""}};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		char *folded = fold_words(cases[i].text);
		assert_string_equal(folded, cases[i].folded);
		free(folded);
	}
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(spellings_of_one_name), cmocka_unit_test(apostrophes),
					   cmocka_unit_test(accents_are_no_apostrophes), cmocka_unit_test(different_names),
					   cmocka_unit_test(words_in_any_order)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
