/* Sealing, boxes, signatures and hashes: known answers where a standard gives some; what was changed does not open. */
#include "base/crypto.h"

#include "lib/testing.h"

#include "base/alloc.h"
#include "base/str.h"

static int start(void **state) {
	struct err err = {0};
	(void)state;
	return crypto_init(&err) ? 0 : -1;
}

static struct octets octets_of(const char *text) { return (struct octets){text, strlen(text)}; }

static void hashes_are_the_standards(void **state) {
	char hex[2 * HASH_LEN + 1];
	(void)state;
	struct hash abc = crypto_sha256("abc", 3); /* FIPS 180-4, as NIST's examples have it */
	str_hex(abc.b, HASH_LEN, hex);
	assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	struct hash empty = crypto_sha256("", 0);
	str_hex(empty.b, HASH_LEN, hex);
	assert_string_equal(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

/* RFC 8032, 7.1, test 2. */
static void signatures_are_the_standards(void **state) {
	uint8_t seed[KEY_LEN];
	struct key_pair pair;
	struct signature signature;
	char hex[2 * SIG_LEN + 1];
	(void)state;
	assert_true(str_unhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", seed, sizeof seed));
	crypto_key_from_seed(&pair, seed);
	str_hex(pair.public_key.b, KEY_LEN, hex);
	assert_string_equal(hex, "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
	key_pair_sign(&pair, "\x72", 1, &signature);
	str_hex(signature.b, SIG_LEN, hex);
	assert_string_equal(
		hex, "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aee"
		     "b00d291612bb0c00");
	assert_true(public_key_verify(&pair.public_key, "\x72", 1, &signature));
	assert_false(public_key_verify(&pair.public_key, "\x73", 1, &signature));
	signature.b[0] ^= 1;
	assert_false(public_key_verify(&pair.public_key, "\x72", 1, &signature));
}

static bool unseal(const uint8_t *key, struct octets bound, const struct strbuf *sealed, struct strbuf *out) {
	return crypto_unseal(key, bound, (struct octets){sealed->data, sealed->len}, out);
}

static void what_is_sealed_opens_with_its_key_alone(void **state) {
	uint8_t key[CRYPTO_SEAL_KEY_LEN];
	struct strbuf sealed = {0}, again = {0}, out = {0};
	(void)state;
	crypto_random(key, sizeof key);
	crypto_seal(key, octets_of("bound"), octets_of("a secret"), &sealed);
	crypto_seal(key, octets_of("bound"), octets_of("a secret"), &again);
	assert_int_equal(sealed.len, strlen("a secret") + CRYPTO_SEAL_MORE);
	assert_memory_not_equal(sealed.data, again.data, sealed.len); /* never the same nonce */
	strbuf_adds(&out, "x");
	assert_true(unseal(key, octets_of("bound"), &sealed, &out));
	assert_string_equal(strbuf_str(&out), "xa secret");
	assert_false(unseal(key, octets_of("bounD"), &sealed, &out));
	for (size_t i = 0; i < sealed.len; i++) {
		sealed.data[i] = (char)(sealed.data[i] ^ 0x80);
		assert_false(unseal(key, octets_of("bound"), &sealed, &out));
		sealed.data[i] = (char)(sealed.data[i] ^ 0x80);
	}
	for (size_t n = 0; n < sealed.len; n++) {
		assert_false(crypto_unseal(key, octets_of("bound"), (struct octets){sealed.data, n}, &out));
	}
	key[31] ^= 1;
	assert_false(unseal(key, octets_of("bound"), &sealed, &out));
	assert_string_equal(strbuf_str(&out), "xa secret");
	strbuf_fini(&sealed);
	strbuf_fini(&again);
	strbuf_fini(&out);
}

static void nothing_can_be_sealed_too(void **state) {
	uint8_t key[CRYPTO_SEAL_KEY_LEN] = {1};
	struct strbuf sealed = {0}, out = {0};
	(void)state;
	crypto_seal(key, octets_of(""), octets_of(""), &sealed);
	assert_int_equal(sealed.len, CRYPTO_SEAL_MORE);
	assert_true(unseal(key, octets_of(""), &sealed, &out));
	assert_int_equal(out.len, 0);
	strbuf_fini(&sealed);
	strbuf_fini(&out);
}

static void a_box_opens_for_whom_it_is(void **state) {
	struct key_pair own, other;
	struct strbuf box = {0}, out = {0};
	(void)state;
	crypto_key_new(&own);
	crypto_key_new(&other);
	assert_true(crypto_box_to(&own.public_key, octets_of("for you"), &box));
	assert_int_equal(box.len, strlen("for you") + CRYPTO_BOX_MORE);
	assert_false(crypto_box_take(&other, (struct octets){box.data, box.len}, &out));
	assert_int_equal(out.len, 0);
	for (size_t n = 0; n < box.len; n++) {
		assert_false(crypto_box_take(&own, (struct octets){box.data, n}, &out));
	}
	for (size_t i = 0; i < box.len; i++) {
		box.data[i] = (char)(box.data[i] ^ 1);
		assert_false(crypto_box_take(&own, (struct octets){box.data, box.len}, &out));
		box.data[i] = (char)(box.data[i] ^ 1);
	}
	assert_true(crypto_box_take(&own, (struct octets){box.data, box.len}, &out));
	assert_string_equal(strbuf_str(&out), "for you");
	strbuf_fini(&box);
	strbuf_fini(&out);
}

/* 32 bytes that are no key: not on the curve, or of a small order, which anybody could open. */
static void a_key_that_is_none_gets_no_box(void **state) {
	struct strbuf box = {0};
	struct public_key none = {{1}}, off = {{2}};
	(void)state;
	assert_false(crypto_box_to(&none, octets_of("x"), &box));
	memset(off.b, 0xFF, KEY_LEN);
	assert_false(crypto_box_to(&off, octets_of("x"), &box));
	assert_int_equal(box.len, 0);
	strbuf_fini(&box);
}

static void slow_hashes_tell_keys_apart(void **state) {
	uint8_t one[5], again[5], other[5];
	(void)state;
	assert_true(crypto_slow_hash("key 1", 5, one, sizeof one) && crypto_slow_hash("key 1", 5, again, sizeof again));
	assert_true(crypto_slow_hash("key 2", 5, other, sizeof other));
	assert_memory_equal(one, again, sizeof one);
	assert_memory_not_equal(one, other, sizeof one);
}

static void base64_takes_its_alphabet_alone(void **state) {
	static const struct {
		const char *text, *bytes;
	} right[] = {{"", ""}, {"Zg==", "f"}, {"Zg", "f"}, {"Zm8=", "fo"}, {"Zm9vYmFy", "foobar"}}; /* RFC 4648, 10 */
	static const char *const wrong[] = {"Z", "Zg=x", "Z g", "Zm9v!mFy", "Zm9vYmFyZm9vYmFy"};
	uint8_t out[8];
	size_t n;
	(void)state;
	for (size_t i = 0; i < COUNT_OF(right); i++) {
		assert_true(crypto_unbase64(right[i].text, out, sizeof out, &n));
		assert_int_equal(n, strlen(right[i].bytes));
		assert_memory_equal(out, right[i].bytes, n);
	}
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		assert_false(crypto_unbase64(wrong[i], out, sizeof out, &n));
	}
}

static void secrets_are_compared_whole(void **state) {
	(void)state;
	assert_true(crypto_same("abcd", "abcd", 4));
	assert_false(crypto_same("abcd", "abce", 4));
	assert_false(crypto_same("xbcd", "abcd", 4));
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hashes_are_the_standards),
		cmocka_unit_test(signatures_are_the_standards),
		cmocka_unit_test(what_is_sealed_opens_with_its_key_alone),
		cmocka_unit_test(nothing_can_be_sealed_too),
		cmocka_unit_test(a_box_opens_for_whom_it_is),
		cmocka_unit_test(a_key_that_is_none_gets_no_box),
		cmocka_unit_test(slow_hashes_tell_keys_apart),
		cmocka_unit_test(base64_takes_its_alphabet_alone),
		cmocka_unit_test(secrets_are_compared_whole),
	};
	return cmocka_run_group_tests(tests, start, NULL);
}
