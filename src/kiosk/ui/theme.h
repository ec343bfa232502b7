/* How the kiosk looks, as data: colours, lengths, type and timings are one struct style; large print, high contrast or an event's own colours are
 * another one. And its theme: a style on a panel.
 *
 * Other styles are made by kiosk/ui/style.h: copies of style_default with other values, of which none may be left 0. What is asked of all of them:
 * tests/kiosk/screens/style_test.c and golden_test.c.
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
	ACCENT, /* NOW and NEXT: words */
	CHOSEN, /* the tab or button that is: filled */
	HUE_COUNT
};

/* The kinds of text there are, from the loudest on. */
enum type_role {
	TYPE_NAME,     /* a result's name */
	TYPE_CLOCK,    /* the clock, and a code that is written down */
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

/* What lengths are for: mm. Names say the purpose, so two of them may well have one value. "UPRIGHT": on a panel that is higher than wide. */
enum length {
	/* Controls: what a finger touches. */
	BUTTON_HIGH, /* on the staff's screens */
	BUTTON_WIDE, /* one at the foot of a screen, at most */
	DONE_HIGH,   /* the one that ends what was typed or set */
	HEAD_BUTTON_HIGH,
	BACK_WIDE, /* at least */
	LANGUAGE_WIDE,
	TAB_HIGH, /* days and tracks */
	TAB_WIDE,
	TAB_ARROW_WIDE, /* to the days that have none */
	TAB_ONLY_WIDE,  /* "The whole day", where there is one */
	PAGE_BUTTON_HIGH,
	PAGE_BUTTON_WIDE, /* of a text's pages; those of a list share the room */
	MORE_HIGH,        /* "and 3 more" */
	SESSION_ROW_HIGH,
	SESSION_ROW_LEAST,    /* where several must fit */
	TYPE_KEY_HIGH,        /* keys of a badge's code, at most */
	FIND_KEY_HIGH,        /* letters, likewise */
	FIND_KEY_HIGH_NARROW, /* in the alphabet's order */
	FIND_KEY_WIDE,
	FIND_ROW_HIGH, /* somebody who was found */
	PIN_KEY_HIGH,  /* at most; above 15 mm on the smallest panel's scale too */
	PIN_KEY_WIDE,
	CLOCK_KEY_HIGH,
	AGENDA_BUTTON_HIGH,
	HELP_BUTTON_HIGH,
	RESULT_BUTTON_HIGH,
	RESULT_BUTTON_WIDE, /* at most */
	RESULT_BUTTON_WIDE_UPRIGHT,

	/* Strokes. */
	LINE_HAIR,  /* around controls and fields, under a head */
	LINE_BOLD,  /* around the cell that is next */
	LINE_FOCUS, /* around what a keyboard stands on */
	LINE_READ,  /* around a picture in which a code was read */
	LINE_LINK,  /* of the hollow dot: nobody answers */
	LINE_INK,   /* of a finger's writing */
	LINE_CARET,
	LINE_CHEVRON,
	LINE_BRACKET,
	LINE_BRACKET_EDGE, /* ink on either side of it: amber on white paper is not seen by everybody */

	/* Corners. */
	ROUND_BUTTON,
	ROUND_FIELD,
	ROUND_CARD,
	ROUND_CELL,
	ROUND_PICTURE,
	ROUND_PANEL,
	ROUND_QUESTION,
	ROUND_WARNING, /* of the triangle */

	/* Distances that all screens keep. */
	EDGE_SIDE, /* of the panel, left and right */
	EDGE_SIDE_UPRIGHT,
	GAP_TIGHT, /* what belongs together: a line and the one under it */
	GAP_CLOSE, /* parts of one thing: buttons side by side, a field and its hint */
	GAP_PARTS, /* parts of a screen */
	GAP_FAR,   /* what is said and what can be done */
	GAP_RULE,  /* above and below the line under a head */

	/* Inside controls and fields, and around them. */
	BUTTON_SIDE, /* from its edge to its words */
	PAGE_NUMBER_SIDE,
	ICON_SIDE, /* beside words */
	ICON_GAP,
	FOCUS_AIR,
	FIELD_LEFT,
	FIELD_RIGHT,
	FIELD_CARET_GAP,
	FIELD_DOT, /* a character of a PIN */
	FIELD_DOT_GAP,
	FIELD_CELL_WIDE, /* a character of a code, at most */
	FIELD_CELL_GAP,
	FIELD_DASH_WIDE, /* with the gap after it */
	FIELD_DASH_HIGH,

