#include "kiosk/screens/brackets.h"

#include <math.h>

#include "base/alloc.h"

#define WIDER 1.2 /* than the code: its quiet zone */

const char *part_advice(const struct view *v) {
	const struct model *m = v->model;
	switch (m->seen.ms != 0 && m->camera == CAMERA_OK ? m->seen.guidance : GUIDANCE_NONE) {
	case GUIDANCE_CLOSER: return TC(v, "to who holds up a badge", "Closer");
	case GUIDANCE_FURTHER: return TC(v, "to who holds up a badge", "Move it away");
	case GUIDANCE_LIGHT: return TC(v, "to who holds up a badge", "Too dark: more light, please");
	case GUIDANCE_GLARE: return TC(v, "to who holds up a badge", "Too much glare: tilt it a little");
	case GUIDANCE_STILL: return TC(v, "to who holds up a badge", "Hold still");
	case GUIDANCE_NONE:
	case GUIDANCE_COUNT: break;
	}
	return NULL;
}

/* So far from one point towards another. */
static struct pixel towards(struct pixel from, struct pixel to, double by) {
	double length = hypot(to.x - from.x, to.y - from.y);
	double part = length < 1 ? 0 : by / length;
	return (struct pixel){from.x + (int)lround((to.x - from.x) * part), from.y + (int)lround((to.y - from.y) * part)};
}

static void draw_bracket(const struct view *v, const struct pixel corners[4], int which, bool edged) {
	const struct theme *t = v->pen.theme;
	struct pixel at = corners[which], one = corners[(which + 3) % 4], other = corners[(which + 1) % 4];
	double shorter = fmin(hypot(one.x - at.x, one.y - at.y), hypot(other.x - at.x, other.y - at.y));
	double arm = fmin(len(t, BRACKET_ARM), shorter / 3), bend = arm * length_of(t, BRACKET_BEND) / length_of(t, BRACKET_ARM);
	struct pixel a = towards(at, one, bend), b = towards(at, other, bend);
	struct pixel middle = {(a.x + b.x) / 2, (a.y + b.y) / 2};
	struct pixel points[] = {towards(at, one, arm), a, towards(at, middle, hypot(middle.x - at.x, middle.y - at.y) * 0.6), b,
				 towards(at, other, arm)};
	if (edged) {
		draw_stroke(v->pen.list, points, COUNT_OF(points), mm(t, length_of(t, LINE_BRACKET) + 2 * length_of(t, LINE_BRACKET_EDGE)),
			    hue(t, INK));
	}
	draw_stroke(v->pen.list, points, COUNT_OF(points), len(t, LINE_BRACKET), hue(t, AMBER));
}

/* A spot of the picture, whose middle fills the box as the renderer has it (kiosk/sdl/render_sdl.c). */
static struct pixel placed(const struct seen_code *seen, struct box box, struct turn_spot spot) {
	double w = seen->width, h = w * box.h / box.w;
	if (h > seen->height) {
		h = seen->height;
		w = h * box.w / box.h;
	}
	double scale = box.w / w;
	return (struct pixel){box.x + (int)lround((spot.x - (seen->width - w) / 2) * scale),
			      box.y + (int)lround((spot.y - (seen->height - h) / 2) * scale)};
}

/* Around the code, not upon it; and large enough to be seen when that is small. */
static void widen(const struct view *v, struct pixel corners[4]) {
	double shortest = 1e9;
	struct pixel middle = {0, 0};
	for (int i = 0; i < 4; i++) {
		struct pixel next = corners[(i + 1) % 4];
		shortest = fmin(shortest, hypot(next.x - corners[i].x, next.y - corners[i].y));
		middle.x += corners[i].x;
		middle.y += corners[i].y;
	}
	middle = (struct pixel){(int)lround(middle.x / 4.0), (int)lround(middle.y / 4.0)};
	double by = fmax(WIDER, len(v->pen.theme, BRACKET_SIDE) / fmax(shortest, 1));
	for (int i = 0; i < 4; i++) {
		corners[i].x = middle.x + (int)lround((corners[i].x - middle.x) * by);
		corners[i].y = middle.y + (int)lround((corners[i].y - middle.y) * by);
	}
}

void part_brackets(const struct view *v, struct box picture) {
	const struct seen_code *seen = &v->model->seen;
	struct box inner = box_inset(picture, len(v->pen.theme, BRACKET_AIR));
	struct pixel corners[4] = {
		{inner.x, inner.y}, {inner.x + inner.w, inner.y}, {inner.x + inner.w, inner.y + inner.h}, {inner.x, inner.y + inner.h}};
	bool marked = seen->ms != 0 && seen->marked && v->model->camera == CAMERA_OK && seen->width > 0 && seen->height > 0;
	for (int i = 0; i < 4 && marked; i++) {
		corners[i] = placed(seen, picture, seen->corners[i]);
	}
	if (marked) {
		widen(v, corners);
	}
	for (int i = 0; i < 4; i++) {
		if (!marked || box_holds(picture, corners[i])) { /* what lies beyond the picture is not drawn beside it */
			draw_bracket(v, corners, i, marked);
		}
	}
}
