/* The agenda: sessions with their time, room and track. */
#ifndef TURNOUT_EVENT_AGENDA_H
#define TURNOUT_EVENT_AGENDA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/clock.h"

enum session_field {
	SESSION_TITLE,
	SESSION_SUBTITLE,
	SESSION_TRACK,
	SESSION_SPEAKERS, /* names, joined by ", " */
	SESSION_ABSTRACT, /* plain text, lines kept */
	SESSION_LANGUAGE,
	SESSION_KIND,   /* lecture, workshop, break, … as the source says */
	SESSION_COLOUR, /* of the track, "#rrggbb" */
	SESSION_QUIET,  /* "yes": who comes late is asked to go in quietly */
	SESSION_LISTED, /* "yes": only who is on its list comes in (event/session_list.h) */
	SESSION_FIELD_COUNT
};

const char *session_field_key(enum session_field field); /* "title", "subtitle", … */
enum session_field session_field_find(const char *key);  /* SESSION_FIELD_COUNT when there is none */

#define SESSION_TEXT_MAX 16000 /* bytes of one text field */
#define AGENDA_MAX 20000       /* sessions in one event */

/* Start, end and room are one field: they are changed together. */
struct session_when {
	struct utc_ms start;
	struct utc_ms end; /* >= start */
	/* Minutes east of UTC at the start, kept, so that another tzdata changes nothing: as the source writes the time, and as the clocks at the
	 * event's place go, which is what visitors see. */
	int offset_min, place_offset_min;
	char *room;   /* may be NULL */
	int capacity; /* of the room; 0 is no limit */
};

struct tz;
/* Minutes east of UTC at the end, as the source writes it and at the place: the zone's, where the zone still agrees with the offset that was
 * kept at the start. `tz`: the event's. */
int session_end_offset(const struct session_when *when, const struct tz *tz);
int session_end_place_offset(const struct session_when *when, const struct tz *tz);

struct session {
	char *uid; /* what the source calls it: a guid, a UID; or what identifies it there. Never NULL, unique in one import. */
	char *field[SESSION_FIELD_COUNT];
	struct session_when when;
	bool cancelled;
};

struct agenda {
	struct session *items;
	size_t count, cap;
	size_t passed_over; /* entries of the source that are no sessions: whole days */
	char *title;        /* of the event, where the source names it; else NULL */
	char *timezone;     /* likewise */
};

void agenda_fini(struct agenda *a);
/* A new zeroed session at the end; good until the next call. */
struct session *agenda_add(struct agenda *a);
void session_fini(struct session *s);
void session_set(struct session *s, enum session_field field, const char *value); /* copies; NULL or "" clears */
const char *session_text(const struct session *s, enum session_field field);      /* "" when not known */

#endif
