#include "import/people_apply.h"

#include "event/fold.h"
#include "import/table_read.h"
#include "scratch.h"
#include "store/read/audit.h"
#include "store/read/people.h"

/* ---- helpers ---- */

static void read_people(const char *text, const struct people_options *opt, struct people *p) {
	struct strbuf bytes = {0};
	struct table t = {0};
	struct err err = {0};
	strbuf_adds(&bytes, text);
	assert_ok(table_parse(&bytes, NULL, &t, &err) && people_from_table(&t, opt, p, &err));
	table_fini(&t);
	strbuf_fini(&bytes);
}

static struct people_applied import(struct store *store, const char *source, const char *text) {
	struct people p = {0};
	struct people_applied out = {0};
	struct err err = {0};
	struct people_apply_options opt = {.source = source};
	read_people(text, NULL, &p);
	assert_ok(people_apply(store, &p, &opt, &out, &err));
	assert_int_equal(out.rows, out.added + out.changed + out.unchanged + out.repeated + out.bad);
	people_fini(&p);
	struct people_applied counts = {
		.rows = out.rows, .added = out.added, .changed = out.changed, .unchanged = out.unchanged, .repeated = out.repeated};
	people_applied_fini(&out);
	return counts;
}

/* Imports, and checks "added/changed/unchanged/repeated". */
static void expect(struct store *store, const char *source, const char *text, const char *counts) {
	struct people_applied a = import(store, source, text);
	char got[100];
	snprintf(got, sizeof got, "%zu/%zu/%zu/%zu", a.added, a.changed, a.unchanged, a.repeated);
	assert_string_equal(got, counts);
}

struct listing {
	struct strbuf text;
	bool ids;
};

static bool list_one(void *context, const struct person_row *row, struct err *err) {
	(void)err;
	struct listing *l = context;
	if (l->ids) {
		strbuf_addf(&l->text, "%s ", row->id);
	}
	strbuf_addf(&l->text, "%s|%s|%s|%s\n", person_text(&row->person, PERSON_NAME), person_text(&row->person, PERSON_EMAIL),
		    person_text(&row->person, PERSON_PHONE), person_text(&row->person, PERSON_ORGANISATION));
	return true;
}

static char *list(struct store *store, bool ids) {
	struct listing l = {.ids = ids};
	struct err err = {0};
	assert_ok(people_each(store, NULL, list_one, &l, &err));
	return strbuf_detach(&l.text);
}

static void expect_list(struct store *store, const char *want) {
	char *got = list(store, false);
	assert_string_equal(got, want);
	free(got);
}

/* Staff write a field by hand. */
static void by_hand(struct store *store, const char *who, enum person_field field, const char *value) {
	struct person_row row = {0};
	struct person set = {0};
	struct err err = {0};
	assert_ok(person_resolve(store, who, &row, &err));
	set.field[field] = xstrdup(value);
	struct person_edit edit = {.id = row.id, .set = &set};
	assert_ok(store_begin(store, &err) && person_edit(store, &edit, &err) && store_commit(store, &err));
	person_fini(&set);
	person_row_fini(&row);
}

static void remove_person(struct store *store, const char *who) {
	struct person_row row = {0};
	struct err err = {0};
	assert_ok(person_resolve(store, who, &row, &err));
	struct person_edit edit = {.id = row.id, .set_json = "{\"status\":\"removed\"}"};
	assert_ok(store_begin(store, &err) && person_edit(store, &edit, &err) && store_commit(store, &err));
	person_row_fini(&row);
}

/* ---- twice, and on two laptops ---- */

#define FIRST                                                         \
	"ПІБ;Email;Телефон;Організація\n"        \
	"Їжак Олена;olena@x.org;050 123 45 67;ГО «А»\n" \
	"Коваль Петро;;067 000 00 01;\n"                   \
	"Шевченко Іван;;;Рада\n"

static void the_same_file_twice_changes_nothing(void **state) {
	struct store *store = scratch_event(*state, "e1");
	expect(store, "a.csv", FIRST, "3/0/0/0");
	char *before = list(store, true);
	expect(store, "a.csv", FIRST, "0/0/3/0");
	expect(store, "other name.csv", FIRST, "0/0/3/0");
	char *after = list(store, true);
	assert_string_equal(before, after);
	free(before);
	free(after);
	store_close(store);
}

static void two_laptops_make_the_same_people(void **state) {
	struct store *a = scratch_event(*state, "e2");
	struct store *b = copied_event(*state, a, "e2-copy");
	expect(a, "a.csv", FIRST, "3/0/0/0");
	expect(b, "b.csv",
	       "Організація;Телефон;Email;ПІБ\nРада;;;Шевченко  Іван\n;+380670000001;;Коваль Петро\nГО «А»;;OLENA@x.org;ЇЖАК ОЛЕНА\n",
	       "3/0/0/0");
	struct people p = {0};
	read_people("ПІБ\n", NULL, &p);
	people_fini(&p);
	struct listing la = {.ids = true};
	struct listing lb = {.ids = true};
	struct err err = {0};
	assert_ok(people_each(a, NULL, list_one, &la, &err) && people_each(b, NULL, list_one, &lb, &err));
	/* The spelling differs, the ids do not: cut them out and compare. */
	for (const char *x = la.text.data, *y = lb.text.data; x != NULL && *x != '\0';) {
		assert_memory_equal(x, y, PERSON_ID_LEN);
		x = strchr(x, '\n') + 1;
		y = strchr(y, '\n') + 1;
	}
	strbuf_fini(&la.text);
	strbuf_fini(&lb.text);
	store_close(a);
	store_close(b);
}

