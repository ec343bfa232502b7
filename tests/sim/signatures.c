/* Signatures that hold are computed once in a process. Ed25519 is a function of key, message and signature, and every machine of a fleet looks
 * at the same ones again: what this process signed with the key's secret, or has seen to hold, holds. All others are computed. */
#include <string.h>

#include "base/crypto.h"

#define KNOWN 4096 /* the last ones, each in the place that its own digest names */

static struct hash known[KNOWN];

static struct hash digest_of(const uint8_t key[KEY_LEN], const void *data, size_t n, const struct signature *sig) {
	uint8_t all[KEY_LEN + SIG_LEN + HASH_LEN];
	struct hash message = crypto_sha256(data, n);
	memcpy(all, key, KEY_LEN);
	memcpy(all + KEY_LEN, sig->b, SIG_LEN);
	memcpy(all + KEY_LEN + SIG_LEN, message.b, HASH_LEN);
	return crypto_sha256(all, sizeof all);
}

static struct hash *place_of(const struct hash *digest) { return &known[(digest->b[0] << 8 | digest->b[1]) % KNOWN]; }

void __real_key_pair_sign(const struct key_pair *pair, const void *data, size_t n, struct signature *out);
void __wrap_key_pair_sign(const struct key_pair *pair, const void *data, size_t n, struct signature *out);
void __wrap_key_pair_sign(const struct key_pair *pair, const void *data, size_t n, struct signature *out) {
	__real_key_pair_sign(pair, data, n, out);
	/* The public key that libsodium keeps in the secret's second half is the one the signature is of, whatever the pair says. */
	struct hash digest = digest_of(pair->secret + KEY_LEN, data, n, out);
	*place_of(&digest) = digest;
}

bool __real_public_key_verify(const struct public_key *key, const void *data, size_t n, const struct signature *sig);
bool __wrap_public_key_verify(const struct public_key *key, const void *data, size_t n, const struct signature *sig);
bool __wrap_public_key_verify(const struct public_key *key, const void *data, size_t n, const struct signature *sig) {
	struct hash digest = digest_of(key->b, data, n, sig);
	struct hash *place = place_of(&digest);
	if (crypto_hash_eq(place, &digest)) {
		return true;
	}
	bool holds = __real_public_key_verify(key, data, n, sig);
	if (holds) {
		*place = digest;
	}
	return holds;
}