	/* The head of screens; the room below it, in two. */
	HEAD_TOP,
	HEAD_BACK_SIDE,
	HEAD_LANGUAGE_GAP,
	HEAD_DAY_GAP,
	TAB_LEAST,       /* of a day's tab, where wider ones would leave the other days none */
	TAB_TOUCH,       /* … and what a finger needs */
	HEAD_DEEDS_WIDE, /* what can be done, beside what is to be seen */

	/* The question whether somebody is still there. */
	QUESTION_HIGH,
	QUESTION_INSIDE,

	/* The status line. */
	STATUS_HIGH,
	STATUS_LINE_HIGH, /* of two, upright */
	STATUS_LINES_AIR, /* above and below both */
	STATUS_HOLD_HIGH, /* the bar that fills under a finger */
	STATUS_STATION_GAP,
	STATUS_DOT,
	STATUS_DOT_GAP,
	STATUS_ORGANISERS_GAP,
	STATUS_CHIP_GAP, /* a chip: the warning at the right */
	STATUS_CHIP_AIR,
	STATUS_CHIP_MORE_UPRIGHT, /* it is so much higher than its line */
	STATUS_CHIP_LEFT,         /* room for its sign */
	STATUS_CHIP_RIGHT,
	STATUS_CHIP_SPARE,
	STATUS_SIGN_MIDDLE, /* the triangle: from the chip's edge */
	STATUS_SIGN_HALF,
	STATUS_SIGN_ABOVE,
	STATUS_SIGN_BELOW,
	STATUS_LOGOS_SIDE, /* in the white part of it, left and right */
	STATUS_LOGOS_HIGH_MOST,

	/* Whom the event thanks. */
	CREDITS_ROW_HIGH, /* of a row of logos, at most */
	CREDITS_ROW_LEAST,
	CREDITS_CARD_SIDE, /* from the white card's edge to what is on it */
	CREDITS_CAPTION_GAP,
	CREDITS_GROUP_GAP,

	/* The first screen. */
	AGENDA_CLOCK_TOP,
	AGENDA_CLOCK_GAP,
	AGENDA_LANGUAGES_TOP,
	AGENDA_DAYS_TOP,
	AGENDA_TITLE_TOP,
	AGENDA_TITLE_HIGH,
	AGENDA_TITLE_GAP,
	AGENDA_TITLE_WIDE,        /* kept free of days */
	AGENDA_HEAD_HIGH,         /* down to the line */
	AGENDA_UPRIGHT_TITLE_TOP, /* upright it has a row for the title and one for days and languages */
	AGENDA_UPRIGHT_TITLE_HIGH,
	AGENDA_UPRIGHT_TITLE_ROW,
	AGENDA_UPRIGHT_DAYS_ROW,
	AGENDA_UPRIGHT_DAYS_DOWN,
	AGENDA_NOW_GAP, /* from the word to the cards */
	AGENDA_NEXT_GAP,
	AGENDA_NEXT_HEAD, /* kept for the word NEXT */
	AGENDA_CARD_HIGH,
	AGENDA_CARD_GAP,
	AGENDA_LISTS_GAP,
	AGENDA_LISTS_TOP,
	AGENDA_LISTS_FOOT,
	AGENDA_CODE_HIGH, /* of the code that takes the programme along, where that is left */
	AGENDA_OVER_GAP,  /* when nothing comes any more */
	AGENDA_COLUMN_GAP,
	AGENDA_PANEL_WIDE,
	AGENDA_PANEL_HIGH_UPRIGHT, /* at most */
	AGENDA_BUTTON_GAP,
	AGENDA_FOOT,

	/* The panel that asks for a badge. */
	PANEL_SIDE,
	PANEL_TOP,
	PANEL_HEAD_HIGH,
	PANEL_PICTURE_SIDE,
	PANEL_PICTURE_TOP,
	PANEL_SIGN_AIR,
	PANEL_FOOT_HIGH,
	PANEL_WORDS_SIDE,
	PANEL_WORDS_TOP,
	PANEL_WORDS_HIGH,
	PANEL_CHEVRON_FOOT,
	PANEL_CHEVRON_HALF,
	PANEL_CHEVRON_HIGH,
	PANEL_SHAKE,

	/* The brackets around a code. */
	BRACKET_ARM,
	BRACKET_BEND,
	BRACKET_SIDE, /* of what they stand around, at least */
	BRACKET_AIR,  /* inside the picture, where a code is expected */