/* ---- who is who ---- */

static void a_weaker_key_still_matches_when_a_stronger_came(void **state) {
	struct store *store = scratch_event(*state, "e3");
	expect(store, "a.csv", "ПІБ;Організація\nЇжак Олена;ГО\n", "1/0/0/0");
	expect(store, "b.csv", "ПІБ;Організація;Телефон\nЇжак Олена;ГО;050 123 45 67\n", "0/1/0/0");
	expect(store, "c.csv", "ПІБ;Телефон;Email\nЇжак Олена;0501234567;o@x.org\n", "0/1/0/0");
	expect(store, "d.csv", "ПІБ;Email;Код\nЇжак Олена;o@x.org;K-17\n", "0/1/0/0");
	expect(store, "a.csv", "ПІБ;Організація\nЇжак Олена;ГО\n", "0/0/1/0");
	expect(store, "e.csv", "ПІБ;Код\nЇжак О.;K-17\n", "0/1/0/0");
	expect_list(store, "Їжак О.|o@x.org|0501234567|ГО\n");
	store_close(store);
}

static void namesakes_without_other_data_are_two_people(void **state) {
	struct store *store = scratch_event(*state, "e4");
	const char *two = "ПІБ;Організація\nІваненко Іван;Рада\nІваненко Іван;Рада\nІваненко Іван;Школа\n";
	expect(store, "a.csv", two, "3/0/0/0");
	expect(store, "a.csv", two, "0/0/3/0");
	expect(store, "a.csv", "ПІБ;Організація\nІваненко Іван;Рада\nІваненко Іван;Рада\nІваненко Іван;Рада\n", "1/0/2/0");
	store_close(store);
}

static void a_row_repeated_in_one_file_is_one_person(void **state) {
	struct store *store = scratch_event(*state, "e5");
	const char *text =
		"ПІБ;Email;Організація;Посада\nЇжак Олена;o@x.org;;голова\nЇЖАК ОЛЕНА;O@X.ORG;ГО;інша\nЇжак Олена;other@x.org;ГО;\n";
	expect(store, "a.csv", text, "2/0/0/1");
	expect_list(store, "Їжак Олена|o@x.org||ГО\nЇжак Олена|other@x.org||ГО\n");
	expect(store, "a.csv", text, "0/0/2/1");
	store_close(store);
}

static void different_codes_are_different_people(void **state) {
	struct store *store = scratch_event(*state, "e6");
	const char *two = "ПІБ;Email;Код\nЇжак Олена;o@x.org;A1\nЇжак Олена;o@x.org;A2\n";
	expect(store, "a.csv", two, "2/0/0/0");
	expect(store, "a.csv", two, "0/0/2/0");
	expect(store, "a.csv", "ПІБ;Email;Код\nЇжак Олена;o@x.org;A3\n", "1/0/0/0");
	store_close(store);
}

static void different_addresses_are_different_people(void **state) {
	struct store *store = scratch_event(*state, "e7");
	expect(store, "a.csv", "ПІБ;Email;Організація\nІваненко Іван;one@x.org;Рада\n", "1/0/0/0");
	expect(store, "b.csv", "ПІБ;Email;Організація\nІваненко Іван;two@x.org;Рада\n", "1/0/0/0");
	store_close(store);
}

static void an_address_corrected_in_the_source_is_the_same_person(void **state) {
	struct store *store = scratch_event(*state, "e8");
	expect(store, "a.csv", "ПІБ;Email;Організація\nІваненко Іван;on@x.org;Рада\nІваненко Іван;two@x.org;Рада\n", "2/0/0/0");
	expect(store, "a.csv", "ПІБ;Email;Організація\nІваненко Іван;one@x.org;Рада\nІваненко Іван;two@x.org;Рада\n", "0/1/1/0");
	expect_list(store, "Іваненко Іван|one@x.org||Рада\nІваненко Іван|two@x.org||Рада\n");
	store_close(store);
}

static void a_key_column_overrides(void **state) {
	struct store *store = scratch_event(*state, "e9");
	struct people_options opt = {.key = "Табельний номер"};
	struct people_apply_options how = {.source = "a.csv", .key = "Табельний номер"};
	const char *const texts[] = {"ПІБ;Табельний номер\nЇжак Олена;7\nЇжак Олена;8\n",
				     "ПІБ;Табельний номер\nЇжак-Коваль Олена;7\nЇжак Олена;8\n"};
	for (size_t i = 0; i < 2; i++) {
		struct people p = {0};
		struct people_applied out = {0};
		struct err err = {0};
		read_people(texts[i], &opt, &p);
		assert_ok(people_apply(store, &p, &how, &out, &err));
		assert_int_equal(out.added, i == 0 ? 2 : 0);
		assert_int_equal(out.changed, i == 0 ? 0 : 1);
		people_fini(&p);
	}
	store_close(store);
}

static void many_namesakes_take_no_time(void **state) {
	struct store *store = scratch_event(*state, "e10");
	struct strbuf text = {0};
	strbuf_adds(&text, "ПІБ\n");
	for (int i = 0; i < 5000; i++) {
		strbuf_adds(&text, "Гість\n");
	}
	expect(store, "a.csv", text.data, "5000/0/0/0");
	expect(store, "a.csv", text.data, "0/0/5000/0");
	expect(store, "b.csv", text.data, "0/0/5000/0");
	strbuf_fini(&text);
	store_close(store);
}

/* ---- what was corrected by hand ---- */

