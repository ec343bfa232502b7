/* What an import did, in words: numbers with their forms, and the English that scripts know. */
#include "import/import_say.h"

#include <stdio.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "lib/testing.h"
#include "lib/words_built.h"

static void says(const struct strbuf *text, const char *wanted) { assert_string_equal(strbuf_str(text), wanted); }

static void people_in_english(void **state) {
	(void)state;
	struct people_applied done = {.rows = 60, .added = 1, .changed = 2, .unchanged = 3};
	struct strbuf text = {0};
	import_say_people(&done, false, NULL, &text);
	says(&text, "60 rows: 1 person added, 2 changed, 3 unchanged");
	strbuf_reset(&text);
	done = (struct people_applied){.rows = 1, .repeated = 1, .bad = 2};
	import_say_people(&done, true, NULL, &text);
	says(&text, "dry run, nothing was written: 1 row: 0 people would be added, 0 would be changed, 0 unchanged, 1 repeated row, 2 bad "
		    "rows would be left out");
	strbuf_fini(&text);
}

static void agendas_in_english(void **state) {
	(void)state;
	struct agenda_applied done = {.sessions = 12, .added = 12, .titled = true};
	struct strbuf text = {0};
	import_say_agenda(&done, false, NULL, &text);
	says(&text, "12 sessions: 12 added, 0 changed, 0 unchanged, 0 cancelled; the event took its title");
	strbuf_reset(&text);
	import_say_passed_over(0, NULL, &text);
	says(&text, "");
	import_say_passed_over(1, NULL, &text);
	says(&text, "1 entry for whole days passed over");
	strbuf_fini(&text);
}

static void numbers_have_their_forms(void **state) {
	(void)state;
	static const struct {
		size_t n;
		const char *uk, *ru;
	} rows[] = {
		{1, "1 рядок: додано 1 людину, змінено 0, без змін 0", "1 строка: добавлен 1 человек, изменено 0, без изменений 0"},
		{2, "2 рядки: додано 2 людини, змінено 0, без змін 0", "2 строки: добавлено 2 человека, изменено 0, без изменений 0"},
		{5, "5 рядків: додано 5 людей, змінено 0, без змін 0", "5 строк: добавлено 5 человек, изменено 0, без изменений 0"},
		{21, "21 рядок: додано 21 людину, змінено 0, без змін 0", "21 строка: добавлен 21 человек, изменено 0, без изменений 0"},
	};
	struct words *words = words_built();
	struct tongue uk = {words, words_language(words, "uk")}, ru = {words, words_language(words, "ru")};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct people_applied done = {.rows = rows[i].n, .added = rows[i].n};
		struct strbuf text = {0};
		import_say_people(&done, false, &uk, &text);
		says(&text, rows[i].uk);
		strbuf_reset(&text);
		import_say_people(&done, false, &ru, &text);
		says(&text, rows[i].ru);
		strbuf_fini(&text);
	}
	words_close(words);
}

/* What a dry run says has not happened. */
static void what_would_be_done(void **state) {
	(void)state;
	static const struct {
		size_t n;
		const char *uk, *ru;
	} rows[] = {
		{1, "буде додано 1 людину, буде змінено 0, без змін 0, буде пропущено 1 рядок із помилкою",
		 "будет добавлен 1 человек, будет изменено 0, без изменений 0, будет пропущена 1 строка с ошибкой"},
		{3, "буде додано 3 людини, буде змінено 0, без змін 0, буде пропущено 3 рядки з помилками",
		 "будет добавлено 3 человека, будет изменено 0, без изменений 0, будут пропущены 3 строки с ошибками"},
		{11, "буде додано 11 людей, буде змінено 0, без змін 0, буде пропущено 11 рядків із помилками",
		 "будет добавлено 11 человек, будет изменено 0, без изменений 0, будет пропущено 11 строк с ошибками"},
	};
	struct words *words = words_built();
	struct tongue uk = {words, words_language(words, "uk")}, ru = {words, words_language(words, "ru")};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct people_applied done = {.added = rows[i].n, .bad = rows[i].n};
		struct strbuf text = {0};
		import_say_people(&done, true, &uk, &text);
		assert_holds(strbuf_str(&text), rows[i].uk);
		strbuf_reset(&text);
		import_say_people(&done, true, &ru, &text);
		assert_holds(strbuf_str(&text), rows[i].ru);
		strbuf_fini(&text);
	}
	words_close(words);
}

