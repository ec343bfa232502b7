/* Times of a calendar as instants: in UTC, in a zone that they name, or floating, which is X-WR-TIMEZONE's zone or else the event's. */
#ifndef TURNOUT_IMPORT_AGENDA_ICAL_TIME_H
#define TURNOUT_IMPORT_AGENDA_ICAL_TIME_H

#include <libical/ical.h>
#include <stdbool.h>

#include "base/err.h"
#include "base/tz.h"
#include "import/agenda_ical_zone.h"

struct ical_clock { /* zeroed but for event_zone and opt it is ready */
	const struct tz *event_zone;
	const struct agenda_options *opt;
	size_t line; /* of the entry being read, for what is told */
	struct ical_zones zones;
	int steps; /* dates of rules that were looked at so far */
};
void ical_clock_fini(struct ical_clock *clock);

struct ical_calendar {
	icalcomponent *component;
	const struct ical_zone *floating;
	bool cancels; /* METHOD:CANCEL */
};

/* An instant, and how it was written: rules go on by the wall time, not by the instant. */
struct ical_moment {
	struct utc_ms utc;
	int offset_min;               /* of the zone; of times in UTC, of the event's */
	struct civil local;           /* in the zone, or in UTC; of a date its midnight */
	const struct ical_zone *zone; /* NULL: UTC */
	bool is_date;
};

/* A wall time in the zone (NULL: UTC). */
struct ical_moment ical_moment_at(const struct ical_clock *clock, const struct ical_zone *zone, const struct civil *local);
/* The same instant as `utc` in the zone. */
struct ical_moment ical_moment_in(const struct ical_clock *clock, const struct ical_zone *zone, struct utc_ms utc);
/* A property's time; one whose zone nobody knows is told, once an entry, and floats. ERR_INPUT: there is none. */
bool ical_moment_of(struct ical_clock *clock, const struct ical_calendar *calendar, icalproperty *p, struct ical_moment *out,
		    struct err *err) TURNOUT_MUST_CHECK;

/* Weeks and days of a duration go by the calendar, the rest by the clock (RFC 5545, 3.3.6): over a change of the clocks P1D ends at the same
 * wall time, PT24H an hour beside it. */
struct ical_length {
	int days;
	int64_t ms;
};
struct ical_length ical_length_of(struct icaldurationtype duration);
struct utc_ms ical_moment_end(const struct ical_clock *clock, const struct ical_moment *start, struct ical_length length);

/* Days since 1970-01-01 of the wall time. */
int64_t ical_moment_day(const struct ical_moment *m);

#endif
