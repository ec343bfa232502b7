/* Points and rules in the event file: put, read back, taken off; what is wrong changes nothing. */
#include "store/read/points.h"

#include "lib/meet.h"

#include "base/str.h"

static void put_and_taken_off(void **state) {
	struct err err = {0};
	struct event_points points;
	struct rules rules;
	struct store *store = scratch_event(*state, "e.turnout");
	assert_ok(store_begin(store, &err) && point_put(store, "lunch", "{\"name\":\"Lunch\",\"often\":\"daily\"}", &err) &&
		  point_put(store, "bag", "{\"name\":\"Bag\",\"stock\":\"100\"}", &err) &&
		  rule_put(store, "press", "{\"at\":\"sessions\",\"for\":\"category=press\",\"may\":\"no\"}", &err) &&
		  store_commit(store, &err));
	assert_ok(event_points_load(store, &points, &err) && rules_load(store, &rules, &err));
	assert_true(points.count == 2 && rules.count == 1 && rules.items[0].may == RULE_MAY_NO);
	assert_string_equal(points.items[0].key, "bag");
	event_points_fini(&points);
	rules_fini(&rules);
	assert_ok(store_begin(store, &err) && point_remove(store, "bag", &err) && rule_remove(store, "press", &err) &&
		  store_commit(store, &err));
	assert_ok(event_points_load(store, &points, &err) && rules_load(store, &rules, &err));
	assert_true(points.count == 1 && rules.count == 0);
	event_points_fini(&points);
	rules_fini(&rules);
	meet_assert_sound(store);
	store_close(store);
}

static void what_is_refused(void **state) {
	struct err err = {0};
	struct store *store = scratch_event(*state, "e.turnout");
	assert_ok(store_begin(store, &err));
	assert_false(point_put(store, "lunch", "{\"often\":\"daily\"}", &err)); /* no name */
	assert_int_equal(err.kind, ERR_USAGE);
	assert_false(point_put(store, "exit", "{\"name\":\"x\"}", &err));
	assert_int_equal(err.kind, ERR_USAGE);
	assert_false(rule_put(store, "r", "{\"at\":\"sessions\"}", &err));
	assert_int_equal(err.kind, ERR_USAGE);
	assert_false(point_remove(store, "lunch", &err));
	assert_int_equal(err.kind, ERR_NOT_FOUND);
	assert_holds(err.text, "there is no point called \"lunch\"");
	store_rollback(store);
	store_close(store);
}

/* As many as there may be, and not one more. */
static void not_too_many(void **state) {
	struct err err = {0};
	struct store *store = scratch_event(*state, "e.turnout");
	char key[16];
	assert_ok(store_begin(store, &err));
	for (int i = 0; i < POINTS_MAX; i++) {
		snprintf(key, sizeof key, "p%d", i);
		assert_ok(point_put(store, key, "{\"name\":\"P\"}", &err));
	}
	assert_false(point_put(store, "more", "{\"name\":\"P\"}", &err));
	assert_holds(err.text, "40 points");
	assert_ok(point_put(store, "p0", "{\"name\":\"Q\"}", &err) && store_commit(store, &err));
	store_close(store);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {TEST(put_and_taken_off), TEST(what_is_refused), TEST(not_too_many)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
