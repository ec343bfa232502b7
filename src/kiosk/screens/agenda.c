/* The first screen: what runs now, what comes next, and the panel that asks for a badge. */
#include <stdlib.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/utf8.h"
#include "kiosk/screens/badge_panel.h"
#include "kiosk/screens/buttons.h"
#include "kiosk/screens/head.h"
#include "kiosk/screens/screens.h"
#include "kiosk/screens/session_parts.h"
#include "kiosk/screens/status.h"

#define RUNNING_MAX 64 /* more are counted, and stand in the day's list alone */
#define COMING_MAX 64
#define PARTS_MAX 6 /* of a list that turns: nobody waits longer than for so many */

enum {
	AGENDA_MORE = ACTION_OWN, /* argument: the first session that has no room here */
};

struct first_screen {
	int64_t held_ms; /* since when a finger is on the way to the staff's screens; 0: none is */
};

static struct first_screen *mine(const struct model *m) { return model_state(m, SCREEN_AGENDA); }

/* --- the way to the staff's screens -------------------------------------------------------------------------------------------------- */

static bool act(struct model *m, const struct msg *msg, struct effects *effects) {
	mine(m)->held_ms = msg->action == PART_STATUS_HOLD ? m->ms : 0; /* a second finger ends it */
	if (msg->action == AGENDA_MORE && msg->argument >= 0 && (size_t)msg->argument < m->event->sessions.count) {
		model_switch(m, SCREEN_DAY, DAY_AT(msg->argument), effects);
	}
	return msg->action == PART_STATUS_HOLD || msg->action == AGENDA_MORE;
}

static void drag(struct model *m, const struct msg *msg, struct effects *effects) {
	(void)effects;
	if (msg->phase == FINGER_UP) {
		mine(m)->held_ms = 0;
	}
}

static void leave(struct model *m) { mine(m)->held_ms = 0; }

static void told(struct model *m, struct msg *msg, struct effects *effects) {
	struct first_screen *s = mine(m);
	if (msg->kind == MSG_TIME && s->held_ms != 0 && m->ms - s->held_ms >= m->style->timing.hold_ms) {
		s->held_ms = 0;
		m->touched_ms = m->ms;
		m->asks_clock = false; /* they want the staff's screen */
		model_open(m, SCREEN_PIN, PIN_FOR_STAFF, effects);
	}
}

/* Lists that are longer than their room turn by themselves: nobody who waits in the queue touches anything. */
static int64_t turn_of(const struct model *m) { return m->ms / m->style->timing.turn_ms; }

static int64_t deadline(const struct model *m) {
	if (mine(m)->held_ms != 0) {
		return m->ms + m->style->timing.step_ms; /* a bar fills while the finger is down */
	}
	/* What fits is not known here; a picture that turns out the same is not drawn again. */
	bool turns = m->event != NULL && (m->event->sessions.count > 1 || m->event->logos.count > 1);
	return turns ? (turn_of(m) + 1) * m->style->timing.turn_ms : INT64_MAX;
}

/* What somebody chose here was the language alone. */
static enum idling idling(const struct model *m) { return m->language != m->station_language ? IDLING_QUIET : IDLING_NEVER; }

/* --- drawing ------------------------------------------------------------------------------------------------------------------------- */

struct lists {
	int running[RUNNING_MAX], coming[COMING_MAX];
	size_t running_count, coming_count;
};

static void subtitle(const struct view *v, struct strbuf *out) {
	const struct kiosk_event *event = v->model->event;
	utf8_add_isolated(out, str_or_empty(event->place));
	strbuf_adds(out, !str_empty(event->place) && event->day_count > 0 ? " · " : "");
	date_range(out, &v->tongue, event->days, event->day_count);
}

