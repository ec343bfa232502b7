#include "event/written_word.h"

#include <stdlib.h>

#include "lib/testing.h"

static void words_as_they_are_written(void **state) {
	(void)state;
	static const struct {
		const char *text, *folded, *written;
	} cases[] = {
		{"Олена Приклад", "олена", "Олена"},
		{"Юлія Згурська-Ґанкова", "ганкова", "Ґанкова"},
		{"  Любов  Лук’яненко, 2-га", "лукяненко", "Лук’яненко"},
		{"Лук'яненко", "лукяненко", "Лук'яненко"},
		{"Йосип Їжакевич", "іжакевич", "Їжакевич"},
		{"ʼ Zoë Müller", "zoe", "Zoë"},
		{"Ірина I. Cкоропадська", "скоропадська", "Cкоропадська"}, /* a Latin C */
		{"Straße ½ Quartz", "quartz", "Quartz"},                   /* one sign that is several words when folded … */
		{"İlker ﷺ Whisky", "whisky", "Whisky"},                    /* … and another */
		{"Олена Приклад", "прикла", NULL},
		{"", "олена", NULL},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char *written = written_word(cases[i].text, cases[i].folded);
		if (cases[i].written == NULL) {
			assert_null(written);
		} else {
			assert_non_null(written);
			assert_string_equal(written, cases[i].written);
		}
		free(written);
	}
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(words_as_they_are_written)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
