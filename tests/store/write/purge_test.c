/* Purging a copy: not before a keeper holds everything, and then for good. */
#include "store/write/purge.h"

#include "lib/meet.h"

#include "base/alloc.h"
#include "base/str.h"
#include "store/file/state.h"
#include "store/log/ends.h"
#include "store/log/share.h"
#include "store/read/settings.h"
#include "store/write/erasing.h"
#include "store/write/sign.h"

static void not_before_everything_is_kept(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	char *path = event_sample_make(s, "e.turnout");
	struct store *store = event_sample_open(path);
	int64_t people = event_sample_number(path, "SELECT count(*) FROM view_person");
	assert_false(store_purge(store, &err));
	assert_int_equal(err.kind, ERR_REFUSED);
	assert_holds(err.text, "not acknowledged");
	meet_acknowledge_all(store);
	assert_ok(store_begin(store, &err) && setting_put(store, "title", "Later", &err) && store_commit(store, &err));
	assert_false(store_purge(store, &err));
	assert_true(str_starts(err.text, "1 record of this file is not acknowledged"));
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM view_person"), people);
	assert_false(store_is_purged(store));
	store_close(store);
	free(path);
}

static void what_is_left(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	uint8_t key[CRYPTO_SEAL_KEY_LEN];
	char *path = event_sample_make(s, "e.turnout");
	struct store *store = event_sample_open(path);
	int64_t records = event_sample_number(path, "SELECT count(*) FROM record");
	meet_acknowledge_all(store);
	assert_ok(store_purge(store, &err));
	assert_true(store_is_purged(store));
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM record"), records);
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM record WHERE subject <> '' AND body IS NOT NULL"), 0);
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM view_person"), 0);
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM view_session"), 2); /* no personal data */
	meet_assert_sound(store);
	assert_false(store_purge(store, &err));
	assert_holds(err.text, "already");
	assert_false(store_event_key(store, key, &err)); /* it exchanges no more */
	assert_ok(store_begin(store, &err));
	assert_false(setting_put(store, "title", "Later", &err));
	assert_int_equal(err.kind, ERR_REFUSED);
	store_rollback(store);
	store_close(store);
	store = event_sample_open(path); /* and stays so */
	assert_ok(store_begin(store, &err));
	struct draft draft = {.kind = "note", .author = AUTHOR_STATION, .subject = "", .body = "{}"};
	assert_false(store_append(store, &draft, NULL, &err));
	assert_holds(err.text, "purged");
	store_rollback(store);
	store_close(store);
	free(path);
}

/* What an erasure left in the write-ahead log is not forgotten by a purge that could not be done. */
static void a_purge_that_fails(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	char *path = event_sample_make(s, "e.turnout");
	struct store *store = event_sample_open(path);
	meet_acknowledge_all(store);
	/* Behind the store's back a hash is cut short, so the views cannot be computed. */
	event_sample_sql(path, "PRAGMA ignore_check_constraints = ON; UPDATE record SET hash = x'00' WHERE id = (1 << 40 | 2)");
	for (int unclean = 0; unclean < 2; unclean++) {
		store->unclean = unclean != 0;
		assert_false(store_purge(store, &err));
		assert_int_equal(err.kind, ERR_CORRUPT);
		assert_int_equal(store->unclean, unclean);
		assert_false(store->purged || store_is_purged(store));
	}
	store_close(store);
	free(path);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(not_before_everything_is_kept),
		TEST(what_is_left),
		TEST(a_purge_that_fails),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
