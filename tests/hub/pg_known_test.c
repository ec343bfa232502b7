/* What a hub remembers of digests: nothing that is of another state or too old, and of no more events than are told. No server is asked. */
#include "hub/pg_known.h"

#include "hub/pg_change.h"
#include "lib/testing.h"

static struct hash hash_of(const char *word, int number) {
	char text[40];
	int n = snprintf(text, sizeof text, "%s %d", word, number);
	return crypto_sha256(text, (size_t)n);
}

static void put(struct pg_known *known, int event, int state, int64_t now) {
	struct hash e = hash_of("event", event), s = hash_of("state", state), digest = hash_of("digest", 1000 * event + state);
	pg_known_put(known, &e, &s, (struct mono_ms){now}, &digest);
}

static bool knows(struct pg_known *known, int event, int state, int64_t now) {
	struct hash e = hash_of("event", event), s = hash_of("state", state), right = hash_of("digest", 1000 * event + state), digest;
	bool found = pg_known_digest(known, &e, &s, (struct mono_ms){now}, &digest);
	assert_true(!found || crypto_hash_eq(&digest, &right));
	return found;
}

static void only_of_the_state_that_it_is_of(void **state) {
	(void)state;
	struct pg_known *known = pg_known_new();
	assert_false(knows(known, 1, 1, 0));
	put(known, 1, 1, 0);
	put(known, 2, 1, 0);
	assert_true(knows(known, 1, 1, 5) && knows(known, 2, 1, 5));
	assert_false(knows(known, 1, 2, 5) || knows(known, 3, 1, 5));
	put(known, 1, 2, 6);
	assert_true(knows(known, 1, 2, 7) && knows(known, 2, 1, 7));
	assert_false(knows(known, 1, 1, 7));
	pg_known_free(known);
}

static void not_for_ever(void **state) {
	(void)state;
	struct pg_known *known = pg_known_new();
	put(known, 1, 1, 100);
	assert_true(knows(known, 1, 1, 100 + PG_REMEMBERED_MS - 1)); /* to be asked for makes it no younger */
	assert_false(knows(known, 1, 1, 100 + PG_REMEMBERED_MS));
	put(known, 1, 1, 100 + PG_REMEMBERED_MS);
	assert_true(knows(known, 1, 1, 100 + PG_REMEMBERED_MS));
	pg_known_free(known);
}

static void of_many_events_those_that_are_asked_for(void **state) {
	(void)state;
	struct pg_known *known = pg_known_new();
	for (int i = 0; i < 3 * PG_KNOWN_EVENTS; i++) {
		put(known, i, 1, 0);
		assert_true(knows(known, 0, 1, 0));
	}
	int held = 0;
	for (int i = 0; i < 3 * PG_KNOWN_EVENTS; i++) {
		held += knows(known, i, 1, 0);
	}
	assert_int_equal(held, PG_KNOWN_EVENTS);
	assert_true(knows(known, 3 * PG_KNOWN_EVENTS - 1, 1, 0));
	assert_false(knows(known, 1, 1, 0));
	pg_known_free(known);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_of_the_state_that_it_is_of),
		cmocka_unit_test(not_for_ever),
		cmocka_unit_test(of_many_events_those_that_are_asked_for),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
