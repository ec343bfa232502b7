/* Ticking off a group of people: which one is said before the screen opens. */
#ifndef TURNOUT_KIOSK_SCREENS_TICK_H
#define TURNOUT_KIOSK_SCREENS_TICK_H

#include "kiosk/model.h"

/* `name`: as the roster has it; copied. */
void tick_open(struct model *m, enum group_kind kind, const char *name, struct effects *effects);

#endif
