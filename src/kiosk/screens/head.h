/* The top of screens: back, title, languages, days; and how the room below is shared out. */
#ifndef TURNOUT_KIOSK_SCREENS_HEAD_H
#define TURNOUT_KIOSK_SCREENS_HEAD_H

#include "kiosk/screens/view.h"

/* The head of every screen but the first: back, title, languages. Returns what is left below. */
struct box part_head(const struct view *v, const char *title);
/* The line under a head, at `y`, from edge to edge. */
void part_rule(const struct view *v, int y);
/* The room below a head in two: what is to be seen, and what can be done, beside it or, upright, below it. `share`: of the height that the first has
 * then, per cent. */
void part_two(const struct view *v, struct box room, int share, struct box out[2]);
/* The event's languages; right-aligned at `right_top`. Returns the left edge. */
int part_languages(const struct view *v, struct pixel right_top);

/* The way to what somebody needs to use the kiosk; right-aligned likewise, and returns its left edge. */
int part_access(const struct view *v, struct pixel right_top);

struct part_days {
	int64_t shown; /* the day that is on the screen; -1: today's */
	bool from_left;
};
/* Day tabs, as many as fit around the one that is shown, with arrows to those beyond; from the right of the room to the left or from its left. Where
 * there is one day only: a button to it, and nothing on the day itself. Returns how much width they took. */
int part_days(const struct view *v, struct box room, const struct part_days *opt);

#endif
