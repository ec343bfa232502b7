/* mailbox, mapstr, crypto: what stands between threads, and tables. */
#include "lib/testing.h"

#include <pthread.h>

#include "base/crypto.h"
#include "base/mailbox.h"
#include "base/mapstr.h"
#include "base/str.h"

#define MESSAGES 20000

static void *put_many(void *context) {
	for (intptr_t i = 1; i <= MESSAGES; i++) {
		if (!mailbox_put_wait(context, (void *)i)) {
			return context;
		}
	}
	return NULL;
}

static void every_message_arrives_in_order(void **state) {
	(void)state;
	pthread_t thread;
	struct mailbox *box = mailbox_open(16, NULL, NULL);
	assert_int_equal(pthread_create(&thread, NULL, put_many, box), 0);
	for (intptr_t i = 1; i <= MESSAGES; i++) {
		assert_int_equal((intptr_t)mailbox_take(box, -1), i);
	}
	assert_null(mailbox_take(box, 0));
	pthread_join(thread, NULL);
	mailbox_close(box, NULL);
}

static void a_full_box_says_no(void **state) {
	(void)state;
	struct mailbox *box = mailbox_open(2, NULL, NULL);
	assert_true(mailbox_put(box, strdup("a")) && mailbox_put(box, strdup("b")));
	char *third = strdup("c");
	assert_false(mailbox_put(box, third));
	free(third);
	mailbox_stop(box);
	assert_false(mailbox_put_wait(box, box));
	char *a = mailbox_take(box, -1);
	assert_string_equal(a, "a"); /* what is inside is still given out */
	free(a);
	mailbox_close(box, free);
}

static void the_second_lane_waits_for_the_first(void **state) {
	(void)state;
	struct mailbox *box = mailbox_open(2, NULL, NULL);
	static const char *const in_order[] = {"a", "b", "c", "d"};
	assert_true(mailbox_put_second(box, strdup("c")) && mailbox_put_second(box, strdup("d")));
	assert_true(mailbox_put(box, strdup("a")) && mailbox_put(box, strdup("b"))); /* each lane has room of its own */
	assert_false(mailbox_put_second(box, box));
	for (size_t i = 0; i < 4; i++) {
		char *message = mailbox_take(box, -1);
		assert_string_equal(message, in_order[i]);
		free(message);
	}
	assert_null(mailbox_take(box, 1));
	assert_true(mailbox_put_second(box, strdup("left")));
	mailbox_stop(box);
	assert_false(mailbox_put_second(box, box));
	mailbox_close(box, free);
}

static void a_table_of_many(void **state) {
	(void)state;
	struct mapstr map = {0};
	char key[32];
	bool made;
	for (int i = 0; i < 50000; i++) {
		snprintf(key, sizeof key, "key-%d", i);
		*mapstr_place(&map, key, &made) = i;
		assert_true(made);
	}
	for (int i = 0; i < 50000; i++) {
		snprintf(key, sizeof key, "key-%d", i);
		assert_int_equal(*mapstr_find(&map, key), i);
	}
	assert_null(mapstr_find(&map, "key-50000"));
	assert_int_equal(map.count, 50000);
	mapstr_fini(&map);
}

/* RFC 8032, 7.1, test 2; FIPS 180-4's "abc". */
static void published_vectors(void **state) {
	(void)state;
	unsigned char seed[32], expected[64];
	assert_true(str_unhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", seed, 32));
	assert_true(str_unhex("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb430"
			      "2aeeb00d291612bb0c00",
			      expected, 64));
	struct key_pair pair;
	struct signature signature;
	crypto_key_from_seed(&pair, seed);
	key_pair_sign(&pair, "\x72", 1, &signature);
	assert_memory_equal(signature.b, expected, 64);
	assert_true(public_key_verify(&pair.public_key, "\x72", 1, &signature));
	assert_false(public_key_verify(&pair.public_key, "\x73", 1, &signature));
	struct hash h = crypto_sha256("abc", 3);
	char hex[2 * HASH_LEN + 1];
	str_hex(h.b, HASH_LEN, hex);
	assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(every_message_arrives_in_order), cmocka_unit_test(a_full_box_says_no),
					   cmocka_unit_test(the_second_lane_waits_for_the_first), cmocka_unit_test(a_table_of_many),
					   cmocka_unit_test(published_vectors)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
