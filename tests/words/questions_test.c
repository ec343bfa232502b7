/* Choices that are ours have words in all languages; an organiser's are the organiser's. */
#include "words/questions.h"

#include "lib/testing.h"
#include "lib/words_built.h"

#include "event/form.h"

static void choices_have_words(void **state) {
	(void)state;
	struct words *w = words_built();
	struct form form = {0};
	struct err err = {0};
	char *choices[FORM_CHOICES_MAX];
	assert_true(form_add(&form, "sex", json_parse("{}", 2, &err)));
	size_t n = form_choices(&form.items[0], NULL, choices);
	assert_int_equal(n, 4);
	for (size_t i = 0; i < n; i++) {
		for (int language = 0; language < (int)words_count(w); language++) {
			const struct tongue tongue = {w, language};
			const char *words = words_choice(&tongue, "sex", choices[i]);
			assert_non_null(words);
			assert_string_not_equal(words, choices[i]);
		}
		free(choices[i]);
	}
	const struct tongue uk = {w, words_language(w, "uk")};
	assert_string_equal(words_choice(&uk, "sex", "f"), "Жіноча");
	assert_null(words_choice(&uk, "sex", "жінка"));
	assert_null(words_choice(&uk, "custom:Food", "f"));
	form_fini(&form);
	words_close(w);
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(choices_have_words)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
