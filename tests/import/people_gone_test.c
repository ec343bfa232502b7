/* Who stood in a list and is gone from it when it comes again. */
#include "import/people_gone.h"

#include "import/people_apply.h"
#include "import/table_read.h"
#include "scratch.h"
#include "store/read/people.h"

static void apply(struct store *store, const char *text, struct people_apply_options opt, struct people_applied *out) {
	struct strbuf bytes = {0};
	struct table t = {0};
	struct people people = {0};
	struct err err = {0};
	opt.source = opt.source != NULL ? opt.source : "a.csv";
	strbuf_adds(&bytes, text);
	assert_ok(table_parse(&bytes, NULL, &t, &err) && people_from_table(&t, NULL, &people, &err) &&
		  people_apply(store, &people, &opt, out, &err));
	people_fini(&people);
	table_fini(&t);
	strbuf_fini(&bytes);
}

/* Imports, and checks whom it says to be gone: their names, parted by strokes. */
static void expect_as(struct store *store, const char *text, struct people_apply_options opt, const char *wanted) {
	struct people_applied out = {0};
	struct strbuf got = {0};
	apply(store, text, opt, &out);
	assert_int_equal(out.gone.total, out.gone.count);
	for (size_t i = 0; i < out.gone.count; i++) {
		strbuf_addf(&got, "%s%s", i > 0 ? "|" : "", out.gone.items[i].name);
		assert_int_equal(strlen(out.gone.items[i].id), PERSON_ID_LEN);
	}
	assert_string_equal(strbuf_str(&got), wanted);
	strbuf_fini(&got);
	people_applied_fini(&out);
}

static void expect(struct store *store, const char *text, const char *wanted) {
	expect_as(store, text, (struct people_apply_options){0}, wanted);
}

#define LIST "ПІБ;Email;Громада\nТарас Зразок;;Нова\nОлена Приклад;o@x.org;Зарічна\nІвга Проба;;\n"

static void whose_row_is_gone_is_told(void **state) {
	struct store *store = scratch_event(*state, "g1");
	expect(store, LIST, "");
	expect(store, LIST, "");
	expect_as(store, "ПІБ;Email;Громада\nІвга Проба;;\n", (struct people_apply_options){.dry_run = true},
		  "Олена Приклад (Зарічна)|Тарас Зразок (Нова)");
	expect(store, "ПІБ;Email;Громада\nОлена Приклад;o@x.org;Зарічна\nІвга Проба;;\nНова Людина;;\n", "Тарас Зразок (Нова)");
	expect(store, "ПІБ;Email;Громада\nОлена Приклад;o@x.org;Зарічна\n", "Івга Проба|Нова Людина|Тарас Зразок (Нова)");
	expect(store, LIST, "Нова Людина");
	store_close(store);
}

/* A corrected row is its person's; one that may be somebody's is a doubt, until it is another. */
static void whoever_was_recognised_is_not_gone(void **state) {
	struct store *store = scratch_event(*state, "g2");
	expect(store, LIST, "");
	expect(store, "ПІБ;Email;Громада\nТарас Зарзок;;Нова\nОлена Нова;o@x.org;Зарічна\nІвга Проба;;\n", "");
	expect_as(store, "ПІБ;Код\nХтось Один;K1\nХтось Другий;K2\n", (struct people_apply_options){.source = "codes"}, "");
	expect_as(store, "ПІБ;Код\nОдин Хтось;K5\nХтось Другий;K2\n", (struct people_apply_options){.source = "codes"}, "");
	expect_as(store, "ПІБ;Код\nОдин Хтось;K5\nХтось Другий;K2\n", (struct people_apply_options){.source = "codes", .settled = true},
		  "Хтось Один");
	store_close(store);
}

static void only_of_the_same_source(void **state) {
	struct store *store = scratch_event(*state, "g3");
	expect(store, LIST, "");
	expect_as(store, "ПІБ\nПетро Інший\n", (struct people_apply_options){.source = "b.csv"}, "");
	expect_as(store, "ПІБ\nПетро Третій\n", (struct people_apply_options){.source = "b.csv"}, "Петро Інший");
	expect(store, LIST, "");
	store_close(store);
}

