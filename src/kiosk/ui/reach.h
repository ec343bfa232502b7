/* Where on a panel a screen is laid out for somebody who sits: nothing that is to be touched lies higher above the floor than their hand reaches. All of
 * the screen goes there, so that what is said stands beside what can be done. */
#ifndef TURNOUT_KIOSK_UI_REACH_H
#define TURNOUT_KIOSK_UI_REACH_H

#include "kiosk/ui/draw.h"

#define REACH_MOST_MM \
	1200.0 /* above the floor, from a wheelchair, to the front and over a shallow edge (ADA 308.2.1: 1220 mm; EN 301 549 8.3.4) */
#define REACH_USUAL_MM 1000.0 /* of a panel's lower edge, where nobody said how high that is */
#define REACH_LEAST_MM \
	144.0 /* neither side may be shorter, or words and keys have no room: a panel that leaves no more is used whole, and has to hang lower */

struct reach {
	int width, height; /* of the window, pixels */
	double px_per_mm;  /* of the panel's glass */
	double bottom_mm;  /* of its lower edge above the floor; 0: unknown */
};

/* The part of the window: at its lower edge, in the middle, of a shape that screens are laid out for. All of it where all is within reach. */
struct box reach_place(const struct reach *reach);

#endif
