/* Which touch area a keyboard or a switch stands on: the order in which they are read, and a ring around the one. A screen needs to say nothing for
 * it: whatever can be touched can be reached.
 *
 * The picture is drawn anew under it, so the focus remembers what the area does and where it was, and is looked for in each list: it is never lost as long as
 * there is anything to touch. Switches go by rows first where a screen has many areas, as its keys are: to the row, and then along it. */
#ifndef TURNOUT_KIOSK_UI_FOCUS_H
#define TURNOUT_KIOSK_UI_FOCUS_H

#include "kiosk/ui/widget.h"

#define FOCUS_MAX 256     /* areas of one screen */
#define FOCUS_ROWS_FROM 9 /* so many areas are gone through by rows */

struct focus { /* a zeroed one stands nowhere */
	bool on;
	bool whole_row; /* a switch stands on all of its row */
	int passed;     /* steps that a switch made in the row */
	int action;     /* of the area, … */
	int64_t argument;
	struct box box;    /* … its place, and … */
	const void *owner; /* … who drew it (draw_list.owner) */
};

/* The touch areas of a list that a finger could reach, in the order of reading: from the top, and of those that share a row from the left. Areas
 * that others cover wholly are none. Writes indexes of commands; returns how many, at most cap. */
size_t focus_order(const struct draw_list *list, size_t *out, size_t cap);

/* The area that it stands on in this list: what does the same, the nearest of these; on the same screen the one nearest to where it was; else the first. NULL: it
 * stands nowhere, or there is nothing to touch. */
const struct draw_command *focus_find(const struct draw_list *list, const struct focus *focus);

/* To the next area (step 1) or the one before (-1), around the ends; from nowhere to the first or last. */
void focus_step(const struct draw_list *list, struct focus *focus, int step);
/* Up (0, -1), down, left or right to the nearest area there; where there is none, as a step. */
void focus_move(const struct draw_list *list, struct focus *focus, int x, int y);

/* A switch's step: to the next row, or the next area of a row; behind its last one the row is left. */
void focus_advance(const struct draw_list *list, struct focus *focus);
/* A switch's choice. NULL: it went into a row, or stands nowhere; else the area that is meant, and the next step begins with the rows again. */
const struct draw_command *focus_choose(const struct draw_list *list, struct focus *focus);

/* A ring around it, outside of its edge as far as the panel goes: dark and light, so that it is seen on any ground (3:1, WCAG 2.4.13). Nothing where it stands nowhere. */
void focus_draw(const struct pen *pen, const struct focus *focus, struct box panel);

#endif
