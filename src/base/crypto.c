#include "base/crypto.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

_Static_assert(crypto_hash_sha256_BYTES == HASH_LEN, "SHA-256");
_Static_assert(crypto_sign_PUBLICKEYBYTES == KEY_LEN && crypto_sign_SEEDBYTES == KEY_LEN, "Ed25519 keys");
_Static_assert(crypto_sign_SECRETKEYBYTES == sizeof(((struct key_pair *)0)->secret), "Ed25519 secret keys");
_Static_assert(crypto_sign_BYTES == SIG_LEN, "Ed25519 signatures");

bool crypto_init(struct err *err) {
	return sodium_init() >= 0 || err_set(err, ERR_SYSTEM, "this system gives no random numbers (libsodium could not start)");
}

struct hash crypto_sha256(const void *data, size_t n) {
	struct hash h;
	crypto_hash_sha256(h.b, data, n);
	return h;
}

int64_t crypto_index63(const void *data, size_t n) {
	uint8_t b[crypto_generichash_BYTES_MIN];
	crypto_generichash(b, sizeof b, data, n, NULL, 0);
	uint64_t value = 0;
	for (int i = 0; i < 8; i++) {
		value = value << 8 | b[i];
	}
	return (int64_t)(value >> 1);
}

bool crypto_hash_eq(const struct hash *a, const struct hash *b) { return memcmp(a->b, b->b, HASH_LEN) == 0; }

bool crypto_key_eq(const struct public_key *a, const struct public_key *b) { return memcmp(a->b, b->b, KEY_LEN) == 0; }

void crypto_random(void *out, size_t n) { randombytes_buf(out, n); }

void crypto_wipe(void *secret, size_t n) { sodium_memzero(secret, n); }

void crypto_key_new(struct key_pair *pair) { crypto_sign_keypair(pair->public_key.b, pair->secret); }

void crypto_key_from_seed(struct key_pair *pair, const uint8_t seed[KEY_LEN]) {
	crypto_sign_seed_keypair(pair->public_key.b, pair->secret, seed);
}

void crypto_key_seed(const struct key_pair *pair, uint8_t seed[KEY_LEN]) { crypto_sign_ed25519_sk_to_seed(seed, pair->secret); }

void key_pair_sign(const struct key_pair *pair, const void *data, size_t n, struct signature *out) {
	crypto_sign_detached(out->b, NULL, data, n, pair->secret);
}

bool public_key_verify(const struct public_key *key, const void *data, size_t n, const struct signature *sig) {
	return crypto_sign_verify_detached(sig->b, data, n, key->b) == 0;
}

bool crypto_unbase64(const char *text, void *out, size_t cap, size_t *n) {
	size_t len = strlen(text);
	while (len > 0 && text[len - 1] == '=') {
		len--;
	}
	const char *end = NULL;
	int rc = sodium_base642bin(out, cap, text, len, NULL, n, &end, sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
	return rc == 0 && end == text + len;
}