static void a_hand_correction_stays_until_its_cell_changes(void **state) {
	struct store *store = scratch_event(*state, "h1");
	const char *v1 = "ПІБ;Email;Організація;Телефон\nЇжак Олена;o@x.org;Рада;0501234567\n";
	expect(store, "a.csv", v1, "1/0/0/0");
	by_hand(store, "o@x.org", PERSON_ORGANISATION, "Міська рада");
	expect(store, "a.csv", v1, "0/0/1/0");
	expect_list(store, "Їжак Олена|o@x.org|0501234567|Міська рада\n");
	/* Another cell changes: the correction stays. */
	const char *v2 = "ПІБ;Email;Організація;Телефон\nЇжак Олена;o@x.org;Рада;0509999999\n";
	expect(store, "a.csv", v2, "0/1/0/0");
	expect_list(store, "Їжак Олена|o@x.org|0509999999|Міська рада\n");
	expect(store, "a.csv", v2, "0/0/1/0");
	/* Its own cell changes: the source's word counts. */
	const char *v3 = "ПІБ;Email;Організація;Телефон\nЇжак Олена;o@x.org;Обласна рада;0509999999\n";
	expect(store, "a.csv", v3, "0/1/0/0");
	expect_list(store, "Їжак Олена|o@x.org|0509999999|Обласна рада\n");
	store_close(store);
}

static void the_same_table_under_another_name_keeps_corrections(void **state) {
	struct store *store = scratch_event(*state, "h2");
	const char *v1 = "ПІБ;Email;Організація\nЇжак Олена;o@x.org;Рада\n";
	expect(store, "a.csv", v1, "1/0/0/0");
	by_hand(store, "o@x.org", PERSON_ORGANISATION, "Міська рада");
	expect(store, "a (1).csv", v1, "0/0/1/0");
	expect_list(store, "Їжак Олена|o@x.org||Міська рада\n");
	expect(store, "a (2).csv", "ПІБ;Email;Організація\nЇжак Олена;o@x.org;Обласна рада\n", "0/1/0/0");
	expect_list(store, "Їжак Олена|o@x.org||Обласна рада\n");
	store_close(store);
}

static void somebody_corrected_beyond_recognition_is_recognised(void **state) {
	struct store *store = scratch_event(*state, "h3");
	const char *v1 = "ПІБ;Email;Організація\nЇжак Олена;o@x.org;Рада\nКоваль Петро;;Школа\n";
	expect(store, "a.csv", v1, "2/0/0/0");
	by_hand(store, "o@x.org", PERSON_EMAIL, "correct@x.org");
	by_hand(store, "correct@x.org", PERSON_NAME, "Їжаченко Олена");
	by_hand(store, "Коваль Петро", PERSON_NAME, "Ковальчук Петро");
	by_hand(store, "Ковальчук Петро", PERSON_ORGANISATION, "Ліцей");
	expect(store, "a.csv", v1, "0/0/2/0");
	expect_list(store, "Їжаченко Олена|correct@x.org||Рада\nКовальчук Петро|||Ліцей\n");
	store_close(store);
}

static void a_hand_that_was_first_is_kept_afterwards(void **state) {
	struct store *store = scratch_event(*state, "h4");
	expect(store, "a.csv", "ПІБ;Email;Організація\nЇжак Олена;o@x.org;Рада\n", "1/0/0/0");
	by_hand(store, "o@x.org", PERSON_ORGANISATION, "Міська рада");
	const char *v2 = "ПІБ;Email;Організація\nЇжак Олена;o@x.org;Міська рада\n";
	expect(store, "a.csv", v2, "0/0/1/0"); /* the source came round to it */
	by_hand(store, "o@x.org", PERSON_ORGANISATION, "Сільська рада");
	expect(store, "a.csv", v2, "0/0/1/0");
	expect_list(store, "Їжак Олена|o@x.org||Сільська рада\n");
	store_close(store);
}

static void somebody_added_by_hand_is_not_overwritten(void **state) {
	struct store *store = scratch_event(*state, "h5");
	struct err err = {0};
	struct person_edit edit = {.set_json = "{\"name\":\"Їжак Олена\",\"email\":\"o@x.org\",\"organisation\":\"Від руки\"}",
				   .fresh = true};
	char id[PERSON_ID_LEN + 1];
	person_id_random(id);
	edit.id = id;
	assert_ok(store_begin(store, &err) && person_edit(store, &edit, &err) && store_commit(store, &err));
	const char *v1 = "ПІБ;Email;Організація;Телефон\nЇжак Олена;o@x.org;Рада;0501234567\n";
	expect(store, "a.csv", v1, "0/1/0/0");
	expect_list(store, "Їжак Олена|o@x.org|0501234567|Від руки\n");
	expect(store, "a.csv", v1, "0/0/1/0");
	expect_list(store, "Їжак Олена|o@x.org|0501234567|Від руки\n");
	expect(store, "a.csv", "ПІБ;Email;Організація;Телефон\nЇжак Олена;o@x.org;Обласна;0501234567\n", "0/1/0/0");
	expect_list(store, "Їжак Олена|o@x.org|0501234567|Обласна\n");
	store_close(store);
}

