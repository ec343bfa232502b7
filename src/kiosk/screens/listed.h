/* What stands in the lists of sessions: a session where it is, or where it was before it was moved to another day. Whoever has the old programme looks for
 * it there, finds it struck out, and is told where it went. */
#ifndef TURNOUT_KIOSK_SCREENS_LISTED_H
#define TURNOUT_KIOSK_SCREENS_LISTED_H

#include "kiosk/screens/view.h"

/* One of them as a number: the session's index, with this bit for where it was. */
#define LISTED_WAS (1 << 30)

static inline int listed_session(int listed) { return listed & ~LISTED_WAS; }
static inline bool listed_was(int listed) { return (listed & LISTED_WAS) != 0; }

/* When and where it is, or was; the view's event keeps it. */
const struct session_when *listed_when(const struct view *v, int listed);
int64_t listed_day(const struct view *v, int listed);

/* Was the session moved to another day, and does it take place there? */
bool listed_left_a_day(const struct view *v, int session);

/* Puts it where its start has it among those that are sorted by theirs, of which there are `count` and room for `cap`: the last one may fall out. */
void listed_put(const struct view *v, int listed, int *items, size_t count, size_t cap);

/* A day's sessions and those that were moved from it to another, by their starts; for free(). */
int *listed_of_day(const struct view *v, int64_t day, size_t *count);

#endif
