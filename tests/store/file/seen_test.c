/* The index of check-ins in memory: all of one, none of another, however many there are. */
#include "store/file/seen.h"

#include "lib/testing.h"

static int count_of(struct seen *seen, int64_t who) {
	uint32_t cursor = 0;
	const struct seen_entry *e;
	int n = 0;
	while ((e = seen_next(seen, who, &cursor)) != NULL) {
		assert_true(e->who == who);
		n++;
	}
	return n;
}

static void nothing_is_known_at_first(void **state) {
	(void)state;
	struct seen seen = {0};
	assert_int_equal(count_of(&seen, 7), 0);
	seen_forget(&seen);
}

/* 1024 buckets at first: 5000 make it grow twice and more; those of one bucket stay apart. */
static void many_of_one_bucket(void **state) {
	(void)state;
	struct seen seen = {0};
	for (int64_t i = 0; i < 5000; i++) {
		seen_add(&seen, (i % 10) * 65536, i);
	}
	for (int64_t who = 0; who < 10; who++) {
		assert_int_equal(count_of(&seen, who * 65536), 500);
	}
	assert_int_equal(count_of(&seen, 10 * 65536), 0);
	assert_int_equal(count_of(&seen, -65536), 0);
	seen_forget(&seen);
	assert_int_equal(count_of(&seen, 0), 0);
}

static void what_was_found_out_is_kept_and_doubted(void **state) {
	(void)state;
	struct seen seen = {.known = true, .round = 1};
	uint32_t cursor = 0;
	seen_add(&seen, -1, 42);
	struct seen_entry *e = seen_next(&seen, -1, &cursor);
	assert_non_null(e);
	assert_int_equal(e->record, 42);
	assert_int_equal(seen_found(&seen, e)->round, 0); /* nothing is known of it yet */
	seen_found(&seen, e)->round = seen.round;
	assert_int_equal(seen_found(&seen, e)->round, seen.round);
	assert_int_equal(seen.found.count, 1);
	seen_doubt(&seen);
	assert_int_not_equal(seen_found(&seen, e)->round, seen.round);
	seen_forget(&seen);
	assert_false(seen.known);
}

static void points_have_one_number_each(void **state) {
	(void)state;
	struct seen seen = {0};
	int arrival = seen_point(&seen, "arrival"), a = seen_point(&seen, "a");
	assert_int_not_equal(arrival, a);
	assert_int_equal(seen_point(&seen, "arrival"), arrival);
	assert_int_equal(seen_point(&seen, "a"), a);
	assert_true(seen_point(&seen, "") >= 0);
	assert_true(seen_text("CODE-A") == seen_text("CODE-A"));
	assert_true(seen_text("CODE-A") != seen_text("CODE-B"));
	seen_forget(&seen);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_known_at_first),
		cmocka_unit_test(many_of_one_bucket),
		cmocka_unit_test(what_was_found_out_is_kept_and_doubted),
		cmocka_unit_test(points_have_one_number_each),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
