#include "import/people.h"

#include "import/table_read.h"
#include "scratch.h"
#include "zip_bytes.h"

/* The sentence of that fault must hold `part`. */
static void fault_holds(const struct fault_list *list, size_t i, const char *part) {
	struct strbuf text = {0};
	assert_true(i < list->count);
	fault_say(&list->items[i], NULL, &text);
	assert_holds(strbuf_str(&text), part);
	strbuf_fini(&text);
}

static bool read_text(const char *text, const struct people_options *opt, struct people *out, struct err *err) {
	struct strbuf bytes = {0};
	struct table t = {0};
	strbuf_adds(&bytes, text);
	bool ok = table_parse(&bytes, NULL, &t, err) && people_from_table(&t, opt, out, err);
	table_fini(&t);
	strbuf_fini(&bytes);
	return ok;
}

static const char *field(const struct people *p, size_t i, enum person_field f) { return person_text(&p->items[i], f); }

static void columns_are_known_by_their_headers(void **state) {
	(void)state;
	struct people p = {0};
	struct err err = {0};
	assert_ok(read_text("ПІБ;Посада (повністю);Організація;Громада;Область;Ел. пошта;Телефон;Розмір футболки\n"
			    "Їжак Олена;голова;ГО «А»;Полтавська;Полтавська;Olena@Example.ORG;050 123 45 67;M\n",
			    NULL, &p, &err));
	assert_int_equal(p.count, 1);
	assert_string_equal(field(&p, 0, PERSON_NAME), "Їжак Олена");
	assert_string_equal(field(&p, 0, PERSON_POSITION), "голова");
	assert_string_equal(field(&p, 0, PERSON_ORGANISATION), "ГО «А»");
	assert_string_equal(field(&p, 0, PERSON_COMMUNITY), "Полтавська");
	assert_string_equal(field(&p, 0, PERSON_REGION), "Полтавська");
	assert_string_equal(field(&p, 0, PERSON_EMAIL), "olena@example.org");
	assert_string_equal(field(&p, 0, PERSON_PHONE), "050 123 45 67");
	assert_string_equal(person_custom(&p.items[0], "Розмір футболки"), "M");
	assert_int_equal(p.lines[0], 2);
	people_fini(&p);
}

static void parts_of_names_are_joined_in_order(void **state) {
	(void)state;
	struct people p = {0};
	struct err err = {0};
	assert_ok(read_text("По батькові,Ім'я,Прізвище\nІванівна,Олена,Їжак\n,Петро,Коваль\n", NULL, &p, &err));
	assert_string_equal(field(&p, 0, PERSON_NAME), "Їжак Олена Іванівна");
	assert_string_equal(field(&p, 1, PERSON_NAME), "Коваль Петро");
	people_fini(&p);
	assert_ok(read_text("Фамилия,Имя,Отчество\nПетров,Пётр,Ильич\n", NULL, &p, &err));
	assert_string_equal(field(&p, 0, PERSON_NAME), "Петров Пётр Ильич");
	people_fini(&p);
	assert_ok(read_text("First name,Last name,Email\nJane,Doe,j@x.org\n", NULL, &p, &err));
	assert_string_equal(field(&p, 0, PERSON_NAME), "Doe Jane");
	people_fini(&p);
}

static void maps_override_aliases(void **state) {
	(void)state;
	struct people p = {0};
	struct err err = {0};
	const struct column_map maps[] = {{"name", "Хто"}, {"organisation", "Звідки"}};
	struct people_options opt = {.maps = maps, .map_count = 2};
	assert_ok(read_text("Хто,Звідки,Email\nЇжак,Ліс,a@b.c\n", &opt, &p, &err));
	assert_string_equal(field(&p, 0, PERSON_NAME), "Їжак");
	assert_string_equal(field(&p, 0, PERSON_ORGANISATION), "Ліс");
	people_fini(&p);
	const struct column_map wrong[] = {{"shoe", "Хто"}};
	struct people_options bad = {.maps = wrong, .map_count = 1};
	assert_false(read_text("Хто,Звідки\nЇжак,Ліс\n", &bad, &p, &err));
	assert_int_equal(err.kind, ERR_USAGE);
	const struct column_map absent[] = {{"name", "Ніхто"}};
	bad.maps = absent;
	assert_false(read_text("Хто,Звідки\nЇжак,Ліс\n", &bad, &p, &err));
	assert_says("\"Хто\"");
}

