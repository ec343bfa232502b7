#include "kiosk/ui/ink.h"

#include <stdlib.h>

#include "base/crypto.h"

#define STEP 12 /* HANDWRITING_UNITs: a finger that rests writes no points */
#define BEND 4  /* pieces of the bow at a point: what a finger draws between two pictures is some 30 pixels long */

static int longer_side(struct box box) {
	int side = box.w > box.h ? box.w : box.h;
	return side < 1 ? 1 : side;
}

static int inside(int at, int from, int length) { return at < from ? 0 : at > from + length ? length : at - from; }

/* The unit to the longer side, both ways, so that the drawing keeps its proportions in any box. */
static struct written_point placed(const struct ink *ink, const struct ink_at *at) {
	struct box box = at->sheet;
	int side = longer_side(box);
	int64_t ms = at->ms - ink->first_ms;
	return (struct written_point){inside(at->finger.x, box.x, box.w) * HANDWRITING_UNIT / side,
				      inside(at->finger.y, box.y, box.h) * HANDWRITING_UNIT / side,
				      (int32_t)(ms < 0                    ? 0
						: ms > HANDWRITING_MS_MAX ? HANDWRITING_MS_MAX
									  : ms)};
}

void ink_down(struct ink *ink, const struct ink_at *at) {
	struct handwriting *hand = &ink->hand;
	if (hand->count == HANDWRITING_POINTS_MAX || hand->strokes == HANDWRITING_STROKES_MAX) {
		return;
	}
	if (hand->count == 0) {
		int side = longer_side(at->sheet);
		ink->first_ms = at->ms;
		hand->across = at->sheet.w * HANDWRITING_UNIT / side;
		hand->down = at->sheet.h * HANDWRITING_UNIT / side;
	}
	hand->starts[hand->strokes++] = hand->count;
	hand->points[hand->count++] = placed(ink, at);
	ink->down = true;
}

void ink_move(struct ink *ink, const struct ink_at *at) {
	struct handwriting *hand = &ink->hand;
	if (!ink->down || hand->count == HANDWRITING_POINTS_MAX) {
		return;
	}
	struct written_point p = placed(ink, at), last = hand->points[hand->count - 1];
	if (abs(p.x - last.x) >= STEP || abs(p.y - last.y) >= STEP) {
		hand->points[hand->count++] = p;
	}
}

void ink_up(struct ink *ink) { ink->down = false; }

void ink_wipe(struct ink *ink) { crypto_wipe(ink, sizeof *ink); }

/* --- drawing ------------------------------------------------------------------------------------------------------------------------- */

struct line { /* drawn in pieces that share a point */
	const struct pen *pen;
	uint32_t colour;
	struct pixel points[STROKE_POINTS_MAX];
	size_t n;
};

static void flush(struct line *line) {
	if (line->n == 1) { /* a dot: the round ends of a line of no length */
		line->points[line->n++] = line->points[0];
	}
	draw_stroke(line->pen->list, line->points, line->n, len(line->pen->theme, LINE_INK), line->colour);
	line->points[0] = line->points[line->n - 1];
	line->n = 1;
}

static void add(struct line *line, struct pixel p) {
	if (line->n == STROKE_POINTS_MAX) {
		flush(line);
	}
	line->points[line->n++] = p;
}

static struct pixel point_in(const struct handwriting *hand, size_t which, struct box box) {
	int side = longer_side(box);
	return (struct pixel){box.x + hand->points[which].x * side / HANDWRITING_UNIT,
			      box.y + hand->points[which].y * side / HANDWRITING_UNIT};
}

static struct pixel middle(struct pixel a, struct pixel b) { return (struct pixel){(a.x + b.x) / 2, (a.y + b.y) / 2}; }

/* A quadratic Bézier curve from one middle to the next; its handle is the point between. */
static void bend(struct line *line, struct pixel from, struct pixel handle, struct pixel to) {
	for (int i = 1; i <= BEND; i++) {
		int a = (BEND - i) * (BEND - i), b = 2 * i * (BEND - i), c = i * i;
		add(line, (struct pixel){(a * from.x + b * handle.x + c * to.x) / (BEND * BEND),
					 (a * from.y + b * handle.y + c * to.y) / (BEND * BEND)});
	}
}

void ink_draw(const struct pen *pen, struct box box, const struct handwriting *hand, uint32_t colour) {
	for (size_t s = 0; s < hand->strokes; s++) {
		size_t first = hand->starts[s], last = handwriting_end(hand, s) - 1;
		struct line line = {.pen = pen, .colour = colour};
		struct pixel before = point_in(hand, first, box);
		add(&line, before);
		for (size_t i = first + 1; i <= last; i++) {
			struct pixel p = point_in(hand, i, box),
				     from = i == first + 1 ? before : middle(point_in(hand, i - 2, box), before);
			bend(&line, from, before, middle(before, p));
			before = p;
		}
		if (last > first) {
			add(&line, before);
		}
		flush(&line);
	}
}
