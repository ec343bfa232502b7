/* What the label printer is like, in words. */
#ifndef TURNOUT_KIOSK_SCREENS_PRINTER_WORDS_H
#define TURNOUT_KIOSK_SCREENS_PRINTER_WORDS_H

#include "kiosk/screens/view.h"

/* What it is, and what helps: "There are no labels in the printer. Put a roll in". Appends. True: nothing is wrong with it. */
bool part_printer_state(const struct view *v, struct strbuf *out);
/* What is in it, and what this box prints: "29 × 90 mm". Append; nothing where it is not known. */
void part_printer_loaded(const struct view *v, struct strbuf *out);
void part_printer_wanted(const struct view *v, struct strbuf *out);

#endif