static void bad_cells_are_named_and_their_people_kept(void **state) {
	(void)state;
	struct people p = {0};
	struct err err = {0};
	assert_ok(read_text(
		"ПІБ,Email,Рік народження\nА Б,a@b.c,1984\n,no@name.org,\nВ Г,not an address,\nҐ Д,,12.05.1990\nЕ Є,,9999\n,,1984\n", NULL,
		&p, &err));
	assert_int_equal(p.count, 5);
	assert_int_equal(p.notes.total, 3);
	fault_holds(&p.notes, 0, "line 3: no name: \"no@name.org\" stands for it");
	assert_string_equal(field(&p, 1, PERSON_NAME), "no@name.org");
	assert_int_equal(p.notes.items[1].at.line, 4);
	assert_int_equal(p.notes.items[1].at.column, 2);
	fault_holds(&p.notes, 1, "line 4, column 2: \"not an address\"");
	assert_string_equal(field(&p, 2, PERSON_EMAIL), "");
	assert_int_equal(p.notes.items[2].at.line, 6);
	assert_string_equal(field(&p, 3, PERSON_BIRTH_YEAR), "1990");
	assert_string_equal(field(&p, 4, PERSON_NAME), "Е Є");
	assert_int_equal(p.bad.total, 0);
	assert_int_equal(p.passed.total, 1); /* a year is nobody */
	people_fini(&p);
	assert_ok(read_text("ПІБ,Посада\n,голова\nЇжак,голова\n", NULL, &p, &err));
	assert_int_equal(p.count, 1);
	assert_int_equal(p.bad.total, 1);
	fault_holds(&p.bad, 0, "line 2: no name");
	people_fini(&p);
}

static void long_values_are_bad_cells_and_long_rows_bad_rows(void **state) {
	(void)state;
	struct people p = {0};
	struct err err = {0};
	struct strbuf text = {0};
	strbuf_adds(&text, "ПІБ,Посада");
	for (int c = 0; c < 150; c++) {
		strbuf_addf(&text, ",c%d", c);
	}
	strbuf_adds(&text, "\nДовга посада,");
	for (int i = 0; i < 2001; i++) {
		strbuf_addc(&text, 'x');
	}
	strbuf_adds(&text, "\nДобра людина,голова\nДуже довга,голова");
	for (int c = 0; c < 150; c++) {
		strbuf_addc(&text, ',');
		for (int i = 0; i < 1000; i++) {
			strbuf_addc(&text, 'y');
		}
	}
	assert_ok(read_text(text.data, NULL, &p, &err));
	assert_int_equal(p.count, 2);
	assert_string_equal(field(&p, 0, PERSON_NAME), "Довга посада");
	assert_string_equal(field(&p, 0, PERSON_POSITION), "");
	fault_holds(&p.notes, 0, "line 2, column 2");
	assert_int_equal(p.bad.total, 1);
	fault_holds(&p.bad, 0, "48 KiB");
	people_fini(&p);
	strbuf_fini(&text);
}

static void tables_without_names_are_refused(void **state) {
	(void)state;
	struct people p = {0};
	struct err err = {0};
	assert_false(read_text("Товар,Ціна\nХліб,30\n", NULL, &p, &err));
	assert_int_equal(err.kind, ERR_INPUT);
	assert_says("\"Товар\"");
}

static void excel_guards_are_taken_off(void **state) {
	(void)state;
	struct people p = {0};
	struct err err = {0};
	assert_ok(read_text("ПІБ,Телефон,Примітка\nЇжак,'+380501234567,'звичайна\n", NULL, &p, &err));
	assert_string_equal(field(&p, 0, PERSON_PHONE), "+380501234567");
	assert_string_equal(field(&p, 0, PERSON_NOTE), "'звичайна");
	people_fini(&p);
}

static void the_file_is_named_in_errors(void **state) {
	struct people p = {0};
	struct err err = {0};
	char *path = scratch_write(*state, "bad.csv", "ПІБ,\"x\n", strlen("ПІБ,\"x\n"));
	assert_false(people_read(path, NULL, &p, &err));
	assert_says("bad.csv: line 1, column 2");
	free(path);
	path = scratch_path(*state, "absent.csv");
	assert_false(people_read(path, NULL, &p, &err));
	assert_says("absent.csv");
	free(path);
	path = scratch_write(*state, "good.csv", "name\nJane\n", 10);
	assert_ok(people_read(path, NULL, &p, &err));
	assert_string_equal(p.file, "good.csv");
	people_fini(&p);
	free(path);
}

/* ---- columns ---- */

