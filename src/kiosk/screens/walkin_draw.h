/* How the form looks. */
#ifndef TURNOUT_KIOSK_SCREENS_WALKIN_DRAW_H
#define TURNOUT_KIOSK_SCREENS_WALKIN_DRAW_H

#include "kiosk/screens/view.h"

void walkin_draw(const struct view *v);

#endif
