/* One session: when, where, who, and its abstract, a page at a time. */
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "kiosk/screens/head.h"
#include "kiosk/screens/screens.h"
#include "kiosk/screens/session_parts.h"
#include "kiosk/screens/text_pages.h"

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

static void draw(const struct view *v) {
	const struct theme *t = v->pen.theme;
	const struct session *s = view_session_at(v, mine(v->model)->session);
	const char *track = session_text(s, SESSION_TRACK);
	uint32_t colour = view_colour(v, mine(v->model)->session);
	struct box room = part_head(v, track);
	struct box column = {room.x, room.y, room.w > len(t, SESSION_COLUMN_WIDE) ? len(t, SESSION_COLUMN_WIDE) : room.w, room.h};
	struct strbuf when = {0};
	say_when(v, s, &when);
	struct label label = {.text = strbuf_str(&when), .role = TYPE_LABEL, .colour = colour, .lines = 2};
	struct box used = label_draw(&v->pen, (struct box){column.x, column.y, column.w, 0}, &label);
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
