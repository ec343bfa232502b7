/* Walk-ins: people whom a station puts on the roster, with a short code of their own.
 *
 * The record's body is {"id", "set", "code", "aloud", "salt"}: fields as in a person's record, so that editors change them like anybody's; its
 * subject is the person's. The id is made of the station's key and the subject, so that no station can speak of anybody whom another one or an
 * editor put there; and the code must have the form of a short one, so that none can take over another badge. */
#ifndef TURNOUT_STORE_VIEW_WALKINS_H
#define TURNOUT_STORE_VIEW_WALKINS_H

#include "store/read/people.h"

struct walkin_draft {
	const char *set;   /* JSON object of texts by field; "name" must be among them, "code" and "status" must not */
	const char *code;  /* a fresh short code (badge/code.h) */
	const char *aloud; /* its spoken form */
};

/* Inside a transaction. The person and the badge are in the views when it returns; `id` gets the person's. ERR_USAGE for fields that no
 * walk-in has. */
bool walkin_append(struct store *store, const struct walkin_draft *draft, char id[PERSON_ID_LEN + 1], struct err *err) TURNOUT_MUST_CHECK;

/* The id of a walk-in, which is made of who wrote it and its subject: so that nobody else's can be spoken of. */
void walkin_id(const struct store *store, const struct public_key *station, const char *subject, char id[PERSON_ID_LEN + 1]);

#endif
