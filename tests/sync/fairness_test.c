/* Who may take up how much of an answering side's time: one that asks without end has its share while others ask, and all of it alone. */
#include "sync/fairness.h"

#include "lib/testing.h"

#define START 1000000
#define COST_US 150000 /* a request of 600 KB */
#define LARGE 600000
#define SMALL 3000

static struct public_key key(uint32_t number) {
	struct public_key k = {{1}};
	memcpy(k.b + 4, &number, sizeof number);
	return k;
}

static struct mono_ms at(int64_t ms) { return (struct mono_ms){START + ms}; }

static struct fairness_asker asker(uint32_t who, size_t bytes) {
	struct fairness_asker a = {.sender = key(who), .bytes = bytes};
	crypto_random(a.once, sizeof a.once);
	return a;
}

/* One request, worked for at once; how long its answer is kept back, or -1: it was turned away. */
static int64_t ask_as(struct fairness *f, const struct fairness_asker *a, int64_t now, int64_t cost_us) {
	struct public_key whose;
	if (fairness_wait_ms(f, a, at(now)) > 0 || fairness_enter(f, a, &whose, at(now)) > 0) {
		return -1;
	}
	return fairness_leave(f, &whose, true, cost_us, at(now));
}

static int64_t ask(struct fairness *f, uint32_t who, int64_t now, int64_t cost_us) {
	struct fairness_asker a = asker(who, cost_us < 10000 ? SMALL : LARGE);
	return ask_as(f, &a, now, cost_us);
}

static void alone_nobody_waits(void **state) {
	(void)state;
	struct fairness *f = fairness_open(false);
	for (int i = 0; i < 1000; i++) {
		assert_int_equal(ask(f, 1, i, COST_US), 0);
	}
	/* and when somebody comes it is slowed down, and not turned away */
	assert_int_equal(ask(f, 2, 1000, 1500), 0);
	assert_in_range(ask(f, 1, 1000, COST_US), 1, FAIRNESS_KEPT_MOST_MS);
	fairness_close(f);
	/* a kiosk has work of its own */
	f = fairness_open(true);
	assert_int_equal(ask(f, 1, 0, COST_US), 0);
	assert_in_range(ask(f, 1, 0, COST_US), 1, 2 * COST_US / 1000 * 100 / FAIRNESS_SHARE_PERCENT);
	fairness_close(f);
}

static int64_t share_us(int64_t ms) { return ms * 10 * FAIRNESS_SHARE_PERCENT; }

/* Over one connection, which waits for its answers, for a minute: what is worked off is its share. Meanwhile a kiosk's check-ins never wait. */
static void one_that_asks_without_end_has_its_share(void **state) {
	(void)state;
	struct fairness *f = fairness_open(false);
	int64_t free_at = 0, worked_us = 0;
	for (int64_t now = 0; now < 60000; now += 25) {
		assert_int_equal(ask(f, 2, now, fairness_cost_us(SMALL, 1000)), 0);
		if (now >= free_at) {
			int64_t kept = ask(f, 1, now, COST_US);
			assert_true(kept >= 0); /* who waits for the answers is not turned away */
			free_at = now + kept;
			worked_us += COST_US;
		}
	}
	assert_in_range(worked_us, share_us(60000) - 2 * COST_US, share_us(60000) + FAIRNESS_BURST_US + 2 * COST_US);
	fairness_close(f);
}

/* Over many connections, not waiting for any answer: most are not worked for, and the work is the same share and what a whole debt allows. What is
 * small is worked for all the same, and told late. */
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
	assert_true(worked_us < share_us(60000) + FAIRNESS_BURST_US + FAIRNESS_DEBT_MOST_US + COST_US);
	assert_true(turned_away > 11000);
	assert_in_range(ask(f, 1, 60000, 1500), FAIRNESS_PATIENCE_MS, FAIRNESS_KEPT_MOST_MS);
	/* a debt is bounded, whatever was asked, and paid when nothing is asked */
	struct fairness_asker a = asker(1, LARGE);
	assert_in_range(fairness_wait_ms(f, &a, at(60000)), FAIRNESS_PATIENCE_MS, FAIRNESS_DEBT_MOST_US / 10 / FAIRNESS_SHARE_PERCENT);
	assert_int_equal(ask(f, 2, 69000, 1500), 0);
	assert_int_equal(fairness_wait_ms(f, &a, at(70010)), 0);
	fairness_close(f);
}

static void two_at_once_and_no_more(void **state) {
	(void)state;
	struct fairness *f = fairness_open(false);
	struct public_key whose;
	struct fairness_asker a = asker(1, SMALL), b = asker(1, SMALL), c = asker(1, SMALL), other = asker(2, SMALL);
	assert_int_equal(fairness_enter(f, &a, &whose, at(0)), 0);
	assert_int_equal(fairness_enter(f, &b, &whose, at(0)), 0);
	assert_true(fairness_enter(f, &c, &whose, at(0)) > 0);
	assert_int_equal(fairness_leave(f, &whose, true, 1000, at(1)), 0);
	assert_int_equal(fairness_enter(f, &c, &whose, at(1)), 0);
	assert_int_equal(fairness_enter(f, &other, &whose, at(1)), 0);
	fairness_close(f);
}

/* A key for each request, cheap ones that push others out of memory and dear ones in turns: they share one debt. Who was there before does not
 * notice, nor does a kiosk that is new. */
static void a_new_key_for_every_request_gains_nothing(void **state) {
	(void)state;
	struct fairness *f = fairness_open(false);
	int64_t worked_us = 0;
	for (uint32_t i = 0; i < 50; i++) {
		assert_int_equal(ask(f, i, 0, 3000), 0);
	}
	for (int64_t now = 0; now < 60000; now++) {
		if (now % 1000 == 0) {
			assert_int_equal(ask(f, (uint32_t)(now / 1000) % 50, now, COST_US), 0); /* a large one of who is known */
			int64_t kept = ask(f, 900000 + (uint32_t)now, now, 1500);               /* a small one of who is new */
			assert_in_range(kept, 0, FAIRNESS_KEPT_MOST_MS);
		}
		worked_us += ask(f, (uint32_t)(1000 + now), now, now % 5 == 0 ? COST_US : 400) >= 0 ? (now % 5 == 0 ? COST_US : 400) : 0;
	}
	/* the small ones are worked for: each costs next to nothing */
	assert_true(worked_us < share_us(60000) + FAIRNESS_NEW_BURST_US + FAIRNESS_DEBT_MOST_US + COST_US + 48000 * 400);
	fairness_close(f);
}

/* Anybody who saw a request can send it again: that is not put down to its sender, however often, and has a share of its own. */
static void who_sends_anothers_requests_again_harms_nobody(void **state) {
	(void)state;
	struct fairness *f = fairness_open(false);
	struct fairness_asker overheard = asker(1, LARGE);
	int64_t worked_us = 0;
	assert_int_equal(ask(f, 2, 0, 1500), 0);
	assert_int_equal(ask_as(f, &overheard, 0, COST_US), 0);
	for (int64_t now = 5000; now < 65000; now += 20) {
		worked_us += ask_as(f, &overheard, now, COST_US) >= 0 ? COST_US : 0;
		if (now % 1000 == 0) {
			assert_int_equal(ask(f, 1, now, COST_US), 0);
		}
	}
	assert_true(worked_us < share_us(60000) + FAIRNESS_BURST_US + FAIRNESS_DEBT_MOST_US + COST_US);
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
		cmocka_unit_test(who_sends_anothers_requests_again_harms_nobody),
		cmocka_unit_test(as_many_as_there_may_be),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
