/* The dark panel that asks for a badge, with the camera's picture. */
#ifndef TURNOUT_KIOSK_SCREENS_BADGE_PANEL_H
#define TURNOUT_KIOSK_SCREENS_BADGE_PANEL_H

#include "kiosk/screens/view.h"

void part_badge_panel(const struct view *v, struct box box);

#endif