static void draw_title(const struct view *v, struct box room) {
	const struct theme *t = v->pen.theme;
	struct strbuf under = {0};
	subtitle(v, &under);
	const char *title = str_or_empty(v->model->event->title);
	struct label label = {.text = str_empty(title) ? T(v, "Welcome!") : title, .role = TYPE_TITLE, .colour = hue(t, INK), .lines = 2};
	struct box used = label_draw(&v->pen, room, &label);
	const struct kiosk_event *event = v->model->event;
	/* Whoever stands there knows where they are. */
	if (event->day_count > 0 && label_width(&v->pen, TYPE_SECOND, strbuf_str(&under)) > room.w) {
		strbuf_reset(&under);
		date_range(&under, &v->tongue, event->days, event->day_count);
	}
	struct label second = {.text = strbuf_str(&under), .role = TYPE_SECOND, .colour = hue(t, MUTED), .lines = 1};
	label_draw(&v->pen, (struct box){room.x, used.y + used.h, room.w, 0}, &second);
	strbuf_fini(&under);
}

static int draw_clock(const struct view *v, struct pixel right_top) {
	const struct theme *t = v->pen.theme;
	struct strbuf text = {0};
	if (!model_clock_doubted(v->model)) {
		date_clock_about(&text, v->model->event->tz, v->model->now, !model_clock_is_sure(v->model));
	} else {
		strbuf_adds(&text, "--:--");
	}
	int width = digits_draw(&v->pen, right_top, strbuf_str(&text), hue(t, INK));
	strbuf_fini(&text);
	return width;
}

/* Returns the y of the line under the head. */
static int draw_head(const struct view *v) {
	const struct theme *t = v->pen.theme;
	int edge = view_margin(v), right = t->width - edge;
	int clock = draw_clock(v, (struct pixel){right, len(t, AGENDA_CLOCK_TOP)});
	int line;
	if (t->portrait) {
		int y = len(t, AGENDA_UPRIGHT_TITLE_TOP), row = y + len(t, AGENDA_UPRIGHT_TITLE_ROW);
		draw_title(v, (struct box){edge, y, right - clock - len(t, GAP_PARTS) - edge, len(t, AGENDA_UPRIGHT_TITLE_HIGH)});
		int left = part_languages(v, (struct pixel){right, row});
		part_days(v, (struct box){edge, row + len(t, AGENDA_UPRIGHT_DAYS_DOWN), left - edge - len(t, GAP_CLOSE), 0},
			  &(struct part_days){.shown = -1, .from_left = true});
		line = row + len(t, AGENDA_UPRIGHT_DAYS_ROW);
	} else {
		int left = part_languages(v, (struct pixel){right - clock - len(t, AGENDA_CLOCK_GAP), len(t, AGENDA_LANGUAGES_TOP)});
		struct box room = {edge + len(t, AGENDA_TITLE_WIDE), len(t, AGENDA_DAYS_TOP),
				   left - edge - len_sum(t, AGENDA_TITLE_WIDE, GAP_FAR), 0};
		int days = part_days(v, room, &(struct part_days){.shown = -1});
		draw_title(v, (struct box){edge, len(t, AGENDA_TITLE_TOP), left - days - len(t, AGENDA_TITLE_GAP) - edge,
					   len(t, AGENDA_TITLE_HIGH)});
		line = len(t, AGENDA_HEAD_HIGH);
	}
	part_rule(v, line);
	return line;
}

/* Which of `count` are to be seen where `fit` have room: all, or one part after the other. */
struct turned {
	int first, end, hidden; /* the first that is hidden */
};
static struct turned turned(const struct view *v, int count, int fit) {
	int parts = fit < 1 || count <= fit ? 1 : (count + fit - 1) / fit;
	parts = parts < PARTS_MAX ? parts : PARTS_MAX;
	int part = (int)(turn_of(v->model) % parts);
	struct turned all = {.first = part * fit, .end = parts == 1 ? (fit < count ? fit : count) : (part + 1) * fit};
	all.end = all.end < count ? all.end : count;
	all.hidden = all.first > 0 ? 0 : all.end;
	return all;
}

/* What has no room here stands in the day's list; `session`: the first of it. */
static int draw_more(const struct view *v, struct box box, size_t hidden, int session) {
	const struct theme *t = v->pen.theme;
	struct strbuf text = {0};
	words_fill_number(&text, TN(v, "and {n} more", "and {n} more", (long)hidden), (int64_t)hidden);
	box.h = len(t, MORE_HIGH);
	button_draw(&v->pen, box, &(struct button){.text = strbuf_str(&text), .action = AGENDA_MORE, .argument = session, .quiet = true});
	strbuf_fini(&text);
	return box.y + box.h + len(t, AGENDA_CARD_GAP);
}