static void an_emptied_cell_clears_only_what_the_source_set(void **state) {
	struct store *store = scratch_event(*state, "h6");
	expect(store, "a.csv", "ПІБ;Email;Організація;Телефон\nЇжак Олена;o@x.org;Рада;0501234567\n", "1/0/0/0");
	by_hand(store, "o@x.org", PERSON_PHONE, "0670000000");
	const char *emptied = "ПІБ;Email;Організація;Телефон\nЇжак Олена;o@x.org;;\n";
	expect(store, "b.csv", emptied, "0/0/1/0"); /* another source's silence */
	expect(store, "a.csv", emptied, "0/1/0/0");
	expect_list(store, "Їжак Олена|o@x.org|0670000000|\n");
	expect(store, "a.csv", emptied, "0/0/1/0");
	expect(store, "a.csv", "ПІБ;Email\nЇжак Олена;o@x.org\n", "0/0/1/0"); /* columns that are not there say nothing */
	expect(store, "a.csv", "ПІБ;Email;Організація\nЇжак Олена;o@x.org;Рада\n", "0/1/0/0");
	expect_list(store, "Їжак Олена|o@x.org|0670000000|Рада\n");
	store_close(store);
}

static void two_sources_do_not_fight(void **state) {
	struct store *store = scratch_event(*state, "h7");
	const char *a = "ПІБ;Email;Організація\nЇжак Олена;o@x.org;Рада\n";
	const char *b = "ПІБ;Email;Організація\nЇжак Олена;o@x.org;Міська рада\n";
	expect(store, "a.csv", a, "1/0/0/0");
	expect(store, "b.csv", b, "0/1/0/0");
	expect(store, "a.csv", a, "0/0/1/0");
	expect(store, "b.csv", b, "0/0/1/0");
	expect_list(store, "Їжак Олена|o@x.org||Міська рада\n");
	store_close(store);
}

static void whom_staff_removed_does_not_come_back(void **state) {
	struct store *store = scratch_event(*state, "h8");
	expect(store, "a.csv", FIRST, "3/0/0/0");
	remove_person(store, "Шевченко Іван");
	expect(store, "a.csv", FIRST, "0/0/3/0");
	expect_list(store, "Їжак Олена|olena@x.org|050 123 45 67|ГО «А»\nКоваль Петро||067 000 00 01|\n");
	store_close(store);
}

/* ---- options ---- */

static void a_dry_run_counts_and_changes_nothing(void **state) {
	struct store *store = scratch_event(*state, "o1");
	struct people p = {0};
	struct people_applied dry = {0};
	struct people_applied wet = {0};
	struct err err = {0};
	read_people(FIRST, NULL, &p);
	struct people_apply_options opt = {.source = "a.csv", .dry_run = true};
	assert_ok(people_apply(store, &p, &opt, &dry, &err));
	expect_list(store, "");
	opt.dry_run = false;
	assert_ok(people_apply(store, &p, &opt, &wet, &err));
	assert_memory_equal(&dry, &wet, sizeof dry);
	people_fini(&p);
	store_close(store);
}

static void strict_refuses_all_when_a_cell_is_bad(void **state) {
	struct store *store = scratch_event(*state, "o2");
	struct people p = {0};
	struct people_applied out = {0};
	struct err err = {0};
	read_people("ПІБ;Email\nЇжак Олена;o@x.org\nКоваль Петро;not an address\n", NULL, &p);
	struct people_apply_options opt = {.source = "a.csv", .strict = true};
	assert_false(people_apply(store, &p, &opt, &out, &err));
	assert_int_equal(err.kind, ERR_INPUT);
	assert_says("line 3, column 2");
	expect_list(store, "");
	opt.strict = false;
	assert_ok(people_apply(store, &p, &opt, &out, &err));
	assert_int_equal(out.added, 2); /* a bad cell keeps nobody out */
	assert_int_equal(out.bad, 0);
	assert_int_equal(out.notes, 1);
	people_fini(&p);
	store_close(store);
}

static void nobody_is_left_where_every_row_is_bad(void **state) {
	struct store *store = scratch_event(*state, "all-bad");
	struct people p = {0};
	struct people_applied out = {0};
	struct err err = {0};
	read_people("ПІБ;Email;Посада\n;not an address;голова\n", NULL, &p);
	struct people_apply_options opt = {.source = "a.csv"};
	assert_ok(people_apply(store, &p, &opt, &out, &err));
	assert_int_equal(out.rows, 1);
	assert_int_equal(out.added, 0);
	assert_int_equal(out.bad, 1);
	people_fini(&p);
	store_close(store);
}

static void import_text(struct store *store, const char *source, const char *text, struct people_applied *out) {
	struct people p = {0};
	struct err err = {0};
	read_people(text, NULL, &p);
	assert_ok(people_apply(store, &p, &(struct people_apply_options){.source = source}, out, &err));
	people_fini(&p);
}

static void expect_registration(struct store *store, const char *name, const char *wanted) {
	struct person_row row = {0};
	struct err err = {0};
	assert_ok(person_resolve(store, name, &row, &err));
	assert_string_equal(person_text(&row.person, PERSON_REGISTRATION), wanted);
	person_row_fini(&row);
}

/* The next list may have another name, so that somebody is confirmed is said, and not only left unsaid. */
static void who_is_cancelled_may_be_confirmed_again(void **state) {
	struct store *store = scratch_event(*state, "cancelled");
	struct people_applied out = {0};
	import_text(store, "may.csv", "ПІБ;Email;Скасовано\nЇжак;a@x.org;так\nБілка;b@x.org;\n", &out);
	assert_int_equal(out.registrations[REGISTRATION_CANCELLED], 1);
	assert_int_equal(out.registrations[REGISTRATION_CONFIRMED], 1);
	expect_registration(store, "a@x.org", "cancelled");
	expect_registration(store, "b@x.org", "confirmed");
	import_text(store, "june.csv", "ПІБ;Email;Скасовано\nЇжак;a@x.org;\nБілка;b@x.org;\n", &out);
	assert_int_equal(out.changed, 1);
	expect_registration(store, "a@x.org", "confirmed");
	store_close(store);
}