	/* A session: its card. */
	CARD_LEFT,
	CARD_RIGHT,
	CARD_TOP,
	CARD_BOTTOM,
	CARD_LINE_HIGH, /* when and where */
	CARD_LINE_GAP,
	CARD_TITLE_UP, /* nearer to the line than its height would have it */
	CARD_TITLE_HIGH,
	CARD_SECOND_UP,
	CARD_CHANGE_FOOT, /* from what is another now to the card's edge */
	CARD_STRIPE_WIDE, /* in the track's colour */
	CARD_STRIPE_AIR,
	CARD_BAR_WIDE, /* how much of it is over */
	CARD_BAR_WIDE_UPRIGHT,
	CARD_BAR_HIGH,
	CARD_BAR_GAP,

	/* Its row in a list. */
	ROW_DOT,
	ROW_DOT_LEFT,
	ROW_TIME_LEFT,
	ROW_TIME_SPARE,
	ROW_GAP,

	/* What became of a session: a sign and words in a chip. */
	CHANGE_HIGH,
	CHANGE_SIDE,
	CHANGE_SIGN,
	CHANGE_SIGN_GAP,
	CHANGE_WIDE,      /* at most */
	CHANGE_BAND_HIGH, /* on the session's own screen */
	CHANGE_BAND_SIGN,

	/* A day, and one session. */
	DAY_TABS_FOOT,
	DAY_TRACK_GAP,
	DAY_TRACKS_FOOT,
	DAY_PAGES_GAP,
	GRID_HEAD_HIGH, /* tracks side by side: their names */
	GRID_ROW_HIGH,
	GRID_CELL_AIR,
	DAY_CODE_WIDE,       /* the code that takes the day along, beside its list */
	DAY_CODE_WORDS,      /* under it */
	SESSION_COLUMN_WIDE, /* at most: longer lines are hard to read */
	SESSION_UNDER_GAP,
	SESSION_TITLE_HIGH, /* at most */
	SESSION_CARD_WIDE,  /* when and where, and the code for a telephone's calendar */
	SESSION_CARD_HIGH_UPRIGHT,
	SESSION_CARD_SIDE,
	SESSION_TIME_HIGH,
	QR_MODULE,          /* of a code on the screen: 3 pixels of the reference panel, which a telephone reads well */
	SESSION_CODE_LEAST, /* where the words beside it leave less, the card has no code */

	/* A result. */
	RESULT_TOP,
	RESULT_RIGHT,
	RESULT_SIGN_RIGHT,
	RESULT_SIGN_GAP, /* upright, above the words */
	RESULT_FOOT_UPRIGHT,
	RESULT_GREETING_GAP,
	RESULT_NAME_LEAST,
	RESULT_NAME_GAP,
	RESULT_UNDER_HIGH, /* kept for what stands under the name */
	RESULT_FOOT_GAP,   /* above a card or buttons */
	RESULT_BUTTON_GAP,
	RESULT_CARD_HIGH,
	RESULT_CARD_TOP,
	RESULT_CARD_BOTTOM,
	RESULT_STAFF_WIDE,
	RESULT_BAR_HIGH, /* the time that is left */

	/* Help, typing a code, setting the clock. */
	SPOKEN_SIGN, /* beside what is said, at most */
	SPOKEN_GAP,
	TYPE_KEY_GAP,
	TYPE_FIELD_HIGH,
	TYPE_HELP_HIGH_UPRIGHT, /* at most */
	TYPE_BADGE_HIGH,        /* of the picture of one, at most */
	TYPE_BADGE_AIR,
	TYPE_EXAMPLE_HIGH,
	FIND_KEY_GAP,
	FIND_KEY_LEAST, /* of a key's height, where anything else can give way */
	FIND_FIELD_HIGH,
	FIND_HINT_HIGH, /* what is said between field and people */
	FIND_CODE_WIDE, /* the button beside the field */
	FIND_ROW_SIDE,  /* from its edge to the name */
	FIND_ROW_GAP,
	WALKIN_NEXT_WIDE,  /* the button beside the field */
	SIGN_LINE_SIDE,    /* from the sheet's edge to the line that is signed on */
	ME_WORDS_HIGH,     /* of the name and what is asked, upright */
	ME_KEY_HIGH,       /* at most */
	CLOCK_WHEELS_HIGH, /* at most */
	CLOCK_WHEELS_GAP,