static void whom_staff_removed_is_not_told(void **state) {
	struct err err = {0};
	struct person_row row;
	struct store *store = scratch_event(*state, "g4");
	expect(store, LIST, "");
	assert_ok(person_resolve(store, "Тарас Зразок", &row, &err));
	struct person_edit edit = {.id = row.id, .set_json = "{\"status\":\"removed\"}"};
	assert_ok(store_begin(store, &err) && person_edit(store, &edit, &err) && store_commit(store, &err));
	person_row_fini(&row);
	expect(store, "ПІБ;Email;Громада\nОлена Приклад;o@x.org;Зарічна\n", "Івга Проба");
	store_close(store);
}

/* Whoever turned out to be somebody else is there when that person has a row, and gone once when not. */
static void whoever_was_joined_is_one(void **state) {
	struct err err = {0};
	struct person_row row, into;
	struct store *store = scratch_event(*state, "g5");
	expect(store, LIST, "");
	assert_ok(person_resolve(store, "Івга Проба", &row, &err) && person_resolve(store, "Олена Приклад", &into, &err));
	assert_ok(store_begin(store, &err) && person_join(store, row.id, into.id, &err) && store_commit(store, &err));
	person_row_fini(&row);
	person_row_fini(&into);
	expect(store, "ПІБ;Email;Громада\nТарас Зразок;;Нова\nОлена Приклад;o@x.org;Зарічна\n", "");
	expect(store, "ПІБ;Email;Громада\nТарас Зразок;;Нова\n", "Олена Приклад (Зарічна)");
	store_close(store);
}

/* Two sheets of one workbook, read one after the other: nobody is gone. */
static void another_sheet_is_no_later_list(void **state) {
	char east[] = "Схід", west[] = "Захід";
	struct source_memory first = {.sheet = east}, second = {.sheet = west};
	struct store *store = scratch_event(*state, "g6");
	expect_as(store, LIST, (struct people_apply_options){.memory = &first}, "");
	expect_as(store, "ПІБ\nПетро Інший\n", (struct people_apply_options){.memory = &second}, "");
	expect_as(store, LIST, (struct people_apply_options){.memory = &first}, "");
	expect_as(store, "ПІБ;Email;Громада\nІвга Проба;;\n", (struct people_apply_options){.memory = &first},
		  "Олена Приклад (Зарічна)|Петро Інший|Тарас Зразок (Нова)");
	store_close(store);
}

static void of_very_many_all_are_counted(void **state) {
	struct strbuf text = {0};
	struct people_applied out = {0};
	struct store *store = scratch_event(*state, "g7");
	strbuf_adds(&text, "ПІБ\n");
	for (int i = 0; i < PEOPLE_GONE_LISTED + 3; i++) {
		strbuf_addf(&text, "Людина %c%c%c\n", 'A' + i / 400, 'A' + i / 20 % 20, 'A' + i % 20);
	}
	expect(store, strbuf_str(&text), "");
	apply(store, "ПІБ\nЛюдина AAA\n", (struct people_apply_options){0}, &out);
	assert_int_equal(out.gone.total, PEOPLE_GONE_LISTED + 2);
	assert_int_equal(out.gone.count, PEOPLE_GONE_LISTED);
	people_applied_fini(&out);
	strbuf_fini(&text);
	store_close(store);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whose_row_is_gone_is_told),    cmocka_unit_test(whoever_was_recognised_is_not_gone),
		cmocka_unit_test(only_of_the_same_source),      cmocka_unit_test(whom_staff_removed_is_not_told),
		cmocka_unit_test(whoever_was_joined_is_one),    cmocka_unit_test(another_sheet_is_no_later_list),
		cmocka_unit_test(of_very_many_all_are_counted),
	};
	return cmocka_run_group_tests(tests, scratch_open, scratch_close);
}
