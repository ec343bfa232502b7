/* Rows of tables of people: names put together, cells that are bad, lines that are nobody, registrations. */
#include "import/people_row.h"

#include "import/people.h"
#include "import/table_read.h"
#include "scratch.h"

static void read_text(const char *text, struct people *out) {
	struct strbuf bytes = {0};
	struct table t = {0};
	struct err err = {0};
	strbuf_adds(&bytes, text);
	assert_ok(table_parse(&bytes, NULL, &t, &err) && people_from_table(&t, NULL, out, &err));
	table_fini(&t);
	strbuf_fini(&bytes);
}

/* The people's values of that field, parted by strokes. */
static void expect(const char *text, enum person_field field, const char *wanted) {
	struct people p = {0};
	struct strbuf got = {0};
	read_text(text, &p);
	for (size_t i = 0; i < p.count; i++) {
		strbuf_addf(&got, "%s%s", i ? "|" : "", person_text(&p.items[i], field));
	}
	assert_string_equal(strbuf_str(&got), wanted);
	strbuf_fini(&got);
	people_fini(&p);
}

static void names_are_put_together(void **state) {
	(void)state;
	expect("Name,Surname,Email\nAnna,Probe,\n", PERSON_NAME, "Anna Probe");
	expect("Surname,Name,Email\nProbe,Anna,\n", PERSON_NAME, "Probe Anna");
	expect("Ім'я учасника,Прізвище\nОлена,Приклад\nОлена,Зразок\n", PERSON_NAME, "Олена Приклад|Олена Зразок");
	expect("Имя участника,Фамилия\nОльга,Пример\n", PERSON_NAME, "Ольга Пример");
	expect("Name,First name,Last name\nAnna,Anna,Probe\nBo Test,Bo,Test\n,Cy,Last\n", PERSON_NAME, "Anna Probe|Bo Test|Last Cy");
	expect("first,last\nAnna,Probe\n", PERSON_NAME, "Probe Anna");
	expect("Name,Last name,Email\nAnna Probe,Probe,\n", PERSON_NAME, "Anna Probe");
	expect("Прізвище та ім'я,По батькові\nПриклад Олена,Іванівна\nЗразок Ганна,-\n", PERSON_NAME,
	       "Приклад Олена Іванівна|Зразок Ганна");
	expect("Прізвище,Ім'я,По батькові\nПриклад,Олена,немає\n", PERSON_NAME, "Приклад Олена");
	expect("Attendee name,Last name\nAnna Probe,Buyer\nBo Test,Buyer\n", PERSON_NAME, "Anna Probe|Bo Test");
}

static void cells_beyond_the_headers(void **state) {
	(void)state;
	struct people p = {0};
	/* Nothing of the row is taken, as its cells are those of other columns. */
	read_text("Name,Organisation,Email\nAnna Probe,\"Org, One\",a@example.org\nBo Test,Org, Two,b@example.org\nCy "
		  "Last,Org,c@example.org,,\n",
		  &p);
	assert_int_equal(p.count, 2);
	assert_string_equal(person_text(&p.items[1], PERSON_NAME), "Cy Last");
	assert_int_equal(p.bad.total, 1);
	assert_int_equal(p.bad.items[0].kind, FAULT_BEYOND_HEADERS);
	assert_int_equal(p.bad.items[0].at.line, 3);
	assert_string_equal(p.bad.items[0].value, "b@example.org");
	assert_int_equal(p.column_count, 3); /* nor is there a column of such cells */
	people_fini(&p);
	/* A spreadsheet writes an empty cell where a column has no header: what stands there is meant. */
	read_text("Name,Email,\nAnna Probe,a@example.org,on stage\nBo Test,b@example.org,\n", &p);
	assert_int_equal(p.count, 2);
	assert_int_equal(p.bad.total, 0);
	assert_string_equal(p.items[0].custom[0].value, "on stage");
	people_fini(&p);
}

