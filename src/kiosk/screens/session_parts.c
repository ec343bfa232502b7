#include "kiosk/screens/session_parts.h"

#include "base/alloc.h"
#include "base/str.h"

/* By the offset kept with the session: what was printed stays true. */
static int local_minutes(struct utc_ms utc, int offset_min) {
	int64_t minutes = utc.v / 60000 + offset_min;
	return (int)((minutes % 1440 + 1440) % 1440);
}

void part_session_start(const struct session *s, struct strbuf *out) { date_time(out, local_minutes(s->when.start, s->when.offset_min)); }

void part_session_times(const struct view *v, const struct session *s, struct strbuf *out) {
	part_session_start(s, out);
	if (s->when.end.v > s->when.start.v) {
		strbuf_adds(out, " – ");
		date_time(out, local_minutes(s->when.end, session_end_offset(&s->when, v->model->event->tz)));
	}
}

/* What stands under a session's title: speakers, else subtitle, track, kind. */
static const char *second_line(const struct session *s) {
	static const enum session_field order[] = {SESSION_SPEAKERS, SESSION_SUBTITLE, SESSION_TRACK, SESSION_KIND};
	for (size_t i = 0; i < COUNT_OF(order); i++) {
		if (session_text(s, order[i])[0] != '\0') {
			return session_text(s, order[i]);
		}
	}
	return "";
}

static int draw_card_times(const struct view *v, struct box line, const struct session *s, uint32_t colour) {
	const struct theme *t = v->pen.theme;
	struct strbuf times = {0};
	part_session_times(v, s, &times);
	int bar = t->portrait ? mm(t, 22) : mm(t, 36), right = line.x + line.w;
	double span = (double)(s->when.end.v - s->when.start.v);
	if (span > 0) {
		progress_draw(&v->pen, (struct box){right - bar, line.y + line.h / 2 - mm(t, 0.85), bar, mm(t, 1.7)},
			      (double)(v->model->now.v - s->when.start.v) / span, colour);
		right -= bar + mm(t, 4.3);
	}
	struct label label = {
		.text = strbuf_str(&times), .role = TYPE_STRONG, .colour = hue(t, INK), .align = ALIGN_RIGHT, .lines = 1, .middle = true};
	struct box used = label_draw(&v->pen, (struct box){line.x, line.y, right - line.x, line.h}, &label);
	strbuf_fini(&times);
	return used.x;
}

void part_session_card(const struct view *v, struct box box, int session) {
	const struct theme *t = v->pen.theme;
	const struct session *s = view_session_at(v, session);
	uint32_t colour = view_colour(v, session);
	draw_fill(v->pen.list, box, mm(t, 4.3), hue(t, CARD));
	draw_fill(v->pen.list, (struct box){box.x, box.y + mm(t, 4), mm(t, 2.2), box.h - mm(t, 8)}, mm(t, 1.1), colour);
	struct box inner = {box.x + mm(t, 7.9), box.y + mm(t, 3.4), box.w - mm(t, 14.4), mm(t, 8)};
	int left = draw_card_times(v, inner, s, colour);
	struct label room = {.text = str_or_empty(s->when.room), .role = TYPE_LABEL, .colour = colour, .lines = 1, .middle = true};
	label_draw(&v->pen, (struct box){inner.x, inner.y, left - mm(t, 4) - inner.x, inner.h}, &room);
	const char *second = second_line(s);
	bool one = second[0] != '\0';
	struct box title = {inner.x, inner.y + inner.h - mm(t, 0.6), inner.w,
			    one ? mm(t, 9.6) : box.y + box.h - mm(t, 2) - inner.y - inner.h};
	label_draw(&v->pen, title,
		   &(struct label){.text = session_text(s, SESSION_TITLE),
				   .role = TYPE_HEAD,
				   .colour = hue(t, INK),
				   .lines = one ? 1 : 2,
				   .middle = true});
	label_draw(&v->pen, (struct box){inner.x, title.y + title.h - mm(t, 0.4), inner.w, 0},
		   &(struct label){.text = second, .role = TYPE_SECOND, .colour = hue(t, MUTED), .lines = 1});
	draw_touch(v->pen.list, box, ACTION_SESSION, session);
}

void part_session_row(const struct view *v, struct box box, int session) {
	const struct theme *t = v->pen.theme;
	const struct session *s = view_session_at(v, session);
	int dot = mm(t, 3.6), gap = mm(t, 4);
	draw_fill(v->pen.list, (struct box){box.x + mm(t, 0.8), box.y + (box.h - dot) / 2, dot, dot}, dot / 2, view_colour(v, session));
	struct strbuf start = {0};
	part_session_start(s, &start);
	struct label time = {.text = strbuf_str(&start), .role = TYPE_STRONG, .colour = hue(t, INK), .lines = 1, .middle = true};
	int time_width = label_width(&v->pen, TYPE_STRONG, "00:00");
	struct box at = {box.x + mm(t, 8.5), box.y, time_width + mm(t, 1), box.h};
	label_draw(&v->pen, at, &time);
	struct label room = {.text = str_or_empty(s->when.room),
			     .role = TYPE_SECOND,
			     .colour = hue(t, MUTED),
			     .align = ALIGN_RIGHT,
			     .lines = 1,
			     .middle = true};
	struct box right = {box.x + box.w * 2 / 3, box.y, box.w / 3, box.h};
	struct box used = label_draw(&v->pen, right, &room);
	int x = at.x + at.w + gap, edge = str_empty(s->when.room) ? box.x + box.w : used.x - gap;
	/* Two lines, smaller, where one cannot hold the title. */
	label_draw(&v->pen, (struct box){x, box.y, edge - x, box.h},
		   &(struct label){
			   .text = session_text(s, SESSION_TITLE), .role = TYPE_BODY, .colour = hue(t, INK), .lines = 2, .middle = true});
	draw_touch(v->pen.list, box, ACTION_SESSION, session);
	strbuf_fini(&start);
}
