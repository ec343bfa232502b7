/* Keys on the screen, in a grid. */
#ifndef TURNOUT_KIOSK_UI_KEYBOARD_H
#define TURNOUT_KIOSK_UI_KEYBOARD_H

#include "kiosk/ui/widget.h"

enum key_kind {
	KEY_CHARACTER,
	KEY_ERASE,
	KEY_DONE,
};

struct key {
	const char *text; /* NULL: of a KEY_CHARACTER its character, of a KEY_ERASE an arrow */
	enum key_kind kind;
	int action;
	int64_t argument; /* of a KEY_CHARACTER the character */
	int places;       /* in a row of keyboard_draw_rows; 0: one */
};

/* Keys for these characters, one after the other, all with that action; returns how many. `out` has room for them. */
int keyboard_characters(const char *characters, int action, struct key *out);

struct keyboard {
	const struct key *keys; /* row by row */
	int count, columns;
	enum length gap;  /* between keys */
	enum length high; /* of a key, at most */
	bool last_fills;  /* the last key takes what is left of its row */
};

void keyboard_draw(const struct pen *pen, struct box room, const struct keyboard *keyboard);

/* Rows of keys as on a typewriter, each centred: keys are alike wide, but for those that take several places. */
struct key_row {
	const struct key *keys;
	int count;
};
struct key_rows {
	const struct key_row *rows;
	int count;
	enum length gap;
	enum length high, wide; /* of a key, at most */
};
void keyboard_draw_rows(const struct pen *pen, struct box room, const struct key_rows *rows);

#endif
