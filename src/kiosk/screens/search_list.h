/* A list that staff search: a field, letters to type into it, and rows above them. Whoever looks through the list puts the letters away, and turns pages. */
#ifndef TURNOUT_KIOSK_SCREENS_SEARCH_LIST_H
#define TURNOUT_KIOSK_SCREENS_SEARCH_LIST_H

#include "kiosk/screens/letter_keys.h"

struct search_list { /* a zeroed one is empty; what is typed is wiped with what holds it */
	struct field text;
	struct letter_keys keys;
	bool put_away; /* the letters */
	int page;
};

/* The touches of a screen that has one; its own go on from SEARCH_OWN. */
enum {
	SEARCH_KEY = ACTION_OWN, /* argument: the character */
	SEARCH_ERASE,
	SEARCH_LAYOUT,
	SEARCH_ROW, /* argument: which of them */
	SEARCH_SIGNS,
	SEARCH_TOGGLE, /* puts the letters away, and brings them back */
	SEARCH_PAGE,   /* argument: the page */
	SEARCH_OWN,
};

/* LETTERS_NOTHING also of a row, and of what is the screen's own. */
enum letters_did search_list_act(struct search_list *list, const struct model *m, const struct msg *msg);
/* Characters from a keyboard. */
void search_list_typed(struct search_list *list, const char *text, size_t n);

struct search_rows {
	const char *field; /* what is typed into it, while it is empty */
	const char *said;  /* under the field */
	bool bad;          /* that is no good news */
	int count;
	void (*put)(const struct view *v, struct box box, int which);
};
/* So high are the rows (SEARCH_ROW_HIGH), in two columns, upright in one. */
void part_search_list(const struct view *v, struct box room, const struct search_list *list, const struct search_rows *rows);

/* Three lines of a row: what it is, and under it two more, of which "" are left out; the last one in that colour. */
struct search_row {
	const char *name, *under, *last;
	uint32_t colour;
	int64_t argument; /* of SEARCH_ROW */
};
void part_search_row(const struct view *v, struct box box, const struct search_row *row);

#endif
