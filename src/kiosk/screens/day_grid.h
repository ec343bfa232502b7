/* A day's sessions with its tracks side by side: a column each, a row for what begins at one time. */
#ifndef TURNOUT_KIOSK_SCREENS_DAY_GRID_H
#define TURNOUT_KIOSK_SCREENS_DAY_GRID_H

#include "kiosk/screens/view.h"

#define DAY_GRID_COLUMNS 5 /* at most, on a panel that is wider than high … */
#define DAY_GRID_COLUMNS_UPRIGHT 3

struct day_grid_row {
	int64_t start_ms;
	int cells[DAY_GRID_COLUMNS]; /* as listed.h has them; -1: none */
	int whole;                   /* of no track: it is for everybody, and takes the row; -1: none is */
};

struct day_grid {
	const int *tracks; /* of each column: a session of that track */
	int columns;
	struct day_grid_row *items; /* by time */
	size_t count, cap;
};

/* `tracks`: sessions, the first of each track of that day; they must outlive the grid. False: there are too few or too many of them for columns. */
bool day_grid_make(const struct view *v, int64_t day, const int *tracks, size_t track_count, struct day_grid *out);
void day_grid_fini(struct day_grid *grid);

/* The row that has the session; 0 where none has. */
int day_grid_row_of(const struct day_grid *grid, int session);
/* The names of the tracks; returns the height they take. */
int day_grid_draw_head(const struct view *v, struct box room, const struct day_grid *grid);
void day_grid_draw_row(const struct view *v, struct box box, const struct day_grid *grid, size_t row);

#endif
