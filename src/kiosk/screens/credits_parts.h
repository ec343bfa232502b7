/* Whom the event thanks, on any screen that says so: logos under what they do for it, and the sentences that belong to them. */
#ifndef TURNOUT_KIOSK_SCREENS_CREDITS_PARTS_H
#define TURNOUT_KIOSK_SCREENS_CREDITS_PARTS_H

#include "kiosk/screens/view.h"

/* Funders, implementers, partners, one below the other, each with its caption, its logos on white and the names of those without; of more than the room
 * holds some are shown at a time. What they want to be said, their sentences and then their disclaimers in the view's language, one a paragraph, comes in
 * `out`, and the box that is returned is for it, beside the logos or below them. Where nothing is said the logos have all the room, and its height is 0. */
struct box part_credits_beside(const struct view *v, struct box room, struct strbuf *out);

#endif
