/* What the camera sees of a badge, told to who holds it: brackets around the code, a word of advice. */
#ifndef TURNOUT_KIOSK_SCREENS_BRACKETS_H
#define TURNOUT_KIOSK_SCREENS_BRACKETS_H

#include "kiosk/screens/view.h"

/* Over the camera's picture that fills the box: around the code that is seen, else where one is expected. */
void part_brackets(const struct view *v, struct box picture);
/* What to tell somebody who holds a badge up that is not read; NULL: nothing. */
const char *part_advice(const struct view *v);

#endif
