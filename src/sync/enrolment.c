#include "sync/enrolment.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/base32.h"
#include "base/str.h"
#include "store/create.h"

#define MAGIC "TURNOUTD"
#define MAGIC_LEN 8

/* --- tokens and codes ---------------------------------------------------------------------------------------------------------------- */

void hub_token_text(const struct hub_token *token, char text[TOKEN_TEXT_MAX]) {
	str_hex(token->fingerprint, sizeof token->fingerprint, text);
	text[16] = '-';
	str_hex(token->secret, sizeof token->secret, text + 17);
}

bool hub_token_parse(const char *text, struct hub_token *out, struct err *err) {
	char half[17];
	bool ok = strlen(text) == 17 + 2 * TOKEN_SECRET_LEN && text[16] == '-';
	if (ok) {
		memcpy(half, text, 16);
		half[16] = '\0';
		ok = str_unhex(half, out->fingerprint, sizeof out->fingerprint) && str_unhex(text + 17, out->secret, sizeof out->secret);
	}
	return ok || err_set(err, ERR_USAGE, "the token is not as the hub printed it at its first start: 16 digits, a dash, 32 digits");
}

void hub_token_fingerprint(const struct public_key *hub, uint8_t fingerprint[8]) {
	char text[sizeof "turnout-hub-token\n" + 2 * KEY_LEN];
	char hex[2 * KEY_LEN + 1];
	str_hex(hub->b, KEY_LEN, hex);
	/* The words before the key set this hash apart from every other use of the key's hash. */
	int n = snprintf(text, sizeof text, "turnout-hub-token\n%s", hex);
	struct hash hash = crypto_sha256(text, (size_t)n);
	memcpy(fingerprint, hash.b, 8);
}

void pair_code_text(const struct pair_code *code, char text[PAIR_TEXT_MAX]) {
	char plain[16];
	base32_encode(code->fingerprint, plain);
	base32_encode(code->secret, plain + BASE32_GROUP_CHARS);
	snprintf(text, PAIR_TEXT_MAX, "%.4s-%.4s-%.4s-%.4s", plain, plain + 4, plain + 8, plain + 12);
}

bool pair_code_parse(const char *text, struct pair_code *out, struct err *err) {
	char plain[17];
	size_t n = 0;
	for (const char *c = text; *c != '\0'; c++) {
		if (*c == '-' || str_is_space(*c)) {
			continue;
		}
		/* A seventeenth character, or one that Crockford's alphabet does not know: n = 0 makes the check below fail. */
		char meant = base32_meant(*c);
		if (n == 16 || meant == '\0') {
			n = 0;
			break;
		}
		plain[n++] = meant;
	}
	plain[n] = '\0';
	if (n != 16 || !base32_decode(plain, out->fingerprint) || !base32_decode(plain + BASE32_GROUP_CHARS, out->secret)) {
		return err_set(err, ERR_USAGE, "a pairing code has 16 letters and digits, like 7K3M-9QRT-2WXY-4ABC");
	}
	return true;
}

bool pair_code_fingerprint(const struct public_key *hub, uint8_t fingerprint[5], struct err *err) {
	return crypto_slow_hash(hub->b, KEY_LEN, fingerprint, 5) ||
	       err_set(err, ERR_SYSTEM, "there is not enough memory for a fingerprint (32 MiB)");
}

/* --- texts --------------------------------------------------------------------------------------------------------------------------- */

void enrolment_put(struct strbuf *out, const char *word, const char *value) { strbuf_addf(out, "%s\t%s\n", word, value); }

void enrolment_put_octets(struct strbuf *out, const char *word, const void *data, size_t n) {
	char *hex = xmalloc(2 * n + 1);
	str_hex(data, n, hex);
	enrolment_put(out, word, hex);
	crypto_wipe(hex, 2 * n);
	free(hex);
}

