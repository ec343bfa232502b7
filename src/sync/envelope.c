#include "sync/envelope.h"

#include <string.h>

#include "base/deflate.h"

#define MAGIC "TURNOUT1"
#define MAGIC_LEN 8
#define DOMAIN "turnout-message-1\n"
#define SIGNED_LEN (sizeof DOMAIN - 1 + 2 * HASH_LEN)
#define INNER_HEAD (KEY_LEN + SIG_LEN)

/* What the sender signs: a text of its own for this use, the event, and the hash of the packed text. So a signature is good in one event
 * only. */
static void signed_bytes(const struct hash *event, struct octets packed, uint8_t out[SIGNED_LEN]) {
	struct hash digest = crypto_sha256(packed.data, packed.n);
	memcpy(out, DOMAIN, sizeof DOMAIN - 1);
	memcpy(out + sizeof DOMAIN - 1, event->b, HASH_LEN);
	memcpy(out + sizeof DOMAIN - 1 + HASH_LEN, digest.b, HASH_LEN);
}

/* Packed, signed, then sealed with the event's key: from outside neither the sender nor the signature is seen. The head is bound to the
 * seal, so the event's id cannot be changed either. */
void envelope_close(const struct envelope_keys *keys, const struct key_pair *sender, struct octets text, struct strbuf *out) {
	struct strbuf inner = {0};
	struct signature signature = {{0}};
	uint8_t message[SIGNED_LEN];
	uint8_t head[ENVELOPE_HEAD];
	strbuf_add(&inner, sender->public_key.b, KEY_LEN);
	strbuf_add(&inner, signature.b, SIG_LEN);
	deflate_pack(text.data, text.n, &inner);
	signed_bytes(&keys->event, (struct octets){inner.data + INNER_HEAD, inner.len - INNER_HEAD}, message);
	key_pair_sign(sender, message, sizeof message, &signature);
	memcpy(inner.data + KEY_LEN, signature.b, SIG_LEN);
	memcpy(head, MAGIC, MAGIC_LEN);
	memcpy(head + MAGIC_LEN, keys->event.b, HASH_LEN);
	strbuf_add(out, head, sizeof head);
	crypto_seal(keys->seal, (struct octets){head, sizeof head}, (struct octets){inner.data, inner.len}, out);
	strbuf_fini(&inner);
}

bool envelope_event(struct octets envelope, struct hash *event, struct err *err) {
	/* The magic's last byte is the version: another one there is a newer program's message. */
	if (envelope.n < MAGIC_LEN || memcmp(envelope.data, MAGIC, MAGIC_LEN - 1) != 0) {
		return err_set(err, ERR_INPUT, "this is no message of Turnout");
	}
	if (memcmp(envelope.data, MAGIC, MAGIC_LEN) != 0) {
		return err_set(err, ERR_VERSION, "a newer Turnout sent this; install the newer one here");
	}
	if (envelope.n < ENVELOPE_HEAD + CRYPTO_SEAL_MORE + INNER_HEAD) {
		return err_set(err, ERR_INPUT, "the message is cut short");
	}
	memcpy(event->b, (const uint8_t *)envelope.data + MAGIC_LEN, HASH_LEN);
	return true;
}

static bool open_inner(const struct envelope_keys *keys, struct octets inner, struct public_key *sender, struct strbuf *text,
		       struct err *err) {
	const uint8_t *data = inner.data;
	struct octets packed = {data + INNER_HEAD, inner.n - INNER_HEAD};
	struct signature signature;
	uint8_t message[SIGNED_LEN];
	memcpy(sender->b, data, KEY_LEN);
	memcpy(signature.b, data + KEY_LEN, SIG_LEN);
	signed_bytes(&keys->event, packed, message);
	if (!public_key_verify(sender, message, sizeof message, &signature)) {
		return err_set(err, ERR_REFUSED, "the message's signature is not its sender's");
	}
	return deflate_unpack(packed.data, packed.n, ENVELOPE_TEXT_MAX, text, err) || err_wrap(err, "a message");
}

bool envelope_claims(const struct envelope_keys *keys, struct octets envelope, struct public_key *sender, uint8_t once[ENVELOPE_ONCE_LEN]) {
	if (envelope.n < ENVELOPE_HEAD + CRYPTO_SEAL_MORE + INNER_HEAD) {
		return false;
	}
	crypto_unseal_unchecked(keys->seal, (struct octets){(const uint8_t *)envelope.data + ENVELOPE_HEAD, envelope.n - ENVELOPE_HEAD},
				sender->b, KEY_LEN);
	memcpy(once, (const uint8_t *)envelope.data + ENVELOPE_HEAD, ENVELOPE_ONCE_LEN); /* what is sealed begins with its nonce */
	return true;
}

bool envelope_open(const struct envelope_keys *keys, struct octets envelope, struct public_key *sender, struct strbuf *text,
		   struct err *err) {
	struct hash event;
	struct strbuf inner = {0};
	if (!envelope_event(envelope, &event, err)) {
		return false;
	}
	if (!crypto_hash_eq(&event, &keys->event)) {
		return err_set(err, ERR_INPUT, "the message is of another event");
	}
	if (envelope.n > ENVELOPE_MAX) {
		return err_set(err, ERR_INPUT, "the message is larger than %d bytes", ENVELOPE_MAX);
	}
	struct octets head = {envelope.data, ENVELOPE_HEAD};
	struct octets sealed = {(const uint8_t *)envelope.data + ENVELOPE_HEAD, envelope.n - ENVELOPE_HEAD};
	bool ok = crypto_unseal(keys->seal, head, sealed, &inner) ||
		  err_set(err, ERR_INPUT,
			  "the message does not open with this event's key: it was changed on the way, or its sender is no station of it");
	ok = ok && open_inner(keys, (struct octets){inner.data, inner.len}, sender, text, err);
	strbuf_fini(&inner);
	return ok;
}
