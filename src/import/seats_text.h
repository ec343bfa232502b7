/* How many may come, as people type it into a cell.
 *
 * A number is that many, also among words and with a sign that says "about" or "at most": "40 осіб", "до 40", "~7", "40+", "1 000"; of a range,
 * "30-40", "від 30 до 40", the greater one, for a limit turns away nobody whom the organiser would still let in. A dash, ∞ and words for none
 * ("немає", "необмежено", "unlimited") are no limit, and so is 0. Everything else is not understood: other numbers beside it ("2 столи по 8"),
 * thousands in words, fractions, what is below 0 or above a million. */
#ifndef TURNOUT_IMPORT_SEATS_TEXT_H
#define TURNOUT_IMPORT_SEATS_TEXT_H

#include <stdbool.h>

#define SEATS_MAX 1000000

/* 0 is no limit, and what an empty text gives. False, and 0, when the text is not understood. Input is valid UTF-8. */
bool seats_text_read(const char *text, int *seats);

#endif
