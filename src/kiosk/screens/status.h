/* The line at the bottom of the first screen: which box this is, what it has saved, what is missing. */
#ifndef TURNOUT_KIOSK_SCREENS_STATUS_H
#define TURNOUT_KIOSK_SCREENS_STATUS_H

#include "kiosk/screens/view.h"

/* A finger came down on the box's name: the way to the staff's screens. */
#define PART_STATUS_HOLD 20

/* `held_ms`: how long the finger has been there; 0: none is. Returns the line's top. */
int part_status(const struct view *v, int64_t held_ms);

#endif
