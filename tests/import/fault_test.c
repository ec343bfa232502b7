/* Faults: their words in every language, what real bad input makes of them, and who owns their texts. */
#include "import/fault.h"

#include "import/agenda_file.h"
#include "import/people_apply.h"
#include "import/table_read.h"
#include "lib/words_built.h"
#include "scratch.h"

#define LANGUAGES 3
#define PLACEHOLDERS_MAX 8

struct tongues {
	struct words *words;
	struct tongue each[LANGUAGES]; /* en, uk, ru */
};

static struct tongues open_tongues(void) {
	static const char *const codes[LANGUAGES] = {"en", "uk", "ru"};
	struct tongues t = {.words = words_built()};
	for (int i = 0; i < LANGUAGES; i++) {
		t.each[i] = (struct tongue){t.words, words_language(t.words, codes[i])};
		assert_true(t.each[i].language >= 0);
	}
	return t;
}

/* The names in braces, in order of the alphabet, each once. */
static void placeholders(const char *text, struct strbuf *out) {
	char *names[PLACEHOLDERS_MAX];
	size_t count = 0;
	for (const char *at = strchr(text, '{'); at != NULL; at = strchr(at + 1, '{')) {
		assert_true(count < PLACEHOLDERS_MAX);
		names[count++] = xstrndup(at, strcspn(at, "}") + 1);
	}
	for (size_t i = 0; i < count; i++) {
		for (size_t k = i + 1; k < count; k++) {
			if (strcmp(names[k], names[i]) < 0) {
				char *swap = names[i];
				names[i] = names[k];
				names[k] = swap;
			}
		}
		strbuf_adds(out, names[i]);
		free(names[i]);
	}
}

static void same_placeholders(const char *a, const char *b) {
	struct strbuf x = {0}, y = {0};
	placeholders(a, &x);
	placeholders(b, &y);
	if (!str_eq(strbuf_str(&x), strbuf_str(&y))) {
		fail_msg("\"%s\" has other names in braces than \"%s\"", b, a);
	}
	strbuf_fini(&x);
	strbuf_fini(&y);
}

static void every_kind_has_words_in_every_language(void **state) {
	(void)state;
	struct tongues t = open_tongues();
	for (int kind = FAULT_NONE + 1; kind < FAULT_KIND_COUNT; kind++) {
		const char *english = fault_pattern((enum fault_kind)kind);
		if (str_empty(english)) {
			fail_msg("kind %d has no words", kind);
		}
		assert_string_equal(tongue_get_in(&t.each[0], "a fault", english), english);
		for (int i = 1; i < LANGUAGES; i++) {
			const char *theirs = tongue_get_in(&t.each[i], "a fault", english);
			assert_string_not_equal(theirs, english);
			same_placeholders(english, theirs);
		}
	}
	words_close(t.words);
}

/* ---- real input ---- */

struct bad_input {
	enum fault_kind kind;
	const char *bytes; /* text; of workbooks the parts are made by the test */
	const char *english;
};

static const struct bad_input PEOPLE[] = {
	{FAULT_TABLE_EMPTY, "\n\n", "list.csv: the table is empty"},
	{FAULT_IS_PDF, "%PDF-1.4",
	 "list.csv: this is a PDF, no table: ask for the spreadsheet it was made of and save that as .xlsx or CSV"},
	{FAULT_IS_JSON, "{}", "list.csv: this is JSON, no table: CSV and Excel (.xlsx) are taken"},
	{FAULT_QUOTE_OPEN, "Name,Email\nA,\"b\n", "list.csv: line 2, column 2: the quotation mark that opens here is never closed"},
	{FAULT_NO_NAMES, "Колір,Дім\nсиній,так\n",
	 "list.csv: line 1: no column with the people's names; there are: \"Колір\", \"Дім\" "
	 "(--map name=HEADER says which one it is)"},
	{FAULT_BOOK_BROKEN, "PK\3\4....................", NULL},
};

