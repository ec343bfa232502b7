/* The envelope in which everything leaves a box, on every transport: packed, signed by the sending station, sealed with the event's key. So plain
 * HTTP, a stolen stick and a clock of 1970 are all the same to it.
 *
 *     "TURNOUT1" · event id (32) · nonce (24) · XChaCha20-Poly1305 of [ sender's key (32) · signature (64) · zlib of the text ]
 *
 * The first 40 bytes are bound to the sealed part. The signature is Ed25519 over "turnout-message-1\n" · event id · SHA-256 of the packed
 * text. What does not open is not looked at. */
#ifndef TURNOUT_SYNC_ENVELOPE_H
#define TURNOUT_SYNC_ENVELOPE_H

#include "base/crypto.h"
#include "base/strbuf.h"

#define ENVELOPE_MAX (512 * 1024)       /* bytes of one; writers stay under half of it */
#define ENVELOPE_TEXT_MAX (1024 * 1024) /* bytes of the text inside */
#define ENVELOPE_HEAD 40

struct envelope_keys {
	struct hash event;
	uint8_t seal[CRYPTO_SEAL_KEY_LEN];
};

/* Appends an envelope with the text. */
void envelope_close(const struct envelope_keys *keys, const struct key_pair *sender, struct octets text, struct strbuf *out);

/* The event that an envelope is of, without opening it. ERR_INPUT when it is no envelope; ERR_VERSION when a newer Turnout made it. */
bool envelope_event(struct octets envelope, struct hash *event, struct err *err) TURNOUT_MUST_CHECK;

#define ENVELOPE_ONCE_LEN 16
/* Whom an envelope names as its sender, without looking whether that is true: costs nothing, and is good for nothing but turning away early who asks
 * too much. `once`: of its nonce. False: it is too short to name any. */
bool envelope_claims(const struct envelope_keys *keys, struct octets envelope, struct public_key *sender,
		     uint8_t once[ENVELOPE_ONCE_LEN]) TURNOUT_MUST_CHECK;

/* Appends the text. ERR_INPUT: it is no envelope, of another event, does not open, is damaged or too large; ERR_REFUSED: the signature is
 * not the sender's. */
bool envelope_open(const struct envelope_keys *keys, struct octets envelope, struct public_key *sender, struct strbuf *text,
		   struct err *err) TURNOUT_MUST_CHECK;

#endif
