/* Which labels wait, and which nobody waits for any more. */
#include "kiosk/workers/print_queue.h"

#include "lib/testing.h"

#include "base/str.h"

static bool put(struct print_queue *q, enum print_wish wish, const char *person, int64_t asked_ms) {
	struct print_entry e = {.wish = wish, .asked_ms = asked_ms};
	str_copy(e.person, sizeof e.person, person);
	return print_queue_put(q, &e);
}

static const char *take(struct print_queue *q) {
	static struct print_entry e;
	print_queue_take(q, &e);
	return e.person;
}

static void who_stands_there_comes_before_a_batch(void **state) {
	(void)state;
	struct print_queue q = {.urgent = 0};
	assert_null(print_queue_next(&q));
	put(&q, PRINT_BATCH, "a", 0);
	put(&q, PRINT_BATCH, "b", 0);
	put(&q, PRINT_CHECK_IN, "c", 1);
	put(&q, PRINT_AGAIN, "d", 2);
	put(&q, PRINT_BATCH, "e", 3);
	static const char *const order[] = {"c", "d", "a", "b", "e"};
	for (size_t i = 0; i < 5; i++) {
		assert_string_equal(print_queue_next(&q)->person, order[i]);
		assert_string_equal(take(&q), order[i]);
	}
	assert_int_equal(q.urgent, 0);
	print_queue_fini(&q);
}

static void nobody_waits_twice(void **state) {
	(void)state;
	struct print_queue q = {.urgent = 0};
	assert_true(put(&q, PRINT_CHECK_IN, "a", 0));
	assert_false(put(&q, PRINT_CHECK_IN, "a", 5));
	assert_false(put(&q, PRINT_AGAIN, "a", 5));
	assert_int_equal(q.waiting.count, 1);
	put(&q, PRINT_BATCH, "b", 5);
	put(&q, PRINT_CHECK_IN, "b", 6); /* somebody of the batch comes: at once, and then not once more */
	take(&q);
	assert_string_equal(take(&q), "b");
	print_queue_done(&q, "b", 7);
	assert_int_equal(q.waiting.count, 0);
	print_queue_fini(&q);
}

static void fifty_labels_of_an_hour_ago_are_not_printed(void **state) {
	(void)state;
	struct print_queue q = {.urgent = 0};
	char person[16];
	for (int i = 0; i < 50; i++) {
		snprintf(person, sizeof person, "%d", i);
		put(&q, PRINT_CHECK_IN, person, i * 1000);
	}
	put(&q, PRINT_TEST, "", 0);
	assert_int_equal(print_queue_deadline(&q), PRINT_FRESH_MS);
	assert_false(print_queue_pass(&q, PRINT_FRESH_MS - 1));
	assert_true(print_queue_pass(&q, PRINT_FRESH_MS));
	assert_int_equal(q.missed.count, 1);
	assert_int_equal(q.waiting.count, 49); /* the first one and the test are gone */
	assert_true(print_queue_pass(&q, 3600 * 1000));
	assert_int_equal(q.waiting.count, 0);
	assert_int_equal(q.missed.count, 50); /* the test is nobody's */
	assert_int_equal(print_queue_deadline(&q), INT64_MAX);
	/* Only when staff say so, and then they are fresh again. */
	print_queue_retry(&q, 3600 * 1000);
	assert_int_equal(q.missed.count, 0);
	assert_int_equal(q.waiting.count, 50);
	assert_false(print_queue_pass(&q, 3600 * 1000 + PRINT_FRESH_MS));
	print_queue_fini(&q);
}

static void a_batch_waits_as_long_as_labels_come_out(void **state) {
	(void)state;
	struct print_queue q = {.urgent = 0};
	for (int i = 0; i < 3; i++) {
		put(&q, PRINT_BATCH, i == 0 ? "a" : i == 1 ? "b" : "c", 0);
	}
	int64_t now = PRINT_PATIENT_MS - 1000;
	take(&q);
	print_queue_done(&q, "a", now);
	assert_false(print_queue_pass(&q, PRINT_PATIENT_MS + 1000));
	assert_int_equal(print_queue_deadline(&q), now + PRINT_PATIENT_MS);
	assert_true(print_queue_pass(&q, now + PRINT_PATIENT_MS));
	assert_int_equal(q.missed.count, 2);
	print_queue_forget(&q);
	assert_int_equal(q.missed.count, 0);
	print_queue_fini(&q);
}

static void there_is_room_for_so_many(void **state) {
	(void)state;
	struct print_queue q = {.urgent = 0};
	char person[16];
	for (int i = 0; i < PRINT_WAITING_MAX + 5; i++) {
		snprintf(person, sizeof person, "%d", i);
		assert_true(put(&q, PRINT_CHECK_IN, person, 0));
	}
	assert_int_equal(q.waiting.count, PRINT_WAITING_MAX);
	assert_int_equal(q.missed.count, 5);
	put(&q, PRINT_BATCH, "batch", 0); /* has room of its own */
	assert_int_equal(q.waiting.count, PRINT_WAITING_MAX + 1);
	print_queue_stop(&q);
	assert_int_equal(q.waiting.count, PRINT_WAITING_MAX);
	print_queue_fini(&q);
}

static void who_was_missed_and_scans_again_gets_it_now(void **state) {
	(void)state;
	struct print_queue q = {.urgent = 0};
	put(&q, PRINT_CHECK_IN, "a", 0);
	put(&q, PRINT_CHECK_IN, "b", 0);
	print_queue_pass(&q, PRINT_FRESH_MS);
	assert_int_equal(q.missed.count, 2);
	put(&q, PRINT_CHECK_IN, "a", PRINT_FRESH_MS);
	assert_int_equal(q.missed.count, 1);
	assert_string_equal(print_queue_next(&q)->person, "a");
	print_queue_done(&q, "b", 0); /* printed by hand meanwhile */
	assert_int_equal(q.missed.count, 0);
	print_queue_fini(&q);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_stands_there_comes_before_a_batch),
		cmocka_unit_test(nobody_waits_twice),
		cmocka_unit_test(fifty_labels_of_an_hour_ago_are_not_printed),
		cmocka_unit_test(a_batch_waits_as_long_as_labels_come_out),
		cmocka_unit_test(there_is_room_for_so_many),
		cmocka_unit_test(who_was_missed_and_scans_again_gets_it_now),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
