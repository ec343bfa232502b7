/* Telephone numbers as rosters have them: "067 123 45 67, 050 765 43 21", "(044) 123-45-67 дод. 12". */
#ifndef TURNOUT_EVENT_PHONE_H
#define TURNOUT_EVENT_PHONE_H

#include <stdbool.h>

#define PHONE_LAST_DIGITS 4 /* by which somebody shows that a number is theirs */

/* Commas, semicolons, slashes and words part numbers; what has fewer than seven digits is none: an extension, half a number. */
bool phone_has_number(const char *cell);
/* One of its numbers ends with these digits, PHONE_LAST_DIGITS of them. */
bool phone_has_last(const char *cell, const char *digits);

#endif
