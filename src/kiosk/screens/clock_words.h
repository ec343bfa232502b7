/* What this box takes for the time, and who says so. */
#ifndef TURNOUT_KIOSK_SCREENS_CLOCK_WORDS_H
#define TURNOUT_KIOSK_SCREENS_CLOCK_WORDS_H

#include "kiosk/screens/view.h"

/* "10:42 · from the hub". False: the clock is not set, and the words say that. */
bool part_clock_words(const struct view *v, struct strbuf *out);

#endif
