#include "base/worker.h"

#include "lib/testing.h"

#include "base/alloc.h"

/* Doubles the numbers that come in, until it is stopped; what is left then is done all the same. */
struct doubler {
	struct worker worker;
	int woken;
};

static void *run(void *self) {
	struct doubler *d = self;
	int *number;
	while ((number = mailbox_take(d->worker.in, -1)) != NULL) {
		*number *= 2;
		if (!mailbox_put_wait(d->worker.out, number)) {
			free(number);
		}
	}
	return NULL;
}

static void wake(void *context) { __atomic_add_fetch(&((struct doubler *)context)->woken, 1, __ATOMIC_SEQ_CST); }

static void start(struct doubler *d) {
	struct err err = {0};
	*d = (struct doubler){.woken = 0};
	assert_ok(worker_start(
		&d->worker,
		&(struct worker_options){.name = "a test", .in_max = 4, .out_max = 4, .wake = wake, .context = d, .run = run, .self = d},
		&err));
}

static void give(struct doubler *d, int value) {
	int *number = xmalloc(sizeof *number);
	*number = value;
	assert_true(mailbox_put_wait(d->worker.in, number));
}

static void what_goes_in_comes_out(void **state) {
	struct doubler d;
	(void)state;
	start(&d);
	for (int i = 1; i <= 20; i++) {
		give(&d, i);
		int *number = mailbox_take(d.worker.out, 5000);
		assert_non_null(number);
		assert_int_equal(*number, 2 * i);
		free(number);
	}
	worker_join(&d.worker); /* a message may be taken just before its wake; the end of the box wakes, too */
	assert_int_equal(d.woken, 21);
	worker_fini(&d.worker, NULL, NULL);
	assert_int_equal(d.woken, 21); /* its end was told */
}

static int dropped;
static void drop(void *message) {
	dropped++;
	free(message);
}

static void what_is_left_is_dropped_by_its_owner(void **state) {
	struct doubler d;
	(void)state;
	start(&d);
	for (int i = 0; i < 3; i++) {
		give(&d, i);
	}
	worker_join(&d.worker);
	assert_false(d.worker.runs);
	int late = 0;
	assert_false(mailbox_put(d.worker.in, &late)); /* it is stopped */
	worker_join(&d.worker);                        /* again: nothing */
	dropped = 0;
	worker_fini(&d.worker, drop, drop);
	assert_true(dropped <= 3); /* the thread frees what it cannot put */
	worker_fini(&d.worker, drop, drop);
	worker_stop(&d.worker);
}

static void none_at_all_is_safe(void **state) {
	struct worker none = {.runs = false};
	(void)state;
	worker_stop(&none);
	worker_join(&none);
	worker_fini(&none, NULL, NULL);
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(what_goes_in_comes_out), cmocka_unit_test(what_is_left_is_dropped_by_its_owner),
					   cmocka_unit_test(none_at_all_is_safe)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