static int draw_running(const struct view *v, struct box room, const struct lists *lists) {
	const struct theme *t = v->pen.theme;
	int card = len(t, AGENDA_CARD_HIGH), gap = len(t, AGENDA_CARD_GAP), y = room.y;
	struct box caps = caps_draw(&v->pen, (struct pixel){room.x, y}, TC(v, "sessions that are on", "Now"), hue(t, TEAL));
	y = caps.y + caps.h + len(t, AGENDA_NOW_GAP);
	/* Room is kept for NEXT and its first rows, when there are any. */
	int least = len(t, SESSION_ROW_LEAST), rows = lists->coming_count < 2    ? least
						      : lists->coming_count == 2 ? 2 * least
										 : least + len(t, MORE_HIGH);
	int keep = lists->coming_count == 0 ? 0 : len(t, AGENDA_NEXT_HEAD) + rows;
	int high = room.y + room.h - keep - y + gap, count = (int)lists->running_count, shown = count;
	if (count > high / (card + gap)) { /* then the line that says how many more takes its part */
		shown = (high - len(t, MORE_HIGH) - gap) / (card + gap);
		shown = shown < 1 ? 1 : shown;
	}
	struct turned all = turned(v, count < RUNNING_MAX ? count : RUNNING_MAX, shown);
	for (int i = all.first; i < all.end; i++) {
		part_session_card(v, (struct box){room.x, y, room.w, card}, lists->running[i]);
		y += card + gap;
	}
	y += (shown - (all.end - all.first)) * (card + gap); /* the last part is shorter; what is below stays where it is */
	return shown < count ? draw_more(v, (struct box){room.x, y, room.w, 0}, (size_t)(count - (all.end - all.first)),
					 lists->running[all.hidden])
			     : y;
}

/* NEXT, or on another day that day's name. */
static void draw_coming(const struct view *v, struct box room, const struct lists *lists) {
	const struct theme *t = v->pen.theme;
	const struct session *first = view_session_at(v, lists->coming[0]);
	int64_t day = kiosk_session_day(first);
	struct strbuf head = {0};
	if (day == tz_local_day(v->model->event->tz, v->model->now)) {
		strbuf_adds(&head, TC(v, "sessions that come", "Next"));
	} else {
		date_long(&head, &v->tongue, day);
	}
	struct box caps = caps_draw(&v->pen, (struct pixel){room.x, room.y}, strbuf_str(&head), hue(t, TEAL));
	strbuf_fini(&head);
	/* As high as fingers like when there is room, as low as the first rows need when there is not. */
	int y = caps.y + caps.h + len(t, AGENDA_NEXT_GAP),
	    row = (room.y + room.h - y) / (int)(lists->coming_count < 6 ? lists->coming_count : 6);
	int least = len(t, SESSION_ROW_LEAST), most = len(t, SESSION_ROW_HIGH);
	row = row < least ? least : row > most ? most : row;
	int high = room.y + room.h - y, count = (int)lists->coming_count, shown = count;
	if (count * row > high) {
		shown = (high - len(t, MORE_HIGH)) / row;
		shown = shown < 0 ? 0 : shown;
	}
	struct turned all = turned(v, count < COMING_MAX ? count : COMING_MAX, shown);
	for (int i = all.first; i < all.end; i++) {
		part_session_row(v, (struct box){room.x, y, room.w, row}, lists->coming[i]);
		y += row;
	}
	y += (shown - (all.end - all.first)) * row;
	if (shown < count) {
		draw_more(v, (struct box){room.x, y, room.w, 0}, (size_t)(count - (all.end - all.first)), lists->coming[all.hidden]);
	}
}

