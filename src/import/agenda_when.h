/* When a row of an agenda's table begins and ends.
 *
 * Which time zone a time is in, the nearest first: what its own cell says ("10:00 UTC", 2026-05-14T10:00-04:00), what its column's header says in
 * brackets ("Start (UTC)"), the row's column of time zones, of an end what its start is in, and else the event's. UTC says when and not where, so
 * that a session of such times is kept as if it were written in the event's zone. */
#ifndef TURNOUT_IMPORT_AGENDA_WHEN_H
#define TURNOUT_IMPORT_AGENDA_WHEN_H

#include "event/agenda.h"
#include "import/agenda_row.h"

/* Sets start, end and offset. False when the start is not told; an end, a duration or a zone that cannot be understood is told and done without. */
bool agenda_when_read(struct agenda_row *r, struct session_when *when, struct err *err) TURNOUT_MUST_CHECK;

#endif
