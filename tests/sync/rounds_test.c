/* When a peer's turn comes. */
#include "sync/rounds.h"

#include "lib/testing.h"

static const struct round_pace pace = {.every_ms = 30000, .wait_most_ms = 20000};

static void at_once_at_the_beginning(void **state) {
	(void)state;
	struct rounds r = {.due_ms = 0};
	assert_true(rounds_due(&r, 5));
	assert_true(rounds_whole(&r, 5));
}

static void a_whole_round_every_so_often(void **state) {
	(void)state;
	struct rounds r = {.due_ms = 0};
	rounds_done(&r, &pace, true, 1000);
	assert_false(rounds_due(&r, 30999));
	assert_false(rounds_whole(&r, 30999));
	assert_true(rounds_due(&r, 31000));
	assert_true(rounds_whole(&r, 31000));
}

static void what_is_new_goes_at_once_while_the_line_is_up(void **state) {
	(void)state;
	struct rounds r = {.due_ms = 0};
	rounds_done(&r, &pace, true, 1000);
	rounds_poke(&r, 2000);
	rounds_poke(&r, 2000 + ROUNDS_GATHER_MS / 2); /* goes with it, does not put it off */
	assert_false(rounds_due(&r, 2000 + ROUNDS_GATHER_MS - 1));
	assert_true(rounds_due(&r, 2000 + ROUNDS_GATHER_MS));
	assert_false(rounds_whole(&r, 2000 + ROUNDS_GATHER_MS));
	rounds_done(&r, &pace, false, 2200);
	assert_false(rounds_due(&r, 30999)); /* the whole one is not put off by it */
	assert_true(rounds_due(&r, 31000));
}

static void a_dead_line_is_tried_by_its_wait_only(void **state) {
	(void)state;
	struct rounds r = {.due_ms = 0};
	struct round_failure failure = {.now_ms = 1000, .random = 0, .retry_after_s = -1};
	rounds_failed(&r, &pace, &failure);
	rounds_poke(&r, 1000);
	assert_false(rounds_due(&r, 1000 + BACKOFF_LEAST_MS - 1));
	assert_true(rounds_due(&r, 1000 + 2 * BACKOFF_LEAST_MS));
	assert_true(rounds_whole(&r, 3000));
	for (int i = 0; i < 20; i++) {
		rounds_failed(&r, &pace, &failure);
	}
	assert_int_equal(r.due_ms, 1000 + pace.wait_most_ms);
	static const struct round_pace patient = {.every_ms = 30000};
	failure.retry_after_s = 1000;
	rounds_failed(&r, &patient, &failure);
	assert_int_equal(r.due_ms, 1000 + 1000 * 1000);
}

static void somebody_does_not_want_to_wait(void **state) {
	(void)state;
	struct rounds r = {.due_ms = 0};
	rounds_done(&r, &pace, true, 1000);
	rounds_hurry(&r, 1500);
	assert_true(rounds_due(&r, 1500));
	assert_true(rounds_whole(&r, 1500));
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(at_once_at_the_beginning),
		cmocka_unit_test(a_whole_round_every_so_often),
		cmocka_unit_test(what_is_new_goes_at_once_while_the_line_is_up),
		cmocka_unit_test(a_dead_line_is_tried_by_its_wait_only),
		cmocka_unit_test(somebody_does_not_want_to_wait),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