/* An import of the same list again adds nobody, and the doubt stays: nothing is said to have been added. */
static void doubts_say_nothing_of_adding(void **state) {
	(void)state;
	struct people_doubts doubts = {.count = 2};
	struct strbuf text = {0};
	import_say_doubts(&doubts, NULL, &text);
	assert_holds(strbuf_str(&text), "2 rows look like people who are there already, and count as others. Import with --same");
	assert_null(strstr(strbuf_str(&text), "added"));
	strbuf_fini(&text);
}

static void who_is_not_let_in(void **state) {
	(void)state;
	struct words *words = words_built();
	struct tongue uk = {words, words_language(words, "uk")};
	struct people_applied done = {
		.registrations = {[REGISTRATION_CONFIRMED] = 9, [REGISTRATION_WAITING] = 1, [REGISTRATION_CANCELLED] = 3}};
	struct strbuf text = {0};
	import_say_refused(&done, NULL, &text);
	says(&text, "4 people are not let in: 3 cancelled, 1 waiting");
	strbuf_reset(&text);
	import_say_refused(&done, &uk, &text);
	says(&text, "4 людей не впустять: скасовано 3, у листі очікування 1");
	strbuf_reset(&text);
	import_say_confirmed(&done, NULL, &text);
	says(&text, "");
	done.confirmed = 1;
	import_say_confirmed(&done, NULL, &text);
	says(&text, "1 person whom somebody confirmed by hand stays confirmed");
	strbuf_reset(&text);
	done = (struct people_applied){.registrations = {[REGISTRATION_CONFIRMED] = 9, [REGISTRATION_UNSAID] = 1}};
	import_say_refused(&done, NULL, &text);
	says(&text, "");
	strbuf_fini(&text);
	words_close(words);
}

static void which_columns_and_sheets_were_not_read(void **state) {
	(void)state;
	char no[] = "№", name[] = "ПІБ", size[] = "Розмір", mobile[] = "Моб.", tel[] = "Тел.", sheet[] = "Київ", alike[] = "Львів",
	     unread[] = "Меню\nГрафік";
	struct people_column columns[] = {{.header = no, .unused = true},
					  {.header = name, .target = "name"},
					  {.header = size},
					  {.header = tel, .target = "phone"},
					  {.header = mobile, .target = "phone", .second = true}};
	struct people people = {.columns = columns,
				.column_count = COUNT_OF(columns),
				.sheet = sheet,
				.sheets = 1,
				.header_line = 2,
				.alike = alike,
				.alike_count = 1,
				.unread = unread};
	struct words *words = words_built();
	struct tongue uk = {words, words_language(words, "uk")};
	struct strbuf text = {0};
	import_say_found(&people, NULL, &text);
	says(&text, "sheet \"Київ\", headers in line 2; \"ПІБ\" is name, \"Тел.\" is phone, \"Моб.\" is phone; "
		    "kept as they are (--map FIELD=HEADER says what one is): \"Розмір\", \"Моб.\"; not used: \"№\"");
	strbuf_reset(&text);
	import_say_sheets(&people, NULL, &text);
	says(&text, "2 sheets look alike; one was read, not \"Львів\": --sheet all takes them together; sheets that were not read: "
		    "\"Меню\", \"Графік\"");
	strbuf_reset(&text);
	import_say_sheets(&people, &uk, &text);
	assert_holds(strbuf_str(&text), "прочитано один, а «Львів» — ні");
	assert_holds(strbuf_str(&text), "не прочитані аркуші: «Меню», «Графік»");
	strbuf_reset(&text);
	columns[0].id = true;
	import_say_found(&people, NULL, &text);
	assert_holds(strbuf_str(&text), "; \"№\" says who a row is, \"ПІБ\" is name");
	assert_null(strstr(strbuf_str(&text), "not used"));
	strbuf_reset(&text);
	people.alike_count = 0;
	people.unread = NULL;
	people.sheets = 3;
	import_say_sheets(&people, NULL, &text);
	says(&text, "");
	import_say_found(&people, NULL, &text);
	assert_holds(strbuf_str(&text), "3 sheets, headers in line 2");
	strbuf_fini(&text);
	words_close(words);
}

