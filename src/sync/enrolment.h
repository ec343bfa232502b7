/* Enrolment: what is said to a hub, at its door, before one is a member of an event there: publishing an event, asking for a pairing code, enrolling
 * by one. Works over plain HTTP: a request is boxed for the hub's key, whose fingerprint the administrator's token and the pairing code carry, and
 * the answer is boxed for a key that was made for this one request; so neither can be read or made by anybody between.
 *
 *     POST /v1/door: "TURNOUTD" · box of lines "word TAB value"
 *
 * Words of a request: door (the verb), reply-to (a fresh Ed25519 key), token or code, and what the verb takes. Words of an answer: door ("ok",
 * "no", "wait"), reply (SHA-256 of the request's bytes), say (a sentence), and what the verb gives. Binary values are lower-case hexadecimal.
 *
 * The verb stations (token, event, and optionally after, a key): lines "station" of "KEY STANDING LOGS RECORDS" in the order of the keys, STANDING
 * being member, retired, closed or unknown; say is "more" when there are others behind the last one. */
#ifndef TURNOUT_SYNC_ENROLMENT_H
#define TURNOUT_SYNC_ENROLMENT_H

#include "base/crypto.h"
#include "base/strbuf.h"
#include "store/create.h"
#include "store/store.h"

#define ENROLMENT_PATH "/v1/door"
#define HUB_PATH "/v1/hub"
#define ENROLMENT_MAX (16 * 1024) /* bytes of a request or answer */

/* --- tokens and codes ---------------------------------------------------------------------------------------------------------------- */

#define TOKEN_SECRET_LEN 16
#define TOKEN_TEXT_MAX 64
struct hub_token { /* the administrator's: "<16 digits of the hub's fingerprint>-<32 digits>" */
	uint8_t fingerprint[8];
	uint8_t secret[TOKEN_SECRET_LEN];
};
void hub_token_text(const struct hub_token *token, char text[TOKEN_TEXT_MAX]);
bool hub_token_parse(const char *text, struct hub_token *out, struct err *err) TURNOUT_MUST_CHECK;
void hub_token_fingerprint(const struct public_key *hub, uint8_t fingerprint[8]);

/* A pairing code: "XXXX-XXXX-XXXX-XXXX" in Crockford's base 32 (no I, L, O, U). The first half is a slow fingerprint of the hub's key (Argon2id:
 * RFC 9106), so that nobody can make another key that fits while a code is good; the second half is the secret. */
#define PAIR_SECRET_LEN 5
#define PAIR_TEXT_MAX 24
struct pair_code {
	uint8_t fingerprint[5];
	uint8_t secret[PAIR_SECRET_LEN];
};
void pair_code_text(const struct pair_code *code, char text[PAIR_TEXT_MAX]);
/* Takes lower case, other or no dashes, O for 0, I and L for 1. ERR_USAGE. */
bool pair_code_parse(const char *text, struct pair_code *out, struct err *err) TURNOUT_MUST_CHECK;
/* Takes a tenth of a second and 32 MiB. */
bool pair_code_fingerprint(const struct public_key *hub, uint8_t fingerprint[5], struct err *err) TURNOUT_MUST_CHECK;

/* --- texts --------------------------------------------------------------------------------------------------------------------------- */

/* Lines of words and values. Reading: a parsed text lives in `text`. */
void enrolment_put(struct strbuf *out, const char *word, const char *value);
void enrolment_put_octets(struct strbuf *out, const char *word, const void *data, size_t n);
#define ENROLMENT_LINES_MAX 4096
struct enrolment_lines { /* for enrolment_lines_fini */
	struct strbuf text;
	struct {
		const char *word, *value;
	} * items;
	size_t count, cap;
};
/* Takes the text. ERR_INPUT. */
bool enrolment_lines_read(struct strbuf *text, struct enrolment_lines *out, struct err *err) TURNOUT_MUST_CHECK;
void enrolment_lines_fini(struct enrolment_lines *lines);
const char *enrolment_get(const struct enrolment_lines *lines, const char *word); /* the first one's value; NULL */
bool enrolment_get_octets(const struct enrolment_lines *lines, const char *word, void *out, size_t n);

/* --- boxes --------------------------------------------------------------------------------------------------------------------------- */

bool enrolment_close(const struct public_key *to, const struct strbuf *text, struct strbuf *out) TURNOUT_MUST_CHECK;
/* ERR_INPUT when it is no door message, or not for this key. */
bool enrolment_open(const struct key_pair *own, struct octets box, struct enrolment_lines *out, struct err *err) TURNOUT_MUST_CHECK;

/* The text that an organiser signs to publish an event at a hub: "turnout-publish-1\n<event>\n<hub>\n". */
#define PUBLISH_TEXT_MAX 200
size_t enrolment_publish_text(const struct hash *event, const struct public_key *hub, char text[PUBLISH_TEXT_MAX]);

/* An event's keys, as lines; reading checks that all are there. */
void enrolment_put_origin(struct strbuf *out, const struct store_origin *origin);
bool enrolment_get_origin(const struct enrolment_lines *lines, struct store_origin *out, struct err *err) TURNOUT_MUST_CHECK;

#endif
