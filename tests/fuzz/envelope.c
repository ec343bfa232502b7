/* Envelopes: any bytes; and such as hold the key, so that what is inside is any bytes. The first byte says how far in the rest is put. */
#include "fuzz/world.h"

#include <string.h>

#include "sync/envelope.h"

#define HEAD_LEN 40 /* "TURNOUT1" and the event */

enum { WHOLE, INNER, PACKED, TEXT, WAYS };

static struct envelope_keys the_keys(const struct fuzz_world *w) {
	struct envelope_keys keys = {.event = w->origin.event};
	memcpy(keys.seal, w->origin.event_key, sizeof keys.seal);
	return keys;
}

/* Seals `inner` as envelope_close would. */
static void seal(const struct envelope_keys *keys, struct octets inner, struct strbuf *out) {
	uint8_t head[HEAD_LEN];
	memcpy(head, "TURNOUT1", 8);
	memcpy(head + 8, keys->event.b, HASH_LEN);
	strbuf_add(out, head, sizeof head);
	crypto_seal(keys->seal, (struct octets){head, sizeof head}, inner, out);
}

/* Signs what is taken for a packed text. */
static void sign(const struct fuzz_world *w, struct octets packed, struct strbuf *inner) {
	static const char domain[] = "turnout-message-1\n";
	struct strbuf said = {0};
	struct signature signature;
	struct hash hash = crypto_sha256(packed.data, packed.n);
	strbuf_adds(&said, domain);
	strbuf_add(&said, w->origin.event.b, HASH_LEN);
	strbuf_add(&said, hash.b, HASH_LEN);
	key_pair_sign(&w->keys[FUZZ_STATION], said.data, said.len, &signature);
	strbuf_add(inner, w->keys[FUZZ_STATION].public_key.b, KEY_LEN);
	strbuf_add(inner, signature.b, SIG_LEN);
	strbuf_add(inner, packed.data, packed.n);
	strbuf_fini(&said);
}

static void check(const struct envelope_keys *keys, struct octets envelope, bool *opened, struct strbuf *text) {
	struct err err = {0};
	struct public_key sender;
	struct hash event;
	size_t before = text->len;
	bool known = envelope_event(envelope, &event, &err);
	*opened = envelope_open(keys, envelope, &sender, text, &err);
	fuzz_assert(!*opened || known);
	fuzz_assert(*opened || (text->len == before && (err.kind == ERR_INPUT || err.kind == ERR_REFUSED || err.kind == ERR_VERSION)));
	fuzz_assert(text->len <= ENVELOPE_TEXT_MAX);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
	const struct fuzz_world *w = fuzz_world();
	struct envelope_keys keys = the_keys(w);
	struct strbuf inner = {0}, envelope = {0}, text = {0};
	bool opened = false;
	if (n == 0) {
		return 0;
	}
	struct octets rest = {data + 1, n - 1};
	int way = data[0] % WAYS;
	if (way == WHOLE) {
		strbuf_add(&envelope, rest.data, rest.n);
	} else if (way == TEXT) {
		envelope_close(&keys, &w->keys[FUZZ_STATION], rest, &envelope);
	} else {
		if (way == PACKED) {
			sign(w, rest, &inner);
		} else {
			strbuf_add(&inner, rest.data, rest.n);
		}
		seal(&keys, (struct octets){strbuf_str(&inner), inner.len}, &envelope);
	}
	check(&keys, (struct octets){strbuf_str(&envelope), envelope.len}, &opened, &text);
	fuzz_assert(way != TEXT || (opened && text.len == rest.n && memcmp(strbuf_str(&text), rest.data, rest.n) == 0));
	if (opened) { /* with another key, or a bit changed, it does not */
		keys.seal[0] ^= 1;
		check(&keys, (struct octets){envelope.data, envelope.len}, &opened, &text);
		fuzz_assert(!opened);
		keys.seal[0] ^= 1;
		envelope.data[envelope.len - 1] ^= 1;
		check(&keys, (struct octets){envelope.data, envelope.len}, &opened, &text);
		fuzz_assert(!opened);
	}
	strbuf_fini(&inner);
	strbuf_fini(&envelope);
	strbuf_fini(&text);
	return 0;
}
