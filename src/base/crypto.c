#include "base/crypto.h"

#include <nettle/sha2.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

_Static_assert(SHA256_DIGEST_SIZE == HASH_LEN, "SHA-256");
_Static_assert(crypto_sign_PUBLICKEYBYTES == KEY_LEN && crypto_sign_SEEDBYTES == KEY_LEN, "Ed25519 keys");
_Static_assert(crypto_sign_SECRETKEYBYTES == sizeof(((struct key_pair *)0)->secret), "Ed25519 secret keys");
_Static_assert(crypto_sign_BYTES == SIG_LEN, "Ed25519 signatures");

bool crypto_init(struct err *err) {
	return sodium_init() >= 0 || err_set(err, ERR_SYSTEM, "this system gives no random numbers (libsodium could not start)");
}

struct hash crypto_sha256(const void *data, size_t n) {
	struct hash h;
	struct sha256_ctx context; /* nettle uses the processor's own instructions: four times as fast here as libsodium */
	sha256_init(&context);
	sha256_update(&context, n, data);
	sha256_digest(&context, HASH_LEN, h.b);
	return h;
}

int64_t crypto_index63(const void *data, size_t n) {
	uint8_t b[crypto_generichash_BYTES_MIN];
	crypto_generichash(b, sizeof b, data, n, NULL, 0);
	uint64_t value = 0;
	for (int i = 0; i < 8; i++) {
		value = value << 8 | b[i];
	}
	/* 63 bits, so that it is never negative as SQLite's integer. */
	return (int64_t)(value >> 1);
}

bool crypto_hash_eq(const struct hash *a, const struct hash *b) { return memcmp(a->b, b->b, HASH_LEN) == 0; }

bool crypto_same(const void *a, const void *b, size_t n) { return sodium_memcmp(a, b, n) == 0; }

bool crypto_key_eq(const struct public_key *a, const struct public_key *b) { return memcmp(a->b, b->b, KEY_LEN) == 0; }

void crypto_random(void *out, size_t n) { randombytes_buf(out, n); }

void crypto_wipe(void *secret, size_t n) { sodium_memzero(secret, n); }

void crypto_wipe_text(char *text) {
	if (text != NULL) {
		crypto_wipe(text, strlen(text));
		free(text);
	}
}

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

_Static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == CRYPTO_SEAL_KEY_LEN, "sealing keys");
_Static_assert(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES + crypto_aead_xchacha20poly1305_ietf_ABYTES == CRYPTO_SEAL_MORE, "sealing");
_Static_assert(crypto_box_SEALBYTES == CRYPTO_BOX_MORE, "boxes");
#define NONCE_LEN crypto_aead_xchacha20poly1305_ietf_NPUBBYTES

void crypto_seal(const uint8_t key[CRYPTO_SEAL_KEY_LEN], struct octets bound, struct octets plain, struct strbuf *out) {
	uint8_t nonce[NONCE_LEN];
	randombytes_buf(nonce, sizeof nonce);
	strbuf_add(out, nonce, sizeof nonce);
	strbuf_reserve(out, plain.n + CRYPTO_SEAL_MORE);
	unsigned long long n = 0;
	crypto_aead_xchacha20poly1305_ietf_encrypt((uint8_t *)out->data + out->len, &n, plain.data, plain.n, bound.data, bound.n, NULL,
						   nonce, key);
	strbuf_grown(out, (size_t)n);
}

bool crypto_unseal(const uint8_t key[CRYPTO_SEAL_KEY_LEN], struct octets bound, struct octets sealed, struct strbuf *out) {
	const uint8_t *data = sealed.data;
	if (sealed.n < CRYPTO_SEAL_MORE) {
		return false;
	}
	strbuf_reserve(out, sealed.n);
	unsigned long long n = 0;
	if (crypto_aead_xchacha20poly1305_ietf_decrypt((uint8_t *)out->data + out->len, &n, NULL, data + NONCE_LEN, sealed.n - NONCE_LEN,
						       bound.data, bound.n, data, key) != 0) {
		return false;
	}
	strbuf_grown(out, (size_t)n);
	return true;
}

