/* Facts of this copy: of the right length or none, and never part of a digest. */
#include "store/file/meta.h"

#include "lib/event_sample.h"

#include "base/alloc.h"

static void tallies_are_no_records(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	char before[65], after[65];
	char *path = event_sample_make(s, "e.turnout");
	event_sample_digest(path, before);
	struct store *store = event_sample_open(path);
	assert_ok(store_begin(store, &err));
	assert_ok(store_count_up(store, "unknown", &err) && store_count_up(store, "unknown", &err));
	assert_ok(store_commit(store, &err));
	assert_int_equal(store_tally(store, "unknown"), 2);
	store_close(store);
	event_sample_digest(path, after);
	assert_string_equal(before, after);
	free(path);
}

static void a_fact_of_another_length_is_none(void **state) {
	struct err err = {0};
	struct store *store = scratch_event(*state, "e.turnout");
	char held[4] = "";
	assert_false(meta_get_blob(store, "nothing", held, 4));
	assert_ok(store_begin(store, &err) && meta_put_blob(store, "fact", "abcd", 4, &err));
	assert_true(meta_get_blob(store, "fact", held, 4));
	assert_memory_equal(held, "abcd", 4);
	assert_false(meta_get_blob(store, "fact", held, 3));
	assert_ok(meta_put_blob(store, "fact", "efg", 3, &err)); /* another one takes its place */
	assert_false(meta_get_blob(store, "fact", held, 4));
	assert_true(meta_get_blob(store, "fact", held, 3));
	assert_memory_equal(held, "efg", 4); /* the failed reading had wiped it */
	store_rollback(store);
	assert_false(meta_get_blob(store, "fact", held, 3)); /* it is of the transaction like anything */
	assert_false(store_is_purged(store));
	store_close(store);
}

static void a_tally_of_nothing_is_none(void **state) {
	struct err err = {0};
	struct store *store = scratch_event(*state, "e.turnout");
	assert_int_equal(store_tally(store, "unknown"), 0);
	assert_ok(store_begin(store, &err) && store_count_up(store, "", &err) && store_commit(store, &err));
	assert_int_equal(store_tally(store, ""), 1);
	assert_int_equal(store_tally(store, "unknown"), 0);
	store_close(store);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(tallies_are_no_records),
		TEST(a_fact_of_another_length_is_none),
		TEST(a_tally_of_nothing_is_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
