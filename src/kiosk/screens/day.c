/* A whole day's programme: every session of it, or one track's; a page at a time. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "kiosk/screens/agenda_code.h"
#include "kiosk/screens/day_grid.h"
#include "kiosk/screens/head.h"
#include "kiosk/screens/screens.h"
#include "kiosk/screens/session_parts.h"
#include "kiosk/ui/pages.h"

#define TRACKS_SHOWN 15     /* further ones stand under "all" only, … */
#define PAGES_OF_ONE 2      /* of a list in one column; of more, two stand side by side */
#define TRACKS_SHARE_MAX 40 /* … and those that would take more of the room, per cent */

enum {
	DAY_TRACK = 3, /* argument: index into the day's tracks, or -1: all */
	DAY_PAGE = 4,  /* argument: which one */
};

struct day {
	int64_t day;
	int track; /* -1: all */
	int page;
	int at; /* a session whose page is shown instead; -1: none */
};

static struct day *mine(const struct model *m) { return model_state(m, SCREEN_DAY); }

/* A number in a name: its digits without leading noughts. */
static size_t number_at(const char **at) {
	while (**at == '0' && str_is_digit((*at)[1])) {
		(*at)++;
	}
	size_t n = 0;
	while (str_is_digit((*at)[n])) {
		n++;
	}
	return n;
}

/* Are the two names the same but for their numbers? Then `order` is how these compare: Hall 2 comes before Hall 10. */
static bool alike_but_numbers(const char *a, const char *b, int *order) {
	*order = 0;
	while (*a != '\0' && *b != '\0') {
		if (!str_is_digit(*a) || !str_is_digit(*b)) {
			if (*a++ != *b++) {
				return false;
			}
			continue;
		}
		size_t n = number_at(&a), k = number_at(&b);
		int one = n != k ? (n < k ? -1 : 1) : memcmp(a, b, n);
		*order = *order == 0 ? one : *order;
		a += n;
		b += k;
	}
	return *a == *b;
}

/* Where a track's name belongs among `n` others: beside those that differ in a number alone, by these; else at the end. */
static size_t place_of_track(const struct model *m, const char *track, const int *tracks, size_t n) {
	size_t place = n;
	for (size_t i = 0; i < n; i++) {
		int order;
		if (alike_but_numbers(track, session_text(&m->event->sessions.items[tracks[i]].session, SESSION_TRACK), &order)) {
			if (order < 0) {
				return i;
			}
			place = i + 1;
		}
	}
	return place;
}

/* The tracks of a day, in order of appearance, numbered ones by their numbers: indexes of sessions that are the first of theirs. Returns how many. */
static size_t tracks_of(const struct model *m, int64_t day, int *out, size_t cap) {
	size_t n = 0;
	for (size_t i = 0; i < m->event->sessions.count && n < cap; i++) {
		const struct session *s = &m->event->sessions.items[i].session;
		const char *track = session_text(s, SESSION_TRACK);
		bool known = str_empty(track) || kiosk_session_day(s) != day;
		for (size_t k = 0; k < n && !known; k++) {
			known = str_eq(session_text(&m->event->sessions.items[out[k]].session, SESSION_TRACK), track);
		}
		if (!known) {
			size_t place = place_of_track(m, track, out, n);
			memmove(&out[place + 1], &out[place], (n - place) * sizeof *out);
			out[place] = (int)i;
			n++;
		}
	}
	return n;
}

/* Today's list opens at what is on: the first session that is not over, of that track (NULL: of any). -1: it opens at its beginning. */
static int opens_at(const struct model *m, int64_t day, const char *track) {
	if (model_clock_doubted(m) || tz_local_day(m->event->tz, m->now) != day) {
		return -1;
	}
	for (size_t i = 0; i < m->event->sessions.count; i++) {
		const struct session *s = &m->event->sessions.items[i].session;
		bool wanted = kiosk_session_day(s) == day && (track == NULL || str_eq(session_text(s, SESSION_TRACK), track));
		if (wanted && (s->when.end.v > m->now.v || s->when.start.v > m->now.v)) {
			return (int)i;
		}
	}
	return -1;
}

