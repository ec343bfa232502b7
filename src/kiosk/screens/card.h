/* Somebody's card: for the screens that open from it. */
#ifndef TURNOUT_KIOSK_SCREENS_CARD_H
#define TURNOUT_KIOSK_SCREENS_CARD_H

#include "kiosk/model.h"

/* Whose it is, in full; "": it is not open, or not known yet. */
const char *card_name(const struct model *m);

#endif
