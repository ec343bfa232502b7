/* Badge codes: the texts inside our QR codes, and their short spoken form.
 *
 *   TO1 + Base45( version 1 · event tag[4] · random[8] · category · Ed25519 signature[64] )   120 characters, QR version 5-M
 *   TO0 + Base45( random[8] )                                                                  15 characters, QR version 1-M
 *
 * The signature covers CODE_DOMAIN, the whole 32-byte event id and the 14 bytes before the signature, so a code cannot be moved to
 * another event that happens to share the tag (the first 4 bytes of the event id). The layout is frozen: one byte more fits, two do not. */
#ifndef TURNOUT_BADGE_CODE_H
#define TURNOUT_BADGE_CODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/crypto.h"

#define CODE_DOMAIN "turnout-badge-1\n"
#define CODE_TAG_LEN 4
#define CODE_RANDOM_LEN 8
#define CODE_UNSIGNED_LEN (1 + CODE_TAG_LEN + CODE_RANDOM_LEN + 1)
#define CODE_SIGNED_LEN (CODE_UNSIGNED_LEN + SIG_LEN)
#define CODE_TEXT_MAX 121   /* with the NUL */
#define CODE_SHORT_CHARS 15 /* of TO0 */
#define CODE_ALOUD_MAX 10   /* "7F3K-2MQ9" with the NUL */

enum code_kind {
	CODE_SIGNED,    /* TO1: the parts are filled; nothing is verified yet */
	CODE_SHORT,     /* TO0: `random` is filled */
	CODE_FOREIGN,   /* any other text */
	CODE_MALFORMED, /* begins like one of ours and is not one */
};

struct code {
	enum code_kind kind;
	uint8_t unsigned_part[CODE_UNSIGNED_LEN]; /* as signed, after the domain and the event id */
	uint8_t tag[CODE_TAG_LEN];
	uint8_t random[CODE_RANDOM_LEN];
	uint8_t category;
	struct signature signature;
};

enum code_verdict {
	CODE_OK,          /* issued for this event by the holder of that key */
	CODE_WRONG_EVENT, /* its tag is another event's; whether it is genuine there is not known */
	CODE_FORGED,      /* the tag is this event's, the signature is not by that key; unsigned codes too */
};

/* The byte that a signed code carries for a category: 0 without one, else 1 to 255 by its name, so that it is the same on every machine. */
uint8_t code_category(const char *category);

void code_make_signed(const struct hash *event, const struct key_pair *key, uint8_t category, char out[CODE_TEXT_MAX]);
void code_make_short(char out[CODE_TEXT_MAX]);

/* Never fails: any text is of some kind. The parts that the kind does not have are zero. */
enum code_kind code_parse(const char *text, struct code *out);

enum code_verdict code_verify(const struct code *code, const struct hash *event, const struct public_key *key);

/* The form for telephones and radios: 8 characters of Crockford's base 32 (no I, L, O, U) from the first 40 bits of the code's random
 * bytes, of the SHA-256 of the text where the code is foreign or malformed. Not unique for certain: a search may find two. */
void code_read_aloud(const char *text, char out[CODE_ALOUD_MAX]);

/* What a person typed, as code_read_aloud writes it: lower case, spaces, other or no dashes; O is 0, I and L are 1. False (and out empty)
 * when it is not 8 such characters. */
bool code_normalise_read_aloud(const char *in, char out[CODE_ALOUD_MAX]);

#endif
