/* Which record speaks of what: noted once, marked for the commit, and taken back whole. */
#include "store/view/view.h"

#include "lib/event_sample.h"

#include "base/alloc.h"
#include "store/file/state.h"

static void touched_and_taken_back(void **state) {
	struct err err = {0};
	int64_t n = 0;
	struct store *store = scratch_event(*state, "e.turnout");
	struct view_record r = {.id = 77};
	assert_ok(store_begin(store, &err));
	assert_ok(view_touch(store, &r, 'z', "1", &err) && view_touch(store, &r, 'z', "1", &err) && view_touch(store, &r, 'z', "2", &err));
	assert_ok(view_ignore(store, &r, IGNORE_JSON, &err) && view_ignore(store, &r, IGNORE_KIND, &err));
	assert_int_equal(store->dirty.count, 2);
	assert_ok(db_number(store->db, "SELECT count(*) FROM view_touch WHERE record = 77", &n, &err));
	assert_int_equal(n, 2);
	assert_ok(db_number(store->db, "SELECT count(*) FROM view_ignored WHERE record = 77 AND reason = 'kind'", &n, &err));
	assert_int_equal(n, 1); /* the last reason stands */
	mapstr_fini(&store->dirty);
	assert_ok(view_take_back(store, 77, &err));
	assert_non_null(mapstr_find(&store->dirty, "z1")); /* both are computed again, without it */
	assert_non_null(mapstr_find(&store->dirty, "z2"));
	assert_ok(db_number(
		store->db,
		"SELECT (SELECT count(*) FROM view_touch WHERE record = 77) + (SELECT count(*) FROM view_ignored WHERE record = 77)", &n,
		&err));
	assert_int_equal(n, 0);
	store_rollback(store);
	store_close(store);
}

/* One whose row is made already is not computed again. */
static void touched_only(void **state) {
	struct err err = {0};
	int64_t n = 0;
	struct store *store = scratch_event(*state, "e.turnout");
	struct view_record r = {.id = 77};
	assert_ok(store_begin(store, &err) && view_touch_only(store, &r, "z1", &err));
	assert_int_equal(store->dirty.count, 0);
	assert_ok(db_number(store->db, "SELECT count(*) FROM view_touch WHERE thing = 'z1'", &n, &err));
	assert_int_equal(n, 1);
	store_rollback(store);
	store_close(store);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(touched_and_taken_back),
		TEST(touched_only),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