/* The AEAD's cipher is XChaCha20 from its second block on, the first one is the authenticator's key (RFC 8439, 2.8; draft-irtf-cfrg-xchacha, 2.3). */
void crypto_unseal_unchecked(const uint8_t key[CRYPTO_SEAL_KEY_LEN], struct octets sealed, uint8_t *out, size_t n) {
	const uint8_t *data = sealed.data;
	memset(out, 0, n);
	if (sealed.n >= CRYPTO_SEAL_MORE + n) {
		crypto_stream_xchacha20_xor_ic(out, data + NONCE_LEN, n, data, 1, key);
	}
}

bool crypto_box_to(const struct public_key *to, struct octets plain, struct strbuf *out) {
	uint8_t curve[crypto_box_PUBLICKEYBYTES];
	if (crypto_sign_ed25519_pk_to_curve25519(curve, to->b) != 0) {
		return false;
	}
	strbuf_reserve(out, plain.n + CRYPTO_BOX_MORE);
	if (crypto_box_seal((uint8_t *)out->data + out->len, plain.data, plain.n, curve) != 0) {
		return false;
	}
	strbuf_grown(out, plain.n + CRYPTO_BOX_MORE);
	return true;
}

bool crypto_box_take(const struct key_pair *own, struct octets boxed, struct strbuf *out) {
	uint8_t curve[crypto_box_PUBLICKEYBYTES];
	uint8_t secret[crypto_box_SECRETKEYBYTES];
	if (boxed.n < CRYPTO_BOX_MORE || crypto_sign_ed25519_pk_to_curve25519(curve, own->public_key.b) != 0 ||
	    crypto_sign_ed25519_sk_to_curve25519(secret, own->secret) != 0) {
		return false;
	}
	strbuf_reserve(out, boxed.n);
	bool ok = crypto_box_seal_open((uint8_t *)out->data + out->len, boxed.data, boxed.n, curve, secret) == 0;
	strbuf_grown(out, ok ? boxed.n - CRYPTO_BOX_MORE : 0);
	sodium_memzero(secret, sizeof secret);
	return ok;
}

#define SLOW_PASSES 4
#define SLOW_BYTES ((size_t)32 * 1024 * 1024)

bool crypto_slow_hash(const void *data, size_t n, uint8_t *out, size_t out_len) {
	static const uint8_t salt[] = "turnout-hub-code"; /* nothing secret is hashed: it only sets this use apart */
	uint8_t whole[32];
	_Static_assert(sizeof salt == crypto_pwhash_SALTBYTES + 1, "a salt's length");
	bool ok = crypto_pwhash(whole, sizeof whole, data, n, salt, SLOW_PASSES, SLOW_BYTES, crypto_pwhash_ALG_ARGON2ID13) == 0;
	memcpy(out, whole, out_len < sizeof whole ? out_len : sizeof whole);
	return ok;
}

#define PIN_PASSES 5
#define PIN_BYTES ((size_t)7 << 20)

bool crypto_pin_hash(const struct hash *salt, const char *digits, uint8_t out[HASH_LEN]) {
	_Static_assert(crypto_pwhash_SALTBYTES <= HASH_LEN, "a salt's length");
	return crypto_pwhash(out, HASH_LEN, digits, strlen(digits), salt->b, PIN_PASSES, PIN_BYTES, crypto_pwhash_ALG_ARGON2ID13) == 0;
}

char *crypto_base64(const void *data, size_t n) {
	size_t cap = sodium_base64_ENCODED_LEN(n, sodium_base64_VARIANT_ORIGINAL);
	char *text = xmalloc(cap);
	return sodium_bin2base64(text, cap, data, n, sodium_base64_VARIANT_ORIGINAL);
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
