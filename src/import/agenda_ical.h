/* iCalendar (RFC 5545), through libical: every VEVENT a session.
 *
 * SUMMARY is the title, DESCRIPTION the abstract, LOCATION the room, CATEGORIES the track; STATUS:CANCELLED cancels. X-WR-CALNAME and
 * X-WR-TIMEZONE name the agenda. Entries for whole days (holidays, "day 1") are no sessions and are passed over. Without DTEND and
 * DURATION a session lasts AGENDA_DEFAULT_MINUTES.
 *
 * Zones: UTC as it is; no zone: the event's; TZID: the system's zone where it is an IANA name (also behind a prefix like
 * /freeassociation.sourceforge.net/), else the file's VTIMEZONE, else Windows' names; otherwise ERR_INPUT.
 *
 * RRULE, RDATE and EXDATE are expanded up to ICAL_INSTANCES_MAX instances a rule; an instance's uid is the UID, "/" and its local date
 * (with a second one on that day: date and time). A RECURRENCE-ID replaces its instance; RANGE is not looked at. Rules by seconds or minutes
 * are refused. */
#ifndef TURNOUT_IMPORT_AGENDA_ICAL_H
#define TURNOUT_IMPORT_AGENDA_ICAL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/tz.h"
#include "event/agenda.h"

#define ICAL_INSTANCES_MAX 1000

/* Adds the sessions of the file's bytes (UTF-8, also folded inside a character as RFC 5545 3.1 allows) to `out`, which the caller frees,
 * also on failure. agenda_finish is the caller's. ERR_INPUT names the line where the entry begins. */
bool agenda_ical_parse(const char *bytes, size_t n, const struct tz *zone, struct agenda *out, struct err *err) TURNOUT_MUST_CHECK;

#endif
