/* Which badge a text means, however it was read, typed or said: as it is printed, as it is read aloud, or as another reader would give it. */
#ifndef TURNOUT_STATION_BADGE_FIND_H
#define TURNOUT_STATION_BADGE_FIND_H

#include "store/read/badges.h"

/* By what the event file knows; two badges that a text may mean are none. */
bool badge_find(struct store *store, const char *text, struct badge_row *out, bool *found, struct err *err) TURNOUT_MUST_CHECK;

#endif