static void draw_no_agenda(const struct view *v, struct box room) {
	const struct theme *t = v->pen.theme;
	const struct kiosk_event *event = v->model->event;
	bool over = event->sessions.count > 0;
	struct strbuf under = {0};
	subtitle(v, &under);
	struct box upper = {room.x, room.y, room.w, room.h / 2};
	const char *title = over ? T(v, "The programme is over. Thank you!") : str_or_empty(event->title);
	struct label label = {.text = str_empty(title) ? T(v, "Welcome!") : title, .role = TYPE_NAME, .colour = hue(t, INK), .lines = 3};
	struct box used = label_draw(&v->pen, upper, &label);
	struct label second = {.text = strbuf_str(&under), .role = TYPE_GREETING, .colour = hue(t, MUTED), .lines = 2};
	label_draw(&v->pen, (struct box){room.x, used.y + used.h + len(t, AGENDA_OVER_GAP), room.w, room.h / 3}, &second);
	strbuf_fini(&under);
}

static void draw_lists(const struct view *v, struct box room) {
	const struct kiosk_event *event = v->model->event;
	struct lists lists;
	lists.running_count = kiosk_event_running(event, v->model->now, lists.running, RUNNING_MAX);
	lists.coming_count = kiosk_event_coming(event, v->model->now, lists.coming, COMING_MAX);
	if (lists.running_count + lists.coming_count == 0) {
		draw_no_agenda(v, room);
		return;
	}
	int y = room.y;
	if (lists.running_count > 0) {
		y = draw_running(v, room, &lists) + len(v->pen.theme, AGENDA_LISTS_GAP);
	}
	if (lists.coming_count > 0) {
		draw_coming(v, (struct box){room.x, y, room.w, room.y + room.h - y}, &lists);
	}
}

static void draw_buttons(const struct view *v, struct box box) {
	part_without_badge(v, box,
			   &(struct without_badge){.look = &(struct button){0},
						   .gap = len(v->pen.theme, AGENDA_BUTTON_GAP),
						   .form = true,
						   .two_rows = !v->pen.theme->portrait});
}

static void draw(const struct view *v) {
	const struct theme *t = v->pen.theme;
	int edge = view_margin(v), top = draw_head(v) + len(t, GAP_RULE),
	    bottom = part_status(v, mine(v->model)->held_ms == 0 ? 0 : v->model->ms - mine(v->model)->held_ms);
	int buttons = len(t, AGENDA_BUTTON_HIGH), gap = len(t, GAP_CLOSE);
	if (t->portrait) {
		int panel = len(t, AGENDA_PANEL_HIGH_UPRIGHT);
		int most = (bottom - top) / 2;
		panel = panel > most ? most : panel;
		part_badge_panel(v, (struct box){edge, top, t->width - 2 * edge, panel});
		int low = bottom - gap - buttons;
		draw_buttons(v, (struct box){edge, low, t->width - 2 * edge, buttons});
		int y = top + panel + len(t, GAP_PARTS);
		draw_lists(v, (struct box){edge, y, t->width - 2 * edge, low - len(t, GAP_TIGHT) - y});
		return;
	}
	int panel_width = len(t, AGENDA_PANEL_WIDE), x = t->width - edge - panel_width;
	buttons = part_without_badge_rows(v) * (buttons + len(t, AGENDA_BUTTON_GAP)) - len(t, AGENDA_BUTTON_GAP);
	int panel_height = bottom - len(t, AGENDA_FOOT) - buttons - gap - top;
	part_badge_panel(v, (struct box){x, top, panel_width, panel_height});
	draw_buttons(v, (struct box){x, top + panel_height + gap, panel_width, buttons});
	draw_lists(v, (struct box){edge, top + len(t, AGENDA_LISTS_TOP), x - len(t, AGENDA_COLUMN_GAP) - edge,
				   bottom - len(t, AGENDA_LISTS_FOOT) - top});
}

const struct screen screen_agenda = {
	.name = "agenda",
	.state = sizeof(struct first_screen),
	.next = SCREEN_SET(DAY) | SCREEN_SET(SESSION) | SCREEN_SET(HELP) | SCREEN_SET(TYPE) | SCREEN_SET(FIND) | SCREEN_SET(WALKIN) |
		SCREEN_SET(SIGN) | SCREEN_SET(PIN) | SCREEN_SET(CREDITS),
	.preview = true,
	.act = act,
	.drag = drag,
	.told = told,
	.deadline = deadline,
	.idling = idling,
	.leave = leave,
	.draw = draw,
};
