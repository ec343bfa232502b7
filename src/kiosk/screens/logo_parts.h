/* Logos of those whom the event thanks, as they ask for it: whole, at their least size in millimetres of the glass, with the room around them that they
 * want free (event/credit.h). They are made for white paper: whoever draws them paints the ground WHITE first. */
#ifndef TURNOUT_KIOSK_SCREENS_LOGO_PARTS_H
#define TURNOUT_KIOSK_SCREENS_LOGO_PARTS_H

#include "kiosk/screens/view.h"

/* Which of the event's credits are meant; those without a logo never are. */
struct logo_choice {
	int group; /* enum credit_group; -1: all */
};

/* How many there are. */
size_t part_logos_count(const struct view *v, const struct logo_choice *choice);

/* Those of one row: as many rows of that size as all of them need take turns in the box, `row` says which it is (any number: they come round). Returns what
 * was taken of the box. */
struct box part_logo_row(const struct view *v, struct box box, const struct logo_choice *choice, int64_t row);
/* The widest of those rows, pixels. */
int part_logos_width(const struct view *v, struct box box, const struct logo_choice *choice);
/* How many rows they need; *left: one of them has no room in any. */
int part_logo_rows(const struct view *v, struct box box, const struct logo_choice *choice, bool *left);

/* Whether that credit's logo has room in a row of the box; false too where there is none. */
bool part_logo_fits(const struct view *v, struct box box, size_t credit);
/* The height, pixels, that the one which needs most of it has to have in any row. */
int part_logos_height(const struct view *v);

#endif
