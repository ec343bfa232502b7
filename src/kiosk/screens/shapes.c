#include "kiosk/screens/shapes.h"

#include <math.h>

#include "base/alloc.h"

/* Drawn on a grid of 100 x 100 that fills the box. */
struct grid {
	const struct pen *pen;
	struct box box;
	uint32_t fore, back;
	double part; /* of it that is drawn */
};

static struct pixel at(const struct grid *g, double x, double y) {
	return (struct pixel){g->box.x + (int)(x * g->box.w / 100 + 0.5), g->box.y + (int)(y * g->box.h / 100 + 0.5)};
}

static int length(const struct grid *g, double n) { return (int)(n * g->box.w / 100 + 0.5); }

static struct box cell(const struct grid *g, double x, double y, double w, double h) {
	struct pixel p = at(g, x, y);
	return (struct box){p.x, p.y, length(g, w), length(g, h)};
}

/* So much of it as a pen has drawn by then: down, then up. */
static void tick(const struct grid *g, uint32_t colour) {
	static const double DOWN = 0.38; /* of its length */
	double down = fmin(g->part / DOWN, 1), up = fmax(0, (g->part - DOWN) / (1 - DOWN));
	struct pixel points[] = {at(g, 27, 52), at(g, 27 + 16 * down, 52 + 17 * down), at(g, 43 + 31 * up, 69 - 37 * up)};
	draw_stroke(g->pen->list, points, up > 0 ? 3 : 2, length(g, 11), colour);
}

static void regular(const struct grid *g, int corners, double turn) {
	struct pixel points[8];
	for (int i = 0; i < corners; i++) {
		double angle = (turn + 360.0 * i / corners) * M_PI / 180;
		points[i] = at(g, 50 + 48 * sin(angle), 50 - 48 * cos(angle));
	}
	draw_polygon(g->pen->list, points, (size_t)corners, length(g, 3), g->fore);
}

static void draw_again(const struct grid *g) {
	regular(g, 6, 0);
	struct arc arc = {.box = cell(g, 25, 25, 50, 50), .width = length(g, 8), .from = 30, .to = 290};
	draw_arc(g->pen->list, &arc, g->back);
	/* The head sits on the arc's end and points along it, clockwise. */
	double angle = 296 * M_PI / 180, radius = 21, x = 50 + radius * sin(angle), y = 50 - radius * cos(angle);
	double out_x = sin(angle), out_y = -cos(angle), on_x = cos(angle), on_y = sin(angle);
	struct pixel head[] = {at(g, x + 13 * out_x, y + 13 * out_y), at(g, x - 13 * out_x, y - 13 * out_y),
			       at(g, x + 21 * on_x, y + 21 * on_y)};
	draw_polygon(g->pen->list, head, COUNT_OF(head), length(g, 1.5), g->back);
}

static void draw_clock_ring(const struct grid *g) {
	draw_fill(g->pen->list, cell(g, 2, 2, 96, 96), length(g, 48), g->fore);
	draw_fill(g->pen->list, cell(g, 12, 12, 76, 76), length(g, 38), g->back);
	struct pixel hands[] = {at(g, 50, 26), at(g, 50, 50), at(g, 66, 60)};
	draw_stroke(g->pen->list, hands, COUNT_OF(hands), length(g, 8), g->fore);
}

static void draw_dashed(const struct grid *g) {
	for (int i = 0; i < 10; i++) {
		struct arc arc = {.box = cell(g, 2, 2, 96, 96), .width = length(g, 7), .from = i * 36 + 4, .to = i * 36 + 24};
		draw_arc(g->pen->list, &arc, g->fore);
	}
	draw_fill(g->pen->list, cell(g, 14, 14, 72, 72), length(g, 36), g->fore);
	tick(g, g->back);
}

static void draw_unknown(const struct grid *g) {
	draw_fill(g->pen->list, cell(g, 4, 4, 92, 92), length(g, 9), g->fore);
	struct arc arc = {.box = cell(g, 32, 20, 36, 36), .width = length(g, 10), .from = -85, .to = 135};
	draw_arc(g->pen->list, &arc, g->back);
	/* From the arc's end a quadratic curve down into the stem. */
	struct pixel stem[9];
	for (int i = 0; i < 9; i++) {
		double u = i / 8.0, v = 1 - u;
		stem[i] = at(g, v * v * 59.2 + 2 * u * v * 50 + u * u * 50, v * v * 47.2 + 2 * u * v * 56.4 + u * u * 65);
	}
	draw_stroke(g->pen->list, stem, COUNT_OF(stem), length(g, 10), g->back);
	draw_fill(g->pen->list, cell(g, 43.5, 73, 13, 13), length(g, 6.5), g->back);
}

