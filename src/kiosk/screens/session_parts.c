#include "kiosk/screens/session_parts.h"

#include "base/alloc.h"
#include "base/str.h"
#include "kiosk/screens/change_parts.h"

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

/* As it stands in a list: struck out where it does not take place, or not there any more. */
struct shown {
	struct session at; /* borrowed, with when and where of that place */
	bool struck;
};
static struct shown shown_of(const struct view *v, int listed) {
	struct shown shown = {.at = *view_session_at(v, listed_session(listed))};
	shown.at.when = *listed_when(v, listed);
	shown.struck = shown.at.cancelled || listed_was(listed);
	return shown;
}

/* How much of what runs is over; of one that does not take place that it does not. Returns the left edge. */
static int draw_card_state(const struct view *v, struct box line, int listed) {
	const struct theme *t = v->pen.theme;
	const struct shown shown = shown_of(v, listed);
	const struct session *s = &shown.at;
	int bar = len(t, t->portrait ? CARD_BAR_WIDE_UPRIGHT : CARD_BAR_WIDE), right = line.x + line.w;
	double span = (double)(s->when.end.v - s->when.start.v);
	if (shown.struck) {
		return part_change_chip(v, line, listed) - len(t, CARD_BAR_GAP);
	}
	if (span <= 0 || v->model->now.v < s->when.start.v || v->model->now.v >= s->when.end.v) {
		return right;
	}
	int middle = line.y + line.h / 2 - mm(t, length_of(t, CARD_BAR_HIGH) / 2);
	progress_draw(&v->pen, (struct box){right - bar, middle, bar, len(t, CARD_BAR_HIGH)},
		      (double)(v->model->now.v - s->when.start.v) / span, view_colour(v, listed_session(listed)));
	return right - bar - len(t, CARD_BAR_GAP);
}

/* When, and where. */
static void draw_card_line(const struct view *v, struct box line, int listed) {
	const struct theme *t = v->pen.theme;
	const struct shown shown = shown_of(v, listed);
	const struct session *s = &shown.at;
	struct strbuf times = {0};
	part_session_times(v, s, &times);
	int right = draw_card_state(v, line, listed);
	struct label label = {.text = strbuf_str(&times),
			      .role = TYPE_STRONG,
			      .colour = hue(t, INK),
			      .align = ALIGN_RIGHT,
			      .lines = 1,
			      .middle = true,
			      .struck = shown.struck};
	struct box used = label_draw(&v->pen, (struct box){line.x, line.y, right - line.x, line.h}, &label);
	strbuf_fini(&times);
	const char *where = listed_was(listed) ? "" : str_or_empty(s->when.room); /* the chip takes its room */
	label = (struct label){
		.text = where, .role = TYPE_LABEL, .colour = view_colour(v, listed_session(listed)), .lines = 1, .middle = true};
	label_draw(&v->pen, (struct box){line.x, line.y, used.x - len(t, CARD_LINE_GAP) - line.x, line.h}, &label);
}

/* The last line: who, and what of when and where is another than people were told. */
static void draw_card_foot(const struct view *v, struct box card, struct box foot, int listed) {
	const struct theme *t = v->pen.theme;
	int high = len(t, CHANGE_HIGH), right = foot.x + foot.w, gap = 0;
	if (!shown_of(v, listed).struck && part_change_tells(v, listed)) {
		struct box chip = {foot.x, card.y + card.h - len(t, CARD_CHANGE_FOOT) - high, foot.w, high};
		right = part_change_chip(v, chip, listed);
		gap = len(t, ROW_GAP);
	}
	label_draw(&v->pen, (struct box){foot.x, foot.y, right - gap - foot.x, 0},
		   &(struct label){.text = second_line(view_session_at(v, listed_session(listed))),
				   .role = TYPE_SECOND,
				   .colour = hue(t, MUTED),
				   .lines = 1});
}

#define LARGER_BY 8 /* so much of its size at least, one part of so many: less is no gain */

/* A title that is longer than its line has the next one, too, where it is whole or clearly larger then: who speaks is told by a touch. */
static bool wants_two(const struct view *v, const struct label *title, struct box one, struct box two) {
	struct label longer = *title;
	longer.lines = 2;
	bool cut = label_is_cut(&v->pen, one, title);
	int size = label_size(&v->pen, one, title);
	return cut || label_size(&v->pen, two, &longer) >= size + size / LARGER_BY;
}

