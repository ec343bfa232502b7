/* Parts of screens: sessions as cards and rows, the panel that asks for a badge. */
#include <math.h>

#include "base/alloc.h"
#include "base/str.h"
#include "kiosk/screens/screen.h"

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
		.text = strbuf_str(&times), .role = TYPE_STRONG, .colour = INK, .align = ALIGN_RIGHT, .lines = 1, .middle = true};
	struct box used = label_draw(&v->pen, (struct box){line.x, line.y, right - line.x, line.h}, &label);
	strbuf_fini(&times);
	return used.x;
}

void part_session_card(const struct view *v, struct box box, int session) {
	const struct theme *t = v->pen.theme;
	const struct session *s = view_session(v, session);
	uint32_t colour = view_colour(v, session);
	draw_fill(v->pen.list, box, mm(t, 4.3), CARD);
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
		   &(struct label){
			   .text = session_text(s, SESSION_TITLE), .role = TYPE_HEAD, .colour = INK, .lines = one ? 1 : 2, .middle = true});
	label_draw(&v->pen, (struct box){inner.x, title.y + title.h - mm(t, 0.4), inner.w, 0},
		   &(struct label){.text = second, .role = TYPE_SECOND, .colour = MUTED, .lines = 1});
	draw_touch(v->pen.list, box, ACTION_SESSION, session);
}

void part_session_row(const struct view *v, struct box box, int session) {
	const struct theme *t = v->pen.theme;
	const struct session *s = view_session(v, session);
	int dot = mm(t, 3.6), gap = mm(t, 4);
	draw_fill(v->pen.list, (struct box){box.x + mm(t, 0.8), box.y + (box.h - dot) / 2, dot, dot}, dot / 2, view_colour(v, session));
	struct strbuf start = {0};
	part_session_start(s, &start);
	struct label time = {.text = strbuf_str(&start), .role = TYPE_STRONG, .colour = INK, .lines = 1, .middle = true};
	int time_width = label_width(&v->pen, TYPE_STRONG, "00:00");
	struct box at = {box.x + mm(t, 8.5), box.y, time_width + mm(t, 1), box.h};
	label_draw(&v->pen, at, &time);
	struct label room = {
		.text = str_or_empty(s->when.room), .role = TYPE_SECOND, .colour = MUTED, .align = ALIGN_RIGHT, .lines = 1, .middle = true};
	struct box right = {box.x + box.w * 2 / 3, box.y, box.w / 3, box.h};
	struct box used = label_draw(&v->pen, right, &room);
	int x = at.x + at.w + gap, edge = str_empty(s->when.room) ? box.x + box.w : used.x - gap;
	/* Two lines, smaller, where one cannot hold the title. */
	label_draw(&v->pen, (struct box){x, box.y, edge - x, box.h},
		   &(struct label){.text = session_text(s, SESSION_TITLE), .role = TYPE_BODY, .colour = INK, .lines = 2, .middle = true});
	draw_touch(v->pen.list, box, ACTION_SESSION, session);
	strbuf_fini(&start);
}

/* --- the badge panel --------------------------------------------------------------------------------------------------------------- */

/* A badge on its ribbon, where no camera shows a picture. */
static void draw_badge_sign(const struct view *v, struct box box) {
	int h = box.h * 6 / 10, w = h * 7 / 10, line = box.h / 45 + 1;
	struct box card = {box.x + (box.w - w) / 2, box.y + box.h * 3 / 10, w, h};
	struct point left[] = {{card.x + w / 2, card.y + h / 12}, {card.x + w / 5, box.y + box.h / 20}};
	struct point right[] = {{card.x + w / 2, card.y + h / 12}, {card.x + w * 4 / 5, box.y + box.h / 20}};
	draw_stroke(v->pen.list, left, 2, line * 2, AMBER);
	draw_stroke(v->pen.list, right, 2, line * 2, AMBER);
	draw_fill(v->pen.list, card, w / 10, WHITE);
	draw_fill(v->pen.list, (struct box){card.x + w / 3, card.y + h / 14, w / 3, h / 22}, h / 44, INK);
	int cell = w / 9, side = cell * 5;
	struct point at = {card.x + (w - side) / 2, card.y + h / 5};
	static const char *const pattern[] = {"##.##", "#..##", "..#..", "##..#", "##.#."};
	for (int y = 0; y < 5; y++) {
		for (int x = 0; x < 5; x++) {
			if (pattern[y][x] == '#') {
				draw_fill(v->pen.list, (struct box){at.x + x * cell, at.y + y * cell, cell, cell}, 0, INK);
			}
		}
	}
	draw_fill(v->pen.list, (struct box){card.x + w / 6, card.y + h * 7 / 10, w * 2 / 3, h / 14}, h / 28, INK);
	draw_fill(v->pen.list, (struct box){card.x + w / 4, card.y + h * 82 / 100, w / 2, h / 20}, h / 40, MUTED);
}

