/* Anchors: what is one, and which of several counts. What the books make of them is tested in tests/store/write/clock_test.c. */
#include "store/view/anchor.h"

#include "lib/event_sample.h"

#include <stdio.h>
#include <sys/timex.h>

#include "base/alloc.h"
#include "store/file/state.h"
#include "store/write/append.h"

/* This machine's clock is not synchronised: no log gets an anchor by itself. */
int adjtimex(struct timex *state) {
	state->status = STA_UNSYNC;
	return TIME_ERROR;
}

static int64_t append(struct store *store, const char *body) {
	struct err err = {0};
	struct record_ref ref;
	struct draft draft = {.kind = "anchor", .author = AUTHOR_STATION, .subject = "", .body = body};
	assert_ok(store_begin(store, &err) && store_append(store, &draft, &ref, &err) && store_commit(store, &err));
	return ref.id;
}

static int64_t counting(struct store *store) {
	struct err err = {0};
	char sql[600];
	int64_t delta = -1;
	snprintf(sql, sizeof sql, "SELECT a.delta_ms " ANCHORS_OF("%d") " LIMIT 1", (int)store->chains[AUTHOR_STATION].log_id);
	assert_ok(db_number(store->db, sql, &delta, &err));
	return delta;
}

static void the_surest_and_of_equals_the_last(void **state) {
	struct store *store = scratch_event(*state, "e.turnout");
	append(store, "{\"rank\":\"staff\",\"ahead_ms\":1}");
	assert_int_equal(counting(store), 1);
	append(store, "{\"rank\":\"staff\",\"ahead_ms\":2}");
	assert_int_equal(counting(store), 2);
	append(store, "{\"rank\":\"hub\",\"ahead_ms\":3}");
	append(store, "{\"rank\":\"staff\",\"ahead_ms\":4}");
	assert_int_equal(counting(store), 3);
	append(store, "{\"rank\":\"ntp\",\"ahead_ms\":5}");
	append(store, "{\"rank\":\"hub\",\"ahead_ms\":6}");
	assert_int_equal(counting(store), 5);
	store_close(store);
}

static void its_own_times_where_it_says_nothing(void **state) {
	struct store *store = scratch_event(*state, "e.turnout");
	int64_t id = append(store, "{\"rank\":\"hub\"}");
	char sql[200];
	snprintf(sql, sizeof sql,
		 "SELECT a.delta_ms = r.utc_ms - r.mono_ms FROM view_anchor a JOIN record r ON r.id = a.record WHERE r.id = %lld",
		 (long long)id);
	assert_int_equal(event_sample_number(store_path(store), sql), 1);
	store_close(store);
}

static void what_is_none(void **state) {
	struct store *store = scratch_event(*state, "e.turnout");
	append(store, "{\"rank\":\"gps\",\"ahead_ms\":1}");
	append(store, "{\"ahead_ms\":1}");
	append(store, "{\"rank\":\"ntp\",\"ahead_ms\":\"1\"}");
	append(store, "{\"rank\":\"ntp\",\"ahead_ms\":9007199254740992}");
	assert_int_equal(event_sample_number(store_path(store), "SELECT count(*) FROM view_anchor"), 0);
	assert_int_equal(event_sample_number(store_path(store), "SELECT count(*) FROM view_ignored WHERE reason = 'rank'"), 2);
	assert_int_equal(event_sample_number(store_path(store), "SELECT count(*) FROM view_ignored WHERE reason = 'clock'"), 2);
	store_close(store);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(the_surest_and_of_equals_the_last),
		TEST(its_own_times_where_it_says_nothing),
		TEST(what_is_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
