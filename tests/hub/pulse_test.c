/* Tried seldom, told always. */
#include "hub/pulse.h"

#include "lib/testing.h"

#include <stdatomic.h>

struct store {
	atomic_int tries;
	atomic_bool broken, slow;
};

static bool write_it(void *context, struct err *err) {
	struct store *store = context;
	atomic_fetch_add(&store->tries, 1);
	while (atomic_load(&store->slow)) {
		clock_sleep_ms(1);
	}
	return !atomic_load(&store->broken) || err_set(err, ERR_SYSTEM, "the disk is full");
}

static void tried_seldom_told_always(void **state) {
	(void)state;
	struct pulse pulse;
	struct err err = {0};
	struct store store = {0};
	pulse_init(&pulse);
	for (int i = 0; i < 1000; i++) {
		assert_ok(pulse_feel(&pulse, write_it, &store, &err));
	}
	assert_true(atomic_load(&store.tries) >= 1 && atomic_load(&store.tries) < 10); /* a machine may be slow */
	atomic_store(&store.broken, true);
	clock_sleep_ms(PULSE_MS + 10);
	assert_false(pulse_feel(&pulse, write_it, &store, &err));
	assert_string_equal(err.text, "the disk is full");
	atomic_store(&store.broken, false);
	clock_sleep_ms(PULSE_MS + 10);
	assert_ok(pulse_feel(&pulse, write_it, &store, &err));
	pulse_fini(&pulse);
}

struct asking {
	struct pulse *pulse;
	struct store *store;
	bool ok;
};

static void *ask(void *context) {
	struct asking *a = context;
	struct err err = {0};
	a->ok = pulse_feel(a->pulse, write_it, a->store, &err);
	return NULL;
}

static void one_that_hangs_holds_up_nobody_who_can_be_told(void **state) {
	(void)state;
	struct pulse pulse;
	struct err err = {0};
	struct store store = {0};
	pthread_t thread;
	struct asking a = {&pulse, &store, false};
	pulse_init(&pulse);
	assert_ok(pulse_feel(&pulse, write_it, &store, &err));
	clock_sleep_ms(PULSE_MS + 10);
	atomic_store(&store.slow, true);
	assert_int_equal(pthread_create(&thread, NULL, ask, &a), 0);
	while (atomic_load(&store.tries) < 2) {
		clock_sleep_ms(1);
	}
	assert_ok(pulse_feel(&pulse, write_it, &store, &err));
	assert_int_equal(atomic_load(&store.tries), 2);
	atomic_store(&store.slow, false);
	pthread_join(thread, NULL);
	assert_true(a.ok);
	pulse_fini(&pulse);
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(tried_seldom_told_always),
					   cmocka_unit_test(one_that_hangs_holds_up_nobody_who_can_be_told)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