static void enter(struct model *m, int64_t argument, struct effects *effects) {
	(void)effects;
	struct day *s = mine(m);
	*s = (struct day){.day = argument, .track = -1, .at = -1};
	if (argument < 0) {
		s->at = (int)DAY_AT(argument);
		s->day = kiosk_session_day(&m->event->sessions.items[s->at].session);
	} else {
		s->at = opens_at(m, s->day, NULL);
	}
}

static void choose_track(const struct model *m, struct day *s, int64_t track) {
	int tracks[TRACKS_SHOWN];
	size_t count = tracks_of(m, s->day, tracks, TRACKS_SHOWN);
	bool one = track >= 0 && (size_t)track < count; /* a touch may come from a picture of another day */
	const char *name = one ? session_text(&m->event->sessions.items[tracks[track]].session, SESSION_TRACK) : NULL;
	s->track = (int)track;
	s->page = 0;
	s->at = opens_at(m, s->day, name);
}

static bool act(struct model *m, const struct msg *msg, struct effects *effects) {
	struct day *s = mine(m);
	(void)effects;
	switch (msg->action) {
	case DAY_TRACK: choose_track(m, s, msg->argument); return true;
	case DAY_PAGE:
		s->page = (int)msg->argument;
		s->at = -1;
		return true;
	default: return false;
	}
}

static void told(struct model *m, struct msg *msg, struct effects *effects) {
	(void)effects;
	struct day *s = mine(m);
	if (msg->kind == MSG_DESK && msg->desk->kind == DESK_LOADED) { /* its tracks may be others */
		s->track = -1;
		s->at = msg->before == NULL || s->at < 0 ? -1 : kiosk_event_find(m->event, msg->before, s->at);
	}
}

/* --- drawing ------------------------------------------------------------------------------------------------------------------------- */

/* The tracks of the day that is shown, and which of them alone; -1: all. A touch may come from a picture of another day with more of them. */
struct tracks {
	int items[TRACKS_SHOWN];
	size_t count;
	int only;
};

static struct tracks tracks_shown(const struct view *v) {
	const struct day *d = mine(v->model);
	struct tracks tracks = {.only = d->track};
	tracks.count = tracks_of(v->model, d->day, tracks.items, TRACKS_SHOWN);
	if (d->track >= (int)tracks.count) {
		tracks.only = -1;
	}
	return tracks;
}

static bool is_of_track(const struct view *v, int session, const struct tracks *tracks) {
	return tracks->only < 0 || str_eq(session_text(view_session_at(v, session), SESSION_TRACK),
					  session_text(view_session_at(v, tracks->items[tracks->only]), SESSION_TRACK));
}

/* "All" and the tracks, in rows; returns the height they take. */
static int draw_tracks(const struct view *v, struct box box, const struct tracks *tracks) {
	const struct theme *t = v->pen.theme;
	int columns = t->portrait ? 3 : 6, n = (int)tracks->count + 1, high = len(t, TAB_HIGH), gap = len(t, DAY_TRACK_GAP);
	int most = box.h * TRACKS_SHARE_MAX / 100 / (high + gap) * columns;
	most = most < columns ? columns : most; /* a row there is, however low the room */
	n = n < most ? n : most;
	columns = n < columns ? n : columns;
	struct cells cells = {.columns = columns, .high = high, .gap = gap};
	for (int i = 0; i < n; i++) {
		struct button button = {
			.text = T(v, "All tracks"), .action = DAY_TRACK, .argument = i - 1, .filled = tracks->only == i - 1, .round = true};
		if (i > 0) {
			button.text = session_text(view_session_at(v, tracks->items[i - 1]), SESSION_TRACK);
			button.colour = button.filled ? view_colour(v, tracks->items[i - 1]) : 0;
		}
		button_draw(&v->pen, box_cell(box, &cells, i), &button);
	}
	return (n + columns - 1) / columns * (cells.high + cells.gap) + len(t, DAY_TRACKS_FOOT);
}

