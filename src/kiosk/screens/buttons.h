/* Buttons that several screens have, and where they stand. */
#ifndef TURNOUT_KIOSK_SCREENS_BUTTONS_H
#define TURNOUT_KIOSK_SCREENS_BUTTONS_H

#include "kiosk/screens/view.h"

/* Two side by side that fill the room. */
void part_pair(const struct view *v, struct box room, struct box out[2]);
/* Centred at the foot of the room: the box of one that goes on from here, so many pixels high. */
struct box part_foot(const struct view *v, struct box room, int high);
/* Likewise of the one that ends what was typed or set. */
struct box part_foot_done(const struct view *v, struct box room);
/* The ways on for who has no badge that can be read: one button in the box, the other beside it, `gap` pixels apart. `look`: of both. */
void part_without_badge(const struct view *v, struct box first, int gap, const struct button *look);

#endif
