/* A keeper's word that this device was retired. The organiser's record of it may never come here, since who is retired is given nothing: so the word is
 * kept, in this copy of the file and for this device, and holds as the record would (store/view/roles.h) as long as who said so is a keeper here, and until they
 * (or the organiser) take it back by exchanging with this device again. It is no record and part of no digest. */
#ifndef TURNOUT_STORE_WRITE_TOLD_H
#define TURNOUT_STORE_WRITE_TOLD_H

#include "store/file/terms.h"

#include "base/crypto.h"
#include "base/err.h"

/* A keeper refused this device as retired, or did not. In a transaction of its own, where it is news. */
bool told_retired(struct store *store, const struct public_key *keeper, bool retired, struct err *err) TURNOUT_MUST_CHECK;

/* The same of a keeper that takes nothing of this device, as the invitation by which it came is closed, or not known there yet. It goes on signing in, and
 * whoever stands there is told (role_station_refused). */
bool told_closed(struct store *store, const struct public_key *keeper, bool closed, struct err *err) TURNOUT_MUST_CHECK;

/* At opening, when the device's key is known. */
void told_load(struct store *store);

#endif
