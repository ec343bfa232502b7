/* Who may take up how much of an answering side's time: one that asks without end has its share while others ask, and all of it alone. */
#include "sync/fairness.h"

#include "lib/testing.h"

#define START 1000000
#define COST_US 150000 /* a request of 600 KB */

static struct public_key key(uint32_t number) {
	struct public_key k = {{1}};
	memcpy(k.b + 4, &number, sizeof number);
	return k;
}

static struct mono_ms at(int64_t ms) { return (struct mono_ms){START + ms}; }

/* One request, which takes `ms`; how long its answer is kept back, or -1: it was not looked at. */
static int64_t ask(struct fairness *f, uint32_t who, int64_t now, int64_t cost_us) {
	struct public_key k = key(who);
	if (fairness_wait_ms(f, &k, at(now)) > 0 || !fairness_enter(f, &k, at(now))) {
		return -1;
	}
	return fairness_leave(f, &k, cost_us, at(now));
}

static void alone_nobody_waits(void **state) {
	(void)state;
	struct fairness *f = fairness_open(false);
	for (int i = 0; i < 1000; i++) {
		assert_int_equal(ask(f, 1, i, COST_US), 0);
	}
	fairness_close(f);
	/* a kiosk has work of its own */
	f = fairness_open(true);
	assert_int_equal(ask(f, 1, 0, COST_US), 0);
	assert_in_range(ask(f, 1, 0, COST_US), 1, 2 * COST_US / 1000 * 100 / FAIRNESS_SHARE_PERCENT);
	fairness_close(f);
}

/* Over one connection, which waits for its answers, for a minute: what is worked off is its share. Meanwhile a kiosk's check-ins never wait. */
static void one_that_asks_without_end_has_its_share(void **state) {
	(void)state;
	struct fairness *f = fairness_open(false);
	int64_t free_at = 0, worked_us = 0;
	for (int64_t now = 0; now < 60000; now += 25) {
		assert_int_equal(ask(f, 2, now, fairness_cost_us(3000, 1000)), 0);
		if (now >= free_at) {
			int64_t kept = ask(f, 1, now, COST_US);
			assert_true(kept >= 0); /* who waits for the answers is not turned away */
			free_at = now + kept;
			worked_us += COST_US;
		}
	}
	int64_t share = INT64_C(60000) * 10 * FAIRNESS_SHARE_PERCENT;
	assert_in_range(worked_us, share - 2 * COST_US, share + FAIRNESS_BURST_US + 2 * COST_US);
	fairness_close(f);
}

/* Over many connections, not waiting for any answer: most are not looked at, and the work is the same share and what a whole debt allows. */
static void over_many_connections_it_gains_nothing(void **state) {
	(void)state;
	struct fairness *f = fairness_open(false);
	int64_t worked_us = 0, turned_away = 0;
	for (int64_t now = 0; now < 60000; now += 5) {
		if (now % 1000 == 0) {
			assert_int_equal(ask(f, 2, now, 1500), 0);
		}
		int64_t kept = ask(f, 1, now, COST_US);
		worked_us += kept >= 0 ? COST_US : 0;
		turned_away += kept < 0;
	}
	int64_t share = INT64_C(60000) * 10 * FAIRNESS_SHARE_PERCENT;
	assert_true(worked_us < share + FAIRNESS_BURST_US + FAIRNESS_DEBT_MOST_US + COST_US);
	assert_true(turned_away > 11000);
	/* a debt is bounded, whatever was asked, and paid when nothing is asked */
	struct public_key k = key(1);
	assert_in_range(fairness_wait_ms(f, &k, at(60000)), FAIRNESS_PATIENCE_MS, FAIRNESS_DEBT_MOST_US / 10 / FAIRNESS_SHARE_PERCENT);
	assert_int_equal(ask(f, 2, 69000, 1500), 0);
	assert_int_equal(fairness_wait_ms(f, &k, at(70001)), 0);
	fairness_close(f);
}

static void two_at_once_and_no_more(void **state) {
	(void)state;
	struct fairness *f = fairness_open(false);
	struct public_key a = key(1), b = key(2);
	assert_true(fairness_enter(f, &a, at(0)) && fairness_enter(f, &a, at(0)));
	assert_false(fairness_enter(f, &a, at(0)));
	assert_true(fairness_enter(f, &b, at(0)));
	assert_int_equal(fairness_leave(f, &a, 1000, at(1)), 0);
	assert_true(fairness_enter(f, &a, at(1)));
	fairness_close(f);
}

/* A key for each request: they share one debt. Who was there before does not notice. */
static void a_new_key_for_every_request_gains_nothing(void **state) {
	(void)state;
	struct fairness *f = fairness_open(false);
	int64_t worked_us = 0;
	for (uint32_t i = 0; i < 20; i++) {
		assert_int_equal(ask(f, i, 0, 3000), 0);
	}
	for (int64_t now = 0; now < 60000; now += 5) {
		if (now % 1000 == 0) {
			assert_int_equal(ask(f, (uint32_t)(now / 1000) % 20, now, 1500), 0);
		}
		worked_us += ask(f, (uint32_t)(100 + now), now, COST_US) >= 0 ? COST_US : 0;
	}
	int64_t share = INT64_C(60000) * 10 * FAIRNESS_SHARE_PERCENT;
	assert_true(worked_us < share + FAIRNESS_NEW_BURST_US + FAIRNESS_DEBT_MOST_US + COST_US);
	fairness_close(f);
}

/* More than are remembered: nobody is turned away for that. */
static void as_many_as_there_may_be(void **state) {
	(void)state;
	struct fairness *f = fairness_open(false);
	for (uint32_t i = 0; i < 20000; i++) {
		assert_int_equal(ask(f, i, (int64_t)i * 2, 300), 0);
	}
	fairness_close(f);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(alone_nobody_waits),
		cmocka_unit_test(one_that_asks_without_end_has_its_share),
		cmocka_unit_test(over_many_connections_it_gains_nothing),
		cmocka_unit_test(two_at_once_and_no_more),
		cmocka_unit_test(a_new_key_for_every_request_gains_nothing),
		cmocka_unit_test(as_many_as_there_may_be),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
