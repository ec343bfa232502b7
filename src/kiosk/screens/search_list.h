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

struct search_actions {
	struct letter_actions letters;
	int toggle; /* puts the letters away, and brings them back */
	int page;   /* argument: the page */
};

enum search_did { SEARCH_NOTHING, SEARCH_SHOWN, SEARCH_TYPED }; /* not its own; what is shown is another; what is typed is */
enum search_did search_list_act(struct search_list *list, const struct model *m, const struct msg *msg,
				const struct search_actions *actions);
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
void part_search_list(const struct view *v, struct box room, const struct search_list *list, const struct search_actions *actions,
		      const struct search_rows *rows);

/* Three lines of a row: what it is, and under it two more, of which "" are left out; the last one in that colour. */
struct search_row {
	const char *name, *under, *last;
	uint32_t colour;
	int action;
	int64_t argument;
};
void part_search_row(const struct view *v, struct box box, const struct search_row *row);

#endif
