/* Keys of this copy: the organiser's lies beside it or does not, and what a copy lacks it says. */
#include "store/log/keys.h"

#include "lib/event_sample.h"

#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "store/log/identity.h"

static void the_organisers_key_lies_beside_the_file(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct store *store = scratch_event(s, "e.turnout");
	char *path = scratch_path(s, "e.turnout.key");
	assert_int_equal(unlink(path), 0);
	assert_null(store_organiser_key(store, &err));
	assert_int_equal(err.kind, ERR_REFUSED);
	assert_holds(err.text, "turnout key import");
	struct key_pair stranger;
	crypto_key_new(&stranger);
	assert_ok(organiser_key_write(path, store_event(store), &stranger, &err)); /* of this event, says the file */
	assert_null(store_organiser_key(store, &err));
	assert_int_equal(err.kind, ERR_REFUSED);
	assert_holds(err.text, "not its organiser's");
	store_close(store);
	free(path);
}

static void it_is_read_once(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct store *store = scratch_event(s, "e.turnout");
	char *path = scratch_path(s, "e.turnout.key");
	const struct key_pair *key = store_organiser_key(store, &err);
	assert_ok(key != NULL);
	assert_true(crypto_key_eq(&key->public_key, store_organiser(store)));
	assert_ptr_equal(key, key_of_author(store, AUTHOR_ORGANISER));
	assert_int_equal(unlink(path), 0);
	assert_ptr_equal(store_organiser_key(store, &err), key);
	assert_true(crypto_key_eq(&key_of_author(store, AUTHOR_STATION)->public_key, store_station(store)));
	store_close(store);
	free(path);
}

static void what_a_copy_carries(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	uint8_t key[CRYPTO_SEAL_KEY_LEN], again[CRYPTO_SEAL_KEY_LEN];
	struct certificate certificate;
	struct run_event event;
	struct store *store = scratch_event(s, "e.turnout");
	char *path = scratch_path(s, "e.turnout");
	assert_ok(store_event_key(store, key, &err) && store_event_key(store, again, &err));
	assert_memory_equal(key, again, sizeof key);
	assert_true(store_certificate(store, store_station(store), &certificate));
	assert_true(certificate_holds(&certificate, store_event(store), store_station(store)));
	store_run_event(store, &event);
	assert_true(crypto_hash_eq(&event.event, store_event(store)) && crypto_key_eq(&event.organiser, store_organiser(store)));
	store_close(store);
	event_sample_sql(path, "DELETE FROM meta WHERE key IN ('event_key', 'invitation_seed')");
	store = event_sample_open(path);
	assert_false(store_event_key(store, key, &err));
	assert_int_equal(err.kind, ERR_REFUSED);
	assert_false(store_certificate(store, store_station(store), &certificate));
	store_close(store);
	free(path);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(the_organisers_key_lies_beside_the_file),
		TEST(it_is_read_once),
		TEST(what_a_copy_carries),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
