/* Sessions as an iCalendar text (RFC 5545) that a telephone takes into its calendar from a QR code: no longer than it must be. */
#ifndef TURNOUT_EVENT_CALENDAR_TEXT_H
#define TURNOUT_EVENT_CALENDAR_TEXT_H

#include "base/strbuf.h"
#include "event/agenda.h"

#define CALENDAR_WORDS_MAX 150 /* bytes of a title and of a place: a code of many more is too fine for a camera */

struct calendar_entry {
	const struct session *session;
	const char *id;
};

/* `id`: the session's in the event file, which makes its UID. `place`: the event's; "" or NULL. Times are UTC, lines end with CR LF and are folded at 75 bytes. */
void calendar_text(const struct session *s, const char *id, const char *place, struct strbuf *out);
/* Likewise several in one calendar. */
void calendar_text_of(const struct calendar_entry *entries, size_t count, const char *place, struct strbuf *out);

#endif
