/* The first screen: what runs now, what comes next, and the panel that asks for a badge. */
#include <stdlib.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/utf8.h"
#include "kiosk/screens/agenda_code.h"
#include "kiosk/screens/attract.h"
#include "kiosk/screens/badge_panel.h"
#include "kiosk/screens/buttons.h"
#include "kiosk/screens/head.h"
#include "kiosk/screens/screens.h"
#include "kiosk/screens/session_parts.h"
#include "kiosk/screens/status.h"

#define RUNNING_MAX 64 /* more are counted, and stand in the day's list alone */
#define COMING_MAX 64
#define NEXT_SPAN_MS (60 * INT64_C(60000))
#define PARTS_MAX 6 /* of a list that turns: nobody waits longer than for so many */

enum {
	AGENDA_MORE = ACTION_OWN, /* argument: the first session that has no room here */
};

struct first_screen {
	int64_t quiet_ms; /* since when nobody has been read or seen here; who touches it the model knows */
	int64_t held_ms;  /* since when a finger is on the way to the staff's screens; 0: none is */
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

/* Since when nobody has been there: the next page for passers-by counts from it. */
static int64_t quiet_since(const struct model *m) { return mine(m)->quiet_ms > m->touched_ms ? mine(m)->quiet_ms : m->touched_ms; }

static void told(struct model *m, struct msg *msg, struct effects *effects) {
	struct first_screen *s = mine(m);
	bool answered = msg->kind == MSG_DESK && msg->desk->kind == DESK_ANSWERED;
	bool begun = msg->kind == MSG_DESK && msg->desk->kind == DESK_LOADED && msg->before == NULL;
	if (answered || begun || m->seen.ms != 0 || m->not_badge_ms != 0) {
		s->quiet_ms = m->ms;
	}
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
	bool turns = m->event != NULL && (m->event->sessions.count > 1 || m->event->logos.count > 1 || m->announcements.count > 1);
	int64_t turn = turns ? (turn_of(m) + 1) * m->style->timing.turn_ms : INT64_MAX;
	int64_t page = attract_next(m, quiet_since(m));
	return page < turn ? page : turn;
}

/* What somebody chose here was the language, and how they use the kiosk; or they left a ring. */
static enum idling idling(const struct model *m) {
	return m->language != m->station_language || model_access_chosen(m) || m->focus.on ? IDLING_QUIET : IDLING_NEVER;
}

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
		int left = part_access(v, (struct pixel){part_languages(v, (struct pixel){right, row}), row});
		part_days(v, (struct box){edge, row + len(t, AGENDA_UPRIGHT_DAYS_DOWN), left - edge - len(t, GAP_CLOSE), 0},
			  &(struct part_days){.shown = -1, .from_left = true});
		line = row + len(t, AGENDA_UPRIGHT_DAYS_ROW);
	} else {
		int y = len(t, AGENDA_LANGUAGES_TOP), left = part_languages(v, (struct pixel){right - clock - len(t, AGENDA_CLOCK_GAP), y});
		left = part_access(v, (struct pixel){left, y});
		struct box room = {edge + len(t, AGENDA_TITLE_WIDE), len(t, AGENDA_DAYS_TOP),
				   left - edge - len_sum(t, AGENDA_TITLE_WIDE, GAP_FAR), 0};
		int least = len_twice(t, TAB_LEAST) + len(t, HEAD_DAY_GAP), lack = room.w < least ? least - room.w : 0;
		room = (struct box){room.x - lack, room.y, room.w + lack, 0}; /* the title has two lines */
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
	if (all.end > count) { /* the last part shows some of the one before again, and leaves no hole */
		all.first = count > fit ? count - fit : 0;
		all.end = count;
	}
	all.hidden = all.first > 0 ? 0 : all.end;
	return all;
}

