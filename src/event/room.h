/* A box at a room's door follows the agenda: which session do people enter at a moment? Pure.
 *
 * What is on, until it ends. Where nothing is on, what comes next there. Where a session is on and the doors of the next one are open already (some minutes before
 * its start), whoever does not enter the one enters the other: a person who sits through both is asked for once for each. After the last one, that one. */
#ifndef TURNOUT_EVENT_ROOM_H
#define TURNOUT_EVENT_ROOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"

#define ROOM_DOORS_MS (15 * INT64_C(60000)) /* before its start, where no rule says how early one may enter (event/rule.h) */

/* Whether that is the room, however it is spelled; `folded` as event/fold.h has it. NULL is no room. */
bool room_is(const char *room, const char *folded);

struct room_session { /* of one room, none cancelled, by start; an end that is the start is none that anybody said: it lasts until the next one starts */
	struct utc_ms start, end;
};

struct room_choice {
	int now;  /* the session that people enter; -1: the room has none at all */
	int then; /* the next one, when its doors are open while `now` is on; -1 */
};

/* `doors_ms`: how long before its start a session's doors open. */
struct room_choice room_choose(const struct room_session *sessions, size_t count, struct utc_ms now, int64_t doors_ms);

#endif