/* Most rows have it, so it is no slip of one of them; and what is kept is told, as of a workbook. */
static void a_column_without_a_header(void **state) {
	(void)state;
	struct people p = {0};
	read_text("Name,Email\nAnna Lee,a@example.org,vip\nBo Test,b@example.org,\nCy Last,c@example.org\nDi, Four,d@example.org,vip\n",
		  &p);
	assert_int_equal(p.count, 3);
	assert_int_equal(p.column_count, 3);
	assert_string_equal(p.columns[2].header, "Column 3");
	assert_null(p.columns[2].target);
	assert_string_equal(p.items[0].custom[0].name, "Column 3");
	assert_string_equal(p.items[0].custom[0].value, "vip");
	assert_int_equal(p.items[1].count, 0);
	assert_int_equal(p.bad.total, 1);
	assert_int_equal(p.bad.items[0].kind, FAULT_BEYOND_HEADERS);
	assert_int_equal(p.bad.items[0].at.line, 5);
	/* It may be a separator in the data of every row, too: that is asked once, at the headers. */
	assert_int_equal(p.passed.total, 1);
	assert_int_equal(p.passed.items[0].kind, FAULT_ROWS_WIDER);
	assert_int_equal(p.passed.items[0].at.line, 1);
	people_fini(&p);
	/* Of one row nobody can say which it is. */
	read_text("Name,Email\nAnna Lee,a@example.org,vip\n", &p);
	assert_int_equal(p.count, 0);
	assert_int_equal(p.bad.items[0].kind, FAULT_BEYOND_HEADERS);
	people_fini(&p);
}

/* A separator at the end of every row: each is taken, and none is told for itself. */
static void rows_that_all_end_with_a_separator(void **state) {
	(void)state;
	struct people p = {0};
	read_text("\nName,Email\nAnna Lee,a@example.org,\nBo Test,b@example.org,\nCy Last,c@example.org,\n", &p);
	assert_int_equal(p.count, 3);
	assert_int_equal(p.column_count, 2);
	assert_int_equal(p.bad.total + p.notes.total, 0);
	assert_int_equal(p.passed.total, 1);
	assert_int_equal(p.passed.items[0].kind, FAULT_ROWS_WIDER);
	assert_int_equal(p.passed.items[0].at.line, 2);
	people_fini(&p);
	read_text("Name,Email,\nAnna Lee,a@example.org,\nBo Test,b@example.org,\n", &p); /* the headers, too: then nothing is odd */
	assert_int_equal(p.count, 2);
	assert_int_equal(p.passed.total, 0);
	people_fini(&p);
}

static void lines_below_a_list_may_be_wider(void **state) {
	(void)state;
	struct people p = {0};
	read_text("Name,Email\nAnna Lee,a@example.org\nTotal,,,2\n,,,,total: 2\nName,Email\n,,,,notes\n", &p);
	assert_int_equal(p.count, 1);
	assert_int_equal(p.passed.total, 2);
	assert_int_equal(p.passed.items[0].kind, FAULT_NO_PERSON);
	assert_string_equal(p.passed.items[1].value, "total: 2");
	assert_int_equal(p.bad.total, 1); /* a note lacks a name, wherever it stands */
	assert_int_equal(p.bad.items[0].kind, FAULT_NO_NAME);
	people_fini(&p);
}

static void full_stops_behind_names(void **state) {
	(void)state;
	expect("ПІБ\nПриклад Олена.\nКоваль П.І.\nJohn Doe Jr.\nЗразок Ганна ,\n", PERSON_NAME,
	       "Приклад Олена|Коваль П.І.|John Doe Jr.|Зразок Ганна");
	expect("ПІБ,Телефон\nПриклад Олена,050 111 22 33.\n", PERSON_PHONE, "050 111 22 33");
}

/* A cell that holds something, and not what its column holds, is told with its place, and the field stays empty. */
static void cells_that_are_no_such_thing(void **state) {
	(void)state;
	static const struct {
		enum fault_kind kind;
		size_t column;
	} wanted[] = {{FAULT_NO_SEX, 5}, {FAULT_NO_YEAR, 2}, {FAULT_NO_PHONE, 3}, {FAULT_NO_EMAIL, 4}, {FAULT_NO_LANGUAGE, 6}};
	struct people p = {0};
	read_text("ПІБ,Рік нар.,Телефон,Email,Стать,Мова\nОлена,багато,abc,хто зна,xx,клінгонська\nГанна,н/д,без телефону,-,n/a,не знаю\n",
		  &p);
	assert_int_equal(p.notes.total, COUNT_OF(wanted));
	for (size_t i = 0; i < COUNT_OF(wanted); i++) {
		assert_int_equal(p.notes.items[i].kind, wanted[i].kind);
		assert_int_equal(p.notes.items[i].at.line, 2);
		assert_int_equal(p.notes.items[i].at.column, wanted[i].column);
	}
	for (int field = PERSON_NAME + 1; field < PERSON_FIELD_COUNT; field++) {
		assert_string_equal(person_text(&p.items[0], (enum person_field)field), "");
		assert_string_equal(person_text(&p.items[1], (enum person_field)field), "");
	}
	people_fini(&p);
}