/* What has no room here stands in the day's list; `first`: the first of it. */
static int draw_more(const struct view *v, struct box box, size_t hidden, int first) {
	const struct theme *t = v->pen.theme;
	struct strbuf text = {0};
	view_fill_count(&text, TN(v, "and {n} more", "and {n} more", (long)hidden), (int64_t)hidden);
	box.h = len(t, MORE_HIGH);
	struct button button = {.text = strbuf_str(&text), .action = AGENDA_MORE, .argument = first, .quiet = true};
	if (listed_was(first)) { /* its own day is another one now */
		button.action = ACTION_DAY;
		button.argument = listed_day(v, first);
	}
	button_draw(&v->pen, box, &button);
	strbuf_fini(&text);
	return box.y + box.h + len(t, AGENDA_CARD_GAP);
}

static int draw_running(const struct view *v, struct box room, const struct lists *lists) {
	const struct theme *t = v->pen.theme;
	int card = len(t, AGENDA_CARD_HIGH), gap = len(t, AGENDA_CARD_GAP), y = room.y;
	struct box caps = caps_draw(&v->pen, (struct pixel){room.x, y}, TC(v, "sessions that are on", "Now"), hue(t, ACCENT));
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
	return shown < count ? draw_more(v, (struct box){room.x, y, room.w, 0}, (size_t)(count - (all.end - all.first)),
					 lists->running[all.hidden])
			     : y;
}

/* Of what comes that which begins within an hour of the first: what people go to next. The rest is for later. */
static int count_next(const struct view *v, const struct lists *lists) {
	int n = 1, shown = (int)(lists->coming_count < COMING_MAX ? lists->coming_count : COMING_MAX);
	int64_t first = listed_when(v, lists->coming[0])->start.v;
	while (n < shown && listed_when(v, lists->coming[n])->start.v - first < NEXT_SPAN_MS) {
		n++;
	}
	return n;
}

/* NEXT, or on another day that day's name. Returns where the rows begin. */
static int draw_coming_head(const struct view *v, struct pixel at, int64_t day) {
	const struct theme *t = v->pen.theme;
	struct strbuf head = {0};
	if (day == tz_local_day(v->model->event->tz, v->model->now)) {
		strbuf_adds(&head, TC(v, "sessions that come", "Next"));
	} else {
		date_long(&head, &v->tongue, day);
	}
	struct box caps = caps_draw(&v->pen, at, strbuf_str(&head), hue(t, ACCENT));
	strbuf_fini(&head);
	return caps.y + caps.h + len(t, AGENDA_NEXT_GAP);
}

/* LATER, below what comes next, where that leaves room; and how many more there are. Returns where it ends, as the next does. */
static int draw_later(const struct view *v, struct box room, const struct lists *lists, int from) {
	const struct theme *t = v->pen.theme;
	int row = len(t, SESSION_ROW_LEAST), count = (int)lists->coming_count;
	struct box caps = caps_draw(&v->pen, (struct pixel){room.x, room.y}, TC(v, "sessions that come", "Later"), hue(t, ACCENT));
	int y = caps.y + caps.h + len(t, AGENDA_NEXT_GAP), high = room.y + room.h - y, known = count < COMING_MAX ? count : COMING_MAX;
	int fit = count - from <= high / row ? count - from : (high - len(t, MORE_HIGH)) / row;
	int last = from + fit < known ? from + fit : known, most = len(t, SESSION_ROW_HIGH), all = high / (count - from);
	row = last < count ? row : all < row ? row : all > most ? most : all;
	for (int i = from; i < last; i++, y += row) {
		part_session_row(v, (struct box){room.x, y, room.w, row}, lists->coming[i]);
	}
	return last < count
		       ? draw_more(v, (struct box){room.x, y, room.w, 0}, (size_t)(count - last), lists->coming[last < known ? last : from])
		       : y;
}