static const struct bad_input AGENDAS[] = {
	{FAULT_NO_SESSIONS, "Title,Start\n", "list.csv: there is no session in it"},
	{FAULT_NO_STARTS, "Назва,Колір\nМед,синій\n",
	 "list.csv: line 1: no column with the sessions' start; there are: \"Назва\", \"Колір\""},
	{FAULT_NO_TITLES, "Колір,Дім\nсиній,так\n", "list.csv: line 1: no column with the sessions' titles; there are: \"Колір\", \"Дім\""},
	{FAULT_NO_TIME, "Назва,Початок\nМед,колись\n",
	 "list.csv: line 2, column 2: \"колись\" is no date or time (wanted are 14.05.2026, 2026-05-14, 10:30, 10:30-11:00)"},
	{FAULT_START_NO_TIME, "Назва,Початок\nМед,2026-05-14\n", "list.csv: line 2: \"Мед\" has no time of its start"},
	{FAULT_START_NO_DATE, "Назва,Початок\nМед,10:00\n", "list.csv: line 2: \"Мед\" has no date, and no row above it either"},
	{FAULT_START_NO_TITLE, "Назва,Початок\n,2026-05-14 10:00\n", "list.csv: line 2: a start without a title"},
	{FAULT_BEFORE_START, "Назва,Початок,Кінець\nМед,2026-05-14 10:00,2026-05-13 10:00\n",
	 "list.csv: line 2, column 3: \"2026-05-13 10:00\" is before the start"},
	{FAULT_NO_SEATS, "Назва,Початок,Місць\nМед,2026-05-14 10:00,багато\n",
	 "list.csv: line 2, column 3: \"багато\" is no number of seats"},
	{FAULT_JSON_BROKEN, "{\"schedule\": [,]}", NULL},
	{FAULT_SCHEDULE_NO_JSON, "{}", "list.csv: this JSON is no schedule: schedule > conference > days is not there"},
	{FAULT_ENTRY_END,
	 "{\"schedule\":{\"conference\":{\"days\":[{\"date\":\"2026-05-14\",\"rooms\":{\"Зала\":["
	 "{\"title\":\"Мед\",\"start\":\"10:00\",\"end\":\"пізно\"}]}}]}}}",
	 "list.csv: day 1: room \"Зала\": entry 1: \"Мед\": its end \"пізно\" cannot be read"},
	{FAULT_SCHEDULE_NO_XML, "<html/>", "list.csv: line 1: this XML is no schedule: it begins with <html>, not <schedule>"},
	{FAULT_XML_BROKEN_AT, "<schedule><day></schedule>", NULL},
	{FAULT_ENTRY_START,
	 "<schedule><day date=\"2026-05-14\"><room "
	 "name=\"Зала\">\n<event><title>Мед</title><start>рано</start></event></room></day></schedule>",
	 "list.csv: line 2: \"Мед\": its start is wanted like 09:30, not \"рано\""},
	{FAULT_ZONE_UNKNOWN,
	 "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nSUMMARY:Мед\nDTSTART;TZID=Mars/Olympus:20260514T100000\nEND:VEVENT\nEND:VCALENDAR\n",
	 "list.csv: line 2: unknown time zone \"Mars/Olympus\": its times were read as if they named none"},
	{FAULT_ICAL_END_BEFORE,
	 "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nSUMMARY:Мед\nDTSTART:20260514T100000Z\nDTEND:20260514T090000Z\nEND:VEVENT\nEND:VCALENDAR\n",
	 "list.csv: line 2: \"Мед\" ends before it starts"},
};

