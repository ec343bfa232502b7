/* What one exchange on PostgreSQL remembers of chains, of which a member can make any number. No server is asked. */
#include "hub/pg_event.h"

#include "lib/testing.h"

#define LOGS 20000

static struct hash hash_of(const char *word, int number) {
	char text[40];
	int n = snprintf(text, sizeof text, "%s %d", word, number);
	return crypto_sha256(text, (size_t)n);
}

static struct pg_chain trunk_of(int number, uint64_t last) {
	struct pg_chain c = {.key = hash_of("log", number), .last = last};
	c.origin = c.key;
	return c;
}

static struct pg_chain branch_of(int number, int branch) {
	struct pg_chain c = {.key = hash_of("branch", LOGS * branch + number),
			     .origin = hash_of("log", number),
			     .base_key = hash_of("log", number),
			     .branch = true,
			     .after = (uint64_t)branch};
	return c;
}

static size_t chains_of(const struct pg_event *e, int number) {
	struct hash log = hash_of("log", number);
	size_t count = 0;
	for (size_t at = pg_event_log(e, &log); at != 0; at = e->chains.items[at - 1].next) {
		assert_true(crypto_hash_eq(&e->chains.items[at - 1].origin, &log));
		count++;
	}
	return count;
}

static void any_number_of_chains(void **state) {
	(void)state;
	struct pg_event e = {.pg = NULL};
	for (int i = 0; i < LOGS; i++) {
		struct pg_chain c = trunk_of(i, 1);
		pg_event_put(&e, &c);
	}
	for (int i = 0; i < LOGS; i += 100) { /* two more of some */
		for (int k = 1; k <= 2; k++) {
			struct pg_chain c = branch_of(i, k);
			pg_event_put(&e, &c);
		}
	}
	assert_int_equal(e.chains.count, LOGS + 2 * LOGS / 100);
	for (int i = 0; i < LOGS; i++) {
		struct pg_chain c = trunk_of(i, 7);
		const struct pg_chain *known = pg_event_chain(&e, &c.key);
		assert_true(known == &e.chains.items[i] && known->last == 1); /* numbers are in the order of meeting */
		assert_int_equal(chains_of(&e, i), i % 100 == 0 ? 3 : 1);
	}
	pg_event_fini(&e);
}

static void a_chain_that_is_met_again_is_renewed(void **state) {
	(void)state;
	struct pg_event e = {.pg = NULL};
	struct pg_chain trunk = trunk_of(1, 5), branch = branch_of(1, 1);
	pg_event_put(&e, &trunk);
	pg_event_put(&e, &branch);
	trunk.last = branch.last = 9;
	assert_true(pg_event_put(&e, &trunk) == &e.chains.items[0] && pg_event_put(&e, &branch) == &e.chains.items[1]);
	assert_int_equal(e.chains.count, 2);
	assert_true(e.chains.items[0].last == 9 && e.chains.items[1].last == 9);
	assert_int_equal(chains_of(&e, 1), 2); /* they still hang together */
	pg_event_forget(&e);
	assert_null(pg_event_chain(&e, &trunk.key));
	assert_int_equal(chains_of(&e, 1), 0);
	pg_event_put(&e, &branch);
	assert_int_equal(chains_of(&e, 1), 1);
	pg_event_fini(&e);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_number_of_chains),
		cmocka_unit_test(a_chain_that_is_met_again_is_renewed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
