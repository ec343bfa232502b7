/* Lists of people of ours, told from other systems' tables; and what an edited one changes. */
#include "import/people_export.h"

#include "import/people_apply.h"
#include "import/table_read.h"
#include "scratch.h"
#include "store/read/people.h"

#define OLENA "0123456789abcdef0123"
#define TARAS "00000000000000000002"

static void read_people(const char *text, struct people *p) {
	struct strbuf bytes = {0};
	struct table t = {0};
	struct err err = {0};
	strbuf_adds(&bytes, text);
	assert_ok(table_parse(&bytes, NULL, &t, &err) && people_from_table(&t, NULL, p, &err));
	table_fini(&t);
	strbuf_fini(&bytes);
}

static void is_ours(const char *text, bool ours) {
	struct people p = {0};
	read_people(text, &p);
	assert_int_equal(p.cells != NULL, ours);
	people_fini(&p);
}

static void what_is_a_list_of_ours(void **state) {
	(void)state;
	is_ours("id,name,email\n" OLENA ",Олена,o@example.org\n", true);
	is_ours("name,id\nОлена," OLENA "\nТарас,\n", true); /* with somebody new */
	is_ours("id,name\n17,Олена\n", false);
	is_ours("id,name\n" OLENA ",Олена\n18,Тарас\n", false);
	is_ours("ID,name\n" OLENA ",Олена\n", false);
	is_ours("name,email\nОлена,o@example.org\n", false);
}

static void headers_mean_what_they_say(void **state) {
	(void)state;
	struct people p = {0};
	read_people("id,name,Телефон мами,custom:email,badge,email,registration\n" OLENA ",Олена,1,свій,valid,o@example.org,\n", &p);
	assert_string_equal(person_text(&p.items[0], PERSON_EMAIL), "o@example.org");
	assert_string_equal(person_text(&p.items[0], PERSON_PHONE), "");
	assert_string_equal(person_text(&p.items[0], PERSON_REGISTRATION), ""); /* and not "confirmed", as in a shop's list */
	assert_string_equal(person_custom(&p.items[0], "email"), "свій");
	assert_string_equal(person_custom(&p.items[0], "Телефон мами"), "1");
	assert_null(person_custom(&p.items[0], "badge"));
	assert_int_equal(p.items[0].count, 2);
	assert_true(p.columns[0].id && !p.columns[1].id);
	people_fini(&p);
	read_people("id,name,code\n" OLENA ",Олена,TO1-778\n", &p); /* another system's, however it begins */
	assert_string_equal(person_text(&p.items[0], PERSON_CODE), "TO1-778");
	people_fini(&p);
	read_people("id,name\n17,Олена\n", &p);
	assert_false(p.columns[0].id); /* another system's numbers */
	people_fini(&p);
}

/* Base45 has blanks, and cells keep one of several: what one export in some dozens holds. */
static void badges_that_lost_blanks(void **state) {
	(void)state;
	static const char *const ours[] = {
		"TO0X*H  Q%$Q.JC",
		"TO0X*H Q%$Q.JC",
		"TO1Y500ZGST8TP861W%-9Y.SK7IC:V+%5CX5 5BC.R8H7D6T+9QP.EHKALNROGSF286B8S 2U202F3ZF5%*AJ-KN57OCK  N2Z4ONRFWOZFSUB8EYURL6W6D",
		"TO1Y500ZGST8TP861W%-9Y.SK7IC:V+%5CX5 5BC.R8H7D6T+9QP.EHKALNROGSF286B8S 2U202F3ZF5%*AJ-KN57OCK N2Z4ONRFWOZFSUB8EYURL6W6D",
	};
	static const char *const others[] = {"TO1-778", "TO1 778", "TO0 A 12", "TO0X*HQ%$Q.JC", "to0x*h q%$q.jc", "X", ""};
	for (size_t i = 0; i < COUNT_OF(ours); i++) {
		assert_true(people_export_is_badge(ours[i]));
	}
	for (size_t i = 0; i < COUNT_OF(others); i++) {
		assert_false(people_export_is_badge(others[i]));
	}
}

static void add(struct store *store, const char *id, const char *name, const char *phone) {
	struct err err = {0};
	struct person p = {0};
	person_set(&p, PERSON_NAME, name);
	person_set(&p, PERSON_PHONE, phone);
	assert_ok(person_edit(store, &(struct person_edit){.id = id, .set = &p, .fresh = true}, &err));
	person_fini(&p);
}

/* "added/changed/unchanged" */
static void apply(struct store *store, const char *text, const char *counts) {
	struct people p = {0};
	struct people_applied out = {0};
	struct err err = {0};
	char got[60];
	read_people(text, &p);
	assert_ok(people_apply(store, &p, &(struct people_apply_options){.source = "x.csv"}, &out, &err));
	snprintf(got, sizeof got, "%zu/%zu/%zu", out.added, out.changed, out.unchanged);
	assert_string_equal(got, counts);
	people_applied_fini(&out);
	people_fini(&p);
}

static void is_now(struct store *store, const char *id, const char *name, const char *phone) {
	struct person_row row;
	struct err err = {0};
	bool found = false;
	assert_ok(person_get(store, id, &row, &found, &err) && found);
	assert_string_equal(person_text(&row.person, PERSON_NAME), name);
	assert_string_equal(person_text(&row.person, PERSON_PHONE), phone);
	person_row_fini(&row);
}

static void rows_are_who_their_ids_say(void **state) {
	struct err err = {0};
	struct store *store = scratch_event(*state, "event");
	assert_ok(store_begin(store, &err));
	add(store, OLENA, "Олена Приклад", "1");
	add(store, TARAS, "Олена Приклад", "1"); /* alike in everything */
	assert_ok(store_commit(store, &err));
	apply(store, "id,name,phone\n" OLENA ",Олена Приклад,1\n" TARAS ",Олена Приклад,1\n", "0/0/2");
	/* Another order, one changed altogether, one emptied. */
	apply(store, "id,name,phone\n" TARAS ",Тарас Зразок,2\n" OLENA ",Олена Приклад,\n", "0/2/0");
	is_now(store, TARAS, "Тарас Зразок", "2");
	is_now(store, OLENA, "Олена Приклад", "");
	/* A column that is not there says nothing; a row without id is somebody new, and is known the next time. */
	apply(store, "id,name\n" TARAS ",Тарас Зразок\n,Ївга Проба\n", "1/0/1");
	apply(store, "id,name\n" TARAS ",Тарас Зразок\n,Ївга Проба\n", "0/0/2");
	is_now(store, TARAS, "Тарас Зразок", "2");
	/* Ids of another event are nobody's. */
	apply(store, "id,name\nffffffffffffffffffff,Хтось Інший\n", "1/0/0");
	store_close(store);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(what_is_a_list_of_ours), cmocka_unit_test(headers_mean_what_they_say),
					   cmocka_unit_test(badges_that_lost_blanks), TEST(rows_are_who_their_ids_say)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