/* Said in every language: with its file, without a name left in braces, and each time in other words. */
static void is_said(const struct fault *fault, const struct tongues *t, const char *english) {
	struct strbuf said[LANGUAGES] = {{0}};
	struct strbuf plain = {0};
	fault_say(fault, NULL, &plain);
	assert_string_equal(strbuf_str(&plain), english);
	for (int i = 0; i < LANGUAGES; i++) {
		fault_say(fault, &t->each[i], &said[i]);
		assert_null(strpbrk(strbuf_str(&said[i]), "{}"));
		assert_true(fault->at.file == NULL || str_starts(strbuf_str(&said[i]), fault->at.file));
		if (i == 0) {
			assert_string_equal(strbuf_str(&said[i]), english);
		} else {
			assert_string_not_equal(strbuf_str(&said[i]), english);
		}
	}
	for (int i = 0; i < LANGUAGES; i++) {
		strbuf_fini(&said[i]);
	}
	strbuf_fini(&plain);
}

static void is_refused(const struct scratch *s, const struct tongues *t, const struct bad_input *input, bool people) {
	struct fault fault = {0};
	struct err err = {.fault = &fault};
	struct people list = {0};
	struct agenda agenda = {0};
	char *path = scratch_write(s, "list.csv", input->bytes, strlen(input->bytes));
	assert_false(people ? people_read(path, NULL, &list, &err) : agenda_read(path, s->kyiv, NULL, &agenda, &err));
	assert_true(err.has_fault);
	if (input->english != NULL) {
		assert_string_equal(err.text, input->english);
	}
	assert_int_equal(fault.kind, input->kind);
	is_said(&fault, t, err.text);
	fault_fini(&fault);
	free(path);
}

static void bad_files_are_said_in_every_language(void **state) {
	struct tongues t = open_tongues();
	for (size_t i = 0; i < COUNT_OF(PEOPLE); i++) {
		is_refused(*state, &t, &PEOPLE[i], true);
	}
	for (size_t i = 0; i < COUNT_OF(AGENDAS); i++) {
		is_refused(*state, &t, &AGENDAS[i], false);
	}
	words_close(t.words);
}

static void bad_rows_are_said_in_every_language(void **state) {
	const struct scratch *s = *state;
	static const enum fault_kind kinds[] = {
		FAULT_NO_EMAIL, FAULT_NO_YEAR, FAULT_EMAIL_MORE, FAULT_NAME_STANDS_IN, FAULT_REGISTRATION_UNKNOWN, FAULT_CODE_TAKEN};
	static const char text[] =
		"ПІБ,Email,Рік народження,Code,Approval status,Оплата\nОлена,olena,,,approved,повернуто: відмова\nІван,,рік 5,,\n"
		",\"a@b.c, d@b.c\",,,\nПетро,,,K1,колись\nМарія,,,K1,\n-,,,,так\nРазом: 6\n";
	struct tongues t = open_tongues();
	struct people people = {0};
	struct err err = {0};
	struct strbuf english = {0};
	char *path = scratch_write(s, "people.csv", text, strlen(text));
	assert_ok(people_read(path, NULL, &people, &err));
	const struct fault_list *lists[] = {&people.notes, &people.bad, &people.passed};
	assert_int_equal(people.notes.count, COUNT_OF(kinds));
	assert_int_equal(people.bad.count, 1);
	assert_int_equal(people.bad.items[0].kind, FAULT_NO_NAME);
	assert_int_equal(people.passed.count, 2);
	assert_int_equal(people.passed.items[0].kind, FAULT_STATUSES_UNUSED);
	assert_int_equal(people.passed.items[1].kind, FAULT_NO_PERSON);
	for (size_t l = 0; l < COUNT_OF(lists); l++) {
		for (size_t i = 0; i < lists[l]->count; i++) {
			assert_true(l != 0 || lists[l]->items[i].kind == kinds[i]);
			strbuf_reset(&english);
			fault_say(&lists[l]->items[i], NULL, &english);
			is_said(&lists[l]->items[i], &t, strbuf_str(&english));
		}
	}
	strbuf_reset(&english);
	fault_say(&people.notes.items[COUNT_OF(kinds) - 1], NULL, &english);
	assert_string_equal(strbuf_str(&english), "line 6, column 4: \"K1\" is the code of Петро in line 5 already");
	people_fini(&people);
	strbuf_fini(&english);
	free(path);
	words_close(t.words);
}