static void a_second_column_of_a_field_is_kept_under_its_header(void **state) {
	(void)state;
	struct people p = {0};
	struct err err = {0};
	assert_ok(
		read_text("№,ПІБ,Телефон,Моб. тел.,Примітка,Коментар\n1,Їжак,0441112233,0501112233,раз,\n2,Коваль,,0672223344,немає,два\n",
			  NULL, &p, &err));
	assert_string_equal(field(&p, 0, PERSON_PHONE), "0441112233");
	assert_string_equal(person_custom(&p.items[0], "Моб. тел."), "0501112233");
	assert_null(person_custom(&p.items[0], "№"));
	assert_string_equal(field(&p, 1, PERSON_PHONE), "0672223344");
	assert_null(person_custom(&p.items[1], "Моб. тел."));
	assert_string_equal(field(&p, 1, PERSON_NOTE), "два");
	assert_true(p.columns[0].unused);
	assert_false(p.columns[2].second);
	assert_true(p.columns[3].second && p.columns[5].second);
	people_fini(&p);
	struct people_options opt = {.key = "№"};
	assert_ok(read_text("№,ПІБ\n17,Їжак\n", &opt, &p, &err));
	assert_string_equal(p.keys[0], "17");
	assert_string_equal(person_custom(&p.items[0], "№"), "17"); /* more than the row's number, as it tells people apart */
	people_fini(&p);
}

static void a_state_is_a_region_only_where_nothing_else_is(void **state) {
	(void)state;
	struct people p = {0};
	struct err err = {0};
	assert_ok(read_text("Name,State,Email\nJane Doe,Ohio,j@x.org\n", NULL, &p, &err));
	assert_string_equal(field(&p, 0, PERSON_REGION), "Ohio");
	assert_string_equal(field(&p, 0, PERSON_REGISTRATION), "");
	people_fini(&p);
	assert_ok(read_text("Name,State,Region\nJane Doe,Ohio,\n", NULL, &p, &err));
	assert_string_equal(field(&p, 0, PERSON_REGION), "");
	assert_string_equal(person_custom(&p.items[0], "State"), "Ohio");
	people_fini(&p);
}

static void headers_that_come_again_are_no_people(void **state) {
	(void)state;
	struct people p = {0};
	struct err err = {0};
	assert_ok(read_text("ПІБ;Email\nЇжак;a@x.org\nПІБ;Email\nКоваль;b@x.org\nПІБ;Email;\n", NULL, &p, &err));
	assert_int_equal(p.count, 2);
	assert_int_equal(p.bad.total + p.passed.total + p.notes.total, 0);
	people_fini(&p);
}

#define CELL(text) "<c t=\"inlineStr\"><is><t>" text "</t></is></c>"

static void two_sheets(struct zip_bytes *z) {
	*z = (struct zip_bytes){0};
	zip_add(z, "xl/workbook.xml",
		"<workbook><sheets><sheet name=\"Київська\" id=\"r1\"/><sheet name=\"Львівська\" id=\"r2\"/></sheets></workbook>");
	zip_add(z, "xl/_rels/workbook.xml.rels",
		"<Relationships><Relationship Id=\"r1\" Type=\"a/worksheet\" Target=\"1.xml\"/><Relationship Id=\"r2\" "
		"Type=\"a/worksheet\" Target=\"2.xml\"/></Relationships>");
	zip_add(z, "xl/1.xml",
		"<worksheet><sheetData><row>" CELL("ПІБ") CELL("Email") "</row><row>" CELL("Їжак")
			CELL("a@x.org") "</row></sheetData></worksheet>");
	zip_add(z, "xl/2.xml",
		"<worksheet><sheetData><row>" CELL("ПІБ") CELL("Email") "</row><row>" CELL("Білка")
			CELL("хто?") "</row></sheetData></worksheet>");
	zip_finish(z);
}

static void the_sheets_name_fills_a_column(void **state) {
	struct zip_bytes z;
	struct people p = {0};
	struct err err = {0};
	two_sheets(&z);
	char *path = scratch_write(*state, "two.xlsx", z.out.data, z.out.len);
	struct people_options opt = {.sheet = "all", .sheet_field = "region"};
	assert_ok(people_read(path, &opt, &p, &err));
	assert_int_equal(p.count, 2);
	assert_int_equal(p.sheets, 2);
	assert_string_equal(field(&p, 0, PERSON_REGION), "Київська");
	assert_string_equal(field(&p, 1, PERSON_REGION), "Львівська");
	fault_holds(&p.notes, 0, "sheet \"Львівська\": line 2, column 2: \"хто?\"");
	people_fini(&p);
	assert_ok(people_read(path, NULL, &p, &err));
	assert_int_equal(p.count, 1);
	assert_int_equal(p.alike_count, 1);
	assert_string_equal(p.alike, "Львівська");
	people_fini(&p);
	opt.sheet_field = "shoe";
	assert_false(people_read(path, &opt, &p, &err));
	assert_int_equal(err.kind, ERR_USAGE);
	opt = (struct people_options){.sheet_field = "region"};
	assert_false(read_text("ПІБ,Email\nЇжак,a@x.org\n", &opt, &p, &err));
	assert_says("no sheets");
	free(path);
	zip_bytes_fini(&z);
}

