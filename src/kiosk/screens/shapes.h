/* The sign of each result: a shape of its own, so that colour is never all that tells them apart. */
#ifndef TURNOUT_KIOSK_SCREENS_SHAPES_H
#define TURNOUT_KIOSK_SCREENS_SHAPES_H

#include "kiosk/ui/widget.h"

enum shape {
	SHAPE_CHECK,   /* a tick in a disc */
	SHAPE_AGAIN,   /* a turning arrow in a hexagon */
	SHAPE_CLOCK,   /* a ring with hands */
	SHAPE_DASHED,  /* a tick in a dashed ring */
	SHAPE_UNKNOWN, /* a question mark in a square */
	SHAPE_STOP,    /* a cross in an octagon */
	SHAPE_DAY,     /* a calendar's leaf */
	SHAPE_OTHER,   /* a badge with an arrow away */
	SHAPE_FULL,    /* a bar in a card */
	SHAPE_ALARM,   /* an exclamation mark in an octagon */
	SHAPE_COUNT
};

/* In the square box; `fore` is the shape, `back` what is cut out of it: the screen's colour. */
/* The same while it is being drawn, `part` 0 to 1: a tick is made as a hand makes it. Other signs are there at once. */
void shape_draw_part(const struct pen *pen, enum shape shape, struct box box, double part, const uint32_t colours[2]); /* fore, back */
void shape_draw(const struct pen *pen, enum shape shape, struct box box, uint32_t fore, uint32_t back);

#endif
