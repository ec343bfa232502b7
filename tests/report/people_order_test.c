/* People in the order in which people look for them. */
#include "report/people_order.h"

#include "lib/event_sample.h"

#include "base/alloc.h"
#include "base/strbuf.h"
#include "store/read/settings.h"

static void add(struct store *store, const char *id, const char *set) {
	struct err err = {0};
	assert_ok(person_edit(store, &(struct person_edit){.id = id, .set_json = set, .fresh = true}, &err));
}

static struct store *roster(const struct scratch *s) {
	struct err err = {0};
	struct store *store = scratch_event(s, "e.turnout");
	assert_ok(store_begin(store, &err));
	add(store, "00000000000000000001", "{\"name\":\"Іван Яременко\",\"code\":\"10\",\"organisation\":\"Рада\"}");
	add(store, "00000000000000000002", "{\"name\":\"Євген Бондар\",\"code\":\"2\",\"category\":\"Гість\"}");
	add(store, "00000000000000000003", "{\"name\":\"Зоя Абрамчук\",\"organisation\":\"Ґрунт\"}");
	add(store, "00000000000000000004", "{\"name\":\"Зоя Абрамчук\",\"organisation\":\"Рада\"}");
	add(store, "00000000000000000005", "{\"name\":\"Інна\",\"status\":\"removed\"}");
	assert_ok(store_commit(store, &err));
	return store;
}

static bool note(void *context, const struct person_row *row, struct err *err) {
	(void)err;
	strbuf_addc(context, row->id[PERSON_ID_LEN - 1]);
	return true;
}

static void are(struct store *store, const char *query, enum people_order order, const char *wanted) {
	struct err err = {0};
	struct strbuf out = {0};
	assert_ok(people_each_in_order(store, query, order, note, &out, &err));
	assert_string_equal(strbuf_str(&out), wanted);
	strbuf_fini(&out);
}

static void by_each_field(void **state) {
	struct store *store = roster(*state);
	are(store, NULL, PEOPLE_BY_NAME, "2341"); /* Є before З, І after it; namesakes by their ids */
	are(store, NULL, PEOPLE_BY_ORGANISATION, "3412");
	are(store, NULL, PEOPLE_BY_CATEGORY, "2341");
	are(store, NULL, PEOPLE_BY_CODE, "2134"); /* 2 before 10 */
	are(store, "рада", PEOPLE_BY_NAME, "41");
	are(store, "nobody", PEOPLE_BY_NAME, "");
	store_close(store);
}

static void by_the_family_name(void **state) {
	struct store *store = roster(*state);
	struct err err = {0};
	assert_ok(store_begin(store, &err) && setting_put(store, "family_name", "last", &err) && store_commit(store, &err));
	are(store, NULL, PEOPLE_BY_NAME, "3421");
	store_close(store);
}

static bool stop(void *context, const struct person_row *row, struct err *err) {
	(void)row;
	++*(int *)context;
	return err_set(err, ERR_SYSTEM, "enough");
}

static void who_fails_stops_it(void **state) {
	struct store *store = roster(*state);
	struct err err = {0};
	int n = 0;
	assert_false(people_each_in_order(store, NULL, PEOPLE_BY_NAME, stop, &n, &err));
	assert_int_equal(n, 1);
	store_close(store);
}

/* Whoever wants the first few keeps no more, in whatever order they come; whom nobody knows is not among them. */
static void the_first_of_those_added(void **state) {
	static const char *const ids[] = {"00000000000000000001", "00000000000000000004", "0000000000000000000f",
					  "00000000000000000005", "00000000000000000003", "00000000000000000002"};
	static const char *const wanted[] = {"23415", "2",    "23",
					     "234",   "2341", "23415"}; /* by the limit; the one taken off the list, too */
	struct store *store = roster(*state);
	struct err err = {0};
	for (size_t limit = 0; limit < COUNT_OF(wanted); limit++) {
		struct people_ordering *o = NULL;
		struct strbuf out = {0};
		assert_ok(people_ordering_open(store, PEOPLE_BY_NAME, limit, &o, &err));
		for (size_t i = 0; i < COUNT_OF(ids); i++) {
			assert_ok(people_ordering_add(o, ids[i], &err));
		}
		assert_ok(people_ordering_give(o, note, &out, &err));
		assert_string_equal(strbuf_str(&out), wanted[limit]);
		strbuf_fini(&out);
		people_ordering_close(o);
	}
	store_close(store);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {TEST(by_each_field), TEST(by_the_family_name), TEST(who_fails_stops_it),
					   TEST(the_first_of_those_added)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
