/* Taking what a station wrote out of the books, and putting it back (store/view/void.h). As the organiser, inside a transaction; when they return, the
 * views say so. */
#ifndef TURNOUT_STORE_WRITE_VOIDING_H
#define TURNOUT_STORE_WRITE_VOIDING_H

#include <stddef.h>
#include <stdint.h>

#include "base/crypto.h"
#include "base/err.h"

struct store;

/* A log, from a seq on. */
struct void_from {
	struct hash log;
	uint64_t seq;
};
#define VOID_FROM_MAX 400 /* of one station in one record */

/* `from` NULL: everything that the station wrote, also what has not come here yet. ERR_REFUSED when all of it is out of the books already. */
bool station_void(struct store *store, const struct public_key *key, const struct void_from *from, size_t count,
		  struct err *err) TURNOUT_MUST_CHECK;
/* All of it counts again, as far as it did. ERR_REFUSED when nothing of it is out of the books. */
bool station_restore(struct store *store, const struct public_key *key, struct err *err) TURNOUT_MUST_CHECK;

/* What of a station is out of the books now. */
struct void_effect {
	int64_t checkins; /* as recorded: refusals and repeats, too */
	int64_t walkins;
	int64_t left; /* check-ins of it that are not */
};
bool station_void_effect(struct store *store, const struct public_key *key, struct void_effect *out, struct err *err) TURNOUT_MUST_CHECK;

#endif