/* What is listed, in one of three forms: as cards where few have all the room, with the tracks side by side where that saves pages, else in rows. */
struct listed {
	int *items; /* as listed.h has them */
	size_t count;
	struct day_grid grid;
	enum { LISTED_ROWS, LISTED_CARDS, LISTED_GRID } form;
	int columns;            /* of rows, side by side where one would make many pages */
	int count_of_rows, row; /* of its form; pixels of one */
	int at;                 /* the row of the session whose page is shown; -1: none */
};

static void choose_grid(const struct view *v, struct box room, const struct tracks *tracks, struct listed *listed) {
	const struct theme *t = v->pen.theme;
	int high = len(t, GRID_ROW_HIGH), fit = (room.h - len(t, GRID_HEAD_HIGH)) / high, rows = room.h / listed->row;
	if (tracks->only >= 0 || tracks->count == TRACKS_SHOWN || fit < 1 || rows < 1 ||
	    !day_grid_make(v, mine(v->model)->day, tracks->items, tracks->count, &listed->grid)) {
		return;
	}
	if (((int)listed->grid.count + fit - 1) / fit < ((int)listed->count + rows - 1) / rows) {
		listed->form = LISTED_GRID;
		listed->row = high;
		listed->count_of_rows = (int)listed->grid.count;
	}
}

static void find_listed(const struct view *v, struct box room, const struct tracks *tracks, struct listed *listed) {
	const struct theme *t = v->pen.theme;
	const struct day *d = mine(v->model);
	*listed = (struct listed){.columns = 1, .row = len(t, SESSION_ROW_HIGH), .at = -1};
	size_t all;
	listed->items = listed_of_day(v, d->day, &all);
	for (size_t i = 0; i < all; i++) {
		if (is_of_track(v, listed_session(listed->items[i]), tracks)) {
			listed->at = listed->items[i] == d->at ? (int)listed->count : listed->at;
			listed->items[listed->count++] = listed->items[i];
		}
	}
	listed->count_of_rows = (int)listed->count;
	int card = len_sum(t, AGENDA_CARD_HIGH, AGENDA_CARD_GAP);
	if (listed->count_of_rows * card <= room.h) {
		listed->form = LISTED_CARDS;
		listed->row = card;
		return;
	}
	choose_grid(v, room, tracks, listed);
	if (listed->form == LISTED_GRID && listed->at >= 0) {
		listed->at = day_grid_row_of(&listed->grid, d->at);
	} else if (listed->form == LISTED_ROWS && !t->portrait && listed->count_of_rows > room.h / listed->row * PAGES_OF_ONE) {
		listed->columns = 2;
		listed->count_of_rows = (listed->count_of_rows + 1) / 2;
		listed->at = listed->at < 0 ? -1 : listed->at / 2;
	}
}

static void listed_fini(struct listed *listed) {
	free(listed->items);
	day_grid_fini(&listed->grid);
}

static void draw_one(const struct view *v, struct box box, const struct listed *listed, int row) {
	if (listed->form == LISTED_GRID) {
		day_grid_draw_row(v, box, &listed->grid, (size_t)row);
	} else if (listed->form == LISTED_CARDS) {
		box.h = len(v->pen.theme, AGENDA_CARD_HIGH);
		part_session_card(v, box, listed->items[row]);
	} else {
		struct cells cells = {.columns = listed->columns, .high = box.h, .gap = len(v->pen.theme, GAP_FAR)};
		for (int i = 0; i < listed->columns && row * listed->columns + i < (int)listed->count; i++) {
			part_session_row(v, box_cell(box, &cells, i), listed->items[row * listed->columns + i]);
		}
	}
}