static void the_name_of_the_sheet_is_no_column(void **state) {
	(void)state;
	static const char *const said[][2] = {{"en", "\"ПІБ\" is name, the sheet's name is region"},
					      {"uk", "«ПІБ» — це імʼя, назва аркуша — це область"},
					      {"ru", "«ПІБ» — это имя, название листа — это область"}};
	char name[] = "ПІБ", option[] = "--sheet-name-is", sheet[] = "Київ";
	struct people_column columns[] = {{.header = name, .target = "name"}, {.header = option, .target = "region", .sheet = true}};
	struct people people = {.columns = columns, .column_count = COUNT_OF(columns), .sheet = sheet, .sheets = 1, .header_line = 1};
	struct words *words = words_built();
	for (size_t i = 0; i < COUNT_OF(said); i++) {
		struct tongue tongue = {words, words_language(words, said[i][0])};
		struct strbuf text = {0};
		import_say_found(&people, &tongue, &text);
		assert_holds(strbuf_str(&text), said[i][1]);
		assert_null(strstr(strbuf_str(&text), "--sheet"));
		strbuf_fini(&text);
	}
	words_close(words);
}

#define NAMES 12

static void gone_are(size_t total, size_t bad, const char *const wanted[3]) {
	static const char *const languages[] = {"en", "uk", "ru"};
	char names[NAMES][4];
	struct gone_person items[NAMES];
	struct people_applied done = {.bad = bad, .gone = {.items = items, .total = total}};
	struct words *words = words_built();
	for (; done.gone.count < total && done.gone.count < NAMES; done.gone.count++) {
		snprintf(names[done.gone.count], sizeof names[0], "%c", (int)('A' + done.gone.count));
		items[done.gone.count] = (struct gone_person){.name = names[done.gone.count]};
	}
	for (size_t i = 0; i < COUNT_OF(languages); i++) {
		struct tongue tongue = {words, words_language(words, languages[i])};
		struct strbuf text = {0};
		import_say_gone(&done, &tongue, &text);
		if (!str_starts(strbuf_str(&text), wanted[i])) {
			fail_msg("\"%s\" is said, not \"%s\"", strbuf_str(&text), wanted[i]);
		}
		strbuf_fini(&text);
	}
	words_close(words);
}

static void who_is_in_the_list_no_more(void **state) {
	(void)state;
	struct people_applied all = {.rows = 1};
	struct strbuf text = {0};
	import_say_gone(&all, NULL, &text);
	says(&text, "");
	strbuf_fini(&text);
	gone_are(1, 0,
		 (const char *const[]){"1 person of this list is no longer in it: A. An import removes nobody: turnout person",
				       "1 людини з цього списку в ньому більше немає: A. Імпорт нікого не вилучає",
				       "1 человека из этого списка в нём больше нет: A. Импорт никого не удаляет"});
	gone_are(2, 1,
		 (const char *const[]){"2 persons of this list are no longer in it: A and B (perhaps only their row was left out). An",
				       "2 людей з цього списку в ньому більше немає: A і B (або лише їхній рядок пропущено).",
				       "2 человек из этого списка в нём больше нет: A и B (или только их строка пропущена)."});
	gone_are(5, 0,
		 (const char *const[]){"5 persons of this list are no longer in it: A, B, C, D and E.",
				       "5 людей з цього списку в ньому більше немає: A, B, C, D і E.",
				       "5 человек из этого списка в нём больше нет: A, B, C, D и E."});
	gone_are(21, 0,
		 (const char *const[]){"21 persons of this list are no longer in it; the first of them: A, B, C, D, E. An",
				       "21 людини з цього списку в ньому більше немає; перші з них: A, B, C, D, E.",
				       "21 человека из этого списка в нём больше нет; первые из них: A, B, C, D, E."});
}

static void only_what_is_not_described_is_more(void **state) {
	(void)state;
	struct fault_list bad = {.count = 1000, .total = 1203};
	struct strbuf text = {0};
	import_say_more(&bad, NULL, &text);
	says(&text, "and 203 more like these");
	strbuf_reset(&text);
	bad.total = 1000;
	import_say_more(&bad, NULL, &text);
	says(&text, "");
	strbuf_fini(&text);
}

