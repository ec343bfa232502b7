#include "kiosk/screens/session_parts.h"

#include "base/alloc.h"
#include "base/str.h"

/* By the place's offset that is kept with the session: what was printed stays true, and a source in another zone misleads nobody. */
static int local_minutes(struct utc_ms utc, int offset_min) {
	int64_t minutes = utc.v / 60000 + offset_min;
	return (int)((minutes % 1440 + 1440) % 1440);
}

void part_session_start(const struct session *s, struct strbuf *out) {
	date_time(out, local_minutes(s->when.start, s->when.place_offset_min));
}

void part_session_times(const struct view *v, const struct session *s, struct strbuf *out) {
	part_session_start(s, out);
	if (s->when.end.v > s->when.start.v) {
		strbuf_adds(out, " – ");
		date_time(out, local_minutes(s->when.end, session_end_place_offset(&s->when, v->model->event->tz)));
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
	int bar = len(t, t->portrait ? CARD_BAR_WIDE_UPRIGHT : CARD_BAR_WIDE), right = line.x + line.w;
	double span = (double)(s->when.end.v - s->when.start.v);
	if (span > 0) {
		int middle = line.y + line.h / 2 - mm(t, length_of(t, CARD_BAR_HIGH) / 2);
		progress_draw(&v->pen, (struct box){right - bar, middle, bar, len(t, CARD_BAR_HIGH)},
			      (double)(v->model->now.v - s->when.start.v) / span, colour);
		right -= bar + len(t, CARD_BAR_GAP);
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
	draw_fill(v->pen.list, box, len(t, ROUND_CARD), hue(t, CARD));
	struct box stripe = {box.x, box.y + len(t, CARD_STRIPE_AIR), len(t, CARD_STRIPE_WIDE), box.h - len_twice(t, CARD_STRIPE_AIR)};
	draw_fill(v->pen.list, stripe, mm(t, length_of(t, CARD_STRIPE_WIDE) / 2), colour);
	struct box inner = {box.x + len(t, CARD_LEFT), box.y + len(t, CARD_TOP), box.w - len_sum(t, CARD_LEFT, CARD_RIGHT),
			    len(t, CARD_LINE_HIGH)};
	int left = draw_card_times(v, inner, s, colour);
	struct label room = {.text = str_or_empty(s->when.room), .role = TYPE_LABEL, .colour = colour, .lines = 1, .middle = true};
	label_draw(&v->pen, (struct box){inner.x, inner.y, left - len(t, CARD_LINE_GAP) - inner.x, inner.h}, &room);
	const char *second = second_line(s);
	bool one = second[0] != '\0';
	struct box title = {inner.x, inner.y + inner.h - len(t, CARD_TITLE_UP), inner.w,
			    one ? len(t, CARD_TITLE_HIGH) : box.y + box.h - len(t, CARD_BOTTOM) - inner.y - inner.h};
	label_draw(&v->pen, title,
		   &(struct label){.text = session_text(s, SESSION_TITLE),
				   .role = TYPE_HEAD,
				   .colour = hue(t, INK),
				   .lines = one ? 1 : 2,
				   .middle = true});
	label_draw(&v->pen, box_below(inner, title, -len(t, CARD_SECOND_UP)),
		   &(struct label){.text = second, .role = TYPE_SECOND, .colour = hue(t, MUTED), .lines = 1});
	draw_touch(v->pen.list, box, ACTION_SESSION, session);
}

void part_session_row(const struct view *v, struct box box, int session) {
	const struct theme *t = v->pen.theme;
	const struct session *s = view_session_at(v, session);
	int dot = len(t, ROW_DOT), gap = len(t, ROW_GAP);
	draw_fill(v->pen.list, (struct box){box.x + len(t, ROW_DOT_LEFT), box.y + (box.h - dot) / 2, dot, dot}, dot / 2,
		  view_colour(v, session));
	struct strbuf start = {0};
	part_session_start(s, &start);
	struct label time = {.text = strbuf_str(&start), .role = TYPE_STRONG, .colour = hue(t, INK), .lines = 1, .middle = true};
	int time_width = label_width(&v->pen, TYPE_STRONG, "00:00");
	struct box at = {box.x + len(t, ROW_TIME_LEFT), box.y, time_width + len(t, ROW_TIME_SPARE), box.h};
	label_draw(&v->pen, at, &time);
	const char *where = s->cancelled ? T(v, "Cancelled") : str_or_empty(s->when.room);
	struct label room = {.text = where,
			     .role = TYPE_SECOND,
			     .colour = hue(t, s->cancelled ? RED : MUTED),
			     .align = ALIGN_RIGHT,
			     .lines = 1,
			     .middle = true};
	struct box right = {box.x + box.w * 2 / 3, box.y, box.w / 3, box.h};
	struct box used = label_draw(&v->pen, right, &room);
	int x = at.x + at.w + gap, edge = where[0] == '\0' ? box.x + box.w : used.x - gap;
	/* Two lines, smaller, where one cannot hold the title. */
	struct box title = {x, box.y, edge - x, box.h};
	struct box words = label_draw(&v->pen, title,
				      &(struct label){.text = session_text(s, SESSION_TITLE),
						      .role = TYPE_BODY,
						      .colour = hue(t, s->cancelled ? MUTED : INK),
						      .lines = 2,
						      .middle = true});
	if (s->cancelled) { /* struck out: a word alone is overlooked in a list */
		int line = len(t, LINE_HAIR);
		draw_fill(v->pen.list, (struct box){words.x, words.y + (words.h - line) / 2, words.w, line}, 0, hue(t, MUTED));
	}
	draw_touch(v->pen.list, box, ACTION_SESSION, session);
	strbuf_fini(&start);
}
