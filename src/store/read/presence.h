/* Is somebody in? What every scan asks; answered from memory (store/file/seen.h), with the file asked once about each check-in. */
#ifndef TURNOUT_STORE_READ_PRESENCE_H
#define TURNOUT_STORE_READ_PRESENCE_H

#include "base/clock.h"
#include "base/crypto.h"
#include "store/read/badges.h"
#include "store/read/people.h"
#include "store/write/append.h"

/* Calls back with every check-in that counts, which is not undone and not out of the books, of the code's or person's owner at those points: one that let in or
 * gave something; at an exit one that let out. By the code alone when nobody is known behind it. `approximate`: nothing anchors the time. */
struct presence {
	size_t point; /* which of those that were asked for */
	struct utc_ms utc;
	bool approximate;
	struct record_ref ref; /* id only */
};
typedef void presence_fn(void *context, const struct presence *presence);

#define PRESENCE_POINTS_MAX 4
struct presence_query {
	const char *points[PRESENCE_POINTS_MAX]; /* ids, as check-ins name them */
	size_t count;
	presence_fn *each;
	void *context;
};
bool checkin_presence(struct store *store, const struct badge_row *badge, const struct presence_query *query,
		      struct err *err) TURNOUT_MUST_CHECK;

/* Which station wrote a check-in, by its record's number. ERR_NOT_FOUND. */
bool presence_station(struct store *store, int64_t record, struct public_key *station, struct err *err) TURNOUT_MUST_CHECK;
/* For a connection that only reads, before it asks: others write meanwhile, and what is remembered of the file is looked up anew when they did. `version` is the
 * caller's to keep between two calls; 0 at first. */
bool presence_refresh(struct store *store, int64_t *version, struct err *err) TURNOUT_MUST_CHECK;

/* People in a session now: who came and did not leave it, or the event, since; of a point, how many it gave to. Times are corrected, so it does not matter in which
 * order records came. */
bool checkin_inside(struct store *store, const char *session, int *inside, struct err *err) TURNOUT_MUST_CHECK;
/* A number that is another once something was written through this store, so that what was counted may be kept until then. */
int64_t checkin_changes(const struct store *store);
/* How often a point gave something. */
bool checkin_given(struct store *store, const char *point, int64_t *given, struct err *err) TURNOUT_MUST_CHECK;

#endif