static void who_holds_another_ticket_is_expected(void **state) {
	struct store *store = scratch_event(*state, "again");
	struct people_applied out = {0};
	import_text(store, "a.csv",
		    "ПІБ;Email;Статус\nЇжак;a@x.org;скасовано\nЇжак;a@x.org;підтверджено\nБілка;b@x.org;лист очікування\n"
		    "Білка;b@x.org;відмова\n",
		    &out);
	assert_int_equal(out.repeated, 2);
	expect_registration(store, "a@x.org", "confirmed");
	expect_registration(store, "b@x.org", "waiting");
	store_close(store);
}

/* --- applicants --- */

static void import_applicants(struct store *store, const char *source, const char *text, size_t pending, size_t confirmed) {
	struct people p = {0};
	struct people_applied out = {0};
	struct err err = {0};
	read_people(text, &(struct people_options){.applicants = true}, &p);
	assert_ok(people_apply(store, &p, &(struct people_apply_options){.source = source, .applicants = true}, &out, &err));
	assert_int_equal(out.registrations[REGISTRATION_PENDING], pending);
	assert_int_equal(out.confirmed, confirmed);
	people_applied_fini(&out);
	people_fini(&p);
}

/* With a column that says it and without; what an editor decided stays when the list comes again. */
static void applicants_wait_until_somebody_confirms_them(void **state) {
	struct store *store = scratch_event(*state, "applicants");
	import_applicants(store, "a.csv", "ПІБ;Email\nЇжак;a@x.org\nБілка;b@x.org\n", 2, 0);
	expect_registration(store, "a@x.org", "pending");
	by_hand(store, "a@x.org", PERSON_REGISTRATION, "confirmed");
	/* Whom a hand confirmed is not told of as somebody who is not let in. */
	import_applicants(store, "a.csv", "ПІБ;Email\nЇжак;a@x.org\nБілка;b@x.org\nВовк;c@x.org\n", 2, 1);
	expect_registration(store, "a@x.org", "confirmed");
	expect_registration(store, "b@x.org", "pending");
	expect_registration(store, "c@x.org", "pending");
	import_applicants(store, "s.csv",
			  "ПІБ;Email;Статус\nГуска;d@x.org;\nКачка;e@x.org;підтверджено\nЛис;f@x.org;відмова\nЛев;g@x.org;нова анкета\n", 2,
			  0);
	expect_registration(store, "d@x.org", "pending");
	expect_registration(store, "e@x.org", "confirmed");
	expect_registration(store, "f@x.org", "declined");
	expect_registration(store, "g@x.org", "pending"); /* no word of ours lets nobody in */
	import_applicants(store, "s.csv", "ПІБ;Email;Статус\nГуска;d@x.org;підтверджено\nКачка;e@x.org;\n", 1, 0);
	expect_registration(store, "d@x.org", "confirmed");
	expect_registration(store, "e@x.org", "pending");
	store_close(store);
}

static void who_is_there_already_is_no_applicant(void **state) {
	struct store *store = scratch_event(*state, "invited");
	import(store, "invited.csv", "ПІБ;Email\nЇжак;a@x.org\nБілка;b@x.org\n");
	by_hand(store, "b@x.org", PERSON_REGISTRATION, "confirmed");
	import_applicants(store, "form.csv", "ПІБ;Email\nЇжак;a@x.org\nБілка;b@x.org\nВовк;c@x.org\n", 1, 0);
	expect_registration(store, "a@x.org", "");
	expect_registration(store, "b@x.org", "confirmed");
	expect_registration(store, "c@x.org", "pending");
	store_close(store);
}

static void a_second_phone_is_a_column_of_its_own(void **state) {
	struct store *store = scratch_event(*state, "second");
	struct people_applied out = {0};
	struct person_row row = {0};
	struct err err = {0};
	import_text(store, "a.csv", "№;ПІБ;Email;Телефон;Мобільний\n1;Їжак;a@x.org;0441112233;0501112233\n", &out);
	assert_ok(person_resolve(store, "a@x.org", &row, &err));
	assert_string_equal(person_text(&row.person, PERSON_PHONE), "0441112233");
	assert_string_equal(person_custom(&row.person, "Мобільний"), "0501112233");
	assert_int_equal(row.person.count, 1);
	person_row_fini(&row);
	import_text(store, "a.csv", "№;ПІБ;Email;Телефон;Мобільний\n9;Їжак;a@x.org;0441112233;0501112233\n", &out);
	assert_int_equal(out.unchanged, 1); /* another row, and the same person */
	store_close(store);
}

static void without_the_organisers_key_nothing_is_changed(void **state) {
	struct store *store = scratch_event(*state, "o3");
	char *path = scratch_path(*state, "o3-station");
	struct err err = {0};
	assert_ok(store_copy(store, path, &err));
	store_close(store);
	store = store_open(path, STORE_WRITE, "test", &err);
	assert_ok(store != NULL);
	struct people p = {0};
	struct people_applied out = {0};
	struct people_apply_options opt = {.source = "a.csv"};
	read_people(FIRST, NULL, &p);
	assert_false(people_apply(store, &p, &opt, &out, &err));
	assert_int_equal(err.kind, ERR_REFUSED);
	assert_says("organiser's key");
	expect_list(store, "");
	opt.source = NULL;
	assert_false(people_apply(store, &p, &opt, &out, &err));
	assert_int_equal(err.kind, ERR_USAGE);
	people_fini(&p);
	free(path);
	store_close(store);
}

