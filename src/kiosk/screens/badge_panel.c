#include "kiosk/screens/badge_panel.h"

#include <math.h>

#include "base/alloc.h"
#include "kiosk/screens/brackets.h"

void part_badge_sign(const struct view *v, struct box box) {
	const struct theme *t = v->pen.theme;
	int h = box.h * 6 / 10, w = h * 7 / 10, line = box.h / 45 + 1;
	struct box card = {box.x + (box.w - w) / 2, box.y + box.h * 3 / 10, w, h};
	struct pixel left[] = {{card.x + w / 2, card.y + h / 12}, {card.x + w / 5, box.y + box.h / 20}};
	struct pixel right[] = {{card.x + w / 2, card.y + h / 12}, {card.x + w * 4 / 5, box.y + box.h / 20}};
	draw_stroke(v->pen.list, left, 2, line * 2, hue(t, AMBER));
	draw_stroke(v->pen.list, right, 2, line * 2, hue(t, AMBER));
	draw_fill(v->pen.list, card, w / 10, hue(t, WHITE));
	draw_fill(v->pen.list, (struct box){card.x + w / 3, card.y + h / 14, w / 3, h / 22}, h / 44, hue(t, INK));
	int cell = w / 9, side = cell * 5;
	struct pixel at = {card.x + (w - side) / 2, card.y + h / 5};
	static const char *const pattern[] = {"##.##", "#..##", "..#..", "##..#", "##.#."};
	for (int y = 0; y < 5; y++) {
		for (int x = 0; x < 5; x++) {
			if (pattern[y][x] == '#') {
				draw_fill(v->pen.list, (struct box){at.x + x * cell, at.y + y * cell, cell, cell}, 0, hue(t, INK));
			}
		}
	}
	draw_fill(v->pen.list, (struct box){card.x + w / 6, card.y + h * 7 / 10, w * 2 / 3, h / 14}, h / 28, hue(t, INK));
	draw_fill(v->pen.list, (struct box){card.x + w / 4, card.y + h * 82 / 100, w / 2, h / 20}, h / 40, hue(t, MUTED));
}

static void draw_chevron(const struct view *v, struct pixel tip) {
	const struct theme *t = v->pen.theme;
	int half = len(t, PANEL_CHEVRON_HALF), high = len(t, PANEL_CHEVRON_HIGH);
	struct pixel points[] = {{tip.x - half, tip.y - high}, tip, {tip.x + half, tip.y - high}};
	draw_stroke(v->pen.list, points, COUNT_OF(points), len(t, LINE_CHEVRON), hue(t, AMBER));
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

/* Sideways, dying out: two swings. */
static int shake(const struct view *v) {
	int64_t since = v->model->ms - v->model->not_badge_ms;
	if (v->model->not_badge_ms == 0 || since >= v->pen.theme->style->timing.shake_ms) {
		return 0;
	}
	double part = (double)since / (double)v->pen.theme->style->timing.shake_ms;
	return (int)(sin(part * 2 * 2 * M_PI) * (1 - part) * len(v->pen.theme, PANEL_SHAKE));
}

/* Of a box that signs nobody in: whoever comes is not asked for a badge. */
static void draw_closed(const struct view *v, struct box box) {
	const struct theme *t = v->pen.theme;
	bool retired = model_standing(v->model) == STATION_RETIRED;
	int side = len(t, PANEL_WORDS_SIDE), gap = len(t, GAP_PARTS);
	struct box room = {box.x + side, box.y + len(t, PANEL_TOP), box.w - 2 * side, box.h - len_twice(t, PANEL_TOP)};
	struct label loud = {.text = retired ? T(v, "This box is out of use") : T(v, "This box cannot save anything now"),
			     .role = TYPE_TITLE,
			     .colour = hue(t, WHITE),
			     .align = ALIGN_CENTRE,
			     .lines = 4};
	struct label next = {.text = retired ? T(v, "Please go to another one") : T(v, "Please see our staff"),
			     .role = TYPE_STRONG,
			     .colour = hue(t, AMBER),
			     .align = ALIGN_CENTRE,
			     .lines = 4};
	int high = label_measure(&v->pen, room, &loud).h + gap + label_measure(&v->pen, room, &next).h;
	room.y += high < room.h ? (room.h - high) / 2 : 0;
	struct box used = label_draw(&v->pen, (struct box){room.x, room.y, room.w, 0}, &loud);
	label_draw(&v->pen, (struct box){room.x, used.y + used.h + gap, room.w, 0}, &next);
}

void part_badge_panel(const struct view *v, struct box box) {
	const struct theme *t = v->pen.theme;
	int pad = len(t, PANEL_SIDE);
	draw_fill(v->pen.list, box, len(t, ROUND_PANEL), hue(t, PANEL));
	if (!model_serves(v->model)) {
		draw_closed(v, box);
		return;
	}
	struct box head = {box.x + pad, box.y + len(t, PANEL_TOP), box.w - 2 * pad, len(t, PANEL_HEAD_HIGH)};
	label_draw(&v->pen, head,
		   &(struct label){.text = T(v, "Show your badge"),
				   .role = TYPE_TITLE,
				   .colour = hue(t, WHITE),
				   .align = ALIGN_CENTRE,
				   .lines = 1,
				   .middle = true});
	int foot = len(t, PANEL_FOOT_HIGH);
	struct box picture = {box.x + len(t, PANEL_PICTURE_SIDE), head.y + head.h + len(t, PANEL_PICTURE_TOP),
			      box.w - len_twice(t, PANEL_PICTURE_SIDE), 0};
	picture.h = box.y + box.h - foot - picture.y;
	if (picture.h > picture.w * 3 / 4 && !t->portrait) {
		picture.y += (picture.h - picture.w * 3 / 4) / 2;
		picture.h = picture.w * 3 / 4;
	}
	picture.x += shake(v);
	if (v->model->camera == CAMERA_OK) {
		draw_preview(v->pen.list, picture, len(t, ROUND_PICTURE), hue(t, PANEL));
	} else {
		draw_fill(v->pen.list, picture, len(t, ROUND_PICTURE), hue(t, PANEL_DIM));
		part_badge_sign(v, box_inset(picture, len(t, PANEL_SIGN_AIR)));
	}
	part_brackets(v, picture);
	struct box words = {box.x + len(t, PANEL_WORDS_SIDE), box.y + box.h - foot + len(t, PANEL_WORDS_TOP),
			    box.w - len_twice(t, PANEL_WORDS_SIDE), len(t, PANEL_WORDS_HIGH)};
	label_draw(&v->pen, words,
		   &(struct label){.text = words_below(v),
				   .role = TYPE_STRONG,
				   .colour = v->model->not_badge_ms != 0 || part_advice(v) != NULL ? hue(t, AMBER) : hue(t, WHITE),
				   .align = ALIGN_CENTRE,
				   .lines = 1,
				   .middle = true});
	draw_chevron(v, (struct pixel){box.x + box.w / 2, box.y + box.h - len(t, PANEL_CHEVRON_FOOT)});
}
