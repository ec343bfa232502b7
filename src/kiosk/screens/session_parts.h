/* A session as a card, for what runs now, and as a row. */
#ifndef TURNOUT_KIOSK_SCREENS_SESSION_PARTS_H
#define TURNOUT_KIOSK_SCREENS_SESSION_PARTS_H

#include "kiosk/screens/listed.h"
#include "kiosk/screens/session_words.h"

void part_session_card(const struct view *v, struct box box, int listed);
void part_session_row(const struct view *v, struct box box, int listed);

#endif
