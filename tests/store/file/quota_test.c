/* How much of a station is taken: a day's share, and a hundredth whatever happens. */
#include "store/file/quota.h"

#include "lib/testing.h"

#include "base/alloc.h"

#define DAY INT64_C(86400000)

static void quotas_are_read(void **state) {
	struct err err = {0};
	struct quota q = quota_default();
	(void)state;
	assert_ok(quota_read("", &q, &err));
	assert_int_equal(q.logs, 1000);
	assert_ok(quota_read(" logs=200, bytes=3M all-bytes=2G,event-bytes=100K ", &q, &err));
	assert_int_equal(q.logs, 200);
	assert_int_equal(q.bytes, 3 << 20);
	assert_int_equal(q.all_bytes, INT64_C(2) << 30);
	assert_int_equal(q.event_bytes, 100 << 10);
	assert_int_equal(q.records, 100000);
	static const char *const wrong[] = {"logs", "logs=", "logs=99", "logs=-5", "loks=100", "bytes=1T", "bytes=9999999999G", "logs=1e9"};
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		struct quota before = q;
		assert_false(quota_read(wrong[i], &q, &err));
		assert_int_equal(err.kind, ERR_USAGE);
		assert_memory_equal(&q, &before, sizeof q);
	}
}

static void a_real_station_is_far_below_the_hundredth(void **state) {
	struct quota q = quota_default();
	struct quota_use use = {.all_logs = 9, .all_bytes = 3 * 400000};
	struct quota_amount day = {.logs = 3, .records = 1000, .bytes = 400000};
	(void)state;
	assert_true(quota_fits_least(&q, &use, &day));
	assert_true(q.logs >= 100 * 3 && q.records >= 100 * 1000 && q.bytes >= 100 * 400000);
	assert_true(q.all_logs >= 100 * 9 && q.all_bytes >= 100 * 3 * 400000);
}

static void days_begin_anew_and_nothing_is_held_for_good(void **state) {
	struct quota q = quota_default();
	struct quota_use use = {0};
	struct utc_ms now = {.v = 20000 * DAY + 5};
	(void)state;
	quota_begin_day(&use, now);
	assert_int_equal(use.day, 20000);
	struct quota_amount run = {.logs = 1, .records = 10, .bytes = q.bytes / 2};
	quota_count(&use, &run);
	assert_true(quota_fits(&q, &use, &run, 0));
	assert_false(quota_fits_least(&q, &use, &run));
	quota_count(&use, &run);
	assert_false(quota_fits(&q, &use, &run, 0));
	assert_int_equal(quota_wait(now), DAY - 5);
	/* also when the clock goes back */
	for (int64_t day = 19999; day <= 20001; day += 2) {
		struct quota_use next = use;
		quota_begin_day(&next, (struct utc_ms){.v = day * DAY});
		assert_true(quota_fits(&q, &next, &run, 0));
		assert_int_equal(next.all_bytes, use.all_bytes);
	}
	/* beyond what is taken in all, or when others filled the event's day: still the hundredth, and a day's first run however large */
	use.all_bytes = q.all_bytes;
	quota_begin_day(&use, (struct utc_ms){.v = 20001 * DAY});
	assert_true(quota_fits_least(&q, &use, &run));
	struct quota_amount small = {.records = 1, .bytes = 300};
	quota_count(&use, &small);
	assert_false(quota_fits(&q, &use, &small, 0));
	assert_true(quota_fits_least(&q, &use, &small));
	assert_false(quota_fits_least(&q, &use, &run));
}

static void an_invitation_brings_so_many_stations(void **state) {
	struct quota q = quota_default();
	struct quota_use use = {.logs = 19};
	(void)state;
	assert_true(quota_joins_least(&q, &use));
	use.logs = 20;
	assert_false(quota_joins_least(&q, &use));
	assert_true(quota_joins(&q, &use));
	use.logs = 2000;
	assert_false(quota_joins(&q, &use));
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(quotas_are_read),
		cmocka_unit_test(a_real_station_is_far_below_the_hundredth),
		cmocka_unit_test(days_begin_anew_and_nothing_is_held_for_good),
		cmocka_unit_test(an_invitation_brings_so_many_stations),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
