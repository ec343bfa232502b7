/* Walk-ins: people whom a station puts on the roster, with a short code of their own.
 *
 * The record's body is {"id", "set", "code", "aloud", "salt"}: fields as in a person's record, so that editors change them like anybody's; its
 * subject is the person's. The id is made of the station's key and the subject, so that no station can speak of anybody whom another one or an
 * editor put there; and the code must have the form of a short one, so that none can take over another badge. */
#ifndef TURNOUT_STORE_VIEW_WALKIN_H
#define TURNOUT_STORE_VIEW_WALKIN_H

#include <stdbool.h>

#include "base/crypto.h"
#include "event/person.h"

struct json;
struct store;

/* The id of a walk-in, which is made of who wrote it and its subject: so that nobody else's can be spoken of. */
void walkin_id(const struct store *store, const struct public_key *station, const char *subject, char id[PERSON_ID_LEN + 1]);
/* The body says all that a walk-in must say, and nothing that it must not. */
bool walkin_is_whole(const struct json *body);

struct store_view;
extern const struct store_view view_walkin;

#endif
