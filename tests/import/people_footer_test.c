/* What lines below a list begin with, and whose names look alike. */
#include "import/people_footer.h"

#include "base/alloc.h"
#include "lib/testing.h"

static void sums_and_signatures(void **state) {
	(void)state;
	static const char *const texts[] = {"Всього:",         "РАЗОМ",          "Разом 40 осіб",       "Итого: 3",
					    "Total",           "Grand total 12", "Список склала Ганна", "Склала: Ганна",
					    "Підпис ________", "Дата: 1.5.",     "Prepared by Ann",     "Утверждаю"};
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		if (!people_footer_text(texts[i])) {
			fail_msg("\"%s\" is taken for somebody", texts[i]);
		}
	}
}

static void names_that_look_alike(void **state) {
	(void)state;
	static const char *const texts[] = {"",          "Разомчук Ольга", "Разом Ольга", "Дата Туташхіа", "Склава Ганна",
					    "Total Ann", "Тотал Ганна",    "Note Ann"};
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		if (people_footer_text(texts[i])) {
			fail_msg("\"%s\" is taken for a footer", texts[i]);
		}
	}
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(sums_and_signatures), cmocka_unit_test(names_that_look_alike)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
