/* Walk-ins: people whom a station puts on the roster, with a short code of their own.
 *
 * The record's body is {"id", "set", "code", "aloud", "salt"}: fields as in a person's record, so that editors change them like anybody's; its
 * subject is the person's. The id is made of the station's key and the subject, so that no station can speak of anybody whom another one or an
 * editor put there.
 *
 * So is the code: "TO0" and the Base45 (base/base45.h) of the first 8 bytes of SHA-256 over the text
 *
 *     turnout-walkin-code-1
 *     <event id, 64 hexadecimal digits>
 *     <station key, 64 hexadecimal digits>
 *     <the record's subject>
 *
 * every line ended by \n; and "aloud" is the spoken form of those bytes. The subject is drawn at random for each walk-in and stands in the record,
 * outside the body: it is the nonce, and anybody can check. Another station's claim to the code would have to find a subject of its own that gives the
 * same 8 bytes, which takes some 2^64 hashes for one badge. A claim that does not fit is ignored. Erasing the body leaves the subject, and with it what
 * the code was: a code says nothing of anybody, and check-ins keep theirs in any case.
 *
 * Turnouts before this rule drew the code at random, and what they wrote does not fit: bring all boxes to one version. */
#ifndef TURNOUT_STORE_VIEW_WALKIN_H
#define TURNOUT_STORE_VIEW_WALKIN_H

#include <stdbool.h>

#include "base/crypto.h"
#include "event/person.h"

struct json;
struct store;

/* The id of a walk-in, which is made of who wrote it and its subject: so that nobody else's can be spoken of. */
void walkin_id(const struct store *store, const struct public_key *station, const char *subject, char id[PERSON_ID_LEN + 1]);
/* The badge of a walk-in, which is made of the same. */
#define WALKIN_CODE_LEN 15
#define WALKIN_ALOUD_LEN 9
struct walkin_badge {
	char code[WALKIN_CODE_LEN + 1];   /* "TO0…" (badge/code.h) */
	char aloud[WALKIN_ALOUD_LEN + 1]; /* "7F3K-2MQ9" */
};
void walkin_badge(const struct store *store, const struct public_key *station, const char *subject, struct walkin_badge *out);
/* The body says all that a walk-in must say, and nothing that it must not. */
bool walkin_is_whole(const struct json *body);

struct store_view;
extern const struct store_view view_walkin;

#endif