/* What one row for later takes with its head, and with the line that says how many more. */
static int later_least(const struct view *v, int count) {
	const struct theme *t = v->pen.theme;
	return len(t, AGENDA_NEXT_HEAD) + len_sum(t, SESSION_ROW_LEAST, AGENDA_LISTS_GAP) + (count > 1 ? len(t, MORE_HIGH) : 0);
}

/* How many rows stand above the line that says how many more; where there is room for one of the two, it is the row. */
static int rows_above_more(const struct view *v, int high, int row) {
	int rows = (high - len(v->pen.theme, MORE_HIGH)) / row;
	return rows > 0 ? rows : high >= row ? 1 : 0;
}

/* What comes first always stands there, what follows takes turns below it: of the rest. */
static struct turned turned_rest(const struct view *v, int count, int shown) {
	return turned(v, (count < COMING_MAX ? count : COMING_MAX) - 1, shown - 1);
}

static int coming_at(const struct view *v, int count, int shown, int row) {
	return row == 0 ? 0 : turned_rest(v, count, shown).first + row;
}

/* The first of those that are not to be seen. */
static int coming_hidden(const struct view *v, int count, int shown) { return shown < 1 ? 0 : turned_rest(v, count, shown).hidden + 1; }

static int draw_coming(const struct view *v, struct box room, const struct lists *lists) {
	const struct theme *t = v->pen.theme;
	int next = count_next(v, lists), count = (int)lists->coming_count, later = count - next;
	int y = draw_coming_head(v, (struct pixel){room.x, room.y}, listed_day(v, lists->coming[0]));
	int least = len(t, SESSION_ROW_LEAST), most = len(t, SESSION_ROW_HIGH), end = room.y + room.h;
	bool parted = later > 0 && next * least + later_least(v, later) <= end - y;
	int high = end - y - (parted ? later_least(v, later) : 0);
	count = parted ? next : count;
	/* As high as fingers like when there is room, as low as the first rows need when there is not. */
	int row = high / (count < 6 ? count : 6), shown = count;
	row = row < least ? least : row > most ? most : row;
	if (count * row > high) {
		row = parted ? least : row;
		shown = parted ? count : rows_above_more(v, high, row);
	}
	for (int i = 0; i < shown; i++, y += row) {
		part_session_row(v, (struct box){room.x, y, room.w, row}, lists->coming[coming_at(v, count, shown, i)]);
	}
	if (parted) {
		y += len(t, AGENDA_LISTS_GAP);
		return draw_later(v, (struct box){room.x, y, room.w, end - y}, lists, next);
	}
	return shown < count && y + len(t, MORE_HIGH) <= end ? draw_more(v, (struct box){room.x, y, room.w, 0}, (size_t)(count - shown),
									 lists->coming[coming_hidden(v, count, shown)])
							     : y;
}

static int draw_no_agenda(const struct view *v, struct box room) {
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
	used = label_draw(&v->pen, (struct box){room.x, used.y + used.h + len(t, AGENDA_OVER_GAP), room.w, room.h / 3}, &second);
	strbuf_fini(&under);
	return used.y + used.h;
}

/* What is left below the lists has the code that takes the programme along; a link alone, which is small enough to be drawn with every picture. */
static void draw_code(const struct view *v, struct box room) {
	const struct theme *t = v->pen.theme;
	struct agenda_code code;
	int high = len(t, AGENDA_CODE_HIGH);
	if (room.h < high) {
		return;
	}
	agenda_code_make(v, &(struct agenda_wish){.side = high - len_twice(t, GAP_TIGHT)}, &code);
	if (code.qr != NULL) {
		agenda_code_draw(v, (struct box){room.x, room.y + room.h - high, room.w, high}, &code, true);
	}
	agenda_code_fini(&code);
}

