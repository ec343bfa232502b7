/* Whether somebody who was let in while a clock was in doubt could have come at that time, once it is known. */
#ifndef TURNOUT_STORE_READ_CHECKIN_DATES_H
#define TURNOUT_STORE_READ_CHECKIN_DATES_H

#include "base/clock.h"
#include "base/err.h"
#include "base/mapstr.h"
#include "event/admission.h"
#include "event/event_day.h"
#include "store/read/sessions.h"

struct store;

struct checkin_dates { /* zeroed, it can be released */
	const struct tz *tz;
	struct event_calendar calendar;
	struct sessions sessions;
	struct mapstr places; /* a session's id -> index */
};

/* The event's days and the sessions' times as the views have them now. For checkin_dates_fini, also on failure. */
bool checkin_dates_load(struct store *store, struct checkin_dates *out, struct err *err) TURNOUT_MUST_CHECK;
void checkin_dates_fini(struct checkin_dates *dates);

struct checkin_when {
	struct utc_ms utc;
	const char *point;
	int64_t valid_from, valid_until; /* of the badge; seconds since 1970, 0: no limit */
};
/* OUTCOME_WRONG_DAY or OUTCOME_CLOSED: what a station with a right clock would have said. OUTCOME_COUNT: nothing against it, also of a session that the
 * file does not know. */
enum outcome checkin_dates_judge(const struct checkin_dates *dates, const struct checkin_when *when);

#endif
