/* One session: when, where, who, and its abstract, a page at a time. */
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "kiosk/screens/screen.h"

/* The abstract wraps into lines first; pages are cut out of those. Texts beyond FLOW_LINES_MAX lines end with …. */
static void draw_abstract(const struct view *v, struct box room, const char *text) {
	const struct theme *t = v->pen.theme;
	struct flow flow;
	struct flow_room endless = {.width = room.w, .break_words = true};
	flow_set(&flow, t, v->pen.metrics, TYPE_BODY, text, &endless);
	int fit = room.h / flow.height, buttons = mm(t, 17);
	if ((int)flow.count > fit) {
		fit = (room.h - buttons - mm(t, 3)) / flow.height;
	}
	fit = fit < 1 ? 1 : fit;
	int pages = ((int)flow.count + fit - 1) / fit, page = v->model->page < pages ? v->model->page : pages - 1;
	for (int i = page * fit; i < (int)flow.count && i < (page + 1) * fit; i++) {
		struct draw_line line = {.face = flow.face,
					 .size = flow.size,
					 .height = flow.height,
					 .width = flow.lines[i].width,
					 .text = text + flow.lines[i].first,
					 .n = flow.lines[i].n};
		draw_text(v->pen.list, (struct point){room.x, room.y + (i - page * fit) * flow.height}, &line, INK);
	}
	int width = mm(t, 60), y = room.y + room.h - buttons;
	if (page > 0) {
		button_draw(&v->pen, (struct box){room.x, y, width, buttons},
			    &(struct button){.text = TC(v, "of a text", "Back up"), .action = ACTION_PAGE, .argument = -1});
	}
	if (page + 1 < pages) {
		button_draw(&v->pen, (struct box){room.x + room.w - width, y, width, buttons},
			    &(struct button){.text = TC(v, "of a text", "Read on"), .action = ACTION_PAGE, .argument = 1});
	}
}

static void say_when(const struct view *v, const struct session *s, struct strbuf *out) {
	date_long(out, &v->tongue, kiosk_session_day(s));
	strbuf_adds(out, " · ");
	part_session_times(v, s, out);
	if (!str_empty(s->when.room)) {
		strbuf_addf(out, " · %s", s->when.room);
	}
}

void screen_session(const struct view *v) {
	const struct theme *t = v->pen.theme;
	const struct session *s = view_session(v, v->model->session);
	const char *track = session_text(s, SESSION_TRACK);
	uint32_t colour = view_colour(v, v->model->session);
	struct box room = part_head(v, track);
	struct box column = {room.x, room.y, room.w > mm(t, 250) ? mm(t, 250) : room.w, room.h};
	struct strbuf when = {0};
	say_when(v, s, &when);
	struct label label = {.text = strbuf_str(&when), .role = TYPE_LABEL, .colour = colour, .lines = 2};
	struct box used = label_draw(&v->pen, (struct box){column.x, column.y, column.w, 0}, &label);
	strbuf_fini(&when);
	label = (struct label){.text = session_text(s, SESSION_TITLE), .role = TYPE_GREETING, .colour = INK, .lines = 4};
	used = label_draw(&v->pen, (struct box){column.x, used.y + used.h + mm(t, 3), column.w, 0}, &label);
	static const enum session_field under[] = {SESSION_SUBTITLE, SESSION_SPEAKERS};
	for (size_t i = 0; i < COUNT_OF(under); i++) {
		label = (struct label){.text = session_text(s, under[i]), .role = TYPE_STRONG, .colour = MUTED, .lines = 3};
		if (label.text[0] != '\0') {
			used = label_draw(&v->pen, (struct box){column.x, used.y + used.h + mm(t, 2.5), column.w, 0}, &label);
		}
	}
	int y = used.y + used.h + mm(t, 6);
	draw_abstract(v, (struct box){column.x, y, column.w, room.y + room.h - y}, session_text(s, SESSION_ABSTRACT));
}