static void numbers_have_their_forms(void **state) {
	(void)state;
	static const struct {
		size_t n;
		const char *uk, *ru, *en;
	} rows[] = {{1, "1 рядок або клітинку не можна", "1 строку или ячейку нельзя", "1 row or cell cannot"},
		    {2, "2 рядки або клітинки не можна", "2 строки или ячейки нельзя", "2 rows or cells cannot"},
		    {5, "5 рядків або клітинок не можна", "5 строк или ячеек нельзя", "5 rows or cells cannot"},
		    {21, "21 рядок або клітинку не можна", "21 строку или ячейку нельзя", "21 rows or cells cannot"}};
	struct tongues t = open_tongues();
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct fault fault = {.kind = FAULT_NO_NAME, .at.line = 3, .refused = rows[i].n};
		const char *const wanted[LANGUAGES] = {rows[i].en, rows[i].uk, rows[i].ru};
		for (int k = 0; k < LANGUAGES; k++) {
			struct strbuf text = {0};
			fault_say(&fault, &t.each[k], &text);
			assert_true(str_starts(strbuf_str(&text), wanted[k]));
			strbuf_fini(&text);
		}
	}
	words_close(t.words);
}

static void lists_have_the_quotation_marks_of_their_language(void **state) {
	(void)state;
	static const char *const wanted[LANGUAGES] = {"there are: \"ПІБ\", \"Посада чи фах\"", "є: «ПІБ», «Посада чи фах»",
						      "есть: «ПІБ», «Посада чи фах»"};
	struct tongues t = open_tongues();
	struct strbuf names = {0};
	fault_add_name(&names, "ПІБ");
	fault_add_name(&names, "Посада\nчи фах");
	struct fault fault = {.kind = FAULT_NO_COLUMN, .value = "Ім'я", .other = strbuf_str(&names)};
	for (int i = 0; i < LANGUAGES; i++) {
		struct strbuf text = {0};
		fault_say(&fault, &t.each[i], &text);
		assert_holds(strbuf_str(&text), wanted[i]);
		strbuf_fini(&text);
	}
	strbuf_fini(&names);
	words_close(t.words);
}

/* ---- places and owners ---- */

static void places_come_from_the_outside_in(void **state) {
	(void)state;
	struct fault fault = {0};
	struct err err = {.fault = &fault};
	struct fault_place cell = {.line = 12, .column = 28, .form = FAULT_AT_CELL};
	assert_false(fault_fail(&err, &(struct fault){.kind = FAULT_BOOK_TEXT_MISSING, .at = cell}));
	assert_false(fault_wrap(&err, &(struct fault_place){.texts = true}));
	assert_false(fault_wrap(&err, &(struct fault_place){.sheet = "Люди"}));
	assert_false(fault_wrap(&err, &(struct fault_place){.file = "list.xlsx"}));
	assert_string_equal(err.text, "list.xlsx: sheet \"Люди\": texts of the workbook: cell AB12: its text is missing in the workbook");
	struct strbuf text = {0};
	fault_say(&fault, NULL, &text);
	assert_string_equal(strbuf_str(&text), err.text);
	strbuf_fini(&text);
	fault_fini(&fault);
}

static void an_error_of_another_kind_is_no_fault(void **state) {
	(void)state;
	struct fault fault = {0};
	struct err err = {.fault = &fault};
	fault_fail(&err, &(struct fault){.kind = FAULT_NO_NAME});
	assert_true(err.has_fault);
	err_wrap(&err, "around it");
	assert_true(err.has_fault);
	err_set(&err, ERR_SYSTEM, "the disk is full");
	assert_false(err.has_fault);
	fault_wrap(&err, &(struct fault_place){.file = "list.csv"});
	assert_string_equal(err.text, "list.csv: the disk is full");
	assert_false(err.has_fault);
	fault_fini(&fault);

	struct err unasked = {0};
	fault_fail(&unasked, &(struct fault){.kind = FAULT_FIELD_UNKNOWN, .value = "shoe"});
	assert_int_equal(unasked.kind, ERR_USAGE);
	assert_string_equal(unasked.text, "there is no field \"shoe\" to map a column to");
	assert_false(unasked.has_fault);
}

