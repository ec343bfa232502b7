/* The roster: who is found by what, who is not listed, and what of them can be scanned. */
#include "store/read/people.h"

#include "lib/event_sample.h"

#include "base/alloc.h"
#include "base/str.h"
#include "base/strbuf.h"

static void add(struct store *store, const char *id, const char *set) {
	struct err err = {0};
	assert_ok(person_edit(store, &(struct person_edit){.id = id, .set_json = set, .fresh = true}, &err));
}

#define A "0000000000000000000a"
#define B "0000000000000000000b"
#define C "0000000000000000000c"

static struct store *roster(const struct scratch *s) {
	struct err err = {0};
	struct store *store = scratch_event(s, "e.turnout");
	assert_ok(store_begin(store, &err));
	add(store, A, "{\"name\":\"Олена Приклад\",\"email\":\"olena@example.org\",\"code\":\"K-1\",\"community\":\"Зарічна\"}");
	add(store, B, "{\"name\":\"Тарас Зразковий\",\"code\":\"K-2\"}");
	add(store, C, "{\"name\":\"Олена Приклад\",\"status\":\"removed\",\"email\":\"gone@example.org\"}");
	assert_ok(store_commit(store, &err));
	return store;
}

static bool list_id(void *context, const struct person_row *row, struct err *err) {
	(void)err;
	strbuf_addf(context, "%c", row->id[PERSON_ID_LEN - 1]);
	return true;
}

static void finds(struct store *store, const char *query, const char *ids) {
	struct err err = {0};
	struct strbuf out = {0};
	assert_ok(people_each(store, query, list_id, &out, &err));
	assert_string_equal(strbuf_str(&out), ids);
	strbuf_fini(&out);
}

static void searching(void **state) {
	struct err err = {0};
	int64_t count = 0;
	struct store *store = roster(*state);
	finds(store, NULL, "ab");
	finds(store, "", "ab");
	finds(store, "олена", "a"); /* whoever was removed is on no list */
	finds(store, "ПРИКЛАД зарічна", "a");
	finds(store, "зарічна тарас", ""); /* every word must be there */
	finds(store, "nobody", "");
	assert_ok(people_count(store, &count, &err));
	assert_int_equal(count, 2);
	store_close(store);
}

static void resolves(struct store *store, const char *text, const char *id) {
	struct err err = {0};
	struct person_row row;
	assert_ok(person_resolve(store, text, &row, &err));
	assert_string_equal(row.id, id);
	person_row_fini(&row);
}

static void is_unclear(struct store *store, const char *text, enum err_kind kind) {
	struct err err = {0};
	struct person_row row;
	assert_false(person_resolve(store, text, &row, &err));
	assert_int_equal(err.kind, kind);
	assert_holds(err.text, text);
}

static void whom_a_text_names(void **state) {
	struct err err = {0};
	struct store *store = roster(*state);
	resolves(store, A, A);
	resolves(store, C, C); /* by id also who was removed */
	resolves(store, "K-2", B);
	resolves(store, "OLENA@example.org", A);
	resolves(store, "тарас зразковий", B);
	is_unclear(store, "Приклад", ERR_NOT_FOUND); /* a part of a name is no name */
	is_unclear(store, "gone@example.org", ERR_NOT_FOUND);
	assert_ok(store_begin(store, &err));
	add(store, "0000000000000000000d", "{\"name\":\"Олена  ПРИКЛАД\"}");
	assert_ok(store_commit(store, &err));
	is_unclear(store, "Олена Приклад", ERR_USAGE);
	store_close(store);
}

/* A table has "Приклад Олена", people say "Олена Приклад". */
static void names_in_another_order(void **state) {
	struct err err = {0};
	struct person_row row;
	struct store *store = roster(*state);
	resolves(store, "Зразковий Тарас", B);
	resolves(store, "зразковий, ТАРАС", B);
	is_unclear(store, "Зразковий", ERR_NOT_FOUND);
	is_unclear(store, "Зразковий Тарас Тарас", ERR_NOT_FOUND);
	is_unclear(store, "—", ERR_NOT_FOUND);
	assert_ok(store_begin(store, &err));
	add(store, "0000000000000000000d", "{\"name\":\"Зразковий Тарас\",\"community\":\"Зарічна\"}");
	assert_ok(store_commit(store, &err));
	resolves(store, "Зразковий Тарас", "0000000000000000000d"); /* who is called just so comes first */
	resolves(store, "Тарас Зразковий", B);
	assert_ok(store_begin(store, &err));
	add(store, "0000000000000000000e", "{\"name\":\"Тарас Зразковий Іванович\"}");
	add(store, "0000000000000000000f", "{\"name\":\"Іванович Тарас Зразковий\",\"organisation\":\"Рада\"}");
	assert_ok(store_commit(store, &err));
	assert_false(person_resolve(store, "Зразковий Тарас Іванович", &row, &err));
	assert_int_equal(err.kind, ERR_USAGE);
	assert_string_equal(err.text, "2 people are \"Зразковий Тарас Іванович\": 0000000000000000000e Тарас Зразковий Іванович, "
				      "0000000000000000000f Іванович Тарас Зразковий (Рада); name one by id or code");
	store_close(store);
}