static void note_progress(void *context, size_t done, size_t total) {
	size_t *last = context;
	assert_true(done >= last[0] && done <= total);
	last[0] = done;
	last[1] = total;
}

static void progress_reaches_the_end(void **state) {
	struct store *store = scratch_event(*state, "o4");
	struct people p = {0};
	struct people_applied out = {0};
	struct err err = {0};
	size_t last[2] = {0};
	read_people(FIRST, NULL, &p);
	struct people_apply_options opt = {.source = "a.csv", .progress = note_progress, .progress_context = last};
	assert_ok(people_apply(store, &p, &opt, &out, &err));
	assert_int_equal(last[0], 3);
	assert_int_equal(last[1], 3);
	people_fini(&p);
	store_close(store);
}

static void other_columns_are_kept_and_compared(void **state) {
	struct store *store = scratch_event(*state, "o5");
	struct person_row row = {0};
	struct err err = {0};
	expect(store, "a.csv", "ПІБ;Email;Їжа\nЇжак Олена;o@x.org;риба\n", "1/0/0/0");
	expect(store, "a.csv", "ПІБ;Email;Їжа\nЇжак Олена;o@x.org;мʼясо\n", "0/1/0/0");
	assert_ok(person_resolve(store, "o@x.org", &row, &err));
	assert_string_equal(person_custom(&row.person, "Їжа"), "мʼясо");
	person_row_fini(&row);
	expect(store, "a.csv", "ПІБ;Email;Їжа\nЇжак Олена;o@x.org;\n", "0/1/0/0");
	assert_ok(person_resolve(store, "o@x.org", &row, &err));
	assert_null(person_custom(&row.person, "Їжа"));
	person_row_fini(&row);
	store_close(store);
}

static uint32_t next_random(uint32_t *seed) {
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 16;
}

/* A table of few names, addresses, phones and codes, so that they meet in every way. */
static char *random_table(uint32_t seed) {
	static const char *const names[] = {"Їжак Олена", "Коваль Петро"};
	struct strbuf text = {0};
	strbuf_adds(&text, "ПІБ;Email;Телефон;Код;Організація\n");
	for (int i = 0; i < 10; i++) {
		uint32_t r[5];
		for (size_t k = 0; k < COUNT_OF(r); k++) {
			r[k] = next_random(&seed) % 4;
		}
		strbuf_addf(&text, "%s;", names[r[0] % 2]);
		strbuf_addf(&text, r[1] < 2 ? "%u@x.org;" : ";", r[1]);
		strbuf_addf(&text, r[2] < 2 ? "050000000%u;" : ";", r[2]);
		strbuf_addf(&text, r[3] < 1 ? "K%u;" : ";", next_random(&seed) % 2);
		strbuf_addf(&text, r[4] < 3 ? "Рада %u\n" : "\n", r[4]);
	}
	return strbuf_detach(&text);
}

static void any_table_twice_changes_nothing(void **state) {
	for (uint32_t seed = 1; seed <= 60; seed++) {
		char name[20];
		snprintf(name, sizeof name, "r%u", seed);
		struct store *store = scratch_event(*state, name);
		char *text = random_table(seed);
		import(store, "a.csv", text);
		for (int round = 0; round < 2; round++) {
			struct people_applied again = import(store, round ? "b.csv" : "a.csv", text);
			if (again.added + again.changed != 0) {
				print_error("seed %u: %zu added, %zu changed by\n%s", seed, again.added, again.changed, text);
				fail();
			}
		}
		free(text);
		store_close(store);
	}
}

/* Two tables of the same few names and addresses, in contradiction with each other: a few more rounds may still find somebody, then it rests. */
static void two_tables_settle(void **state) {
	for (uint32_t seed = 1; seed <= 60; seed++) {
		char name[20];
		snprintf(name, sizeof name, "t%u", seed);
		struct store *store = scratch_event(*state, name);
		char *a = random_table(seed);
		char *b = random_table(seed + 1000);
		for (int round = 0; round < 5; round++) {
			import(store, "a.csv", a);
			import(store, "b.csv", b);
		}
		struct people_applied again = import(store, "b.csv", b);
		struct people_applied first = import(store, "a.csv", a);
		if (again.added + again.changed + first.added + first.changed != 0) {
			print_error("seed %u: b %zu added, %zu changed, a %zu added, %zu changed by\n%s\n%s", seed, again.added,
				    again.changed, first.added, first.changed, a, b);
			fail();
		}
		free(a);
		free(b);
		store_close(store);
	}
}

static void views_rebuilt_are_the_views_kept(void **state) {
	struct store *store = scratch_event(*state, "o6");
	struct hash kept;
	struct hash rebuilt;
	struct err err = {0};
	expect(store, "a.csv", "Їжа;ПІБ;Email;Код\n\"ри\"\"ба\\\";Їжак Олена;o@x.org;K1\n;Коваль Петро;;\n", "2/0/0/0");
	by_hand(store, "o@x.org", PERSON_NOTE, "тут");
	expect(store, "a.csv", "Їжа;ПІБ;Email;Код\nмʼясо;Їжак Олена;o@x.org;K1\n;Коваль Петро;p@x.org;\n", "0/2/0/0");
	assert_ok(audit_digest(store, &kept, &err) && store_rebuild(store, &err) && audit_digest(store, &rebuilt, &err));
	assert_true(crypto_hash_eq(&kept, &rebuilt));
	store_close(store);
}

