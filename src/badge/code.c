#include "badge/code.h"

#include <stdlib.h>
#include <string.h>

#include "base/base32.h"
#include "base/base45.h"
#include "base/str.h"
#include "event/fold.h"

#define VERSION 1

_Static_assert(3 + BASE45_TEXT_LEN(CODE_SIGNED_LEN) + 1 == CODE_TEXT_MAX, "a signed code is 120 characters");

struct signed_bytes {
	uint8_t b[sizeof CODE_DOMAIN - 1 + HASH_LEN + CODE_UNSIGNED_LEN];
};

static struct signed_bytes what_is_signed(const struct hash *event, const uint8_t part[CODE_UNSIGNED_LEN]) {
	struct signed_bytes s;
	memcpy(s.b, CODE_DOMAIN, sizeof CODE_DOMAIN - 1);
	memcpy(s.b + sizeof CODE_DOMAIN - 1, event->b, HASH_LEN);
	memcpy(s.b + sizeof CODE_DOMAIN - 1 + HASH_LEN, part, CODE_UNSIGNED_LEN);
	return s;
}

uint8_t code_category(const char *category) {
	char *folded = fold_text(category);
	struct hash h = crypto_sha256(folded, strlen(folded));
	/* 0 stands for no category, so a name's byte is 1 to 255. */
	uint8_t byte = folded[0] == '\0' ? 0 : (uint8_t)(1 + h.b[0] % 255);
	free(folded);
	return byte;
}

void code_make_signed(const struct hash *event, const struct key_pair *key, uint8_t category, char out[CODE_TEXT_MAX]) {
	uint8_t raw[CODE_SIGNED_LEN];
	raw[0] = VERSION;
	memcpy(raw + 1, event->b, CODE_TAG_LEN);
	crypto_random(raw + 1 + CODE_TAG_LEN, CODE_RANDOM_LEN);
	raw[CODE_UNSIGNED_LEN - 1] = category;
	struct signed_bytes bytes = what_is_signed(event, raw);
	struct signature signature;
	key_pair_sign(key, bytes.b, sizeof bytes.b, &signature);
	memcpy(raw + CODE_UNSIGNED_LEN, signature.b, SIG_LEN);
	memcpy(out, "TO1", 3);
	base45_encode(raw, sizeof raw, out + 3);
}

void code_make_short(char out[CODE_TEXT_MAX]) {
	uint8_t raw[CODE_RANDOM_LEN];
	crypto_random(raw, sizeof raw);
	memcpy(out, "TO0", 3);
	base45_encode(raw, sizeof raw, out + 3);
}

enum code_kind code_parse(const char *text, struct code *out) {
	*out = (struct code){.kind = CODE_FOREIGN};
	bool with_signature = str_starts(text, "TO1");
	if (!with_signature && !str_starts(text, "TO0")) {
		return out->kind;
	}
	uint8_t raw[CODE_SIGNED_LEN];
	size_t n = 0;
	size_t want = with_signature ? CODE_SIGNED_LEN : CODE_RANDOM_LEN;
	if (!base45_decode(text + 3, raw, sizeof raw, &n) || n != want || (with_signature && raw[0] != VERSION)) {
		out->kind = CODE_MALFORMED;
	} else if (with_signature) {
		out->kind = CODE_SIGNED;
		memcpy(out->unsigned_part, raw, CODE_UNSIGNED_LEN);
		memcpy(out->tag, raw + 1, CODE_TAG_LEN);
		memcpy(out->random, raw + 1 + CODE_TAG_LEN, CODE_RANDOM_LEN);
		out->category = raw[CODE_UNSIGNED_LEN - 1];
		memcpy(out->signature.b, raw + CODE_UNSIGNED_LEN, SIG_LEN);
	} else {
		out->kind = CODE_SHORT;
		memcpy(out->random, raw, CODE_RANDOM_LEN);
	}
	return out->kind;
}

enum code_verdict code_verify(const struct code *code, const struct hash *event, const struct public_key *key) {
	if (code->kind != CODE_SIGNED) {
		return CODE_FORGED;
	}
	if (memcmp(code->tag, event->b, CODE_TAG_LEN) != 0) {
		return CODE_WRONG_EVENT;
	}
	struct signed_bytes bytes = what_is_signed(event, code->unsigned_part);
	return public_key_verify(key, bytes.b, sizeof bytes.b, &code->signature) ? CODE_OK : CODE_FORGED;
}

void code_read_aloud(const char *text, char out[CODE_ALOUD_MAX]) {
	struct code code;
	uint8_t bits[BASE32_GROUP_BYTES];
	enum code_kind kind = code_parse(text, &code);
	if (kind == CODE_SIGNED || kind == CODE_SHORT) {
		memcpy(bits, code.random, sizeof bits);
	} else {
		struct hash h = crypto_sha256(text, strlen(text));
		memcpy(bits, h.b, sizeof bits);
	}
	char plain[BASE32_GROUP_CHARS];
	base32_encode(bits, plain);
	snprintf(out, CODE_ALOUD_MAX, "%.4s-%.4s", plain, plain + 4);
}

/* Bytes of the white space or dash at `at`; 0 when there is none. En and em dashes and the unbreakable hyphen come from phones. */
static size_t separator_len(const char *at) {
	static const char *const longer[] = {"\xE2\x80\x90", "\xE2\x80\x91", "\xE2\x80\x92", "\xE2\x80\x93", "\xE2\x80\x94", "\xC2\xA0"};
	if (str_is_space(*at) || *at == '-' || *at == '_') {
		return 1;
	}
	for (size_t i = 0; i < sizeof longer / sizeof longer[0]; i++) {
		if (str_starts(at, longer[i])) {
			return strlen(longer[i]);
		}
	}
	return 0;
}

bool code_normalise_read_aloud(const char *in, char out[CODE_ALOUD_MAX]) {
	size_t n = 0;
	while (*in != '\0') {
		size_t skip = separator_len(in);
		if (skip != 0) {
			in += skip;
			continue;
		}
		char c = base32_meant(*in++);
		if (c == '\0' || n == CODE_ALOUD_MAX - 1) {
			out[0] = '\0';
			return false;
		}
		if (n == 4) {
			out[n++] = '-';
		}
		out[n++] = c;
	}
	if (n != CODE_ALOUD_MAX - 1) {
		out[0] = '\0';
		return false;
	}
	out[n] = '\0';
	return true;
}