static void sessions_of_other_zones(void **state) {
	(void)state;
	struct words *words = words_built();
	struct tongue uk = {words, words_language(words, "uk")}, ru = {words, words_language(words, "ru")};
	struct session items[6] = {{0}};
	struct agenda agenda = {.items = items, .count = 1};
	struct strbuf text = {0};
	for (size_t i = 0; i < COUNT_OF(items); i++) {
		items[i].when = (struct session_when){
			.start = {INT64_C(1778767200000)}, .offset_min = i == 0 ? 180 : -240, .place_offset_min = 180};
		session_set(&items[i], SESSION_TITLE, i == 1 ? "Floating" : "Інша");
	}
	import_say_zones(&agenda, NULL, &text);
	says(&text, "");
	agenda.count = 2;
	import_say_zones(&agenda, NULL, &text);
	says(&text, "1 session is written in another time zone: 10:00 -04:00 of \"Floating\" is 17:00 here");
	static const struct {
		size_t n;
		const char *uk, *ru;
	} rows[] = {{1, "1 сесію записано", "1 сессия записана"},
		    {2, "2 сесії записано", "2 сессии записаны"},
		    {5, "5 сесій записано", "5 сессий записано"}};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		agenda.count = rows[i].n + 1;
		strbuf_reset(&text);
		import_say_zones(&agenda, &uk, &text);
		assert_holds(strbuf_str(&text), rows[i].uk);
		assert_holds(strbuf_str(&text), "10:00 -04:00 («Floating») — це тут 17:00");
		strbuf_reset(&text);
		import_say_zones(&agenda, &ru, &text);
		assert_holds(strbuf_str(&text), rows[i].ru);
	}
	/* Where the day is another one, too, that is said. */
	agenda.count = 2;
	items[1].when.start.v += INT64_C(10) * 3600000;
	strbuf_reset(&text);
	import_say_zones(&agenda, NULL, &text);
	assert_holds(strbuf_str(&text), "2026-05-14 20:00 -04:00 of \"Floating\" is 2026-05-15 03:00 here");
	for (size_t i = 0; i < COUNT_OF(items); i++) {
		session_fini(&items[i]);
	}
	strbuf_fini(&text);
	words_close(words);
}

static void agendas_with_bad_entries(void **state) {
	(void)state;
	struct agenda_applied done = {.sessions = 3, .added = 3, .left_out = 1, .kept = 2, .cells = 2};
	struct agenda_report report = {0};
	struct strbuf text = {0};
	import_say_agenda(&done, false, NULL, &text);
	says(&text, "3 sessions: 3 added, 0 changed, 0 unchanged, 0 cancelled, 1 bad entry left out, 2 cells to look at");
	strbuf_reset(&text);
	import_say_kept(&done, false, NULL, &text);
	says(&text, "2 sessions that the file does not have were not cancelled: they may be among the entries left out");
	strbuf_reset(&text);
	import_say_kept(&done, true, NULL, &text);
	says(&text, "2 sessions that the file does not have would not be cancelled: they may be among the entries left out");
	strbuf_reset(&text);
	done.titled = true;
	import_say_agenda(&done, true, NULL, &text);
	says(&text,
	     "dry run, nothing was written: 3 sessions: 3 would be added, 0 would be changed, 0 unchanged, 0 would be cancelled, 1 bad "
	     "entry would be left out, 2 cells to look at; the event would take its title");
	strbuf_reset(&text);
	done.kept = 0;
	import_say_kept(&done, false, NULL, &text);
	says(&text, "");
	import_say_unused(&report, NULL, &text);
	says(&text, "");
	fault_add_name(&report.unused, "Catering");
	fault_add_name(&report.unused, "Notes");
	import_say_unused(&report, NULL, &text);
	says(&text, "columns that were not understood: \"Catering\", \"Notes\" (--map FIELD=HEADER says what one is)");
	agenda_report_fini(&report);
	strbuf_fini(&text);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(people_in_english),
		cmocka_unit_test(agendas_in_english),
		cmocka_unit_test(numbers_have_their_forms),
		cmocka_unit_test(what_would_be_done),
		cmocka_unit_test(doubts_say_nothing_of_adding),
		cmocka_unit_test(only_what_is_not_described_is_more),
		cmocka_unit_test(sessions_of_other_zones),
		cmocka_unit_test(agendas_with_bad_entries),
		cmocka_unit_test(who_is_not_let_in),
		cmocka_unit_test(which_columns_and_sheets_were_not_read),
		cmocka_unit_test(the_name_of_the_sheet_is_no_column),
		cmocka_unit_test(who_is_in_the_list_no_more),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