	/* The staff's screens. */
	PIN_KEY_GAP,
	PIN_COLUMN_GAP,
	PIN_FIELD_HIGH,
	PIN_FIELD_WIDE, /* at most */
	PIN_WORDS_HIGH,
	PIN_HIGH_UPRIGHT, /* of words and field */
	STAFF_CARD_SIDE,
	STAFF_CARD_TOP,
	STAFF_HEAD_GAP, /* from what it is to how it is */
	STAFF_ROW_GAP,  /* at most */
	STAFF_WORDS_SIDE,
	TOTALS_FIGURE_HIGH,
	TOTALS_HEAD_HIGH,  /* over the bars */
	TOTALS_HOURS_HIGH, /* under them */
	TOTALS_ROW_HIGH,
	OWN_ROW_HIGH,
	SEARCH_ROW_HIGH, /* somebody, or a group, that staff look for */
	OWN_UNDO_WIDE,
	OWN_PAGE_WIDE,
	ANNOUNCE_DONE_WIDE,
	ANNOUNCE_AIR, /* above and below the words on a first screen */
	STICK_BAR_HIGH,
	SELF_TEST_SIGN, /* beside the line of a check */
	SELF_TEST_BAR,
	CAMERA_WORDS_HIGH,
	SETTINGS_NAME_HIGH, /* upright: what a row of choices is for, above it */

	LENGTH_COUNT
};

/* Milliseconds; UX.md's numbers. */
struct timing {
	int64_t result_hold_ms;     /* a result stays so long, whoever comes next */
	int64_t result_admitted_ms; /* … and so long where nobody comes */
	int64_t result_late_ms;
	int64_t result_refused_ms;
	int64_t result_code_ms;   /* with a new code: a telephone is to be found, and to take a picture */
	int64_t idle_ms;          /* a screen that nobody touches goes back */
	int64_t countdown_ms;     /* the last part of it is counted down */
	int64_t notice_ms;        /* "Back again" after a power cut */
	int64_t words_ms;         /* a line under the preview */
	int64_t shake_ms;         /* of the preview */
	int64_t move_ms;          /* of whatever else moves */
	int64_t pose_ms;          /* a picture in a page for passers-by, until the next one */
	int64_t seen_ms;          /* what the camera sees is no news any more */
	int64_t call_chime_ms;    /* from one chime of a call for help to the next */
	int64_t turn_ms;          /* a part of a list that is longer than its room */
	int64_t attract_after_ms; /* nobody touched the first screen for so long, then a page comes in place of its lists: */
	int64_t attract_every_ms; /* so often */
	int64_t attract_shown_ms; /* for so long */
	int64_t hold_ms;          /* of a finger on the way to the staff's screens */
	int64_t hold_shown_ms;    /* a touch that only brushed it shows nothing */
	int64_t answer_ms;        /* whatever was asked of a thread and is not answered by then failed */
	int64_t barred_ms;        /* no PIN is taken after too many wrong ones */
	int64_t look_ms;          /* which sticks and cameras there are is asked so often */
	int64_t keep_ms;          /* a turned screen is asked about so long, then it is as before */
	int64_t read_ms;          /* that a code was read to try the camera stands so long */
	int64_t step_ms;          /* from one picture of something that moves to the next */
};

#define TRACK_COLOURS 8

struct style {
	uint32_t hues[HUE_COUNT];       /* 0xRRGGBB */
	uint32_t tracks[TRACK_COLOURS]; /* of tracks that bring none, by their numbers: read as words and as shapes on a CARD */
	struct type types[TYPE_COUNT];
	double lengths[LENGTH_COUNT]; /* mm */
	struct timing timing;
};

extern const struct style style_default;

struct theme {
	const struct style *style;
	int width, height; /* pixels */
	double px_per_mm;  /* of the panel, times the scale */
	double glass;      /* pixels of a millimetre of the panel itself, for what has to have a size in the world */
	bool portrait;
};

/* `panel_mm`: the panel's diagonal; 0: unknown, taken as the reference's. */
struct theme theme_make(const struct style *style, int width, int height, double panel_mm);

/* Pixels. What is added up before it is rounded, and sizes of type; else len() is meant. */
static inline int mm(const struct theme *t, double millimetres) { return (int)(millimetres * t->px_per_mm + 0.5); }
static inline double length_of(const struct theme *t, enum length which) { return t->style->lengths[which]; } /* mm */
static inline int len(const struct theme *t, enum length which) { return mm(t, length_of(t, which)); }
/* Two lengths in a row, rounded as one; and the same on both sides of something. */
static inline int len_sum(const struct theme *t, enum length one, enum length other) {
	return mm(t, length_of(t, one) + length_of(t, other));
}
static inline int len_twice(const struct theme *t, enum length which) { return len_sum(t, which, which); }
static inline uint32_t hue(const struct theme *t, enum hue which) { return t->style->hues[which]; }
static inline const struct type *theme_type(const struct theme *t, enum type_role role) { return &t->style->types[role]; }

/* A track's colour: the source's own ("#rrggbb") when it stands out enough on a CARD, else one of the style's by the track's number. */
uint32_t theme_track_colour(const struct theme *t, const char *colour, int track);

/* White or ink, whichever reads better on it. */
uint32_t theme_ink_on(const struct theme *t, uint32_t colour);

#endif
