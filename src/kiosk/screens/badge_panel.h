/* The dark panel that asks for a badge, with the camera's picture. */
#ifndef TURNOUT_KIOSK_SCREENS_BADGE_PANEL_H
#define TURNOUT_KIOSK_SCREENS_BADGE_PANEL_H

#include "kiosk/screens/view.h"

/* A badge on its ribbon, in the middle of the box. */
void part_badge_sign(const struct view *v, struct box box);

void part_badge_panel(const struct view *v, struct box box);

#endif
