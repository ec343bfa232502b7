/* Where a desk stands: at arrival, at one session, at a room whose agenda it follows, where something is handed out; or where people leave. */
#ifndef TURNOUT_STATION_STAND_H
#define TURNOUT_STATION_STAND_H

#include <stdbool.h>

#include "event/point.h"
#include "store/read/sessions.h"

enum stand_at { STAND_ARRIVAL, STAND_SESSION, STAND_ROOM, STAND_POINT };

struct stand { /* for stand_fini */
	enum stand_at at;
	bool leaves; /* people leave here: the event (STAND_ARRIVAL), the session, the room */
	char *text;  /* what names it, for stand_find: "arrival", a session's id, "room:Hall A", "lunch", "exit:room:Hall A" */
	struct session_row *sessions; /* the session, or those of the room by start, without the cancelled ones */
	size_t count;
	struct event_points points; /* the point alone */
};

/* `text` as in event/point.h; a session by what sessions_find takes, a room in any spelling that folds alike. ERR_NOT_FOUND, ERR_USAGE: it names none,
 * or several; ERR_REFUSED: the session is cancelled, the room has no session. */
bool stand_find(struct store *store, const char *text, struct stand *out, struct err *err) TURNOUT_MUST_CHECK;
void stand_fini(struct stand *stand);

/* One way in or out at a moment, and what a check-in there names. */
struct door {
	const struct session_row *session; /* NULL: none */
	char point[POINT_MAX + 1];
};
#define DOORS_MAX 2
/* The doors in the order in which they are tried, one at least: at a room what is on, and what comes next when its doors are open already; where people leave
 * a room, what is on and what was before it. `doors_ms`: how long before its start a session's doors open. */
size_t stand_doors(const struct stand *stand, struct utc_ms now, int64_t doors_ms, struct door doors[DOORS_MAX]);

#endif
