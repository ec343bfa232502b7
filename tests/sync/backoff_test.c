/* The wait after a failure: its bounds at every step, what another side may ask for, and that it starts anew. */
#include "sync/backoff.h"

#include "lib/testing.h"

static void spans_double_up_to_five_minutes(void **state) {
	(void)state;
	struct backoff b = {0};
	int64_t span = 2000;
	for (int i = 0; i < 40; i++) {
		struct backoff least = b, most = b;
		int64_t low = backoff_fail(&least, 0, -1), high = backoff_fail(&most, (uint64_t)span / 2, -1);
		assert_int_equal(low, span / 2);
		assert_int_equal(high, span);
		assert_true(low >= BACKOFF_LEAST_MS && high <= BACKOFF_MOST_MS);
		backoff_fail(&b, 7, -1);
		assert_int_equal(b.failures, i + 1);
		span = span * 2 < BACKOFF_MOST_MS ? span * 2 : BACKOFF_MOST_MS;
	}
	assert_int_equal(span, BACKOFF_MOST_MS);
	b.failures = UINT32_MAX;
	assert_in_range(backoff_fail(&b, UINT64_MAX, -1), BACKOFF_MOST_MS / 2, BACKOFF_MOST_MS);
	assert_int_equal(b.failures, UINT32_MAX);
}

/* Equal randomness gives equal waits; different randomness spreads a fleet over the whole half. */
static void a_fleet_is_spread(void **state) {
	(void)state;
	int64_t least = INT64_MAX, most = 0;
	uint64_t random = 88172645463325252; /* xorshift64: Marsaglia, "Xorshift RNGs", 2003 */
	for (int i = 0; i < 1000; i++) {
		random ^= random << 13;
		random ^= random >> 7;
		random ^= random << 17;
		struct backoff b = {.failures = 5}, same = b;
		int64_t wait = backoff_fail(&b, random, -1);
		assert_int_equal(wait, backoff_fail(&same, random, -1));
		assert_in_range(wait, 32000, 64000);
		least = wait < least ? wait : least;
		most = wait > most ? wait : most;
	}
	assert_true(least < 33000 && most > 63000);
}

static void what_the_other_side_asks_for(void **state) {
	(void)state;
	static const struct {
		int64_t asked_s, least, most;
	} cases[] = {{-1, 1000, 2000},
		     {0, 1000, 2000},
		     {1, 1000, 2000},
		     {60, 60000, 75000},
		     {3600, 3600000, 4500000},
		     {86400LL * 365, 3600000, 4500000}, /* not believed */
		     {INT64_MAX, 3600000, 4500000},
		     {INT64_MIN, 1000, 2000}};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct backoff low = {0}, high = {0};
		assert_int_equal(backoff_fail(&low, 0, cases[i].asked_s), cases[i].least);

		for (uint64_t random = 0; random < 100000; random += 997) {
			struct backoff b = {0};
			assert_in_range(backoff_fail(&b, random, cases[i].asked_s), cases[i].least, cases[i].most);
		}
		assert_true(backoff_fail(&high, 1000, cases[i].asked_s) > cases[i].least);
	}
	struct backoff late = {.failures = 20};
	assert_true(backoff_fail(&late, 0, 10) >= BACKOFF_MOST_MS / 2); /* asking for less shortens nothing */
}

static void the_line(void **state) {
	(void)state;
	struct backoff b = {0};
	assert_false(b.line_up);
	backoff_reset(&b);
	assert_true(b.line_up);
	backoff_fail(&b, 1, -1);
	backoff_fail(&b, 1, -1);
	assert_false(b.line_up);
	backoff_reset(&b);
	assert_true(b.line_up && b.failures == 0);
	assert_in_range(backoff_fail(&b, 12345, -1), 1000, 2000);
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(spans_double_up_to_five_minutes), cmocka_unit_test(a_fleet_is_spread),
					   cmocka_unit_test(what_the_other_side_asks_for), cmocka_unit_test(the_line)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