/* ---- rows that were corrected ---- */

static bool list_code(void *context, const struct person_row *row, struct err *err) {
	(void)err;
	strbuf_addf(context, "%s %s\n", person_text(&row->person, PERSON_NAME), person_text(&row->person, PERSON_CODE));
	return true;
}

/* "name code" of everyone, by name. */
static void roster_is(struct store *store, const char *wanted) {
	struct strbuf out = {0};
	struct err err = {0};
	assert_ok(people_each(store, NULL, list_code, &out, &err));
	assert_string_equal(strbuf_str(&out), wanted);
	strbuf_fini(&out);
}

static void a_corrected_row_changes_its_person(void **state) {
	struct store *store = scratch_event(*state, "c1");
	expect(store, "a.csv",
	       "ПІБ;Email;Код;Громада\nОлена Приклад;o@x.org;K1;\nТарас Зразок;;K2;Зарічна\nІвга Проба;i@x.org;K3;\nВалентин "
	       "Інший;;K4;Нова\n",
	       "4/0/0/0");
	/* Another surname by the same address, a slip with the same community, another ticket by the same address; and another person. */
	expect(store, "a.csv",
	       "ПІБ;Email;Код;Громада\nОлена Нова;o@x.org;K1;\nТарас Зарзок;;K22;Зарічна\nІвга Проба;i@x.org;K33;\nВалентина "
	       "Інший;;K44;Нова\n",
	       "1/3/0/0");
	roster_is(store, "Івга Проба K33\nОлена Нова K1\nТарас Зарзок K22\nВалентин Інший K4\nВалентина Інший K44\n");
	store_close(store);
}

/* What one list says of its people does not touch those of another that has the same numbers. */
static void another_list_with_the_same_numbers(void **state) {
	struct store *store = scratch_event(*state, "c2");
	struct err err = {0};
	struct people p = {0};
	struct people_applied out = {0};
	struct people_apply_options opt = {.source = "speakers.csv"};
	expect(store, "guests.csv", "Код;ПІБ;Email\n1;Олена Приклад;o@x.org\n2;Тарас Зразок;\n3;Івга Проба;\n", "3/0/0/0");
	read_people("Код;ПІБ;Email\n1;Ганна Інша;\n2;Зразок Тарас;\n3;Петро Третій;\n", NULL, &p);
	assert_ok(people_apply(store, &p, &opt, &out, &err));
	assert_int_equal(out.added, 2);
	assert_int_equal(out.changed, 1); /* the same names in another order: that is him */
	assert_int_equal(out.codes.total, 2);
	assert_int_equal(out.codes.items[0].kind, FAULT_CODE_OTHERS);
	assert_int_equal(out.codes.items[0].at.line, 2);
	assert_int_equal(out.codes.items[0].at.column, 1);
	assert_string_equal(out.codes.items[0].value, "1");
	assert_string_equal(out.codes.items[0].other, "Олена Приклад");
	people_applied_fini(&out);
	roster_is(store, "Олена Приклад 1\nГанна Інша \nЗразок Тарас 2\nПетро Третій \nІвга Проба 3\n");
	opt.strict = true;
	assert_false(people_apply(store, &p, &opt, &out, &err));
	assert_holds(err.text, "Олена Приклад");
	people_fini(&p);
	store_close(store);
}

static struct people_applied import_as(struct store *store, const char *text, struct people_apply_options opt) {
	struct people p = {0};
	struct people_applied out = {0};
	struct err err = {0};
	opt.source = "a.csv";
	read_people(text, NULL, &p);
	assert_ok(people_apply(store, &p, &opt, &out, &err));
	people_fini(&p);
	return out;
}

static void doubts_are(struct people_applied out, size_t doubts, size_t joined) {
	assert_int_equal(out.doubts.count, doubts);
	assert_int_equal(out.joined, joined);
	people_applied_fini(&out);
}

#define BEFORE "ПІБ;Код\nОлена Приклад;K1\nТарас Зразок;K2\n"
#define ANOTHER "ПІБ;Код\nОлена Приклад;K7\nТарас Зразок;K2\n"
#define AFTER "ПІБ;Код\nПриклад Олена;K5\nТарас Зразок;K2\n"

/* Nothing but a name speaks for it: people settle it, also later, and what they said holds. */
static void doubts_wait_until_somebody_settles_them(void **state) {
	struct store *store = scratch_event(*state, "c3");
	doubts_are(import_as(store, BEFORE, (struct people_apply_options){0}), 0, 0);
	doubts_are(import_as(store, AFTER, (struct people_apply_options){.dry_run = true}), 1, 0);
	struct people_applied out = import_as(store, AFTER, (struct people_apply_options){0});
	assert_int_equal(out.added, 1);
	assert_int_equal(out.doubts.items[0].line, 2);
	assert_string_equal(out.doubts.items[0].name, "Приклад Олена");
	assert_string_equal(out.doubts.items[0].like, "Олена Приклад");
	doubts_are(out, 1, 0);
	doubts_are(import_as(store, AFTER, (struct people_apply_options){0}), 1, 0); /* it is not forgotten */
	doubts_are(import_as(store, AFTER, (struct people_apply_options){.same = true}), 0, 1);
	roster_is(store, "Приклад Олена K5\nТарас Зразок K2\n");
	doubts_are(import_as(store, AFTER, (struct people_apply_options){0}), 0, 0);
	/* The row is that person's from here on, not of whom it had been taken for. */
	doubts_are(import_as(store, "ПІБ;Код\nПриклад Олена;K6\nТарас Зразок;K2\n", (struct people_apply_options){.same = true}), 0, 0);
	roster_is(store, "Приклад Олена K6\nТарас Зразок K2\n");
	store_close(store);
}