bool enrolment_lines_read(struct strbuf *text, struct enrolment_lines *out, struct err *err) {
	*out = (struct enrolment_lines){.text = *text};
	*text = (struct strbuf){0};
	char *at = out->text.data;
	char *end = at == NULL ? NULL : at + out->text.len;
	/* The last byte is a newline, so memchr below always finds one; no NUL is inside, so values are whole C strings. A tab is searched
	 * for within its line only. */
	bool ok = at != NULL && end > at && end[-1] == '\n' && memchr(at, '\0', out->text.len) == NULL;
	while (ok && at < end) {
		char *newline = memchr(at, '\n', (size_t)(end - at));
		char *tab = memchr(at, '\t', (size_t)(newline - at));
		ok = tab != NULL && out->count < ENROLMENT_LINES_MAX;
		if (ok) {
			*tab = *newline = '\0';
			ARRAY_GROW(out, items);
			out->items[out->count].word = at;
			out->items[out->count++].value = tab + 1;
			at = newline + 1;
		}
	}
	return ok || err_set(err, ERR_INPUT, "what was said at the hub's door is no text of words and values");
}

void enrolment_lines_fini(struct enrolment_lines *lines) {
	/* It may hold a token, a code or an event's keys. */
	if (lines->text.data != NULL) {
		crypto_wipe(lines->text.data, lines->text.len);
	}
	strbuf_fini(&lines->text);
	free(lines->items);
	*lines = (struct enrolment_lines){.count = 0};
}

const char *enrolment_get(const struct enrolment_lines *lines, const char *word) {
	for (size_t i = 0; i < lines->count; i++) {
		if (str_eq(lines->items[i].word, word)) {
			return lines->items[i].value;
		}
	}
	return NULL;
}

bool enrolment_get_octets(const struct enrolment_lines *lines, const char *word, void *out, size_t n) {
	const char *hex = enrolment_get(lines, word);
	return hex != NULL && str_unhex(hex, out, n);
}

/* --- boxes --------------------------------------------------------------------------------------------------------------------------- */

bool enrolment_close(const struct public_key *to, const struct strbuf *text, struct strbuf *out) {
	strbuf_add(out, MAGIC, MAGIC_LEN);
	return crypto_box_to(to, (struct octets){strbuf_str(text), text->len}, out);
}

bool enrolment_open(const struct key_pair *own, struct octets box, struct enrolment_lines *out, struct err *err) {
	struct strbuf text = {0};
	*out = (struct enrolment_lines){.count = 0};
	if (box.n < MAGIC_LEN || box.n > ENROLMENT_MAX || memcmp(box.data, MAGIC, MAGIC_LEN) != 0) {
		return err_set(err, ERR_INPUT, "this is nothing to say at a hub's door");
	}
	struct octets inner = {(const uint8_t *)box.data + MAGIC_LEN, box.n - MAGIC_LEN};
	if (!crypto_box_take(own, inner, &text)) {
		strbuf_fini(&text);
		return err_set(err, ERR_INPUT, "what was said at the door was meant for another, or changed on the way");
	}
	return enrolment_lines_read(&text, out, err);
}

size_t enrolment_publish_text(const struct hash *event, const struct public_key *hub, char text[PUBLISH_TEXT_MAX]) {
	char event_hex[2 * HASH_LEN + 1];
	char hub_hex[2 * KEY_LEN + 1];
	str_hex(event->b, HASH_LEN, event_hex);
	str_hex(hub->b, KEY_LEN, hub_hex);
	return (size_t)snprintf(text, PUBLISH_TEXT_MAX, "turnout-publish-1\n%s\n%s\n", event_hex, hub_hex);
}

void enrolment_put_origin(struct strbuf *out, const struct store_origin *origin) {
	enrolment_put_octets(out, "event", origin->event.b, HASH_LEN);
	enrolment_put_octets(out, "organiser", origin->organiser.b, KEY_LEN);
	enrolment_put_octets(out, "event-key", origin->event_key, KEY_LEN);
	if (origin->has_invitation) {
		enrolment_put_octets(out, "invitation", origin->invitation_seed, KEY_LEN);
	}
}

bool enrolment_get_origin(const struct enrolment_lines *lines, struct store_origin *out, struct err *err) {
	*out = (struct store_origin){.has_invitation = false};
	out->has_invitation = enrolment_get_octets(lines, "invitation", out->invitation_seed, KEY_LEN);
	return (enrolment_get_octets(lines, "event", out->event.b, HASH_LEN) &&
		enrolment_get_octets(lines, "organiser", out->organiser.b, KEY_LEN) &&
		enrolment_get_octets(lines, "event-key", out->event_key, KEY_LEN)) ||
	       err_set(err, ERR_INPUT, "the event's keys are not all there");
}
