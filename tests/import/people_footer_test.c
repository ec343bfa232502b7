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

static void lines_that_stand_alone(void **state) {
	(void)state;
	static const char *const texts[] = {"26 people",
					    "26 осіб",
					    "1 особа",
					    "26 учасників зареєстровано",
					    "26 человек в списке",
					    "Учасників: 26",
					    "Guests: 26",
					    "Кількість: 26",
					    "Page 1 of 2",
					    "page 3",
					    "Стор. 1",
					    "Стор. 1 з 2",
					    "СТОРІНКА 2",
					    "стр. 1/2",
					    "Страница 1 из 2",
					    "1 of 2",
					    "2 із 3",
					    "М.П.",
					    "м. п.",
					    "* VIP",
					    "** спікери",
					    "* — з дітьми",
					    "*: speaker",
					    "Organiser: Ann Example",
					    "Організатор: ГО «Приклад»",
					    "Контакти: 067",
					    "Printed on 12.05.2026",
					    "Роздруковано: вчора",
					    "Кінець списку"};
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		if (!people_footer_line(texts[i])) {
			fail_msg("\"%s\" is taken for somebody", texts[i]);
		}
	}
}

static void names_that_look_like_lines(void **state) {
	(void)state;
	static const char *const texts[] = {"",
					    "Page Turner",
					    "Page",
					    "Page 1 Turner",
					    "Стор Олена",
					    "Стор",
					    "Лист Франц",
					    "Guest 26",
					    "Гість 26",
					    "Person 1",
					    "Учасник: 26",
					    "26",
					    "26 бакинських комісарів",
					    "26 гостей Олени",
					    "М П",
					    "М.П. Приклад",
					    "* Зразок Тарас",
					    "* Олена",
					    "*Vip Ann",
					    "VIP",
					    "Organiser Ann",
					    "Контакт Олена",
					    "Printed Ann",
					    "Спікер: Олена Приклад",
					    "Of Ann",
					    "З Олена 2",
					    "1 2 3 4 5 6 7 8 9 10 11"};
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		if (people_footer_line(texts[i])) {
			fail_msg("\"%s\" is taken for a footer", texts[i]);
		}
	}
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(sums_and_signatures), cmocka_unit_test(names_that_look_alike),
					   cmocka_unit_test(lines_that_stand_alone), cmocka_unit_test(names_that_look_like_lines)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