static void doubts_settled_at_once(void **state) {
	struct store *store = scratch_event(*state, "c4");
	doubts_are(import_as(store, BEFORE, (struct people_apply_options){0}), 0, 0);
	doubts_are(import_as(store, AFTER, (struct people_apply_options){.same = true}), 0, 0);
	roster_is(store, "Приклад Олена K5\nТарас Зразок K2\n");
	doubts_are(import_as(store, ANOTHER, (struct people_apply_options){.settled = true}), 0, 0);
	doubts_are(import_as(store, ANOTHER, (struct people_apply_options){.same = true}), 0, 0);
	roster_is(store, "Олена Приклад K7\nПриклад Олена K5\nТарас Зразок K2\n");
	store_close(store);
}

/* An office's address goes on to the next one there; codes that were mixed up are mended; nobody takes over anybody's history by that. */
static void contacts_and_codes_that_go_on(void **state) {
	struct store *store = scratch_event(*state, "c5");
	doubts_are(import_as(store,
			     "ПІБ;Email;Телефон;Код\nОлена Коваль;office@x.org;0671112233;A1\nОльга Перша;o@x.org;;B1\nІван "
			     "Другий;i@x.org;;B2\n",
			     (struct people_apply_options){0}),
		   0, 0);
	doubts_are(import_as(store,
			     "ПІБ;Email;Телефон;Код\nПетро Гнатюк;office@x.org;0679998877;A2\nОльга Перша;o@x.org;;B2\nІван "
			     "Другий;i@x.org;;B1\n",
			     (struct people_apply_options){0}),
		   1, 0);
	roster_is(store, "Іван Другий B1\nОльга Перша B2\nОлена Коваль A1\nПетро Гнатюк A2\n");
	store_close(store);
}

/* Two rows cannot both be one person, whatever anybody says of all doubts at once. */
static void two_who_are_like_one(void **state) {
	struct store *store = scratch_event(*state, "c6");
	const char *after = "ПІБ;Код\nМарія Іванівна Коваленко;K2\nМарія Ковалинко;K3\n";
	doubts_are(import_as(store, "ПІБ;Код\nМарія Коваленко;K1\n", (struct people_apply_options){0}), 0, 0);
	doubts_are(import_as(store, after, (struct people_apply_options){.same = true}), 2, 0);
	doubts_are(import_as(store, after, (struct people_apply_options){.same = true}), 2, 0);
	roster_is(store, "Марія Коваленко K1\nМарія Ковалинко K3\nМарія Іванівна Коваленко K2\n");
	store_close(store);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_file_twice_changes_nothing),
		cmocka_unit_test(two_laptops_make_the_same_people),
		cmocka_unit_test(a_weaker_key_still_matches_when_a_stronger_came),
		cmocka_unit_test(namesakes_without_other_data_are_two_people),
		cmocka_unit_test(a_row_repeated_in_one_file_is_one_person),
		cmocka_unit_test(different_codes_are_different_people),
		cmocka_unit_test(different_addresses_are_different_people),
		cmocka_unit_test(an_address_corrected_in_the_source_is_the_same_person),
		cmocka_unit_test(a_key_column_overrides),
		cmocka_unit_test(many_namesakes_take_no_time),
		cmocka_unit_test(a_hand_correction_stays_until_its_cell_changes),
		cmocka_unit_test(the_same_table_under_another_name_keeps_corrections),
		cmocka_unit_test(somebody_corrected_beyond_recognition_is_recognised),
		cmocka_unit_test(a_hand_that_was_first_is_kept_afterwards),
		cmocka_unit_test(somebody_added_by_hand_is_not_overwritten),
		cmocka_unit_test(an_emptied_cell_clears_only_what_the_source_set),
		cmocka_unit_test(two_sources_do_not_fight),
		cmocka_unit_test(whom_staff_removed_does_not_come_back),
		cmocka_unit_test(a_dry_run_counts_and_changes_nothing),
		cmocka_unit_test(strict_refuses_all_when_a_cell_is_bad),
		cmocka_unit_test(who_is_cancelled_may_be_confirmed_again),
		cmocka_unit_test(who_holds_another_ticket_is_expected),
		cmocka_unit_test(applicants_wait_until_somebody_confirms_them),
		cmocka_unit_test(who_is_there_already_is_no_applicant),
		cmocka_unit_test(a_second_phone_is_a_column_of_its_own),
		cmocka_unit_test(nobody_is_left_where_every_row_is_bad),
		cmocka_unit_test(without_the_organisers_key_nothing_is_changed),
		cmocka_unit_test(progress_reaches_the_end),
		cmocka_unit_test(other_columns_are_kept_and_compared),
		cmocka_unit_test(any_table_twice_changes_nothing),
		cmocka_unit_test(two_tables_settle),
		cmocka_unit_test(views_rebuilt_are_the_views_kept),
		cmocka_unit_test(a_corrected_row_changes_its_person),
		cmocka_unit_test(another_list_with_the_same_numbers),
		cmocka_unit_test(doubts_wait_until_somebody_settles_them),
		cmocka_unit_test(doubts_settled_at_once),
		cmocka_unit_test(contacts_and_codes_that_go_on),
		cmocka_unit_test(two_who_are_like_one),
	};
	return cmocka_run_group_tests(tests, scratch_open, scratch_close);
}
