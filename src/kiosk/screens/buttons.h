/* Buttons that several screens have, and where they stand. */
#ifndef TURNOUT_KIOSK_SCREENS_BUTTONS_H
#define TURNOUT_KIOSK_SCREENS_BUTTONS_H

#include "kiosk/screens/view.h"
#include "kiosk/ui/pages.h"

/* At the foot of the room, where there are several pages: to the one before and to the next, in those words, and which it is of how many. */
void part_pages(const struct view *v, struct box room, const struct pages *pages, int action, const char *before, const char *after);

/* Two side by side that fill the room. */
void part_pair(const struct view *v, struct box room, struct box out[2]);
/* Centred at the foot of the room: the box of one that goes on from here, so many pixels high. */
struct box part_foot(const struct view *v, struct box room, int high);
/* Likewise of the one that ends what was typed or set. */
struct box part_foot_done(const struct view *v, struct box room);
/* Somebody, or something, to be touched: what it is, and under it where from; "" for nothing. */
struct offer {
	const char *name, *under;
	enum type_role role; /* of the name */
	int action;
	int64_t argument;
};
void part_offer(const struct view *v, struct box box, const struct offer *offer);

struct without_badge {
	const struct button *look; /* of all */
	int gap;                   /* pixels between them */
	bool form;                 /* with the form for who is on no list, where the event has it */
	bool two_rows;             /* where there are three */
};
/* The ways on for who has no badge that can be read; they fill the room. */
void part_without_badge(const struct view *v, struct box room, const struct without_badge *opt);
/* How many rows those with the form take, of two at most. */
int part_without_badge_rows(const struct view *v);

#endif
