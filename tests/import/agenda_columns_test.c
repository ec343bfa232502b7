#include "import/agenda_columns.h"

#include "agenda_texts.h"

static void headers_of_many_kinds(void **state) {
	static const char *const tables[] = {
		"Назва доповіді / сесії;Дата;Час (початок – кінець);Зала [Room]\nТема;14.05.2026;10:30-11:15;Велика\n",
		"Name of session | Title;Scheduled At;Scheduled Duration;Room name\nТема;2026-05-14 10:30;45;Велика\n",
		"Модуль;Дата сесії;Починається;Закінчується;Де\nТема;14.05.2026;10:30;11:15;Велика\n",
		"Тема або назва;Дата мероприятия;С;По;Площадка\nТема;14.05.2026;10:30;11:15;Велика\n",
		"Activity or session;Session date;Begins at;Ends on;Where\nТема;2026-05-14;10:30;11:15;Велика\n",
	};
	for (size_t i = 0; i < COUNT_OF(tables); i++) {
		expect_reported(state, tables[i], "2026-05-14T10:30+03:00..11:15 Велика|Тема|тема\n", "");
	}
}

/* Where there is a title, modules are tracks; seats by any name. */
static void modules_and_seats(void **state) {
	static const char *const seats[] = {"К-сть місць",     "Кіл-ть місць",  "Кол-во мест",
					    "Ліміт учасників", "Max attendees", "Місць / seats"};
	for (size_t i = 0; i < COUNT_OF(seats); i++) {
		struct agenda a = {0};
		struct err err = {0};
		char *text = xasprintf("Модуль;Назва;Дата;Час;%s\nПерший;Тема;14.05.2026;10:30;25\n", seats[i]);
		assert_ok(read_bytes(*state, text, strlen(text), &a, &err));
		assert_string_equal(session_text(&a.items[0], SESSION_TRACK), "Перший");
		assert_int_equal(a.items[0].when.capacity, 25);
		agenda_fini(&a);
		free(text);
	}
}

static void what_means_nothing_is_listed(void **state) {
	expect_reported(state, "Title,Start,Catering,Notes\nA,2026-05-14 10:00,tea,x\n", "2026-05-14T10:00+03:00..10:30 |A|a\n",
			"unused: \"Catering\", \"Notes\"\n");
	const struct column_map maps[] = {{"kind", "Catering"}, {"end_date", "Notes"}};
	struct agenda_options opt = {.maps = maps, .map_count = COUNT_OF(maps)};
	expect_reported_with(state, "Title,Start,Catering,Notes\nA,2026-05-14 10:00,tea,2026-05-14\n", &opt,
			     (const char *const[2]){"2026-05-14T10:00+03:00..10:30 |A|a\n", ""});
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(headers_of_many_kinds),
		cmocka_unit_test(modules_and_seats),
		cmocka_unit_test(what_means_nothing_is_listed),
	};
	return cmocka_run_group_tests(tests, scratch_open, scratch_close);
}
