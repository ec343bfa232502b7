/* The thread that looks at PINs: its answer is the event file's, each goes with its question, and whoever asks too much is told. */
#include "kiosk/workers/pin_worker.h"

#include "lib/net.h"
#include "lib/testing.h"

#include "base/clock.h"

static struct pin_message *next(struct pin_worker *w) {
	struct pin_message *m = NULL;
	for (int waited = 0; m == NULL && waited < NET_LIMIT_MS; waited += 5) {
		m = pin_worker_take(w);
		if (m == NULL) {
			clock_sleep_ms(5);
		}
	}
	assert_non_null(m);
	return m;
}

static void each_question_has_its_answer(void **state) {
	(void)state;
	struct err err = {0};
	struct pin_worker *w = NULL;
	struct hash event = {{7}};
	char wanted[STAFF_PIN_HASH_LEN + 1];
	assert_ok(pin_worker_open(NULL, NULL, &w, &err));
	assert_true(pin_worker_ask(w, &event, "482913", 11) && pin_worker_ask(w, &event, "00482913", 12));
	struct pin_message *m = next(w);
	assert_int_equal(m->number, 11);
	assert_true(staff_pin_hash(&event, "482913", wanted));
	assert_string_equal(m->hash, wanted);
	pin_message_free(m);
	m = next(w);
	assert_int_equal(m->number, 12);
	assert_string_not_equal(m->hash, wanted);
	pin_message_free(m);
	assert_false(pin_worker_ask(w, &event, "1234567890123", 13)); /* longer than any */
	pin_worker_close(w);
	pin_worker_close(NULL);
}

static void too_many_at_once(void **state) {
	(void)state;
	struct err err = {0};
	struct pin_worker *w = NULL;
	int taken = 0;
	assert_ok(pin_worker_open(NULL, NULL, &w, &err));
	while (taken < 100 && pin_worker_ask(w, &(struct hash){{1}}, "482913", 1)) {
		taken++;
	}
	assert_in_range(taken, 1, 99);
	pin_worker_close(w); /* with questions that nobody answers any more */
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(each_question_has_its_answer), cmocka_unit_test(too_many_at_once)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
