/* One session: when, where, who, and its abstract, a page at a time. */
#include <stdlib.h>

#include "base/alloc.h"
#include "base/str.h"
#include "event/calendar_text.h"
#include "kiosk/screens/change_parts.h"
#include "kiosk/screens/head.h"
#include "kiosk/screens/screens.h"
#include "kiosk/screens/session_parts.h"
#include "kiosk/screens/text_pages.h"
#include "kiosk/ui/qr_box.h"

enum {
	SESSION_PAGE = 4, /* argument: which one */
};

struct session_screen {
	int session; /* index */
	int page;    /* of the abstract */
};

static struct session_screen *mine(const struct model *m) { return model_state(m, SCREEN_SESSION); }

static void enter(struct model *m, int64_t argument, struct effects *effects) {
	(void)effects;
	*mine(m) = (struct session_screen){.session = (int)argument};
}

static bool act(struct model *m, const struct msg *msg, struct effects *effects) {
	(void)effects;
	if (msg->action == SESSION_PAGE) {
		mine(m)->page = (int)msg->argument;
		return true;
	}
	/* Another one takes its place: the way back leads to where the first was found. */
	if (msg->action == ACTION_SESSION && msg->argument >= 0 && (size_t)msg->argument < m->event->sessions.count) {
		*mine(m) = (struct session_screen){.session = (int)msg->argument};
	}
	return msg->action == ACTION_SESSION;
}

/* Whoever reads of a session goes on doing so when the agenda changes, as long as the session is there. */
static void told(struct model *m, struct msg *msg, struct effects *effects) {
	struct session_screen *s = mine(m);
	if (msg->kind != MSG_DESK || msg->desk->kind != DESK_LOADED || msg->before == NULL) {
		return;
	}
	int found = kiosk_event_find(m->event, msg->before, s->session);
	s->session = found < 0 ? 0 : found;
	if (found < 0 && model_shows(m, SCREEN_SESSION)) {
		model_go_home(m, effects);
	}
}

/* --- drawing ------------------------------------------------------------------------------------------------------------------------- */

/* Nobody takes along what is over, or does not take place. */
static bool is_to_come(const struct view *v, const struct session *s) { return !s->cancelled && v->model->now.v < s->when.end.v; }

/* When and where, as lines below each other: the largest words of the screen but for the title. */
#define WHERE_LINES 4
#define MODULE_LEAST 2 /* pixels */
struct where {
	struct strbuf day, times, was;
	struct label lines[WHERE_LINES];
	int high[WHERE_LINES]; /* 0: as it needs */
	size_t count;
};

static void put_line(struct where *w, struct label label, int high) {
	w->high[w->count] = high;
	w->lines[w->count++] = label;
}

static void say_where(const struct view *v, int session, struct where *w) {
	const struct theme *t = v->pen.theme;
	const struct session *s = view_session_at(v, session);
	struct strbuf was = {0};
	*w = (struct where){0};
	date_long(&w->day, &v->tongue, kiosk_session_day(s));
	part_session_times(v, s, &w->times);
	part_change_was(v, session, &was);
	put_line(w, (struct label){.text = strbuf_str(&w->day), .role = TYPE_STRONG, .colour = hue(t, INK), .lines = 1}, 0);
	put_line(w,
		 (struct label){.text = strbuf_str(&w->times),
				.role = TYPE_CLOCK,
				.colour = hue(t, INK),
				.lines = 1,
				.middle = true,
				.struck = s->cancelled},
		 len(t, SESSION_TIME_HIGH));
	if (!str_empty(s->when.room)) {
		put_line(w,
			 (struct label){.text = s->when.room,
					.role = TYPE_GREETING,
					.colour = view_colour(v, session),
					.lines = 2,
					.struck = s->cancelled},
			 0);
	}
	if (was.len > 0) {
		words_fill_one(&w->was, T(v, "was {when_and_where}"), "when_and_where", strbuf_str(&was));
		put_line(w, (struct label){.text = strbuf_str(&w->was), .role = TYPE_STRONG, .colour = hue(t, INK), .lines = 2}, 0);
	}
	strbuf_fini(&was);
}

static void where_fini(struct where *w) {
	strbuf_fini(&w->day);
	strbuf_fini(&w->times);
	strbuf_fini(&w->was);
}

/* Returns how high they are, drawn or not. */
static int put_where(const struct view *v, struct box room, const struct where *w, bool drawn) {
	int y = room.y;
	for (size_t i = 0; i < w->count; i++) {
		struct box box = {room.x, y, room.w, w->high[i]};
		struct box used = (drawn ? label_draw : label_measure)(&v->pen, box, &w->lines[i]);
		y += w->high[i] > 0 ? w->high[i] : used.h;
		y += i + 1 < w->count ? len(v->pen.theme, SESSION_UNDER_GAP) : 0;
	}
	return y - room.y;
}

