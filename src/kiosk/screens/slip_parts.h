/* Asking for a paper for staff (office/slip_print.h), and what becomes of it: for the screens that show what it says. */
#ifndef TURNOUT_KIOSK_SCREENS_SLIP_PARTS_H
#define TURNOUT_KIOSK_SCREENS_SLIP_PARTS_H

#include "kiosk/screens/view.h"

struct slip_asked { /* of a screen's state; a zeroed one: nothing was asked for */
	bool asked;
	int before; /* so many slips had come out then */
};

/* `inside`: who is inside, else the figures of the day. Nothing where this box has no printer, or one is under way. */
void part_slip_ask(struct model *m, struct slip_asked *asked, bool inside, struct effects *effects);

/* The button: what it would print, that it is being printed, or that it was. `words`: what it says at first. */
void part_slip_button(const struct view *v, struct box box, const struct slip_asked *asked, const char *words, int action);
/* Why nothing comes out, where it was asked for; returns what is left of the room below that. */
struct box part_slip_trouble(const struct view *v, struct box room, const struct slip_asked *asked);

#endif
