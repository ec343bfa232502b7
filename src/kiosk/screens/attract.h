/* What the first screen shows in place of its lists to somebody who passes by, when nobody has touched the box for a while: a page for some seconds, now
 * and again. The panel that asks for a badge stays, and the lists come back before anybody misses them. Pure: it follows from the time alone. */
#ifndef TURNOUT_KIOSK_SCREENS_ATTRACT_H
#define TURNOUT_KIOSK_SCREENS_ATTRACT_H

#include "kiosk/screens/view.h"

struct attract {
	size_t page;      /* of the table in attract.c */
	int language;     /* of words: each turn in the next of the event's */
	int64_t since_ms; /* how long the page has been there */
};

/* Whether a page is to be seen, and which; `quiet_ms`: since when (by m->ms) nothing has happened. */
bool attract_now(const struct model *m, int64_t quiet_ms, struct attract *out);
/* When that changes next, by m->ms: a page comes, moves or goes. INT64_MAX: never, as it is now. */
int64_t attract_next(const struct model *m, int64_t quiet_ms);
void attract_draw(const struct view *v, struct box room, const struct attract *attract);

#endif
