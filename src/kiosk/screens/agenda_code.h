/* The code that takes the programme along on a telephone: a link, where the event has one, else sessions as a calendar. */
#ifndef TURNOUT_KIOSK_SCREENS_AGENDA_CODE_H
#define TURNOUT_KIOSK_SCREENS_AGENDA_CODE_H

#include "kiosk/screens/view.h"

#define AGENDA_CODE_VERSION_MOST 25 /* finer ones are a patience game in a queue */

struct qr_matrix;

struct agenda_wish {
	int side; /* pixels there are */
	/* Which sessions go along where there is no link, of those that take place and are not over; NULL: a link or nothing. */
	bool (*wanted)(const struct view *v, const void *context, int session);
	const void *context;
};

struct agenda_code {
	struct strbuf text;   /* what it says */
	struct qr_matrix *qr; /* NULL: there is none that a telephone reads well */
};

void agenda_code_make(const struct view *v, const struct agenda_wish *wish, struct agenda_code *out);
void agenda_code_fini(struct agenda_code *code);

/* A card that fills the box: the code, and what it is for under it, or with `beside` at its right. */
void agenda_code_draw(const struct view *v, struct box box, const struct agenda_code *code, bool beside);

#endif
