/* What is longer than its room, a page at a time: rows of a list, lines of a text. */
#ifndef TURNOUT_KIOSK_UI_PAGES_H
#define TURNOUT_KIOSK_UI_PAGES_H

#include "kiosk/ui/widget.h"

struct pages_room {  /* pixels */
	int height;  /* of all there is room for */
	int row;     /* of one row */
	int buttons; /* what the buttons take, with the air above them, when there are several pages */
};

struct pages {
	int fit;   /* rows of a page; 1 at least */
	int count; /* of pages; 0 when there are no rows */
	int page;  /* the present one, from 0 */
};

/* `wanted` before the first page is the first, beyond the last one the last: what there is may have become less since it was wanted. */
struct pages pages_of(const struct pages_room *room, int rows, int wanted);
static inline bool pages_shows(const struct pages *p, int row) { return row / p->fit == p->page; }

struct pages_buttons {
	const char *before, *after; /* words */
	int action;                 /* argument: the page it leads to, so that two quick touches lead no farther than one */
	int width;                  /* pixels, of each */
	bool numbered;              /* "2 / 5" between them */
};
/* Nothing where there is one page. `box`: the buttons'. */
void pages_draw(const struct pen *pen, struct box box, const struct pages *pages, const struct pages_buttons *buttons);

#endif
