/* Which day of the event a moment belongs to. A day goes on after midnight while a session that began on it runs; and where no day of the event is
 * at that date, doors may open before midnight for a session after it. Pure.
 *
 *   - On a date that is a day of the event (or where the event names no days): a session that began the day before, and lasts no longer than a
 *     day and a night, keeps that day until it ends, or until the first session of the new date has begun.
 *   - On another date: a session that runs and began on a day of the event gives that day; else one that begins within DAY_DOORS_MS, on a
 *     day of the event, gives its own.
 *   - Else it is the date itself. */
#ifndef TURNOUT_EVENT_EVENT_DAY_H
#define TURNOUT_EVENT_EVENT_DAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"

#define DAY_DOORS_MS (3 * INT64_C(3600000))
#define DAY_SESSION_MS (24 * INT64_C(3600000)) /* a longer one is an exhibition: who comes on its second date comes on that date */

struct day_session {
	struct utc_ms start, end;
	int64_t day, end_day; /* local dates of its start and of its last moment, days since 1970-01-01 */
};

struct event_calendar { /* a zeroed struct is an event without days or sessions */
	int64_t *days;  /* the event's, ascending; none: any date is a day */
	size_t day_count;
	/* By start. Those that end on a later date, and the first of each date: few, as every check-in of the books is asked about. */
	struct {
		struct day_session *items;
		size_t count, cap;
	} nights, firsts;
};

/* Takes copies of the days; sessions come next, in the order of their starts. */
void event_calendar_begin(struct event_calendar *calendar, const int64_t *days, size_t count);
void event_calendar_add(struct event_calendar *calendar, const struct day_session *session);
void event_calendar_fini(struct event_calendar *calendar);

/* Whether the event has that day; any, where it names none. */
bool event_calendar_has(const struct event_calendar *calendar, int64_t day);
/* `date`: the local date of the moment. */
int64_t event_day_of(const struct event_calendar *calendar, struct utc_ms moment, int64_t date);

#endif
