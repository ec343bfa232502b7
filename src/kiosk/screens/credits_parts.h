/* Whom the event thanks, on any screen that says so: logos under what they do for it, and the sentences that belong to them. */
#ifndef TURNOUT_KIOSK_SCREENS_CREDITS_PARTS_H
#define TURNOUT_KIOSK_SCREENS_CREDITS_PARTS_H

#include "kiosk/screens/view.h"

/* Funders, implementers, partners, one below the other, each with its caption, its logos on white and the names of those without. All in the box; of
 * more rows than it has room for some are shown at a time. */
void part_credits(const struct view *v, struct box box);

/* Their sentences, then their disclaimers, in the view's language; one a paragraph. Empty: nobody wants anything said. */
void part_credits_said(const struct view *v, struct strbuf *out);

/* A room in two: for the logos, and for what is said. */
void part_credits_halves(const struct view *v, struct box room, const char *said, struct box out[2]);

#endif