static void what_cannot_be_read_is_a_fault(void **state) {
	const struct scratch *s = *state;
	struct fault fault = {0};
	struct err err = {.fault = &fault};
	struct people people = {0};
	char *path = scratch_path(s, "nothing");
	assert_false(people_read(path, NULL, &people, &err));
	assert_true(err.has_fault);
	assert_int_equal(fault.kind, FAULT_FILE_MISSING);
	assert_string_equal(fault.at.file, "nothing");
	assert_holds(err.text, "cannot open");
	assert_false(people_read(s->folder, NULL, &people, &err));
	assert_int_equal(fault.kind, FAULT_UNREADABLE);
	assert_string_equal(fault.other, err.text);
	fault_fini(&fault);
	free(path);
}

/* An odd number of bytes before letters of two: the cut at 80 would fall inside one. */
static void kept_texts_are_owned_and_cut(void **state) {
	(void)state;
	struct strbuf value = {0};
	struct fault kept = {0};
	strbuf_addc(&value, 'a');
	for (int i = 0; i < 100; i++) {
		strbuf_adds(&value, "ж");
	}
	fault_keep(&kept, &(struct fault){.kind = FAULT_ICAL_NO_START, .value = value.data});
	value.data[0] = 'b';
	assert_int_equal(strlen(kept.value), 79);
	assert_int_equal(kept.value[0], 'a');
	fault_keep(&kept, &kept); /* onto itself */
	assert_int_equal(strlen(kept.value), 79);
	fault_fini(&kept);
	strbuf_fini(&value);
}

static void names_in_a_list_end_at_a_letter(void **state) {
	(void)state;
	struct strbuf list = {0}, name = {0};
	strbuf_addc(&name, 'a');
	for (int i = 0; i < 50; i++) {
		strbuf_adds(&name, "ж");
	}
	fault_add_name(&list, "Дім");
	fault_add_name(&list, name.data);
	assert_int_equal(list.len, strlen("Дім\n") + 79);
	for (int i = 0; i < 100; i++) {
		fault_add_name(&list, name.data);
	}
	assert_true(list.len < 600);
	strbuf_fini(&list);
	strbuf_fini(&name);
}

static void a_list_describes_so_many_and_counts_all(void **state) {
	(void)state;
	struct fault_list list = {0};
	for (size_t i = 0; i < FAULT_LIST_MAX + 7; i++) {
		fault_list_add(&list, &(struct fault){.kind = FAULT_NO_NAME, .at.line = i + 1});
	}
	assert_int_equal(list.count, FAULT_LIST_MAX);
	assert_int_equal(list.total, FAULT_LIST_MAX + 7);
	assert_int_equal(list.items[FAULT_LIST_MAX - 1].at.line, FAULT_LIST_MAX);
	fault_list_fini(&list);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_has_words_in_every_language),
		cmocka_unit_test_setup_teardown(bad_files_are_said_in_every_language, scratch_open, scratch_close),
		cmocka_unit_test_setup_teardown(bad_rows_are_said_in_every_language, scratch_open, scratch_close),
		cmocka_unit_test(numbers_have_their_forms),
		cmocka_unit_test(lists_have_the_quotation_marks_of_their_language),
		cmocka_unit_test(places_come_from_the_outside_in),
		cmocka_unit_test(an_error_of_another_kind_is_no_fault),
		cmocka_unit_test_setup_teardown(what_cannot_be_read_is_a_fault, scratch_open, scratch_close),
		cmocka_unit_test(kept_texts_are_owned_and_cut),
		cmocka_unit_test(names_in_a_list_end_at_a_letter),
		cmocka_unit_test(a_list_describes_so_many_and_counts_all),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
