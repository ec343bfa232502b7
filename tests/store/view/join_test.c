/* Who turned out to be whom: chains, rings, and the order in which it was said. */
#include "store/view/join.h"

#include "lib/event_sample.h"

#include <stdio.h>

#include "base/alloc.h"
#include "base/str.h"
#include "store/read/people.h"

/* Invariant 3 again, for what a plain sample has not: rings and chains of joins, two roles of one key. */
static void join(struct store *store, const char *person, const char *into) {
	struct err err = {0};
	assert_ok(store_begin(store, &err));
	assert_ok(person_join(store, person, into, &err));
	assert_ok(store_commit(store, &err));
}

static int count_people(struct store *store) {
	struct err err = {0};
	int64_t n = 0;
	assert_ok(people_count(store, &n, &err));
	return (int)n;
}

static void joins_in_chains_and_rings(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	char ids[12][PERSON_ID_LEN + 1];
	struct store *store = scratch_event(s, "j.turnout");
	assert_ok(store_begin(store, &err));
	for (int i = 0; i < 12; i++) {
		struct person p = {0};
		snprintf(ids[i], sizeof ids[i], "%020d", i);
		person_set(&p, PERSON_NAME, ids[i]);
		assert_ok(person_edit(store, &(struct person_edit){.id = ids[i], .set = &p, .fresh = true}, &err));
		person_fini(&p);
	}
	assert_ok(store_commit(store, &err));
	for (int i = 2; i < 12; i++) {
		join(store, ids[i], ids[1]); /* ten into one */
	}
	assert_int_equal(count_people(store), 2);
	join(store, ids[1], ids[0]); /* a chain of two */
	struct person_row row;
	bool found = false;
	assert_ok(person_get(store, ids[7], &row, &found, &err));
	assert_string_equal(row.id, ids[0]);
	person_row_fini(&row);
	assert_int_equal(count_people(store), 1);
	join(store, ids[0], ids[1]); /* a ring: its greatest id stays */
	assert_ok(person_get(store, ids[7], &row, &found, &err));
	assert_string_equal(row.id, ids[1]);
	person_row_fini(&row);
	assert_int_equal(count_people(store), 1);
	char *path = xstrdup(store_path(store));
	assert_ok(store_rebuild(store, &err));
	store_close(store);
	event_sample_stays_so(path);
	free(path);
}

/* Of two that say whom one person is, the greater id counts: on every copy, whichever came first. */
static void two_say_whom(void **state) {
	struct scratch *s = *state;
	static const char *const orders[2][2] = {{"b", "c"}, {"c", "b"}};
	for (int i = 0; i < 2; i++) {
		char *name = xasprintf("%d.turnout", i), *path = scratch_path(s, name);
		struct store *store = scratch_event(s, name);
		join(store, "a", orders[i][0]);
		join(store, "a", orders[i][1]);
		store_close(store);
		assert_int_equal(event_sample_number(path, "SELECT count(*) FROM view_join WHERE person = 'a' AND into_person = 'c'"), 1);
		assert_int_equal(event_sample_number(path, "SELECT count(*) FROM view_join"), 1);
		free(name);
		free(path);
	}
}

static void nobody_is_joined_into_themselves(void **state) {
	struct err err = {0};
	struct store *store = scratch_event(*state, "e.turnout");
	assert_ok(store_begin(store, &err));
	assert_false(person_join(store, "a", "a", &err));
	assert_int_equal(err.kind, ERR_USAGE);
	store_rollback(store);
	store_close(store);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(joins_in_chains_and_rings),
		TEST(two_say_whom),
		TEST(nobody_is_joined_into_themselves),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
