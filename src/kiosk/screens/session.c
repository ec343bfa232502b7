/* One session: when, where, who, and its abstract, a page at a time. */
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "event/calendar_text.h"
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
	}
	return msg->action == SESSION_PAGE;
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

static void say_when(const struct view *v, const struct session *s, struct strbuf *out) {
	date_long(out, &v->tongue, kiosk_session_day(s));
	strbuf_adds(out, " · ");
	part_session_times(v, s, out);
	if (!str_empty(s->when.room)) {
		strbuf_addf(out, " · %s", s->when.room);
	}
}

/* Nobody takes along what is over, or does not take place. */
static bool is_to_come(const struct view *v, const struct session *s) { return !s->cancelled && v->model->now.v < s->when.end.v; }

/* The code for a telephone's calendar, and what it is for: below it, or beside it on a panel that is higher than wide. */
static void draw_code(const struct view *v, struct box room, const struct session *s) {
	const struct theme *t = v->pen.theme;
	struct strbuf text = {0};
	struct box code = {room.x, room.y, room.w, room.w};
	struct label label = {.text = T(v, "For your calendar: point your phone at it"),
			      .role = TYPE_SECOND,
			      .colour = hue(t, MUTED),
			      .align = ALIGN_CENTRE,
			      .lines = 3};
	calendar_text(s, v->model->event->sessions.items[mine(v->model)->session].id, v->model->event->place, &text);
	if (t->portrait) {
		code.w = code.h = room.h;
		label.align = ALIGN_LEFT;
		label.middle = true;
	}
	if (qr_box_draw(&v->pen, code, strbuf_str(&text))) {
		struct box beside = {room.x + code.w + len(t, GAP_CLOSE), room.y, room.w - code.w - len(t, GAP_CLOSE), room.h};
		label_draw(&v->pen, t->portrait ? beside : (struct box){room.x, code.y + code.h + len(t, GAP_TIGHT), room.w, 0}, &label);
	}
	strbuf_fini(&text);
}

/* The room in two: what is said, and the code. */
static struct box part_code(const struct view *v, struct box room, const struct session *s) {
	const struct theme *t = v->pen.theme;
	int side = len(t, SESSION_CODE_WIDE), gap = len(t, GAP_FAR);
	if (!is_to_come(v, s)) {
		return room;
	}
	if (t->portrait) {
		draw_code(v, (struct box){room.x, room.y + room.h - side, room.w, side}, s);
		return (struct box){room.x, room.y, room.w, room.h - side - gap};
	}
	draw_code(v, (struct box){room.x + room.w - side, room.y, side, room.h}, s);
	return (struct box){room.x, room.y, room.w - side - gap, room.h};
}

static void draw(const struct view *v) {
	const struct theme *t = v->pen.theme;
	const struct session *s = view_session_at(v, mine(v->model)->session);
	const char *track = session_text(s, SESSION_TRACK);
	uint32_t colour = view_colour(v, mine(v->model)->session);
	struct box room = part_code(v, part_head(v, track), s);
	struct box column = {room.x, room.y, room.w > len(t, SESSION_COLUMN_WIDE) ? len(t, SESSION_COLUMN_WIDE) : room.w, room.h};
	struct strbuf when = {0};
	say_when(v, s, &when);
	struct label label = {.text = strbuf_str(&when), .role = TYPE_LABEL, .colour = colour, .lines = 2};
	struct box used = label_draw(&v->pen, (struct box){column.x, column.y, column.w, 0}, &label);
	if (s->cancelled) {
		label = (struct label){.text = T(v, "Cancelled"), .role = TYPE_GREETING, .colour = hue(t, RED), .lines = 1};
		used = label_draw(&v->pen, box_below(column, used, len(t, GAP_TIGHT)), &label);
	}
	strbuf_fini(&when);
	label = (struct label){.text = session_text(s, SESSION_TITLE), .role = TYPE_GREETING, .colour = hue(t, INK), .lines = 4};
	used = label_draw(&v->pen, box_below(column, used, len(t, GAP_TIGHT)), &label);
	static const enum session_field under[] = {SESSION_SUBTITLE, SESSION_SPEAKERS};
	for (size_t i = 0; i < COUNT_OF(under); i++) {
		label = (struct label){.text = session_text(s, under[i]), .role = TYPE_STRONG, .colour = hue(t, MUTED), .lines = 3};
		if (label.text[0] != '\0') {
			used = label_draw(&v->pen, box_below(column, used, len(t, SESSION_UNDER_GAP)), &label);
		}
	}
	int y = used.y + used.h + len(t, GAP_PARTS);
	part_text(v, (struct box){column.x, y, column.w, room.y + room.h - y}, session_text(s, SESSION_ABSTRACT), mine(v->model)->page,
		  SESSION_PAGE);
}

const struct screen screen_session = {
	.name = "session",
	.state = sizeof(struct session_screen),
	.enter = enter,
	.act = act,
	.told = told,
	.draw = draw,
};