static void draw_nothing(const struct view *v, struct box room) {
	const struct theme *t = v->pen.theme;
	label_draw(&v->pen, room,
		   &(struct label){.text = T(v, "Nothing is planned for this day"),
				   .role = TYPE_UNDER,
				   .colour = hue(t, INK),
				   .align = ALIGN_CENTRE,
				   .middle = true});
}

static void draw_listed(const struct view *v, struct box room, const struct tracks *tracks) {
	const struct theme *t = v->pen.theme;
	struct listed listed;
	int buttons = len(t, PAGE_BUTTON_HIGH);
	find_listed(v, room, tracks, &listed);
	int y = room.y + (listed.form == LISTED_GRID ? day_grid_draw_head(v, room, &listed.grid) : 0);
	struct pages_room sheet = {.height = room.y + room.h - y, .row = listed.row, .buttons = buttons + len(t, DAY_PAGES_GAP)};
	struct pages pages = pages_of(&sheet, listed.count_of_rows, mine(v->model)->page);
	if (listed.at >= 0) {
		pages = pages_of(&sheet, listed.count_of_rows, listed.at / pages.fit);
	}
	for (int i = 0; i < listed.count_of_rows; i++) {
		if (pages_shows(&pages, i)) {
			draw_one(v, (struct box){room.x, y, room.w, listed.row}, &listed, i);
			y += listed.row;
		}
	}
	if (listed.count == 0) {
		draw_nothing(v, room);
	}
	struct pages_buttons turn = {
		.before = T(v, "Earlier"), .after = T(v, "Later"), .action = DAY_PAGE, .width = room.w / 3, .numbered = true};
	pages_draw(&v->pen, (struct box){room.x, room.y + room.h - buttons, room.w, buttons}, &pages, &turn);
	listed_fini(&listed);
}

static bool goes_along(const struct view *v, const void *context, int session) {
	return listed_day(v, session) == mine(v->model)->day && is_of_track(v, session, context);
}

/* The code for what is listed, beside the list or, upright, below it. Returns what is left for the list. */
static struct box draw_code(const struct view *v, struct box room, const struct tracks *tracks) {
	const struct theme *t = v->pen.theme;
	int wide = len(t, DAY_CODE_WIDE), high = wide + len(t, DAY_CODE_WORDS), gap = len(t, GAP_PARTS);
	struct agenda_code code;
	agenda_code_make(v, &(struct agenda_wish){.side = wide - len_twice(t, GAP_TIGHT), .wanted = goes_along, .context = tracks}, &code);
	if (code.qr != NULL && t->portrait && room.h > 3 * wide) {
		agenda_code_draw(v, (struct box){room.x, room.y + room.h - wide, room.w, wide}, &code, true);
		room.h -= wide + gap;
	} else if (code.qr != NULL && !t->portrait && room.h >= high) {
		agenda_code_draw(v, (struct box){room.x + room.w - wide, room.y, wide, high}, &code, false);
		room.w -= wide + gap;
	}
	agenda_code_fini(&code);
	return room;
}

static void draw(const struct view *v) {
	const struct theme *t = v->pen.theme;
	struct strbuf title = {0};
	date_long(&title, &v->tongue, mine(v->model)->day);
	struct box room = part_head(v, strbuf_str(&title));
	strbuf_fini(&title);
	if (part_days(v, (struct box){room.x, room.y, room.w, 0}, &(struct part_days){.shown = mine(v->model)->day, .from_left = true}) >
	    0) {
		int tabs = len_sum(t, TAB_HIGH, DAY_TABS_FOOT);
		room.y += tabs;
		room.h -= tabs;
	}
	struct tracks tracks = tracks_shown(v);
	if (tracks.count > 1) {
		int used = draw_tracks(v, room, &tracks);
		room.y += used;
		room.h -= used;
	}
	draw_listed(v, draw_code(v, room, &tracks), &tracks);
}

const struct screen screen_day = {
	.name = "day",
	.state = sizeof(struct day),
	.next = SCREEN_SET(DAY) | SCREEN_SET(SESSION),
	.enter = enter,
	.act = act,
	.told = told,
	.draw = draw,
};