void part_session_card(const struct view *v, struct box box, int listed) {
	const struct theme *t = v->pen.theme;
	const struct shown shown = shown_of(v, listed);
	const struct session *s = &shown.at;
	uint32_t colour = view_colour(v, listed_session(listed));
	draw_fill(v->pen.list, box, len(t, ROUND_CARD), hue(t, CARD));
	struct box stripe = {box.x, box.y + len(t, CARD_STRIPE_AIR), len(t, CARD_STRIPE_WIDE), box.h - len_twice(t, CARD_STRIPE_AIR)};
	draw_fill(v->pen.list, stripe, mm(t, length_of(t, CARD_STRIPE_WIDE) / 2), colour);
	struct box inner = {box.x + len(t, CARD_LEFT), box.y + len(t, CARD_TOP), box.w - len_sum(t, CARD_LEFT, CARD_RIGHT),
			    len(t, CARD_LINE_HIGH)};
	draw_card_line(v, inner, listed);
	bool told = !shown.struck && part_change_tells(v, listed);
	int foot = box.y + box.h - len(t, CARD_BOTTOM);
	struct label title = {.text = session_text(s, SESSION_TITLE),
			      .role = TYPE_HEAD,
			      .colour = hue(t, INK),
			      .lines = 1,
			      .middle = true,
			      .struck = shown.struck};
	struct box one = {inner.x, inner.y + inner.h - len(t, CARD_TITLE_UP), inner.w, len(t, CARD_TITLE_HIGH)}, two = one;
	two.h = foot - inner.y - inner.h;
	if (!told && (second_line(s)[0] == '\0' || wants_two(v, &title, one, two))) {
		title.lines = 2;
		label_draw(&v->pen, two, &title);
	} else {
		label_draw(&v->pen, one, &title);
		draw_card_foot(v, box, box_below(inner, one, -len(t, CARD_SECOND_UP)), listed);
	}
	draw_touch(v->pen.list, box, ACTION_SESSION, listed_session(listed));
}

#define ROW_CHANGE_SHARE 32 /* of a row's width, per cent: the title is what people look for */

/* The right end of a row: where it is, and what became of it. Returns its left edge. */
static int draw_row_end(const struct view *v, struct box box, int listed) {
	const struct theme *t = v->pen.theme;
	const struct shown shown = shown_of(v, listed);
	const struct session *s = &shown.at;
	const char *where = shown.struck ? "" : str_or_empty(s->when.room); /* nobody goes there */
	struct box right = {box.x + box.w * 2 / 3, box.y, box.w / 3, box.h};
	int edge = box.x + box.w, gap = len(t, ROW_GAP);
	if (where[0] != '\0') {
		struct label room = {
			.text = where, .role = TYPE_SECOND, .colour = hue(t, MUTED), .align = ALIGN_RIGHT, .lines = 1, .middle = true};
		edge = label_draw(&v->pen, right, &room).x - gap;
	}
	int most = box.w * ROW_CHANGE_SHARE / 100;
	int left = part_change_chip(v, (struct box){edge - most, box.y, most, box.h}, listed);
	return left < edge ? left - gap : edge;
}

void part_session_row(const struct view *v, struct box box, int listed) {
	const struct theme *t = v->pen.theme;
	const struct shown shown = shown_of(v, listed);
	const struct session *s = &shown.at;
	int dot = len(t, ROW_DOT), gap = len(t, ROW_GAP);
	draw_fill(v->pen.list, (struct box){box.x + len(t, ROW_DOT_LEFT), box.y + (box.h - dot) / 2, dot, dot}, dot / 2,
		  view_colour(v, listed_session(listed)));
	struct strbuf start = {0};
	part_session_start(s, &start);
	struct label time = {
		.text = strbuf_str(&start), .role = TYPE_STRONG, .colour = hue(t, INK), .lines = 1, .middle = true, .struck = shown.struck};
	int time_width = label_width(&v->pen, TYPE_STRONG, "00:00");
	struct box at = {box.x + len(t, ROW_TIME_LEFT), box.y, time_width + len(t, ROW_TIME_SPARE), box.h};
	label_draw(&v->pen, at, &time);
	int x = at.x + at.w + gap, edge = draw_row_end(v, box, listed);
	/* Two lines where one cannot hold the title, and three where these would have to be smaller: as many as the row is high enough for. */
	label_draw(&v->pen, (struct box){x, box.y, edge - x, box.h},
		   &(struct label){.text = session_text(s, SESSION_TITLE),
				   .role = TYPE_BODY,
				   .colour = hue(t, INK),
				   .lines = 3,
				   .middle = true,
				   .struck = shown.struck});
	draw_touch(v->pen.list, box, ACTION_SESSION, listed_session(listed));
	strbuf_fini(&start);
}
