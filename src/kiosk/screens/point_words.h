/* Where somebody was checked in or out, in words. */
#ifndef TURNOUT_KIOSK_SCREENS_POINT_WORDS_H
#define TURNOUT_KIOSK_SCREENS_POINT_WORDS_H

#include "kiosk/screens/view.h"

/* A point as check-ins name it, or what names where a box stands (event/point.h): "arrival", "Hall A · Beekeeping", "Lunch", "Hall A" for a room that is followed,
 * "exit: …". Appended; names are isolated. */
void part_point_words(const struct view *v, const char *point, struct strbuf *out);

#endif
