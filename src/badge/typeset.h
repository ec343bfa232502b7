/* The words of one badge: which sizes they get, where they stand. Pure but for measuring.
 *
 * The name is what a badge is for. It takes the room there is; where the room is short the other texts become smaller before it does, and no
 * other text on the badge is ever larger than the name's size over TYPESET_NAME_LEAD. */
#ifndef TURNOUT_BADGE_TYPESET_H
#define TURNOUT_BADGE_TYPESET_H

#include <stdint.h>

#include "badge/layout.h"
#include "paper/canvas.h"

#define TYPESET_NAME_LEAD 1.25

/* UTF-8; every text but `code` may be NULL or empty, what follows moves up then. */
struct badge {
	const char *name, *position, *organisation, *community, *region, *category;
	uint32_t category_colour; /* 0xRRGGBB; 0: one by the category, however it is typed */
	const char *code;         /* the text in the QR code; ASCII or UTF-8 */
};

enum badge_part { BADGE_PART_NAME, BADGE_PART_POSITION, BADGE_PART_ORGANISATION, BADGE_PART_PLACE, BADGE_PART_PILL, BADGE_PART_COUNT };

struct typeset {
	struct text_spec spec[BADGE_PART_COUNT]; /* the texts are owned */
	struct mm_rect box[BADGE_PART_COUNT];    /* in the badge; w = 0: not there. The pill's is the pill itself */
	double em[BADGE_PART_COUNT];
	double others_max; /* the em that no text but the name may exceed, those of the band and the spoken code included */
};

void typeset_init(struct typeset *t, struct canvas *c, const struct badge *badge, const struct badge_layout_spec *spec);
void typeset_fini(struct typeset *t);

#endif
