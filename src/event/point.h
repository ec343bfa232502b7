/* Points: where one is checked in. "arrival", the id of a session, or the key of a point that is no session: where something is handed out (lunch, materials,
 * a seat in the bus, a room's key). And where one checks out: "exit" of the whole event, "exit:" and the id of a session.
 *
 * A point that is no session is a flat object of texts, as its edits set them (store/view/point.h):
 *
 *     name, name:uk       what screens call it
 *     often               once; daily; 3: so many times in all; 2 daily; any. (once)
 *     for                 for whom it is: a condition (event/condition.h); without it for everybody
 *     stock               how many there are in all; without it nobody counts down
 *     order               a number; points stand by it, then by their keys */
#ifndef TURNOUT_EVENT_POINT_H
#define TURNOUT_EVENT_POINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/json.h"

#define POINT_ARRIVAL "arrival"
#define POINT_EXIT "exit"
#define POINT_EXIT_OF "exit:" /* then the id of a session */

#define POINT_KEY_MAX 32 /* bytes: a-z, 0-9 and -, with a letter first */
#define POINT_MAX 64     /* bytes of what a check-in names */
#define POINTS_MAX 40
#define POINT_NAME_MAX 120 /* bytes in one language */
#define POINT_TIMES_MAX 1000

/* Somebody checks out there. */
bool point_is_exit(const char *point);
/* The session that one leaves there; "" of the whole event. `point` is an exit. */
const char *point_exit_session(const char *point);

/* Where a box stands, in the words of its command line and its settings: "arrival"; a session, or a point by its key; "room:" and a room, whose sessions it follows
 * (event/room.h); "exit", or "exit:" and a session or a room, where people leave. `name` points into `text`. */
#define POINT_ROOM "room:"
struct point_place {
	bool leaves;
	enum { PLACE_EVENT, PLACE_ROOM, PLACE_NAMED } at;
	const char *name; /* of the room; of the session or point; "" */
};
struct point_place point_place_read(const char *text);

/* How often somebody gets what is handed out. */
struct point_often {
	int times;  /* 0: as often as they come */
	bool daily; /* on each day of the event */
};
bool point_often_parse(const char *text, struct point_often *out); /* false when it is none of the above */

struct event_point {
	char *key;
	struct json *set; /* owned: the object above */
	struct point_often often;
	int64_t stock; /* -1: nobody counts down */
	int64_t order;
};

struct event_points { /* a zeroed one is empty; for event_points_fini */
	struct event_point *items;
	size_t count, cap;
};

void event_points_fini(struct event_points *points);
/* Adds one; `set` is theirs from here on. What it says wrongly counts as not said, as another program may have written it. False for a key that is none: then
 * `set` is freed. */
bool event_points_add(struct event_points *points, const char *key, struct json *set);
/* By order, then key. Beyond POINTS_MAX they are left out; returns how many. */
size_t event_points_sort(struct event_points *points);
int event_points_find(const struct event_points *points, const char *key); /* or -1 */

/* Its name in that language, else without one, else in any, else its key. */
const char *point_name(const struct event_point *point, const char *language);
/* Whom it is for; "" for everybody. */
const char *point_for(const struct event_point *point);

/* ERR_USAGE says what a key may be, and what of the object is wrong. */
bool point_key_check(const char *key, struct err *err) TURNOUT_MUST_CHECK;
bool point_check(const char *key, const struct json *set, struct err *err) TURNOUT_MUST_CHECK;

#endif
