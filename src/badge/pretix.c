#include "badge/pretix.h"

#include <string.h>

#include "base/str.h"

#define HEADER_LEN 5
#define TEXT_MAX 4296 /* characters in the largest QR code (ISO/IEC 18004, table 7, version 40-L, alphanumeric) */

enum wire_type { WIRE_VARINT = 0, WIRE_64 = 1, WIRE_BYTES = 2, WIRE_32 = 5 };

struct reader {
	const uint8_t *at, *end;
};

/* Protocol Buffers encoding, "Base 128 Varints": at most ten bytes, the lowest seven bits first. */
static bool read_varint(struct reader *r, uint64_t *out) {
	uint64_t value = 0;
	for (unsigned shift = 0; shift < 70 && r->at < r->end; shift += 7) {
		uint8_t byte = *r->at++;
		if (shift == 63 && (byte & 0x7E) != 0) {
			return false;
		}
		value |= (uint64_t)(byte & 0x7F) << shift;
		if ((byte & 0x80) == 0) {
			*out = value;
			return true;
		}
	}
	return false;
}

static bool skip(struct reader *r, uint64_t n) {
	if (n > (uint64_t)(r->end - r->at)) {
		return false;
	}
	r->at += n;
	return true;
}

static bool read_seed(const uint8_t *data, uint64_t n, struct pretix_ticket *out) {
	if (n >= sizeof out->seed) {
		return false;
	}
	for (uint64_t i = 0; i < n; i++) {
		if (data[i] <= 0x20 || data[i] >= 0x7F) {
			return false;
		}
	}
	memcpy(out->seed, data, n);
	out->seed[n] = '\0';
	return true;
}

static bool read_field(struct reader *r, struct pretix_ticket *out) {
	uint64_t key = 0, value = 0;
	if (!read_varint(r, &key) || key >> 3 == 0) {
		return false;
	}
	switch ((enum wire_type)(key & 7)) {
	case WIRE_VARINT: {
		int64_t *const numbers[] = {NULL, NULL, &out->item, &out->variation, &out->subevent, &out->valid_from, &out->valid_until};
		if (!read_varint(r, &value)) {
			return false;
		}
		if (key >> 3 >= 2 && key >> 3 <= 6) {
			*numbers[key >> 3] = (int64_t)value;
		}
		/* The seed (field 1) is text: as a number it is no ticket of pretix. */
		return key >> 3 != 1;
	}
	case WIRE_BYTES: {
		if (!read_varint(r, &value)) {
			return false;
		}
		const uint8_t *data = r->at;
		return skip(r, value) && (key >> 3 > 6 || (key >> 3 == 1 && read_seed(data, value, out)));
	}
	case WIRE_64: return key >> 3 > 6 && skip(r, 8);
	case WIRE_32: return key >> 3 > 6 && skip(r, 4);
	}
	return false;
}

/* Decodes the reversed Base64 into raw; false when it is none. */
static bool unreverse(const char *text, uint8_t *raw, size_t cap, size_t *n) {
	char forward[TEXT_MAX + 1];
	size_t len = strlen(text);
	if (len == 0 || len > TEXT_MAX) {
		return false;
	}
	for (size_t i = 0; i < len; i++) {
		forward[i] = text[len - 1 - i];
	}
	forward[len] = '\0';
	return crypto_unbase64(forward, raw, cap, n);
}

bool pretix_parse(const char *text, struct pretix_ticket *out) {
	*out = (struct pretix_ticket){0};
	uint8_t raw[HEADER_LEN + PRETIX_PAYLOAD_MAX + SIG_LEN];
	size_t n = 0;
	if (!unreverse(text, raw, sizeof raw, &n) || n < HEADER_LEN + SIG_LEN || raw[0] != 1) {
		return false;
	}
	size_t payload_len = (size_t)raw[1] << 8 | raw[2];
	size_t signature_len = (size_t)raw[3] << 8 | raw[4];
	if (signature_len != SIG_LEN || payload_len > PRETIX_PAYLOAD_MAX || n != HEADER_LEN + payload_len + SIG_LEN) {
		return false;
	}
	memcpy(out->payload, raw + HEADER_LEN, payload_len);
	out->payload_len = payload_len;
	memcpy(out->signature.b, raw + HEADER_LEN + payload_len, SIG_LEN);
	struct reader r = {out->payload, out->payload + payload_len};
	while (r.at < r.end) {
		if (!read_field(&r, out)) {
			return false;
		}
	}
	return out->seed[0] != '\0';
}

bool pretix_verify(const struct pretix_ticket *ticket, const struct public_key *keys, size_t count, size_t *which) {
	for (size_t i = 0; i < count; i++) {
		if (public_key_verify(&keys[i], ticket->payload, ticket->payload_len, &ticket->signature)) {
			if (which != NULL) {
				*which = i;
			}
			return true;
		}
	}
	return false;
}

/* Base64 with line ends and other white space in it. */
static bool unbase64_loose(const char *text, size_t len, void *out, size_t cap, size_t *n) {
	char tight[1024];
	size_t at = 0;
	for (size_t i = 0; i < len; i++) {
		if (str_is_space(text[i])) {
			continue;
		}
		if (at + 1 == sizeof tight) {
			return false;
		}
		tight[at++] = text[i];
	}
	tight[at] = '\0';
	return crypto_unbase64(tight, out, cap, n);
}

bool pretix_key_read(const char *text, struct public_key *out, struct err *err) {
	static const char begin[] = "-----BEGIN PUBLIC KEY-----", end[] = "-----END PUBLIC KEY-----";
	/* RFC 8410, section 4: SubjectPublicKeyInfo of id-Ed25519, then the 32 bytes of the key. */
	static const uint8_t spki[] = {0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00};
	char pem[1024];
	size_t n = 0;
	if (strstr(text, begin) == NULL) {
		if (!unbase64_loose(text, strlen(text), pem, sizeof pem - 1, &n)) {
			return err_set(err, ERR_INPUT, "the pretix key is not Base64");
		}
		pem[n] = '\0';
		text = pem;
	}
	const char *from = strstr(text, begin);
	const char *to = from ? strstr(from, end) : NULL;
	if (to == NULL) {
		return err_set(err, ERR_INPUT, "the pretix key holds no \"BEGIN PUBLIC KEY\" block");
	}
	from += sizeof begin - 1;
	uint8_t der[128];
	if (!unbase64_loose(from, (size_t)(to - from), der, sizeof der, &n)) {
		return err_set(err, ERR_INPUT, "the pretix key's PEM block is not Base64");
	}
	if (n != sizeof spki + KEY_LEN || memcmp(der, spki, sizeof spki) != 0) {
		return err_set(err, ERR_INPUT, "the pretix key is not an Ed25519 public key");
	}
	memcpy(out->b, der + sizeof spki, KEY_LEN);
	return true;
}
