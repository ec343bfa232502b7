/* iCalendar (RFC 5545) and what vCalendar 1.0 has of it, through libical: every VEVENT a session.
 *
 * SUMMARY is the title, DESCRIPTION the abstract, LOCATION the room, CATEGORIES the track; STATUS:CANCELLED and METHOD:CANCEL cancel.
 * X-WR-CALNAME and X-WR-TIMEZONE name the agenda. Entries for whole days (holidays, "day 1") are no sessions and are passed over. Without
 * DTEND and DURATION a session lasts AGENDA_DEFAULT_MINUTES.
 *
 * Zones are each VCALENDAR's own (agenda_ical_zone.h); times in none are in X-WR-TIMEZONE's, else in the event's.
 *
 * Several versions of one entry in a file are one (agenda_ical_entry.h). One that repeats is as many sessions as it has dates
 * (agenda_ical_series.h); each one's uid is the UID, "/" and its local date (with a second one on that day: date and time). A RECURRENCE-ID
 * replaces the date that it names, by its instant or, as a date alone, by its day; with RANGE=THISANDFUTURE all from there on, as much earlier
 * or later as it is itself, but for those that have a RECURRENCE-ID of their own. What names no date of its series stands for itself; an
 * instance that became a whole day is cancelled.
 *
 * An entry with a time that cannot be read (also an RRULE or EXDATE) is left out whole. */
#ifndef TURNOUT_IMPORT_AGENDA_ICAL_H
#define TURNOUT_IMPORT_AGENDA_ICAL_H

#include <stdbool.h>

#include "base/err.h"
#include "import/agenda_report.h"

/* Adds the sessions of the file's bytes (UTF-8, also folded inside a character as RFC 5545 3.1 allows) to `out`, which the caller frees,
 * also on failure. agenda_finish is the caller's. ERR_INPUT names the line where the entry begins. */
bool agenda_ical_parse(const struct agenda_input *in, struct agenda *out, struct err *err) TURNOUT_MUST_CHECK;

#endif
