/* What a finger writes: a signature as strokes. Points are kept in parts of the box that they were written in, so they can be drawn in any other. */
#ifndef TURNOUT_KIOSK_UI_INK_H
#define TURNOUT_KIOSK_UI_INK_H

#include "kiosk/ui/widget.h"

#define INK_UNIT 10000      /* the box's longer side */
#define INK_POINTS_MAX 4096 /* a signature of half a minute has some 1,500; what comes after them is not written */
#define INK_STROKES_MAX 256

struct ink { /* a zeroed one is an empty sheet */
	struct pixel points[INK_POINTS_MAX];
	size_t count;
	size_t starts[INK_STROKES_MAX]; /* the first point of each stroke */
	size_t strokes;
	bool down; /* a stroke is being written */
};

/* A finger at x, y (pixels) in the box it writes in. What leaves the box is kept to its edge. A move without a touch before it writes nothing. */
void ink_down(struct ink *ink, struct box box, struct pixel at);
void ink_move(struct ink *ink, struct box box, struct pixel at);
void ink_up(struct ink *ink);
void ink_wipe(struct ink *ink);

/* The way the finger went, in INK_UNITs: a tap is no signature. */
int64_t ink_length(const struct ink *ink);

void ink_draw(const struct pen *pen, struct box box, const struct ink *ink, uint32_t colour);

#endif
