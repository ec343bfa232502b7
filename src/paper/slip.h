/* Slips: words in lines for staff, as a till prints them – the figures of a day, who is inside – on labels, on tape and on sheets. What does not go on one page goes on the
 * next; where a page is wide enough, lines stand in columns. Black on white; nothing leaves the room that the printer can print. */
#ifndef TURNOUT_PAPER_SLIP_H
#define TURNOUT_PAPER_SLIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "paper/canvas.h"
#include "paper/label_media.h"

enum slip_kind {
	SLIP_TITLE,   /* across the page, on each one, with the page's number where there are several */
	SLIP_NOTE,    /* small */
	SLIP_HEADING, /* never alone at a page's end */
	SLIP_FIGURE,  /* `right`: the figure */
	SLIP_TICK,    /* a box to be ticked, and whose it is; `right`: small, below the name */
	SLIP_BARS,    /* the slip's bars */
};

struct slip_row {
	enum slip_kind kind;
	char *left, *right; /* owned */
};

/* So many bars, each a quarter of an hour, from that one since midnight on. */
struct slip_bars {
	const int64_t *counts;
	int first, count;
};

struct slip { /* a zeroed one is empty; for slip_fini */
	struct slip_row *rows;
	size_t count, cap;
	int64_t *counts; /* of the bars, owned */
	int first, bars;
};
void slip_fini(struct slip *slip);
/* `right` may be NULL. */
void slip_add(struct slip *slip, enum slip_kind kind, const char *left, const char *right);
void slip_add_bars(struct slip *slip, const struct slip_bars *bars); /* copied */

/* How long tape has to be for all of it, and at most `most`, in mm. Measures on the canvas. */
double slip_length(struct canvas *c, const struct slip *slip, enum label_size size, double most);

/* Where each row lies: of that many pages. For slip_plan_fini. */
struct slip_plan {
	struct slip_spot {
		size_t page;
		struct mm_rect box;
	} * spots;
	size_t pages;
	bool low;    /* the page is: names stand alone */
	double used; /* mm of the first page, from its top, that the rows take */
};
void slip_plan(struct canvas *c, const struct slip *slip, const struct label_place *place, struct slip_plan *out);
void slip_plan_fini(struct slip_plan *plan);

/* One page of place->page_w x page_h, turned where it has to be; the first is 0. */
void slip_draw(struct canvas *c, const struct slip *slip, const struct slip_plan *plan, const struct label_place *place, size_t page);

#endif