static void draw_chevron(const struct view *v, struct point tip) {
	const struct theme *t = v->pen.theme;
	struct point points[] = {{tip.x - mm(t, 5.2), tip.y - mm(t, 4)}, tip, {tip.x + mm(t, 5.2), tip.y - mm(t, 4)}};
	draw_stroke(v->pen.list, points, COUNT_OF(points), mm(t, 1.5), AMBER);
}

static const char *words_below(const struct view *v) {
	const struct model *m = v->model;
	const char *advice = part_advice(v);
	if (m->not_badge_ms != 0) {
		return T(v, "This is not a badge of ours");
	}
	if (advice != NULL) {
		return advice;
	}
	if (m->camera == CAMERA_OK) {
		return T(v, "Hold it up to the camera");
	}
	return m->camera == CAMERA_STARTING ? T(v, "The camera is starting") : T(v, "Hold it under the scanner");
}

/* Sideways, dying out: three swings. */
static int shake(const struct view *v) {
	int64_t since = v->model->ms - v->model->not_badge_ms;
	if (v->model->not_badge_ms == 0 || since >= SHAKE_MS) {
		return 0;
	}
	double part = (double)since / SHAKE_MS;
	return (int)(sin(part * 3 * 2 * M_PI) * (1 - part) * mm(v->pen.theme, 4));
}

void part_badge_panel(const struct view *v, struct box box) {
	const struct theme *t = v->pen.theme;
	int pad = mm(t, 6);
	draw_fill(v->pen.list, box, mm(t, 6.5), PANEL);
	struct box head = {box.x + pad, box.y + mm(t, 4), box.w - 2 * pad, mm(t, 14)};
	label_draw(&v->pen, head,
		   &(struct label){.text = T(v, "Show your badge"),
				   .role = TYPE_TITLE,
				   .colour = WHITE,
				   .align = ALIGN_CENTRE,
				   .lines = 1,
				   .middle = true});
	int foot = mm(t, 25);
	struct box picture = {box.x + mm(t, 9), head.y + head.h + mm(t, 2), box.w - mm(t, 18), 0};
	picture.h = box.y + box.h - foot - picture.y;
	if (picture.h > picture.w * 3 / 4 && !t->portrait) {
		picture.y += (picture.h - picture.w * 3 / 4) / 2;
		picture.h = picture.w * 3 / 4;
	}
	picture.x += shake(v);
	if (v->model->camera == CAMERA_OK) {
		draw_preview(v->pen.list, picture, mm(t, 3.6), PANEL);
	} else {
		draw_fill(v->pen.list, picture, mm(t, 3.6), PANEL_DIM);
		draw_badge_sign(v, box_inset(picture, mm(t, 7)));
	}
	part_brackets(v, picture);
	struct box words = {box.x + mm(t, 3), box.y + box.h - foot + mm(t, 2), box.w - mm(t, 6), mm(t, 10)};
	label_draw(&v->pen, words,
		   &(struct label){.text = words_below(v),
				   .role = TYPE_STRONG,
				   .colour = v->model->not_badge_ms != 0 || part_advice(v) != NULL ? AMBER : WHITE,
				   .align = ALIGN_CENTRE,
				   .lines = 1,
				   .middle = true});
	draw_chevron(v, (struct point){box.x + box.w / 2, box.y + box.h - mm(t, 5.5)});
}