static struct label caption(const struct view *v) {
	const struct theme *t = v->pen.theme;
	return (struct label){.text = T(v, "For your calendar: point your phone at it"),
			      .role = TYPE_SECOND,
			      .colour = hue(t, MUTED),
			      .align = t->portrait ? ALIGN_LEFT : ALIGN_CENTRE,
			      .lines = 3};
}

/* The code for a telephone's calendar in a square of that side, for free(); NULL: no camera would read it there. */
static struct qr_matrix *make_code(const struct view *v, int side) {
	const struct theme *t = v->pen.theme;
	const struct session_row *row = &v->model->event->sessions.items[mine(v->model)->session];
	struct strbuf text = {0};
	calendar_text(&row->session, row->id, v->model->event->place, &text);
	struct qr_matrix *qr = side < len(t, SESSION_CODE_LEAST)
				       ? NULL
				       : qr_box_fit(t, strbuf_str(&text), side, MODULE_LEAST); /* on a coarse panel wider than it looks */
	strbuf_fini(&text);
	return qr;
}

/* The card of a panel that is higher than wide: the code at the right, what it is for under the lines. Returns its height. */
static int draw_card_upright(const struct view *v, struct box card, const struct where *where, bool code) {
	const struct theme *t = v->pen.theme;
	int side = len(t, SESSION_CARD_SIDE), gap = len(t, GAP_PARTS);
	struct label label = caption(v);
	struct box inner = box_inset(card, side), square = {inner.x + inner.w - inner.h, inner.y, inner.h, inner.h};
	struct qr_matrix *qr = code ? make_code(v, square.w) : NULL;
	inner.w -= qr != NULL ? square.w + gap : 0;
	int high = put_where(v, inner, where, false), words = label_measure(&v->pen, (struct box){0, 0, inner.w, 0}, &label).h;
	/* The lines, and what the code is for, may need more than the code. */
	inner.h = qr == NULL ? high : inner.h > high + gap + words ? inner.h : high + gap + words;
	card.h = inner.h + 2 * side;
	draw_fill(v->pen.list, card, len(t, ROUND_PANEL), hue(t, CARD));
	put_where(v, inner, where, true);
	if (qr != NULL) {
		qr_box_put(&v->pen, square, qr);
		label_draw(&v->pen, (struct box){inner.x, inner.y + inner.h - words, inner.w, 0}, &label);
	}
	free(qr);
	return card.h;
}

/* The card beside the words: the code under the lines, and what it is for under that. */
static void draw_card_beside(const struct view *v, struct box card, const struct where *where, bool code) {
	const struct theme *t = v->pen.theme;
	int side = len(t, SESSION_CARD_SIDE), gap = len(t, GAP_PARTS), tight = len(t, GAP_TIGHT);
	struct label label = caption(v);
	struct box inner = box_inset(card, side);
	int high = put_where(v, inner, where, false), words = label_measure(&v->pen, (struct box){0, 0, inner.w, 0}, &label).h;
	struct box square = {inner.x, inner.y + high + gap, inner.w, inner.h - high - gap - tight - words};
	struct qr_matrix *qr = code ? make_code(v, square.h < square.w ? square.h : square.w) : NULL;
	card.h = qr == NULL ? high + 2 * side : card.h;
	draw_fill(v->pen.list, card, len(t, ROUND_PANEL), hue(t, CARD));
	put_where(v, inner, where, true);
	if (qr != NULL) {
		qr_box_put(&v->pen, square, qr);
		label_draw(&v->pen, (struct box){inner.x, square.y + square.h + tight, inner.w, 0}, &label);
	}
	free(qr);
}

/* When, where, and the code. Returns the height that the words below have to leave, upright. */
static int draw_card(const struct view *v, struct box card) {
	int session = mine(v->model)->session, high = card.h;
	bool code = is_to_come(v, view_session_at(v, session));
	struct where where;
	say_where(v, session, &where);
	if (v->pen.theme->portrait) {
		high = draw_card_upright(v, card, &where, code);
	} else {
		draw_card_beside(v, card, &where, code);
	}
	where_fini(&where);
	return high;
}

#define BESIDE_MAX 8
#define TITLE_SHARE_MAX 42 /* of the room below the card, or beside it, per cent */

/* What else is on while this one is: for who cannot go, or finds it cancelled. */
static int find_beside(const struct view *v, int *out) {
	const struct kiosk_event *event = v->model->event;
	const struct session_when *own = &view_session_at(v, mine(v->model)->session)->when;
	int n = 0;
	for (size_t i = 0; i < event->sessions.count && n < BESIDE_MAX; i++) {
		const struct session *s = &event->sessions.items[i].session;
		bool meets = s->when.start.v < own->end.v && own->start.v < s->when.end.v;
		if (meets && !s->cancelled && (int)i != mine(v->model)->session && v->model->now.v < s->when.end.v) {
			out[n++] = (int)i;
		}
	}
	return n;
}

