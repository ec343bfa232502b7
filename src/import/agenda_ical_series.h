/* The dates of an entry that repeats: DTSTART, RRULE and RDATE together, without those that EXDATE and EXRULE name.
 *
 * DTSTART is one of them whether or not its rule has it, as Google's and Apple's calendars show it (RFC 5545 leaves that open), and COUNT
 * counts it as the first ("the DTSTART property value always counts as the first occurrence", 3.3.10): COUNT=3 is three dates.
 *
 * A rule that names no end, or one beyond ICAL_INSTANCES_MAX dates, is opened for the event's dates, or for a year from DTSTART on where the
 * event has none; that is told. Dates that RDATE names are all there. Rules by hours, minutes or seconds are refused, and
 * those that come when ICAL_STEPS_MAX dates of one file were looked at. */
#ifndef TURNOUT_IMPORT_AGENDA_ICAL_SERIES_H
#define TURNOUT_IMPORT_AGENDA_ICAL_SERIES_H

#include "import/agenda_ical_time.h"

#define ICAL_INSTANCES_MAX 1000 /* of one rule */
#define ICAL_STEPS_MAX 1000000

struct ical_series {
	icalcomponent *component;
	const struct ical_calendar *calendar;
	struct ical_moment start;
	size_t line; /* for what is told */
};

struct ical_instance {
	struct ical_moment at;
	bool has_length; /* a PERIOD's own */
	struct ical_length length;
};

struct ical_instances { /* a zeroed struct is empty; each instant once */
	struct ical_instance *items;
	size_t count, cap;
};
void ical_instances_fini(struct ical_instances *list);

bool ical_repeats(icalcomponent *component);
bool ical_series_open(struct ical_clock *clock, const struct ical_series *series, const struct agenda_options *opt,
		      struct ical_instances *out, struct err *err) TURNOUT_MUST_CHECK;

#endif
