/* What the readers of all agenda formats share: texts cleaned and cut, rooms, identities, and the last look over the whole. */
#ifndef TURNOUT_IMPORT_AGENDA_BUILD_H
#define TURNOUT_IMPORT_AGENDA_BUILD_H

#include <stdbool.h>

#include "base/err.h"
#include "base/tz.h"
#include "event/agenda.h"

#define AGENDA_DEFAULT_MINUTES 30 /* of a session whose end the source does not say */
#define AGENDA_UID_MAX 500        /* bytes; longer ones are cut */
#define AGENDA_LINE_MAX 2000      /* bytes of a text of one line, likewise */

/* Cleaned (lines kept in abstracts only) and cut to AGENDA_LINE_MAX (abstracts: SESSION_TEXT_MAX) at a character's boundary. NULL and "" clear. */
void agenda_set_text(struct session *s, enum session_field field, const char *text);
/* The same for HTML. */
void agenda_set_html(struct session *s, enum session_field field, const char *html);
void agenda_set_room(struct session *s, const char *room);

/* Cleaned and cut. "" or NULL: what identifies a session to people is its title (folded), so that one which moved in time or place is the
 * same session; agenda_finish tells apart what has one title. The title must be set. */
void agenda_set_uid(struct session *s, const char *uid);

/* A new session at the end; NULL and ERR_INPUT beyond AGENDA_MAX. */
struct session *agenda_new(struct agenda *a, struct err *err) TURNOUT_MUST_CHECK;

/* Sets the start from a local time in the zone, with its offset. */
void agenda_set_start(struct session *s, const struct tz *zone, const struct civil *local);

/* Says of each session how the clocks go at its start in the event's zone. */
void agenda_set_places(struct agenda *a, const struct tz *zone);

/* Makes UIDs unique: of sessions with one UID, those that are the same in everything become one; the others are told apart by "#2",
 * "#3", … in the order of start, title and room. The source's order is kept. */
void agenda_finish(struct agenda *a);

#endif