static void what_says_nothing_is_empty(void **state) {
	(void)state;
	const char *const list = "ПІБ,Email,Телефон,Посада,Рік нар.,Примітка\nОлена,немає,-,n/a,—,нет\nГанна,нет,N/A,…,немає,немає\n";
	for (int field = PERSON_NAME + 1; field < PERSON_FIELD_COUNT; field++) {
		expect(list, (enum person_field)field, "|");
	}
	struct people p = {0};
	read_text(list, &p);
	assert_int_equal(p.notes.total, 0); /* understood: there is nothing */
	people_fini(&p);
}

static void bad_cells_keep_their_people(void **state) {
	(void)state;
	static const enum fault_kind kinds[] = {FAULT_NO_EMAIL, FAULT_EMAIL_MORE, FAULT_NO_YEAR};
	struct people p = {0};
	read_text("ПІБ,Email,Дата народження\nОлена,пишіть у чат,1.1.84\nГанна,a@x.org b@x.org,\nЯна,Яна <c@x.org>,торік 7\n", &p);
	assert_int_equal(p.count, 3);
	assert_int_equal(p.bad.total, 0);
	assert_int_equal(p.notes.count, COUNT_OF(kinds));
	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		assert_int_equal(p.notes.items[i].kind, kinds[i]);
		assert_int_equal(p.notes.items[i].at.line, i + 2);
	}
	assert_string_equal(person_text(&p.items[0], PERSON_BIRTH_YEAR), "1984");
	assert_string_equal(person_text(&p.items[1], PERSON_EMAIL), "a@x.org");
	assert_string_equal(person_text(&p.items[2], PERSON_EMAIL), "c@x.org");
	people_fini(&p);
}

static void footers_are_nobody(void **state) {
	(void)state;
	static const char *const lines[] = {
		"Всього:,",
		"Разом: 40,",
		"Итого,",
		"Total,",
		"Total: 40,",
		"TOTAL 40,",
		",,,40",
		"40,",
		"Разом,40",
		"Усього осіб: 12,",
		"Grand Total,",
		"Список склала: Олена Приклад,",
		"Список склав Петро,",
		"Підпис ____,",
		"Голова ради ________ Петро Коваль,",
		"Склала: Яна,",
		"Дата: 1.05.2026,",
		"Prepared by: Ann,",
		"Загальна кількість учасників,",
		"Составил(а): Яна,",
		"Подпись: ,",
		"Number of participants 3,",
		"26 people,",
		"Page 1 of 2,",
		"Стор. 1,",
		"М.П.,",
		"* VIP,",
		"\"Organiser: Ann Example\",",
		",Всього осіб: 26",
		"Page 1 of 2,Printed on 12.05.2026",
		"М.П.,Підпис:",
		"3,26 осіб",
	};
	for (size_t i = 0; i < COUNT_OF(lines); i++) {
		char *text = xasprintf("ПІБ,Посада,Email,Місць\nОлена,,,\n%s\n", lines[i]);
		struct people p = {0};
		read_text(text, &p);
		if (p.count != 1 || p.passed.total != 1 || p.bad.total != 0) {
			fail_msg("\"%s\": %zu people, %zu passed over, %zu bad", lines[i], p.count, p.passed.total, p.bad.total);
		}
		assert_int_equal(p.passed.items[0].at.line, 3);
		people_fini(&p);
		free(text);
	}
}

