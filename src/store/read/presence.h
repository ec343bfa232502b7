/* Is somebody in? What every scan asks; answered from memory (store/file/seen.h), with the file asked once about each check-in. */
#ifndef TURNOUT_STORE_READ_PRESENCE_H
#define TURNOUT_STORE_READ_PRESENCE_H

#include "base/clock.h"
#include "store/read/badges.h"
#include "store/read/people.h"
#include "store/write/append.h"

/* Calls back with every admitting check-in, which is not undone and not out of the books, of the code's or person's owner at the point; by the code alone when
 * nobody is known behind it. `approximate`: nothing anchors the time. */
struct presence {
	struct utc_ms utc;
	bool approximate;
	struct record_ref ref; /* id only */
};
typedef void presence_fn(void *context, const struct presence *presence);
bool checkin_presence(struct store *store, const struct badge_row *badge, const char *point, presence_fn *each, void *context,
		      struct err *err) TURNOUT_MUST_CHECK;

/* People let into a session so far. */
bool checkin_inside(struct store *store, const char *session, int *inside, struct err *err) TURNOUT_MUST_CHECK;

#endif
