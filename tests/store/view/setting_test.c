/* Settings as the view has them: one row a key, none that is empty, and the zone that follows them. */
#include "store/view/setting.h"

#include "lib/event_sample.h"

#include "base/alloc.h"
#include "base/tz.h"
#include "store/file/state.h"
#include "store/write/append.h"

static void append(struct store *store, const char *body) {
	struct err err = {0};
	struct draft draft = {.kind = "event", .author = AUTHOR_ORGANISER, .subject = "", .body = body};
	assert_ok(store_append(store, &draft, NULL, &err));
}

static void what_has_no_text_is_not_set(void **state) {
	struct err err = {0};
	struct store *store = scratch_event(*state, "e.turnout");
	const char *path = store_path(store);
	assert_false(setting_changed(store));
	assert_ok(store_begin(store, &err));
	append(store, "{\"set\":{\"place\":\"\",\"dates\":null,\"hub\":{\"a\":1},\"unknown\":\"kept\"}}");
	assert_true(setting_changed(store));
	assert_ok(store_commit(store, &err));
	assert_false(setting_changed(store));
	assert_null(setting_get(store, "place"));
	assert_null(setting_get(store, "hub"));
	char *kept = setting_get(store, "unknown"); /* a newer program's, perhaps */
	assert_string_equal(kept, "kept");
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM view_setting WHERE value = ''"), 0);
	free(kept);
	store_close(store);
}

/* Two that did not know of each other: one row, of the greater hash. */
static void one_row_a_key(void **state) {
	struct err err = {0};
	struct store *store = scratch_event(*state, "e.turnout");
	assert_ok(store_begin(store, &err));
	append(store, "{\"set\":{\"place\":\"A\"}}");
	append(store, "{\"set\":{\"place\":\"B\"}}");
	assert_ok(store_commit(store, &err));
	const char *greater = "SELECT count(*) FROM view_setting WHERE key = 'place' AND value = (SELECT body ->> '$.set.place' FROM "
			      "record WHERE body ->> "
			      "'$.set.place' IS NOT NULL ORDER BY hash DESC LIMIT 1)";
	assert_int_equal(event_sample_number(store_path(store), greater), 1);
	assert_int_equal(event_sample_number(store_path(store), "SELECT count(*) FROM view_setting WHERE key = 'place'"), 1);
	store_close(store);
}

static void without_a_zone_it_is_utc(void **state) {
	struct err err = {0};
	struct store *store = scratch_event(*state, "e.turnout");
	struct utc_ms late = {1778799000000}; /* 14 May 2026, 22:50 UTC: the 15th in Kyiv */
	int64_t kyiv = tz_local_day(store->tz, late);
	assert_ok(store_begin(store, &err));
	append(store, "{\"set\":{\"timezone\":\"\"}}");
	append(store, "{\"set\":{\"timezone\":\"\"},\"was\":[]}");
	assert_ok(db_exec(store->db, "DELETE FROM view_setting WHERE key = 'timezone'", &err));
	assert_ok(setting_load_tz(store, &err));
	assert_int_equal(tz_local_day(store->tz, late), kyiv - 1);
	assert_string_equal(store->warning, ""); /* nothing is missing: nothing was said */
	store_rollback(store);
	store_close(store);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(what_has_no_text_is_not_set),
		TEST(one_row_a_key),
		TEST(without_a_zone_it_is_utc),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
