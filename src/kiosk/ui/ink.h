/* What a finger writes on the screen, while it is written, and how it is drawn. */
#ifndef TURNOUT_KIOSK_UI_INK_H
#define TURNOUT_KIOSK_UI_INK_H

#include "event/handwriting.h"
#include "kiosk/ui/widget.h"

struct ink { /* a zeroed one is an empty sheet */
	struct handwriting hand;
	int64_t first_ms; /* of the first touch */
	bool down;        /* a stroke is being written */
};

struct ink_at {
	struct box sheet; /* that it writes on, pixels */
	struct pixel finger;
	int64_t ms; /* of a clock that does not go back */
};

/* What leaves the sheet is kept to its edge. A move without a touch before it writes nothing, and so does what comes after HANDWRITING_POINTS_MAX. */
void ink_down(struct ink *ink, const struct ink_at *at);
void ink_move(struct ink *ink, const struct ink_at *at);
void ink_up(struct ink *ink);
void ink_wipe(struct ink *ink);

/* Smooth: through the middles between points, bent towards each. */
void ink_draw(const struct pen *pen, struct box box, const struct handwriting *hand, uint32_t colour);

#endif
