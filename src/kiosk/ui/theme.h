/* Sizes, colours and type of the kiosk's screens.
 *
 * Lengths are millimetres on the reference panel (15.6", 1920x1080, 0.18 mm a pixel). A panel of another size scales all of them by one
 * factor, within limits that keep touch targets above 15 mm and words readable; pixels come out once, here. */
#ifndef TURNOUT_KIOSK_UI_THEME_H
#define TURNOUT_KIOSK_UI_THEME_H

#include <stdint.h>

#include "kiosk/ui/draw.h"

#define THEME_REFERENCE_LONG 345.6  /* mm */
#define THEME_REFERENCE_SHORT 194.4 /* mm */
#define THEME_SCALE_MIN 0.68
#define THEME_SCALE_MAX 1.6

#define INK 0x14211d
#define PAPER 0xf6f3ec
#define CARD 0xffffff
#define MUTED 0x5b6a64
#define HAIRLINE 0xddd7ca
#define BAR 0xeae6da
#define PANEL 0x14211d
#define PANEL_DIM 0x27352f
#define TEAL 0x0a6b5e
#define BLUE 0x1f4e9e
#define AMBER 0xf4b740
#define RED 0xa32020
#define PURPLE 0x5b3a8c
#define WHITE 0xffffff

struct theme {
	int width, height; /* pixels */
	double px_per_mm;  /* of the panel, times the scale */
	bool portrait;
};

/* `panel_mm`: the panel's diagonal; 0: unknown, taken as the reference's. */
struct theme theme_make(int width, int height, double panel_mm);

static inline int mm(const struct theme *t, double millimetres) { return (int)(millimetres * t->px_per_mm + 0.5); }

/* The kinds of text there are, from the loudest on. */
enum type_role {
	TYPE_NAME,     /* a result's name */
	TYPE_CLOCK,    /* the clock */
	TYPE_GREETING, /* a result's words */
	TYPE_UNDER,    /* what stands under a result's name */
	TYPE_TITLE,    /* the event, a screen */
	TYPE_HEAD,     /* a card's title */
	TYPE_STRONG,   /* times */
	TYPE_BUTTON,
	TYPE_LABEL,  /* rooms, NOW and NEXT */
	TYPE_BODY,   /* an abstract */
	TYPE_SECOND, /* what is said under something */
	TYPE_STATUS, /* the status line */
	TYPE_COUNT
};

struct type {
	enum face face;
	double size, size_min; /* em, mm */
	double leading;        /* line height over the em */
};
const struct type *theme_type(enum type_role role);

/* A track's colour: the source's own ("#rrggbb") when it is dark enough to read on white, else one of ours by the track's number. */
uint32_t theme_track_colour(const char *colour, int track);

/* White or ink, whichever reads better on it. */
uint32_t theme_ink_on(uint32_t colour);

#endif
