/* A whole day's programme: every session of it, or one track's; a page at a time. */
#include "base/alloc.h"
#include "base/str.h"
#include "kiosk/screens/head.h"
#include "kiosk/screens/screens.h"
#include "kiosk/screens/session_parts.h"
#include "kiosk/ui/pages.h"

#define TRACKS_SHOWN 15     /* further ones stand under "all" only, … */
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

static void enter(struct model *m, int64_t argument, struct effects *effects) {
	(void)effects;
	struct day *s = mine(m);
	*s = (struct day){.day = argument, .track = -1, .at = -1};
	if (argument < 0) {
		s->at = (int)DAY_AT(argument);
		s->day = kiosk_session_day(&m->event->sessions.items[s->at].session);
	}
}

static bool act(struct model *m, const struct msg *msg, struct effects *effects) {
	struct day *s = mine(m);
	(void)effects;
	switch (msg->action) {
	case DAY_TRACK:
		s->track = (int)msg->argument;
		s->page = 0;
		s->at = -1;
		return true;
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

/* The tracks of a day, in order of appearance: indexes of sessions that are the first of theirs. Returns how many. */
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
			out[n++] = (int)i;
		}
	}
	return n;
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

static bool shown(const struct view *v, const struct session *s, const struct tracks *tracks) {
	return kiosk_session_day(s) == mine(v->model)->day &&
	       (tracks->only < 0 ||
		str_eq(session_text(s, SESSION_TRACK), session_text(view_session_at(v, tracks->items[tracks->only]), SESSION_TRACK)));
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

static void draw_rows(const struct view *v, struct box room, const struct tracks *tracks) {
	const struct theme *t = v->pen.theme;
	const struct kiosk_event *event = v->model->event;
	const struct day *d = mine(v->model);
	int row = len(t, SESSION_ROW_HIGH), count = 0, before = 0, buttons = len(t, PAGE_BUTTON_HIGH), seen = 0, y = room.y;
	for (size_t i = 0; i < event->sessions.count; i++) {
		before = (int)i == d->at ? count : before;
		count += shown(v, &event->sessions.items[i].session, tracks);
	}
	struct pages_room sheet = {.height = room.h, .row = row, .buttons = buttons + len(t, DAY_PAGES_GAP)};
	struct pages pages = pages_of(&sheet, count, d->page);
	if (d->at >= 0) {
		pages = pages_of(&sheet, count, before / pages.fit);
	}
	for (size_t i = 0; i < event->sessions.count; i++) {
		if (!shown(v, &event->sessions.items[i].session, tracks)) {
			continue;
		}
		if (pages_shows(&pages, seen++)) {
			part_session_row(v, (struct box){room.x, y, room.w, row}, (int)i);
			y += row;
		}
	}
	if (count == 0) {
		label_draw(&v->pen, room,
			   &(struct label){.text = T(v, "Nothing is planned for this day"),
					   .role = TYPE_UNDER,
					   .colour = hue(t, MUTED),
					   .align = ALIGN_CENTRE,
					   .middle = true});
	}
	struct pages_buttons turn = {
		.before = T(v, "Earlier"), .after = T(v, "Later"), .action = DAY_PAGE, .width = room.w / 3, .numbered = true};
	pages_draw(&v->pen, (struct box){room.x, room.y + room.h - buttons, room.w, buttons}, &pages, &turn);
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
	draw_rows(v, room, &tracks);
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
