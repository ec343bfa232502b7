/* How many people came: of those expected, and on which day of the event. Counted from the books (store/read/checkins.h): everybody whom a check-in that
 * was not undone, and is not out of the books, let in, at whatever point, once. Somebody whom only a code names is one person a code. */
#ifndef TURNOUT_STORE_READ_CAME_H
#define TURNOUT_STORE_READ_CAME_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct checkins;
struct store;

struct came_day {
	int64_t day; /* since 1970-01-01 */
	int64_t people;
};

struct came {
	int64_t people;        /* came on any day */
	int64_t expected;      /* are on the roster, no walk-ins, and their registration lets them in */
	int64_t of_them;       /* of those expected, came */
	int64_t dayless;       /* came, but no clock says when */
	struct came_day *days; /* ascending: the event's days, and others on which somebody came */
	size_t count, cap;
};

/* For came_fini, also on failure. */
bool came_count(struct store *store, const struct checkins *books, struct came *out, struct err *err) TURNOUT_MUST_CHECK;
void came_fini(struct came *came);

#endif
