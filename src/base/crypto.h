/* Hashes, signatures, sealing and random bytes, through libsodium, and nettle for SHA-256 (FIPS 180-4); Ed25519: RFC 8032; base64: RFC 4648;
 * XChaCha20-Poly1305: draft-irtf-cfrg-xchacha; X25519: RFC 7748. */
#ifndef TURNOUT_BASE_CRYPTO_H
#define TURNOUT_BASE_CRYPTO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/strbuf.h"

#define HASH_LEN 32
#define KEY_LEN 32 /* an Ed25519 public key, or the seed of a key pair */
#define SIG_LEN 64

struct hash {
	uint8_t b[HASH_LEN];
};

struct public_key {
	uint8_t b[KEY_LEN];
};

struct signature {
	uint8_t b[SIG_LEN];
};

/* A key pair; wipe it with crypto_wipe when done. */
struct key_pair {
	struct public_key public_key;
	uint8_t secret[64];
};

/* Must be called once before anything else here, from one thread. False when the system has no randomness. */
bool crypto_init(struct err *err) TURNOUT_MUST_CHECK;

struct hash crypto_sha256(const void *data, size_t n);
/* 63 bits of BLAKE2b (RFC 7693, 16-byte output, its first 8 bytes big-endian without the lowest bit): for index keys, where the whole text
 * is compared afterwards. */
int64_t crypto_index63(const void *data, size_t n);
bool crypto_hash_eq(const struct hash *a, const struct hash *b);
/* Takes the same time wherever they differ: for secrets. */
bool crypto_same(const void *a, const void *b, size_t n);
bool crypto_key_eq(const struct public_key *a, const struct public_key *b);

void crypto_random(void *out, size_t n);
void crypto_wipe(void *secret, size_t n);
/* Wipes a text of somebody's and frees it; NULL is fine. */
void crypto_wipe_text(char *text);

void crypto_key_new(struct key_pair *pair);
void crypto_key_from_seed(struct key_pair *pair, const uint8_t seed[KEY_LEN]);
void crypto_key_seed(const struct key_pair *pair, uint8_t seed[KEY_LEN]);

void key_pair_sign(const struct key_pair *pair, const void *data, size_t n, struct signature *out);
bool public_key_verify(const struct public_key *key, const void *data, size_t n, const struct signature *sig) TURNOUT_MUST_CHECK;

/* Sealing with a key that both sides have: XChaCha20-Poly1305 under a random nonce, which stands before the ciphertext. `bound` is not
 * hidden but sealed along: another one does not open. Appended to `out`: n + CRYPTO_SEAL_MORE bytes. */
#define CRYPTO_SEAL_KEY_LEN 32
#define CRYPTO_SEAL_MORE (24 + 16)
struct octets {
	const void *data;
	size_t n;
};
void crypto_seal(const uint8_t key[CRYPTO_SEAL_KEY_LEN], struct octets bound, struct octets plain, struct strbuf *out);
/* Appends what was sealed; false, and `out` as it was, when it does not open. */
bool crypto_unseal(const uint8_t key[CRYPTO_SEAL_KEY_LEN], struct octets bound, struct octets sealed,
		   struct strbuf *out) TURNOUT_MUST_CHECK;

/* The first n bytes of what was sealed, whether it was changed or not, or zeros when there are not so many: as good as a claim. */
void crypto_unseal_unchecked(const uint8_t key[CRYPTO_SEAL_KEY_LEN], struct octets sealed, uint8_t *out, size_t n);

/* Sealing for the holder of one Ed25519 key, whom we share nothing with (libsodium's sealed box over the X25519 form of the key). False
 * when the key is no point of the curve. */
#define CRYPTO_BOX_MORE 48
bool crypto_box_to(const struct public_key *to, struct octets plain, struct strbuf *out) TURNOUT_MUST_CHECK;
bool crypto_box_take(const struct key_pair *own, struct octets boxed, struct strbuf *out) TURNOUT_MUST_CHECK;

/* A hash that costs a tenth of a second and 32 MiB (Argon2id, RFC 9106, four passes: as much work as libsodium's two over 64 MiB), for short
 * fingerprints of public things. False without that memory. */
bool crypto_slow_hash(const void *data, size_t n, uint8_t *out, size_t out_len) TURNOUT_MUST_CHECK;

/* A hash for what people remember (Argon2id, RFC 9106: 7 MiB and five passes), salted by the first half of `salt`. False without that memory. */
bool crypto_pin_hash(const struct hash *salt, const char *digits, uint8_t out[HASH_LEN]) TURNOUT_MUST_CHECK;

/* Standard alphabet with padding. Decoding takes missing padding too, nothing else; false when the text is wrong or longer than
 * `cap` bytes decode to. */
char *crypto_base64(const void *data, size_t n); /* new memory for free() */
bool crypto_unbase64(const char *text, void *out, size_t cap, size_t *n) TURNOUT_MUST_CHECK;

#endif
