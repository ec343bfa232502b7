/* Invariants 1 and 7: what is committed is on disk, and what is undone is as if it had not been. */
#include "store/write/transaction.h"

#include "lib/event_sample.h"

#include <unistd.h>

#include "base/alloc.h"
#include "base/str.h"
#include "store/file/state.h"
#include "store/read/audit.h"
#include "store/read/badges.h"
#include "store/read/settings.h"

static void ignore_fault(void *context, const char *sentence) {
	(void)context;
	assert_true(sentence[0] != '\0');
}

/* Invariant 7. */
static void a_rolled_back_transaction_leaves_nothing(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	char before[65], after[65];
	char *path = event_sample_make(s, "e.turnout");
	event_sample_digest(path, before);
	int64_t records = event_sample_number(path, "SELECT count(*) FROM record");
	struct store *store = event_sample_open(path);
	assert_ok(store_begin(store, &err));
	assert_ok(setting_put(store, "title", "Other", &err));
	assert_ok(badge_revoke(store, "CODE-A", &err));
	store_rollback(store);
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM record"), records);
	event_sample_digest(path, after);
	assert_string_equal(before, after);
	assert_ok(store_begin(store, &err)); /* and the log goes on as if nothing had been */
	assert_ok(setting_put(store, "title", "Other", &err));
	assert_ok(store_commit(store, &err));
	store_close(store);
	struct audit audit;
	store = store_open(path, STORE_READ, "test", &err);
	assert_ok(audit_verify(store, &audit, ignore_fault, NULL, &err));
	assert_int_equal(audit.faults, 0);
	store_close(store);
	free(path);
}

/* Another connection sees it the moment store_commit returned, and not before. */
static void it_is_there_when_commit_returns(void **state) {
	struct err err = {0};
	struct store *store = scratch_event(*state, "e.turnout");
	assert_ok(store_begin(store, &err) && setting_put(store, "title", "Other", &err));
	const char *others = "SELECT count(*) FROM view_setting WHERE value = 'Other'";
	assert_int_equal(event_sample_number(store_path(store), others), 0);
	assert_ok(store_commit(store, &err));
	assert_int_equal(event_sample_number(store_path(store), others), 1);
	store_close(store);
}

static void a_transaction_that_was_left_open(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct store *store = scratch_event(s, "e.turnout");
	char *path = scratch_path(s, "e.turnout");
	assert_ok(store_begin(store, &err) && setting_put(store, "title", "Other", &err));
	assert_false(store_begin(store, &err)); /* they do not nest */
	assert_holds(err.text, path);
	store_close(store);
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM view_setting WHERE value = 'Other'"), 0);
	free(path);
}

/* What cannot be computed is not committed: the records are undone with it. */
static void views_that_cannot_be_computed(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct store *store = scratch_event(s, "e.turnout");
	char *path = scratch_path(s, "e.turnout");
	int64_t records = event_sample_number(path, "SELECT count(*) FROM record");
	assert_ok(store_begin(store, &err) && setting_put(store, "title", "Other", &err));
	assert_ok(db_exec(store->db, "ALTER TABLE view_setting RENAME TO elsewhere", &err));
	assert_false(store_commit(store, &err));
	assert_holds(err.text, path);
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM record"), records);
	assert_ok(store_begin(store, &err) && setting_put(store, "title", "Other", &err) && store_commit(store, &err)); /* and it goes on */
	store_close(store);
	free(path);
}

static void the_zone_follows_its_setting(void **state) {
	struct err err = {0};
	struct store *store = scratch_event(*state, "e.turnout");
	int64_t before = tz_local_day(store_tz(store), (struct utc_ms){1778781600000}); /* 14 May 2026, 18:00 UTC: 21:00 in Kyiv */
	assert_ok(store_begin(store, &err) && setting_put(store, "timezone", "Pacific/Auckland", &err));
	assert_int_equal(tz_local_day(store_tz(store), (struct utc_ms){1778781600000}), before);
	assert_ok(store_commit(store, &err));
	assert_int_equal(tz_local_day(store_tz(store), (struct utc_ms){1778781600000}), before + 1);
	store_close(store);
}

static void readers_begin_nothing(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	char *path = event_sample_make(s, "e.turnout");
	struct store *store = store_open(path, STORE_READ, "test", &err);
	assert_ok(store != NULL);
	assert_false(store_begin(store, &err));
	assert_false(store_rebuild(store, &err));
	store_rollback(store);
	store_close(store);
	free(path);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(a_rolled_back_transaction_leaves_nothing),
		TEST(it_is_there_when_commit_returns),
		TEST(a_transaction_that_was_left_open),
		TEST(views_that_cannot_be_computed),
		TEST(the_zone_follows_its_setting),
		TEST(readers_begin_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
