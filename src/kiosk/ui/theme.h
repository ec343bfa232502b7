/* How the kiosk looks, as data: colours, lengths, type and timings are one struct style; large print, high contrast or an event's own colours are
 * another one. And its theme: a style on a panel.
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

/* What colours are for. A result's colour has two more: for the part of its time that is over, and for what is left. */
enum hue {
	INK,
	PAPER,
	CARD,
	MUTED,
	HAIRLINE,
	BAR,
	PANEL,
	PANEL_DIM,
	TEAL,
	TEAL_OVER,
	TEAL_LEFT,
	BLUE,
	BLUE_OVER,
	BLUE_LEFT,
	AMBER,
	AMBER_OVER,
	RED,
	RED_OVER,
	RED_LEFT,
	PURPLE,
	PURPLE_OVER,
	PURPLE_LEFT,
	WHITE,
	HUE_COUNT
};

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

/* Milliseconds; UX.md's numbers. */
struct timing {
	int64_t result_hold_ms;     /* a result stays so long, whoever comes next */
	int64_t result_admitted_ms; /* … and so long where nobody comes */
	int64_t result_late_ms;
	int64_t result_refused_ms;
	int64_t idle_ms;       /* a screen that nobody touches goes back */
	int64_t countdown_ms;  /* the last part of it is counted down */
	int64_t notice_ms;     /* "Back again" after a power cut */
	int64_t words_ms;      /* a line under the preview */
	int64_t shake_ms;      /* of the preview */
	int64_t seen_ms;       /* what the camera sees is no news any more */
	int64_t call_chime_ms; /* from one chime of a call for help to the next */
	int64_t hold_ms;       /* of a finger on the way to the staff's screens */
	int64_t hold_shown_ms; /* a touch that only brushed it shows nothing */
	int64_t barred_ms;     /* no PIN is taken after too many wrong ones */
	int64_t look_ms;       /* which sticks and cameras there are is asked so often */
	int64_t read_ms;       /* that a code was read to try the camera stands so long */
	int64_t step_ms;       /* from one picture of something that moves to the next */
};

struct style {
	uint32_t hues[HUE_COUNT]; /* 0xRRGGBB */
	struct type types[TYPE_COUNT];
	struct timing timing;
};

extern const struct style style_default;

struct theme {
	const struct style *style;
	int width, height; /* pixels */
	double px_per_mm;  /* of the panel, times the scale */
	bool portrait;
};

/* `panel_mm`: the panel's diagonal; 0: unknown, taken as the reference's. */
struct theme theme_make(const struct style *style, int width, int height, double panel_mm);

static inline int mm(const struct theme *t, double millimetres) { return (int)(millimetres * t->px_per_mm + 0.5); }
static inline uint32_t hue(const struct theme *t, enum hue which) { return t->style->hues[which]; }
static inline const struct type *theme_type(const struct theme *t, enum type_role role) { return &t->style->types[role]; }

/* A track's colour: the source's own ("#rrggbb") when it is dark enough to read on white, else one of ours by the track's number. */
uint32_t theme_track_colour(const char *colour, int track);

/* White or ink, whichever reads better on it. */
uint32_t theme_ink_on(const struct theme *t, uint32_t colour);

#endif