/* Sessions that left their day stand where they were until they would have been over, as what was cancelled does. */
static void add_moved(const struct view *v, struct lists *lists) {
	int64_t now = v->model->now.v;
	for (int i = 0; (size_t)i < v->model->event->sessions.count; i++) {
		int old = i | LISTED_WAS;
		if (!listed_left_a_day(v, i) || listed_when(v, old)->end.v <= now) {
			continue;
		}
		if (listed_when(v, old)->start.v <= now) {
			listed_put(v, old, lists->running, lists->running_count++, RUNNING_MAX);
		} else if (lists->coming_count > 0 && listed_day(v, old) == listed_day(v, lists->coming[0])) {
			listed_put(v, old, lists->coming, lists->coming_count++, COMING_MAX);
		} else if (listed_day(v, old) == tz_local_day(v->model->event->tz, v->model->now)) { /* all that was left of today */
			lists->coming[0] = old;
			lists->coming_count = 1;
		}
	}
}

static void draw_lists(const struct view *v, struct box room) {
	const struct kiosk_event *event = v->model->event;
	struct lists lists;
	struct attract attract;
	if (mine(v->model)->held_ms == 0 && attract_now(v->model, quiet_since(v->model), &attract)) {
		attract_draw(v, room, &attract);
		return;
	}
	lists.running_count = kiosk_event_running_told(event, v->model->now, lists.running, RUNNING_MAX);
	lists.coming_count = kiosk_event_coming_told(event, v->model->now, lists.coming, COMING_MAX);
	add_moved(v, &lists);
	if (lists.running_count + lists.coming_count == 0) {
		int under = draw_no_agenda(v, room) + len(v->pen.theme, GAP_PARTS);
		draw_code(v, (struct box){room.x, under, room.w, room.y + room.h - under});
		return;
	}
	int y = room.y;
	if (lists.running_count > 0) {
		y = draw_running(v, room, &lists) + len(v->pen.theme, AGENDA_LISTS_GAP);
	}
	if (lists.coming_count > 0) {
		y = draw_coming(v, (struct box){room.x, y, room.w, room.y + room.h - y}, &lists) + len(v->pen.theme, GAP_TIGHT);
	}
	draw_code(v, (struct box){room.x, y, room.w, room.y + room.h - y});
}

/* What is announced, one after the other where there is more; for everybody to see, so it goes before the agenda. Returns how high that is. */
static int draw_announced(const struct view *v, int y) {
	const struct theme *t = v->pen.theme;
	const struct announcement *standing[ANNOUNCEMENTS_SHOWN_MAX];
	size_t count = 0;
	for (size_t i = 0; i < v->model->announcements.count; i++) {
		const struct announcement *a = &v->model->announcements.items[i];
		if (announcement_stands(a, v->model->now)) {
			standing[count++] = a;
		}
	}
	if (count == 0) {
		return 0;
	}
	const struct announcement *shown = standing[turn_of(v->model) % (int64_t)count];
	int edge = view_margin(v), air = len(t, ANNOUNCE_AIR), side = len(t, CARD_LEFT);
	struct label label = {.text = announcement_words(shown, words_code(v->tongue.words, v->tongue.language)),
			      .role = TYPE_HEAD,
			      .colour = hue(t, INK),
			      .lines = 2};
	struct box inner = {edge + side, y + air, t->width - 2 * (edge + side), 0};
	int high = label_measure(&v->pen, inner, &label).h;
	draw_fill(v->pen.list, (struct box){edge, y, t->width - 2 * edge, high + 2 * air}, len(t, ROUND_CARD), hue(t, AMBER));
	label_draw(&v->pen, inner, &label);
	return high + 2 * air + len(t, GAP_CLOSE);
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
	top += draw_announced(v, top);
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
		SCREEN_SET(SIGN) | SCREEN_SET(PIN) | SCREEN_SET(CREDITS) | SCREEN_SET(ACCESS),
	.preview = true,
	.act = act,
	.drag = drag,
	.told = told,
	.deadline = deadline,
	.idling = idling,
	.leave = leave,
	.draw = draw,
};
