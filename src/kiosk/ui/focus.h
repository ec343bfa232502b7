/* Which touch area a keyboard or a switch stands on: the order in which they are read, and a ring around the one. A screen needs to say nothing for
 * it: whatever can be touched can be reached. */
#ifndef TURNOUT_KIOSK_UI_FOCUS_H
#define TURNOUT_KIOSK_UI_FOCUS_H

#include "kiosk/ui/widget.h"

/* The touch areas of a list that a finger could reach, in the order of reading: from the top, and of those that share a row from the left. Areas
 * that others cover wholly are none. Writes indexes of commands; returns how many, at most cap. */
size_t focus_order(const struct draw_list *list, size_t *out, size_t cap);

/* The area after (step 1) or before (-1) the one with that action and argument, around the ends; from none (ACTION 0) the first or last. NULL where there
 * is nothing to touch. Areas are known by what they do, since the picture is drawn anew under them. */
const struct draw_command *focus_step(const struct draw_list *list, int action, int64_t argument, int step);

/* A ring around it, outside of its edge. */
void focus_draw(const struct pen *pen, struct box box);

#endif
