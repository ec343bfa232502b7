/* What screens are made of: texts in boxes, buttons, bars. */
#ifndef TURNOUT_KIOSK_UI_WIDGET_H
#define TURNOUT_KIOSK_UI_WIDGET_H

#include "kiosk/ui/draw.h"
#include "kiosk/ui/flow.h"
#include "kiosk/ui/icon.h"
#include "kiosk/ui/theme.h"

struct pen { /* where drawing goes and how large things are */
	struct draw_list *list;
	const struct theme *theme;
	const struct metrics *metrics;
};

enum align { ALIGN_LEFT, ALIGN_CENTRE, ALIGN_RIGHT };

struct label {
	const char *text;
	enum type_role role;
	uint32_t colour;
	enum align align;
	int lines;   /* at most; 0: any */
	bool middle; /* centred in the box's height; else at its top */
	bool break_words;
	bool contained; /* as of struct flow_room */
	bool struck;    /* a line through each of its lines: it holds no more */
};

/* Draws the text inside the box; returns what it took: its place, the longest line's width, the height of its lines. */
struct box label_draw(const struct pen *pen, struct box box, const struct label *label);
/* The same without drawing. */
struct box label_measure(const struct pen *pen, struct box box, const struct label *label);
/* Has even its smallest type too little room there? Then it ends with dots. */
bool label_is_cut(const struct pen *pen, struct box box, const struct label *label);
/* The size of its letters there, pixels. */
int label_size(const struct pen *pen, struct box box, const struct label *label);
/* The text's width in one line at the role's full size. */
int label_width(const struct pen *pen, enum type_role role, const char *text);

struct button {
	const char *text;
	int action;
	int64_t argument;
	enum icon icon;  /* beside the words, where it makes them no smaller; alone where there are none */
	bool filled;     /* with clear words; else a card with an outline */
	uint32_t colour; /* of the filling; 0: CHOSEN */
	bool round;      /* ends are half circles */
	bool quiet;      /* hairline instead of ink */
	bool large;      /* one sign or letter, to be read while typing */
};
void button_draw(const struct pen *pen, struct box box, const struct button *button);

/* How much of a span is over, as a bar. part is 0..1. */
void progress_draw(const struct pen *pen, struct box box, double part, uint32_t colour);

/* Digits in cells of one width, so that they do not dance: "10:42". Returns the width. */
int digits_draw(const struct pen *pen, struct pixel right_top, const char *text, uint32_t colour);

/* Capitals with air between them, for NOW and NEXT. */
struct box caps_draw(const struct pen *pen, struct pixel at, const char *text, uint32_t colour);

struct box box_inset(struct box box, int by);

/* Equal boxes in rows, which share the room's width. */
struct cells {
	int columns, high, gap; /* pixels; the gap is between columns and between rows */
};
/* The first is 0; then row by row. */
struct box box_cell(struct box room, const struct cells *cells, int which);
/* What stands below `used`, so many pixels under it, as wide as the room; its height is open. */
static inline struct box box_below(struct box room, struct box used, int gap) {
	return (struct box){room.x, used.y + used.h + gap, room.w, 0};
}

#endif