static bool read_sample(const char *name, struct people *p) {
	char *path = xasprintf("%s/csv/%s", SAMPLES, name);
	struct err err = {0};
	bool here = sample(path) != NULL;
	if (here) {
		assert_ok(people_read(path, NULL, p, &err));
	}
	free(path);
	return here;
}

static void pretix_samples(void **state) {
	(void)state;
	struct people p = {0};
	if (!read_sample("pretix_checkinlist.csv", &p)) {
		skip();
	}
	assert_int_equal(p.count, 1);
	assert_string_equal(field(&p, 0, PERSON_NAME), "Олена Приклад");
	assert_string_equal(field(&p, 0, PERSON_EMAIL), "olena@example.org");
	assert_string_equal(field(&p, 0, PERSON_CODE), "z3fsn8jyufm5kpk768q69gkbyr5f4h6w");
	assert_string_equal(field(&p, 0, PERSON_ORGANISATION), "ГО «Приклад»");
	people_fini(&p);
	assert_true(read_sample("pretix_orderpositions.csv", &p));
	assert_int_equal(p.count, 1);
	assert_string_equal(field(&p, 0, PERSON_NAME), "Олена Приклад");
	assert_string_equal(field(&p, 0, PERSON_COMMUNITY), "Тестова");
	people_fini(&p);
}

static void eventbrite_and_google_samples(void **state) {
	(void)state;
	struct people p = {0};
	if (!read_sample("eventbrite_attendees_classic.csv", &p)) {
		skip();
	}
	assert_int_equal(p.count, 2);
	assert_string_equal(field(&p, 0, PERSON_NAME), "Приклад Олена");
	assert_string_equal(field(&p, 1, PERSON_NAME), "М'ятний Їжак");
	assert_string_equal(field(&p, 0, PERSON_COMMUNITY), "Тестова громада");
	assert_string_equal(field(&p, 0, PERSON_POSITION), "Спеціалістка, відділ розвитку");
	people_fini(&p);
	assert_true(read_sample("google_forms_uk.csv", &p));
	assert_int_equal(p.count, 1);
	assert_string_equal(field(&p, 0, PERSON_NAME), "Приклад Олена Іванівна");
	assert_string_equal(field(&p, 0, PERSON_REGION), "Полтавська");
	assert_string_equal(field(&p, 0, PERSON_EMAIL), "olena@example.org");
	people_fini(&p);
}

static void zoom_samples(void **state) {
	(void)state;
	struct people p = {0};
	if (!read_sample("zoom_meeting_participants.csv", &p)) {
		skip();
	}
	assert_int_equal(p.count, 3);
	assert_int_equal(p.bad.total, 0);
	assert_string_equal(field(&p, 1, PERSON_EMAIL), "olena@example.org");
	people_fini(&p);
	assert_true(read_sample("zoom_webinar_attendee_report.csv", &p));
	assert_int_equal(p.count, 2);
	assert_int_equal(p.bad.total, 0);
	assert_string_equal(field(&p, 1, PERSON_EMAIL), "yizhak@example.org");
	people_fini(&p);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_are_known_by_their_headers),
		cmocka_unit_test(parts_of_names_are_joined_in_order),
		cmocka_unit_test(maps_override_aliases),
		cmocka_unit_test(bad_cells_are_named_and_their_people_kept),
		cmocka_unit_test(long_values_are_bad_cells_and_long_rows_bad_rows),
		cmocka_unit_test(tables_without_names_are_refused),
		cmocka_unit_test(excel_guards_are_taken_off),
		cmocka_unit_test(the_file_is_named_in_errors),
		cmocka_unit_test(a_second_column_of_a_field_is_kept_under_its_header),
		cmocka_unit_test(a_state_is_a_region_only_where_nothing_else_is),
		cmocka_unit_test(headers_that_come_again_are_no_people),
		cmocka_unit_test(the_sheets_name_fills_a_column),
		cmocka_unit_test(pretix_samples),
		cmocka_unit_test(eventbrite_and_google_samples),
		cmocka_unit_test(zoom_samples),
	};
	return cmocka_run_group_tests(tests, scratch_open, scratch_close);
}
