/* For tests/e2e/bad_peers.sh: what peers send who mean no good, or are broken. Holds a copy of the event, as any thief of a box would.
 *
 *   bad_peer KIND EVENT [NUMBER]   writes the body of a request to standard output; NUMBER tells the keys of several apart
 *   bad_peer key EVENT NUMBER      tells that key
 *   bad_peer read EVENT            reads an answer from standard input and tells its text */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"
#include "lib/craft.h"
#include "store/create.h"
#include "sync/envelope.h"

#define BOMB_LEN ((size_t)64 * 1024 * 1024)

struct peer {
	struct store *store;
	struct envelope_keys keys;
	struct craft_member self;
	int number;
};

static bool peer_open(struct peer *p, const char *path, int number, struct err *err) {
	struct store_origin origin;
	uint8_t seed[KEY_LEN];
	*p = (struct peer){.store = store_open(path, STORE_READ, "bad_peer", err), .number = number};
	if (p->store == NULL || !store_origin(p->store, &origin, err)) {
		return false;
	}
	p->keys.event = origin.event;
	memcpy(p->keys.seal, origin.event_key, sizeof p->keys.seal);
	memset(seed, number, sizeof seed);
	crypto_key_from_seed(&p->self.key, seed);
	return store_certificate(p->store, &p->self.key.public_key, &p->self.certificate) ||
	       err_set(err, ERR_REFUSED, "this copy carries no invitation");
}

static void put_all(const struct strbuf *bytes) { fwrite(bytes->data, 1, bytes->len, stdout); }

/* A text as this peer says it, sealed. */
static void say(const struct peer *p, const struct strbuf *text, struct strbuf *out) {
	envelope_close(&p->keys, &p->self.key, (struct octets){strbuf_str(text), text->len}, out);
}

/* A request that is all right: with a certificate, asking for everything. */
static void begin_request(const struct peer *p, struct strbuf *text) {
	message_begin(text, MESSAGE_REQUEST);
	strbuf_adds(text, "list\n");
	message_put_certificate(text, &p->self.certificate);
}

static void log_of_notes(const struct peer *p, struct strbuf *text, struct craft *c) {
	craft_join(c, &p->self, p->store, p->number, text);
	craft_notes(c, "note", 3, text);
}

/* --- kinds ----------------------------------------------------------------------------------------------------------------------------------- */

static void member(const struct peer *p, struct strbuf *text, struct strbuf *out) {
	struct craft c;
	begin_request(p, text);
	log_of_notes(p, text, &c);
	say(p, text, out);
}

static void truncated(const struct peer *p, struct strbuf *text, struct strbuf *out) {
	member(p, text, out);
	strbuf_truncate(out, out->len * 2 / 3);
}

static void bomb(const struct peer *p, struct strbuf *text, struct strbuf *out) {
	strbuf_reserve(text, BOMB_LEN);
	memset(text->data, 'a', BOMB_LEN);
	strbuf_grown(text, BOMB_LEN);
	say(p, text, out);
}

static void future_envelope(const struct peer *p, struct strbuf *text, struct strbuf *out) {
	member(p, text, out);
	out->data[7] = '2';
}

static void future_message(const struct peer *p, struct strbuf *text, struct strbuf *out) {
	strbuf_adds(text, "turnout-exchange-2\trequest\nlist\n");
	say(p, text, out);
}

static void wrong_event(const struct peer *p, struct strbuf *text, struct strbuf *out) {
	struct peer other = *p;
	other.keys.event.b[0] ^= 1;
	begin_request(p, text);
	say(&other, text, out);
}

static void wrong_key(const struct peer *p, struct strbuf *text, struct strbuf *out) {
	struct peer other = *p;
	other.keys.seal[0] ^= 1;
	begin_request(p, text);
	say(&other, text, out);
}

/* Sealed by one who holds the event's key, in the name of the organiser. */
static void bad_signature(const struct peer *p, struct strbuf *text, struct strbuf *out) {
	struct peer other = *p;
	begin_request(p, text);
	other.self.key.public_key = *store_organiser(p->store);
	say(&other, text, out);
}

static void no_request(const struct peer *p, struct strbuf *text, struct strbuf *out) {
	message_begin(text, MESSAGE_ANSWER);
	say(p, text, out);
}

static void stranger(const struct peer *p, struct strbuf *text, struct strbuf *out) {
	struct craft c;
	message_begin(text, MESSAGE_REQUEST);
	strbuf_adds(text, "list\n");
	log_of_notes(p, text, &c);
	say(p, text, out);
}

/* The second run of its log has another's signature. */
static void bad_run(const struct peer *p, struct strbuf *text, struct strbuf *out) {
	struct craft c;
	begin_request(p, text);
	log_of_notes(p, text, &c);
	text->data[text->len - 2] = text->data[text->len - 2] == '0' ? '1' : '0';
	say(p, text, out);
}

static void rightless(const struct peer *p, struct strbuf *text, struct strbuf *out) {
	struct craft c;
	begin_request(p, text);
	craft_join(&c, &p->self, p->store, p->number, text);
	craft_piece(&c, '>', text);
	craft_add(&c, &(struct craft_record){.kind = "event", .subject = "", .body = "{\"set\":{\"title\":\"Hijacked\"}}"}, text);
	craft_sign(&c, text);
	say(p, text, out);
}

static const struct {
	const char *kind;
	void (*make)(const struct peer *p, struct strbuf *text, struct strbuf *out);
} kinds[] = {{"member", member},
	     {"truncated", truncated},
	     {"bomb", bomb},
	     {"future-envelope", future_envelope},
	     {"future-message", future_message},
	     {"wrong-event", wrong_event},
	     {"wrong-key", wrong_key},
	     {"bad-signature", bad_signature},
	     {"no-request", no_request},
	     {"stranger", stranger},
	     {"bad-run", bad_run},
	     {"rightless", rightless}};

static bool read_answer(const struct peer *p, struct err *err) {
	struct strbuf bytes = {0}, text = {0};
	struct public_key sender;
	bool ok = file_read("-", ENVELOPE_MAX, &bytes, err) &&
		  envelope_open(&p->keys, (struct octets){strbuf_str(&bytes), bytes.len}, &sender, &text, err);
	if (ok) {
		put_all(&text);
	}
	strbuf_fini(&bytes);
	strbuf_fini(&text);
	return ok;
}

static bool act(const struct peer *p, const char *what, struct err *err) {
	struct strbuf text = {0}, out = {0};
	char hex[2 * KEY_LEN + 1];
	if (str_eq(what, "read")) {
		return read_answer(p, err);
	}
	if (str_eq(what, "key")) {
		str_hex(p->self.key.public_key.b, KEY_LEN, hex);
		return puts(hex) >= 0;
	}
	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		if (str_eq(what, kinds[i].kind)) {
			kinds[i].make(p, &text, &out);
			put_all(&out);
			strbuf_fini(&text);
			strbuf_fini(&out);
			return true;
		}
	}
	return err_set(err, ERR_USAGE, "no bad peer is called \"%s\"", what);
}

int main(int argc, char **argv) {
	struct err err = {0};
	struct peer p;
	int64_t number = 1;
	if (argc < 3 || argc > 4 || (argc == 4 && !str_to_i64(argv[3], &number))) {
		fputs("bad_peer KIND EVENT [NUMBER]\n", stderr);
		return 2;
	}
	bool ok = peer_open(&p, argv[2], (int)number, &err) && act(&p, argv[1], &err);
	store_close(p.store);
	if (!ok) {
		fprintf(stderr, "%s\n", err.text);
	}
	return ok ? 0 : 1;
}