static void of_many_namesakes_the_first_are_listed(void **state) {
	struct err err = {0};
	struct person_row row;
	struct store *store = roster(*state);
	assert_ok(store_begin(store, &err));
	char id[] = "00000000000000000000";
	for (char digit = '1'; digit <= '7'; digit++) {
		id[PERSON_ID_LEN - 1] = digit;
		add(store, id, "{\"name\":\"Хтось Один\"}");
	}
	assert_ok(store_commit(store, &err));
	assert_false(person_resolve(store, "Один Хтось", &row, &err));
	assert_holds(err.text, "7 people are");
	assert_holds(err.text, "00000000000000000005 Хтось Один, …; name one");
	assert_null(strstr(err.text, "00000000000000000006"));
	store_close(store);
}

static bool list_code(void *context, const struct person_code *code, struct err *err) {
	(void)err;
	strbuf_addf(context, "%s:%c%s ", code->code, code->person[PERSON_ID_LEN - 1], code->kind == PERSON_CODE_PAST ? " once" : "");
	return true;
}

/* Codes of all who are that person; with the join the other's too. */
static void by_what_they_can_have_been_scanned(void **state) {
	struct err err = {0};
	struct strbuf out = {0};
	struct person_row row;
	bool found = false;
	struct store *store = roster(*state);
	assert_ok(person_codes(store, A, list_code, &out, &err));
	assert_string_equal(out.data, "K-1:a ");
	assert_ok(store_begin(store, &err) && person_join(store, B, A, &err) && store_commit(store, &err));
	strbuf_reset(&out);
	assert_ok(person_codes(store, A, list_code, &out, &err));
	assert_string_equal(out.data, "K-1:a K-2:b ");
	assert_ok(person_get(store, B, &row, &found, &err));
	assert_string_equal(row.id, A);
	assert_string_equal(row.code, "K-1");
	person_row_fini(&row);
	assert_ok(person_get(store, "nobody", &row, &found, &err));
	assert_false(found);
	strbuf_reset(&out);
	assert_ok(person_codes(store, "nobody", list_code, &out, &err));
	assert_int_equal(out.len, 0);
	assert_ok(store_begin(store, &err) && person_edit(store, &(struct person_edit){.id = B, .set_json = "{\"code\":\"K-3\"}"}, &err) &&
		  store_commit(store, &err));
	strbuf_reset(&out);
	assert_ok(person_codes(store, A, list_code, &out, &err));
	assert_string_equal(out.data, "K-1:a K-3:b K-2:b once ");
	resolves(store, "K-2", A); /* joined */
	strbuf_fini(&out);
	store_close(store);
}

/* Two laptops make the same id of one person; nobody else gets it, and no other event. */
static void ids(void **state) {
	(void)state;
	char a[PERSON_ID_LEN + 1], b[PERSON_ID_LEN + 1];
	struct hash event = {{1}}, other = {{2}};
	person_id(&event, "email o@example.org", a);
	person_id(&event, "email o@example.org", b);
	assert_string_equal(a, b);
	assert_int_equal(strlen(a), PERSON_ID_LEN);
	person_id(&event, "email p@example.org", b);
	assert_string_not_equal(a, b);
	person_id(&other, "email o@example.org", b);
	assert_string_not_equal(a, b);
	person_id_random(a);
	person_id_random(b);
	assert_string_not_equal(a, b);
}

static void an_edit_of_known_fields(void **state) {
	struct err err = {0};
	struct person_row row;
	struct person set = {0};
	bool found = false;
	struct store *store = roster(*state);
	person_set(&set, PERSON_PHONE, "+380");
	person_set_custom(&set, "Обід", "так");
	assert_ok(store_begin(store, &err) && person_edit(store, &(struct person_edit){.id = A, .set = &set, .status = "removed"}, &err) &&
		  store_commit(store, &err));
	assert_ok(person_get(store, A, &row, &found, &err));
	assert_true(found && row.removed);
	assert_string_equal(person_text(&row.person, PERSON_NAME), "Олена Приклад"); /* what is not said stays */
	assert_string_equal(person_text(&row.person, PERSON_PHONE), "+380");
	assert_string_equal(person_custom(&row.person, "Обід"), "так");
	person_row_fini(&row);
	person_fini(&set);
	store_close(store);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(searching),
		TEST(whom_a_text_names),
		TEST(by_what_they_can_have_been_scanned),
		TEST(ids),
		TEST(an_edit_of_known_fields),
		TEST(names_in_another_order),
		TEST(of_many_namesakes_the_first_are_listed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
