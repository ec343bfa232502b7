/* The digests of events that a hub has computed, each with the state that it is of (hub/pg_change.h): for as many events as are busy, in few bytes.
 * From any thread. */
#ifndef TURNOUT_HUB_PG_KNOWN_H
#define TURNOUT_HUB_PG_KNOWN_H

#include "base/clock.h"
#include "base/crypto.h"

#define PG_KNOWN_EVENTS 1024 /* beyond, the one that was used longest ago is forgotten */

struct pg_known;
struct pg_known *pg_known_new(void);
void pg_known_free(struct pg_known *known); /* NULL is fine */

/* False: it is not known, or has been for too long. */
bool pg_known_digest(struct pg_known *known, const struct hash *event, const struct hash *state, struct mono_ms now, struct hash *digest);
/* `state` was read before the digest was computed: should the event have changed in between, the digest is of a later one, which whoever has still
 * the earlier may as well be told. */
void pg_known_put(struct pg_known *known, const struct hash *event, const struct hash *state, struct mono_ms now,
		  const struct hash *digest);

#endif
