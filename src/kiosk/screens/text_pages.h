/* A long text on a screen, a page at a time. */
#ifndef TURNOUT_KIOSK_SCREENS_TEXT_PAGES_H
#define TURNOUT_KIOSK_SCREENS_TEXT_PAGES_H

#include "kiosk/screens/view.h"

/* The text wraps into lines first; pages are cut out of those. Texts beyond FLOW_LINES_MAX lines end with …. `action` turns to the page that is its argument. */
void part_text(const struct view *v, struct box room, const char *text, int page, int action);
/* How high it is as a whole, in a column of that width. */
int part_text_high(const struct view *v, int width, const char *text);

#endif
