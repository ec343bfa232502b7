#include "kiosk/screens/day_grid.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/str.h"
#include "kiosk/screens/change_parts.h"
#include "kiosk/screens/listed.h"
#include "kiosk/screens/session_parts.h"

static const char *track_of(const struct view *v, int listed) {
	return session_text(view_session_at(v, listed_session(listed)), SESSION_TRACK);
}

/* -1: of no track. */
static int column_of(const struct view *v, const struct day_grid *grid, int session) {
	for (int i = 0; i < grid->columns; i++) {
		if (str_eq(track_of(v, grid->tracks[i]), track_of(v, session))) {
			return i;
		}
	}
	return -1;
}

static bool has_room(const struct day_grid_row *row, int column) {
	if (row->whole >= 0) {
		return false;
	}
	for (int i = 0; i < DAY_GRID_COLUMNS; i++) {
		if (row->cells[i] >= 0 && (column < 0 || i == column)) {
			return false;
		}
	}
	return true;
}

/* Into a row of its beginning, of which there are several where a track has two at once. */
static void put(struct day_grid *grid, int64_t start_ms, int listed, int column) {
	size_t at = grid->count;
	while (at > 0 && grid->items[at - 1].start_ms == start_ms) {
		at--;
	}
	while (at < grid->count && !has_room(&grid->items[at], column)) {
		at++;
	}
	if (at == grid->count) {
		ARRAY_GROW(grid, items);
		struct day_grid_row *row = &grid->items[grid->count++];
		*row = (struct day_grid_row){.start_ms = start_ms, .whole = -1};
		for (int i = 0; i < DAY_GRID_COLUMNS; i++) {
			row->cells[i] = -1;
		}
	}
	if (column < 0) {
		grid->items[at].whole = listed;
	} else {
		grid->items[at].cells[column] = listed;
	}
}

bool day_grid_make(const struct view *v, int64_t day, const int *tracks, size_t track_count, struct day_grid *out) {
	size_t most = v->pen.theme->portrait ? DAY_GRID_COLUMNS_UPRIGHT : DAY_GRID_COLUMNS;
	*out = (struct day_grid){.tracks = tracks, .columns = (int)track_count};
	if (track_count < 2 || track_count > most) {
		return false;
	}
	size_t count;
	int *all = listed_of_day(v, day, &count);
	for (size_t i = 0; i < count; i++) {
		put(out, listed_when(v, all[i])->start.v, all[i], column_of(v, out, all[i]));
	}
	free(all);
	return true;
}

void day_grid_fini(struct day_grid *grid) {
	free(grid->items);
	*grid = (struct day_grid){0};
}

int day_grid_row_of(const struct day_grid *grid, int session) {
	for (size_t i = 0; i < grid->count; i++) {
		bool has = grid->items[i].whole == session;
		for (int k = 0; k < grid->columns; k++) {
			has = has || grid->items[i].cells[k] == session;
		}
		if (has) {
			return (int)i;
		}
	}
	return 0;
}

/* --- drawing ------------------------------------------------------------------------------------------------------------------------- */

static int time_wide(const struct view *v) {
	return label_width(&v->pen, TYPE_STRONG, "00:00") + len_sum(v->pen.theme, ROW_TIME_SPARE, ROW_GAP);
}

static struct box cell_of(const struct view *v, struct box row, const struct day_grid *grid, int column) {
	int left = time_wide(v);
	struct cells cells = {.columns = grid->columns, .high = row.h, .gap = len(v->pen.theme, DAY_TRACK_GAP)};
	return box_cell((struct box){row.x + left, row.y, row.w - left, row.h}, &cells, column);
}

int day_grid_draw_head(const struct view *v, struct box room, const struct day_grid *grid) {
	const struct theme *t = v->pen.theme;
	room.h = len(t, GRID_HEAD_HIGH);
	for (int i = 0; i < grid->columns; i++) {
		struct box cell = cell_of(v, room, grid, i);
		int dot = len(t, ROW_DOT), right = cell.x + cell.w;
		draw_fill(v->pen.list, (struct box){cell.x, cell.y + (cell.h - dot) / 2, dot, dot}, dot / 2,
			  view_colour(v, grid->tracks[i]));
		cell.x += dot + len(t, GRID_CELL_AIR);
		struct label label = {
			.text = track_of(v, grid->tracks[i]), .role = TYPE_LABEL, .colour = hue(t, INK), .lines = 1, .middle = true};
		label_draw(&v->pen, (struct box){cell.x, cell.y, right - cell.x, cell.h}, &label);
	}
	return room.h;
}

static void draw_cell(const struct view *v, struct box box, int listed) {
	const struct theme *t = v->pen.theme;
	const struct session *s = view_session_at(v, listed_session(listed));
	int stripe = len(t, CARD_STRIPE_WIDE), air = len(t, GRID_CELL_AIR), foot = len(t, CHANGE_HIGH);
	draw_fill(v->pen.list, box, len(t, ROUND_CELL), hue(t, CARD));
	draw_fill(v->pen.list, (struct box){box.x, box.y + air, stripe, box.h - 2 * air}, stripe / 2,
		  view_colour(v, listed_session(listed)));
	struct box inner = {box.x + stripe + air, box.y + air / 2, box.w - stripe - 2 * air, box.h - air};
	label_draw(&v->pen, (struct box){inner.x, inner.y, inner.w, inner.h - foot},
		   &(struct label){.text = session_text(s, SESSION_TITLE),
				   .role = TYPE_SECOND,
				   .colour = hue(t, INK),
				   .lines = 3,
				   .middle = true,
				   .struck = s->cancelled || listed_was(listed)});
	struct box low = {inner.x, inner.y + inner.h - foot, inner.w, foot};
	int right = part_change_chip(v, low, listed);
	if (right == low.x + low.w &&
	    !str_empty(s->when.room)) { /* where there is room for one of the two, what is another now matters more */
		struct label room = {.text = s->when.room, .role = TYPE_SECOND, .colour = hue(t, MUTED), .lines = 1, .middle = true};
		label_draw(&v->pen, low, &room);
	}
	draw_touch(v->pen.list, box, ACTION_SESSION, listed_session(listed));
}

void day_grid_draw_row(const struct view *v, struct box box, const struct day_grid *grid, size_t row) {
	const struct theme *t = v->pen.theme;
	const struct day_grid_row *r = &grid->items[row];
	struct strbuf start = {0};
	int first = r->whole;
	box.h -= len(t, DAY_TRACK_GAP);
	for (int i = 0; i < grid->columns; i++) {
		if (r->cells[i] >= 0) {
			draw_cell(v, cell_of(v, box, grid, i), r->cells[i]);
			first = first < 0 ? r->cells[i] : first;
		}
	}
	if (r->whole >= 0) {
		int left = time_wide(v);
		draw_cell(v, (struct box){box.x + left, box.y, box.w - left, box.h}, r->whole);
	}
	struct session at = {.when = *listed_when(v, first)};
	part_session_start(&at, &start);
	struct label time = {.text = strbuf_str(&start), .role = TYPE_STRONG, .colour = hue(t, INK), .lines = 1, .middle = true};
	label_draw(&v->pen, (struct box){box.x, box.y, time_wide(v), box.h}, &time);
	strbuf_fini(&start);
}
