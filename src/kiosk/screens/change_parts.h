/* What became of a session after people had the programme: a sign and words, so that colour is never all that tells it. */
#ifndef TURNOUT_KIOSK_SCREENS_CHANGE_PARTS_H
#define TURNOUT_KIOSK_SCREENS_CHANGE_PARTS_H

#include "kiosk/screens/view.h"

/* "10:30, Hall A": what of the time and the room of a session that was moved is another now. Nothing where none was. */
void part_change_was(const struct view *v, int session, struct strbuf *out);

/* "was 10:30, Hall A", or "Cancelled", or at its old place (listed.h) "moved to Fri 15, 15:00", in a chip at the right end of the room and in the middle of its height. In a narrow room
 * the time alone is said. Returns the chip's left edge; the room's right one where nothing is to be told. */
int part_change_chip(const struct view *v, struct box room, int listed);
bool part_change_tells(const struct view *v, int listed);

/* The same as a band across the room, for the session's own screen: one word. Returns its height; 0: there is none. */
int part_change_band(const struct view *v, struct box room, int session);

#endif
