/* One person's label, for the printer at a kiosk: the name as large as it goes, what the event wants to be read beside it, and the badge's code where a
 * reader can still read it. Black on white; nothing leaves the room that the printer can print. */
#ifndef TURNOUT_BADGE_NAME_LABEL_H
#define TURNOUT_BADGE_NAME_LABEL_H

#include "badge/typeset.h"
#include "base/err.h"
#include "paper/canvas.h"
#include "paper/label_media.h"

struct name_label {
	struct badge badge; /* its code may be NULL or "": then there is none on it */
	const char *mark;   /* "DUPLICATE"; NULL or "": none */
	bool framed;        /* a line around what can be printed: to see what is cut off */
};

/* How long a label on tape of that size becomes by what stands on it, in mm; of cut labels what they are. Measures on the canvas. */
double name_label_length(struct canvas *c, const struct name_label *label, enum label_size size);

/* Draws it on a page of place->page_w x page_h, turned where it has to be. ERR_INPUT: its code fits no QR code. */
bool name_label_draw(struct canvas *c, const struct name_label *label, const struct label_place *place, struct err *err) TURNOUT_MUST_CHECK;

/* Where its parts lie, as it is read: w = 0 where there is none. */
struct name_label_parts {
	struct mm_rect room, mark, qr, aloud, words;
};
void name_label_lay_out(const struct name_label *label, const struct label_place *place, struct name_label_parts *out);

#endif
