#include "kiosk/ui/ink.h"

#include <math.h>
#include <stdlib.h>

#include "base/crypto.h"

#define STEP 12 /* INK_UNITs: a finger that rests writes no points */

static int longer_side(struct box box) { return box.w > box.h ? box.w : box.h; }

static int inside(int at, int from, int length) { return at < from ? 0 : at > from + length ? length : at - from; }

/* INK_UNIT to the longer side, both ways, so that the drawing keeps its proportions in any box. */
static struct pixel placed(struct box box, struct pixel at) {
	int side = longer_side(box) < 1 ? 1 : longer_side(box);
	return (struct pixel){inside(at.x, box.x, box.w) * INK_UNIT / side, inside(at.y, box.y, box.h) * INK_UNIT / side};
}

void ink_down(struct ink *ink, struct box box, struct pixel at) {
	if (ink->count == INK_POINTS_MAX || ink->strokes == INK_STROKES_MAX) {
		return;
	}
	ink->starts[ink->strokes++] = ink->count;
	ink->points[ink->count++] = placed(box, at);
	ink->down = true;
}

void ink_move(struct ink *ink, struct box box, struct pixel at) {
	if (!ink->down || ink->count == INK_POINTS_MAX) {
		return;
	}
	struct pixel p = placed(box, at), last = ink->points[ink->count - 1];
	if (abs(p.x - last.x) >= STEP || abs(p.y - last.y) >= STEP) {
		ink->points[ink->count++] = p;
	}
}

void ink_up(struct ink *ink) { ink->down = false; }

void ink_wipe(struct ink *ink) { crypto_wipe(ink, sizeof *ink); }

static size_t stroke_end(const struct ink *ink, size_t stroke) { return stroke + 1 < ink->strokes ? ink->starts[stroke + 1] : ink->count; }

int64_t ink_length(const struct ink *ink) {
	double sum = 0;
	for (size_t s = 0; s < ink->strokes; s++) {
		for (size_t i = ink->starts[s] + 1; i < stroke_end(ink, s); i++) {
			sum += hypot(ink->points[i].x - ink->points[i - 1].x, ink->points[i].y - ink->points[i - 1].y);
		}
	}
	return (int64_t)sum;
}

static struct pixel point_in(const struct ink *ink, size_t which, struct box box) {
	struct pixel p = ink->points[which];
	int side = longer_side(box);
	return (struct pixel){box.x + p.x * side / INK_UNIT, box.y + p.y * side / INK_UNIT};
}

void ink_draw(const struct pen *pen, struct box box, const struct ink *ink, uint32_t colour) {
	for (size_t s = 0; s < ink->strokes; s++) {
		size_t first = ink->starts[s], last = stroke_end(ink, s) - 1;
		do { /* in pieces that share a point; one of a single point is a dot: the round ends of a line of no length */
			struct pixel points[STROKE_POINTS_MAX];
			size_t n = 0;
			for (size_t i = first; i <= last && n < STROKE_POINTS_MAX; i++) {
				points[n++] = point_in(ink, i, box);
			}
			first += n - 1;
			if (n == 1) {
				points[n++] = points[0];
			}
			draw_stroke(pen->list, points, n, len(pen->theme, LINE_INK), colour);
		} while (first < last);
	}
}
