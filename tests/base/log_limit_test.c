/* What anybody can cause fills no diary. */
#include "base/log_limit.h"

#include "lib/testing.h"

static void so_many_a_minute_and_the_others_counted(void **state) {
	(void)state;
	struct log_limit limit;
	unsigned left_out;
	log_limit_init(&limit, "test", "lines");
	for (int i = 0; i < LOG_LIMIT_LINES + 340; i++) {
		assert_int_equal(log_limit_pass(&limit, (struct mono_ms){1000 + i}, true, &left_out), i < LOG_LIMIT_LINES);
		assert_int_equal(left_out, 0);
	}
	/* The minute counts from its first line. */
	assert_false(log_limit_pass(&limit, (struct mono_ms){1000 + LOG_LIMIT_MS - 1}, false, &left_out));
	assert_int_equal(left_out, 0);
	assert_false(log_limit_pass(&limit, (struct mono_ms){1000 + LOG_LIMIT_MS}, false, &left_out));
	assert_int_equal(left_out, 340);
	assert_false(log_limit_pass(&limit, (struct mono_ms){1001 + LOG_LIMIT_MS}, false, &left_out));
	assert_int_equal(left_out, 0);
	/* The next one is written, and begins another. */
	assert_true(log_limit_pass(&limit, (struct mono_ms){5 * LOG_LIMIT_MS}, true, &left_out));
	assert_int_equal(left_out, 0);
	for (int i = 1; i < LOG_LIMIT_LINES + 1; i++) {
		assert_int_equal(log_limit_pass(&limit, (struct mono_ms){6 * LOG_LIMIT_MS - 1}, true, &left_out), i < LOG_LIMIT_LINES);
	}
	assert_true(log_limit_pass(&limit, (struct mono_ms){6 * LOG_LIMIT_MS}, true, &left_out));
	assert_int_equal(left_out, 1);
	log_limit_fini(&limit);
}

static void few_are_all_written(void **state) {
	(void)state;
	struct log_limit limit;
	unsigned left_out;
	log_limit_init(&limit, "test", "lines");
	for (int i = 0; i < 1000; i++) {
		assert_true(log_limit_pass(&limit, (struct mono_ms){i * (LOG_LIMIT_MS / LOG_LIMIT_LINES + 1)}, true, &left_out));
		assert_int_equal(left_out, 0);
	}
	log_limit_fini(&limit);
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(so_many_a_minute_and_the_others_counted),
					   cmocka_unit_test(few_are_all_written)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