static void draw_stop(const struct grid *g) {
	regular(g, 8, 22.5);
	struct pixel falling[] = {at(g, 33, 33), at(g, 67, 67)};
	struct pixel rising[] = {at(g, 33, 67), at(g, 67, 33)};
	draw_stroke(g->pen->list, falling, 2, length(g, 10.5), g->back);
	draw_stroke(g->pen->list, rising, 2, length(g, 10.5), g->back);
}

static void draw_day(const struct grid *g) {
	draw_fill(g->pen->list, cell(g, 6, 12, 88, 84), length(g, 9), g->fore);
	draw_fill(g->pen->list, cell(g, 14, 36, 72, 52), length(g, 4), g->back);
	draw_fill(g->pen->list, cell(g, 25, 3, 9, 20), length(g, 4.5), g->fore);
	draw_fill(g->pen->list, cell(g, 66, 3, 9, 20), length(g, 4.5), g->fore);
	for (int i = 0; i < 8; i++) {
		int x = i % 4, y = i / 4;
		double grow = i == 5 ? 4 : 0;
		draw_fill(g->pen->list, cell(g, 21 + x * 16 - grow / 2, 44 + y * 19 - grow / 2, 10 + grow, 12 + grow), length(g, 2),
			  g->fore);
	}
}

static void draw_other(const struct grid *g) {
	draw_fill(g->pen->list, cell(g, 16, 6, 68, 88), length(g, 9), g->fore);
	draw_fill(g->pen->list, cell(g, 40, 12, 20, 5), length(g, 2.5), g->back);
	struct pixel shaft[] = {at(g, 32, 53), at(g, 67, 53)};
	struct pixel head[] = {at(g, 54, 39), at(g, 68, 53), at(g, 54, 67)};
	draw_stroke(g->pen->list, shaft, 2, length(g, 8), g->back);
	draw_stroke(g->pen->list, head, COUNT_OF(head), length(g, 8), g->back);
}

/* A bar in a card: alone it looks like an empty field. */
static void draw_full(const struct grid *g) {
	draw_fill(g->pen->list, cell(g, 4, 4, 92, 92), length(g, 12), g->fore);
	draw_fill(g->pen->list, cell(g, 18, 39, 64, 22), length(g, 6), g->back);
}

static void draw_alarm(const struct grid *g) {
	regular(g, 8, 22.5);
	struct pixel stem[] = {at(g, 50, 28), at(g, 50, 56)};
	draw_stroke(g->pen->list, stem, 2, length(g, 10), g->back);
	draw_fill(g->pen->list, cell(g, 44, 67, 12, 12), length(g, 6), g->back);
}

void shape_draw_part(const struct pen *pen, enum shape shape, struct box box, double part, const uint32_t colours[2]) {
	struct grid g = {pen, box, colours[0], colours[1], part};
	switch (shape) {
	case SHAPE_CHECK:
		draw_fill(pen->list, cell(&g, 2, 2, 96, 96), length(&g, 48), g.fore);
		tick(&g, g.back);
		break;
	case SHAPE_AGAIN: draw_again(&g); break;
	case SHAPE_CLOCK: draw_clock_ring(&g); break;
	case SHAPE_DASHED: draw_dashed(&g); break;
	case SHAPE_UNKNOWN: draw_unknown(&g); break;
	case SHAPE_STOP: draw_stop(&g); break;
	case SHAPE_DAY: draw_day(&g); break;
	case SHAPE_OTHER: draw_other(&g); break;
	case SHAPE_FULL: draw_full(&g); break;
	case SHAPE_ALARM: draw_alarm(&g); break;
	case SHAPE_COUNT: break;
	}
}

void shape_draw(const struct pen *pen, enum shape shape, struct box box, uint32_t fore, uint32_t back) {
	shape_draw_part(pen, shape, box, 1, (const uint32_t[2]){fore, back});
}
