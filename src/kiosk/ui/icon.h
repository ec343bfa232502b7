/* Signs that stand beside words: drawn for the project on a grid of 24 x 24 (assets/icons), in one colour, which comes when they are painted. */
#ifndef TURNOUT_KIOSK_UI_ICON_H
#define TURNOUT_KIOSK_UI_ICON_H

enum icon {
	ICON_NONE,
	ICON_BACK,
	ICON_FIND,   /* somebody, by name */
	ICON_WALKIN, /* one person more */
	ICON_HELP,   /* a bell that calls */
	ICON_KEYS,   /* to type on */
	ICON_DONE,
	ICON_ERASE, /* the last letter */
	ICON_SYNC,
	ICON_STICK,
	ICON_CAMERA,
	ICON_CLOCK,
	ICON_OFF,
	ICON_ACCESS, /* somebody, with arms and legs: how they use the kiosk */
	ICON_PRINTER,
	ICON_COUNT
};

const char *icon_name(enum icon icon); /* of its file, without ".svg" */
/* By that name; NULL: there is none of it. */
const char *icon_svg(const char *name);

#endif