/* At the foot of the room, as many as it holds. */
static void draw_beside(const struct view *v, struct box room) {
	const struct theme *t = v->pen.theme;
	int beside[BESIDE_MAX], count = find_beside(v, beside), row = len(t, SESSION_ROW_HIGH), head = len(t, AGENDA_NEXT_HEAD);
	int fit = (room.h - head - len(t, GAP_PARTS)) / row;
	count = count < fit ? count : fit;
	if (count < 1) {
		return;
	}
	int y = room.y + room.h - count * row;
	caps_draw(&v->pen, (struct pixel){room.x, y - head}, T(v, "At the same time"), hue(t, ACCENT));
	for (int i = 0; i < count; i++, y += row) {
		part_session_row(v, (struct box){room.x, y, room.w, row}, beside[i]);
	}
}

/* A long title is smaller, and as many lines as it needs: nowhere else does it stand whole. */
static struct box draw_title(const struct view *v, struct box column, const char *title) {
	const struct theme *t = v->pen.theme;
	struct label label = {.text = title, .role = TYPE_NAME, .colour = hue(t, INK), .lines = 4};
	struct box box = {column.x, column.y, column.w, len(t, SESSION_TITLE_HIGH)};
	if (label_is_cut(&v->pen, box, &label)) {
		label.role = TYPE_TITLE;
		label.lines = 0;
		box.h = column.h * TITLE_SHARE_MAX / 100;
	}
	return label_draw(&v->pen, box, &label);
}

/* What stands under the title: three lines, or more of smaller type. */
static struct box draw_under(const struct view *v, struct box box, const char *text) {
	struct label label = {.text = text, .role = TYPE_UNDER, .colour = hue(v->pen.theme, MUTED), .lines = 3};
	if (label_is_cut(&v->pen, box, &label)) {
		label.role = TYPE_SECOND;
		label.lines = 6;
	}
	return label_draw(&v->pen, box, &label);
}

/* What it is, who speaks, what it is about. */
static void draw_words(const struct view *v, struct box room) {
	const struct theme *t = v->pen.theme;
	const struct session *s = view_session_at(v, mine(v->model)->session);
	struct box column = {room.x, room.y, room.w > len(t, SESSION_COLUMN_WIDE) ? len(t, SESSION_COLUMN_WIDE) : room.w, room.h};
	struct box used = draw_title(v, column, session_text(s, SESSION_TITLE));
	static const enum session_field under[] = {SESSION_SUBTITLE, SESSION_SPEAKERS};
	for (size_t i = 0; i < COUNT_OF(under); i++) {
		if (session_text(s, under[i])[0] != '\0') {
			used = draw_under(v, box_below(column, used, len(t, SESSION_UNDER_GAP)), session_text(s, under[i]));
		}
	}
	int y = used.y + used.h + len(t, GAP_PARTS), low = room.y + room.h;
	if (session_text(s, SESSION_ABSTRACT)[0] == '\0') {
		draw_beside(v, (struct box){column.x, y, column.w, low - y});
		return;
	}
	draw_fill(v->pen.list, (struct box){column.x, y, column.w, len(t, LINE_HAIR)}, 0, hue(t, HAIRLINE));
	y += len(t, GAP_PARTS);
	part_text(v, (struct box){column.x, y, column.w, low - y}, session_text(s, SESSION_ABSTRACT), mine(v->model)->page, SESSION_PAGE);
	int text = part_text_high(v, column.w, session_text(s, SESSION_ABSTRACT));
	draw_beside(v, (struct box){column.x, y + text, column.w, low - y - text});
}

static void draw(const struct view *v) {
	const struct theme *t = v->pen.theme;
	const struct session *s = view_session_at(v, mine(v->model)->session);
	const char *track = session_text(s, SESSION_TRACK);
	struct box room = part_head(v, track[0] != '\0' ? track : T(v, "Programme"));
	int wide = len(t, SESSION_CARD_WIDE), high = len(t, SESSION_CARD_HIGH_UPRIGHT), gap = len(t, t->portrait ? GAP_PARTS : GAP_FAR);
	wide = wide < room.w / 2 ? wide : room.w / 2;
	high = high < room.h / 2 ? high : room.h / 2;
	struct box card = {room.x + room.w - wide, room.y, wide, room.h}, words = {room.x, room.y, room.w - wide - gap, room.h};
	int band = part_change_band(v, t->portrait ? room : words, mine(v->model)->session);
	band += band > 0 ? len(t, GAP_PARTS) : 0;
	if (t->portrait) {
		card = (struct box){room.x, room.y + band, room.w, high};
		words = room;
		band += draw_card(v, card) + gap;
	} else {
		draw_card(v, card);
	}
	draw_words(v, (struct box){words.x, words.y + band, words.w, words.h - band});
}

const struct screen screen_session = {
	.name = "session",
	.state = sizeof(struct session_screen),
	.enter = enter,
	.act = act,
	.told = told,
	.draw = draw,
};