static void people_who_look_like_footers(void **state) {
	(void)state;
	expect("ПІБ,Email\nРазом Ольга,\nДата Туташхіа,\nTotal,total@x.org\nСклавська Ганна,\n", PERSON_NAME,
	       "Разом Ольга|Дата Туташхіа|Total|Склавська Ганна");
	expect("ПІБ,Телефон\nTotal,0501112233\n", PERSON_NAME, "Total");
	expect("ПІБ,Email\nPage Turner,\nСтор Олена,\n* Зразок Тарас,\nGuest 26,\nOrganiser: Ann,ann@x.org\n", PERSON_NAME,
	       "Page Turner|Стор Олена|* Зразок Тарас|Guest 26|Organiser: Ann");
	expect("Скільки,ПІБ\n5 осіб,Олена\n26 people,Тарас\n", PERSON_NAME, "Олена|Тарас"); /* who brings so many */
	expect("ПІБ,Організація\nМ.П.,ГО «Приклад»\n* VIP,ГО «Приклад»\n", PERSON_NAME, "М.П.|* VIP");
	expect("ПІБ,Код\n-,C1\n", PERSON_NAME, "C1");
}

static void rows_that_are_numbered_and_empty(void **state) {
	(void)state;
	struct people p = {0};
	read_text("№ з/п,ПІБ,Email\n1,Олена,\n2,,\n3,,\n", &p);
	assert_int_equal(p.count, 1);
	assert_int_equal(p.bad.total + p.passed.total + p.notes.total, 0);
	people_fini(&p);
}

static void registrations_of_rows(void **state) {
	(void)state;
	expect("ПІБ,Order status,Canceled\nА,paid,No\nБ,paid,Yes\nВ,canceled,No\nГ,pending,No\nҐ,,\n", PERSON_REGISTRATION,
	       "confirmed|cancelled|cancelled|pending|confirmed");
	expect("ПІБ,approval_status\nА,approved\nБ,declined\nВ,waitlist\nГ,pending_approval\nҐ,invited\n", PERSON_REGISTRATION,
	       "confirmed|declined|waiting|pending|pending");
	expect("ПІБ,Скасовано,Лист очікування\nА,так,\nБ,,так\nВ,ні,ні\n", PERSON_REGISTRATION, "cancelled|waiting|confirmed");
	expect("ПІБ,Возврат,Отказ\nА,да,\nБ,,передумала\nВ,,\n", PERSON_REGISTRATION, "cancelled|declined|confirmed");
	expect("ПІБ,Confirmed,RSVP\nА,yes,yes\nБ,no,\nВ,,no\nГ,yes,maybe\n", PERSON_REGISTRATION, "confirmed|pending|declined|pending");
	expect("ПІБ,Email\nА,\n", PERSON_REGISTRATION, "");
	struct people p = {0};
	read_text("ПІБ,Ticket status\nА,valid\nБ,на місяці\n", &p);
	assert_string_equal(person_text(&p.items[1], PERSON_REGISTRATION), "на місяці"); /* lets in, and is told */
	assert_int_equal(p.notes.count, 1);
	assert_int_equal(p.notes.items[0].kind, FAULT_REGISTRATION_UNKNOWN);
	assert_int_equal(p.notes.items[0].at.column, 2);
	people_fini(&p);
}

static void a_code_is_one_persons(void **state) {
	(void)state;
	struct people p = {0};
	read_text("ПІБ,Код\nОлена Приклад,C1\nГанна Зразок,C1\nПриклад О.,C1\n", &p);
	assert_int_equal(p.count, 3);
	assert_string_equal(person_text(&p.items[0], PERSON_CODE), "C1");
	assert_string_equal(person_text(&p.items[1], PERSON_CODE), "");
	assert_string_equal(person_text(&p.items[2], PERSON_CODE), "C1");
	assert_int_equal(p.notes.count, 1);
	assert_int_equal(p.notes.items[0].kind, FAULT_CODE_TAKEN);
	people_fini(&p);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_put_together),
		cmocka_unit_test(cells_beyond_the_headers),
		cmocka_unit_test(a_column_without_a_header),
		cmocka_unit_test(lines_below_a_list_may_be_wider),
		cmocka_unit_test(full_stops_behind_names),
		cmocka_unit_test(cells_that_are_no_such_thing),
		cmocka_unit_test(what_says_nothing_is_empty),
		cmocka_unit_test(bad_cells_keep_their_people),
		cmocka_unit_test(rows_that_all_end_with_a_separator),
		cmocka_unit_test(footers_are_nobody),
		cmocka_unit_test(people_who_look_like_footers),
		cmocka_unit_test(rows_that_are_numbered_and_empty),
		cmocka_unit_test(registrations_of_rows),
		cmocka_unit_test(a_code_is_one_persons),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
