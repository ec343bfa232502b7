/* pretix's signed tickets, scheme "pretix_sig1".
 *
 * Source: pretix/pretix src/pretix/base/secrets.py and pretix/libpretixsync (crypto/Utils.kt, the Ticket message). The QR's text is
 * the standard Base64 of the raw bytes with the order of the characters reversed (so padding stands in front):
 *   raw[0] = 1 · payload length, uint16 BE · signature length, uint16 BE (64) · payload · Ed25519 signature over the payload alone
 * The payload is a proto3 message: 1 seed, 2 item, 3 variation, 4 subevent, 5 valid from, 6 valid until (Unix seconds). */
#ifndef TURNOUT_BADGE_PRETIX_H
#define TURNOUT_BADGE_PRETIX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/crypto.h"
#include "base/err.h"

#define PRETIX_PAYLOAD_MAX 1024
#define PRETIX_SEED_MAX 64

struct pretix_ticket {
	char seed[PRETIX_SEED_MAX]; /* printable ASCII; pretix makes 9 characters */
	int64_t item, variation, subevent;
	int64_t valid_from, valid_until; /* Unix seconds; 0: no limit */
	uint8_t payload[PRETIX_PAYLOAD_MAX];
	size_t payload_len;
	struct signature signature;
};

/* False when the text is no such ticket: wrong alphabet, version, lengths that do not add up, or a payload that is no such message. */
bool pretix_parse(const char *text, struct pretix_ticket *out);

/* True when one of the keys signed it; *which (may be NULL) is that key's index. */
bool pretix_verify(const struct pretix_ticket *ticket, const struct public_key *keys, size_t count, size_t *which);

/* Reads one element of valid_keys.pretix_sig1 of pretix's REST API: Base64 of a PEM "PUBLIC KEY"; the PEM itself is taken too. */
bool pretix_key_read(const char *text, struct public_key *out, struct err *err) TURNOUT_MUST_CHECK;

#endif
