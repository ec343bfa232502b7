#include "scan/qr/finders.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define RUNS 5
#define RAYS 40

/* Distances between edges of one kind, which ink that spreads and light that blooms leave as they are: dark and light are 2, 4, 4 and 2 modules
 * together. Each may be off by half a module and half a pixel, the wide ones by half as much again. In twelfths of a module, so that whole numbers do. */
static bool is_finder(const int r[RUNS]) {
	int a = r[0] + r[1];
	int b = r[1] + r[2];
	int c = r[2] + r[3];
	int d = r[3] + r[4];
	int module = a + b + c + d; /* twelve of them */
	/* Half a module and half a pixel, in twelfths. The middle run alone has to be 1.8 to 4.2 modules. */
	int slack = module / 2 + 6;
	return module >= 12 && 120 * r[2] > 18 * module && 120 * r[2] < 42 * module && abs(12 * a - 2 * module) < slack &&
	       abs(12 * d - 2 * module) < slack && 2 * abs(12 * b - 4 * module) < 3 * slack && 2 * abs(12 * c - 4 * module) < 3 * slack;
}

/* Ink beside a pattern makes its outermost run longer: that is cut off at where it should end. Returns at how many ends it was. */
static int cut_off(int r[RUNS]) {
	int most = (r[1] + 2 * r[2] + r[3]) * 3 / 16 + 1; /* one and a half of the modules, of which the inner ones are eight */
	int cut = 0;
	for (int end = 0; end < RUNS; end += RUNS - 1) {
		if (r[end] > most) {
			r[end] = (r[1] + 2 * r[2] + r[3]) / 8;
			cut++;
		}
	}
	return cut;
}

struct line {
	const struct bitmap *b;
	bool inked;
	int x, y;   /* from here … */
	int dx, dy; /* … both ways along this */
	int limit;  /* pixels of one run at most */
};

/* The three runs from the middle on in one direction: half of the middle one, light, dark, the last of which may have no end. False at the edge of the
 * picture. */
static bool half_runs(const struct line *l, int sign, int out[3]) {
	int x = l->x;
	int y = l->y;
	for (int run = 0; run < 3; run++) {
		bool dark = run != 1;
		int n = 0;
		while (bitmap_inside(l->b, x, y) && bitmap_dark(l->b, x, y) == dark && n <= l->limit) {
			x += sign * l->dx;
			y += sign * l->dy;
			n++;
		}
		if (n == 0 || (n > l->limit && (run < 2 || !l->inked)) || (run < 2 && !bitmap_inside(l->b, x, y))) {
			return false;
		}
		out[run] = n;
	}
	return true;
}

struct crossed {
	float total, centre; /* pixels, and where the middle run's middle is in steps from the line's point */
	int cut;             /* ends */
};

/* Both halves put together. */
static bool cross(const struct line *l, struct crossed *out) {
	int r[RUNS];
	int back[3], on[3];
	if (!half_runs(l, -1, back) || !half_runs(l, 1, on)) {
		return false;
	}
	r[0] = back[2];
	r[1] = back[1];
	/* Both halves begin with the point itself. */
	r[2] = back[0] + on[0] - 1;
	r[3] = on[1];
	r[4] = on[2];
	out->cut = l->inked ? cut_off(r) : 0;
	out->centre = (float)(on[0] - back[0]) / 2;
	out->total = (float)(r[0] + r[1] + r[2] + r[3] + r[4]);
	return is_finder(r);
}

/* A line through the middle lets its runs stand so in every direction; on one side there may be ink beside it. */
static bool examine(const struct line *through, float across, struct finder *out) {
	struct crossed down, row, slant;
	struct line l = *through;
	const struct bitmap *b = l.b;
	/* `across` is the middle run of three modules: no run of the pattern is much longer than that. */
	l.limit = (int)(across * 1.5F) + 2;
	l.dy = 1;
	if (!bitmap_dark(b, l.x, l.y) || !cross(&l, &down)) {
		return false;
	}
	float cy = (float)l.y + 0.5F + down.centre;
	l.y = (int)cy;
	l.dx = 1;
	l.dy = 0;
	if (!bitmap_dark(b, l.x, l.y) || !cross(&l, &row)) {
		return false;
	}
	float cx = (float)l.x + 0.5F + row.centre;
	float tall = down.total;
	float wide = row.total;
	if (down.cut + row.cut > 1 || tall > 4 * wide || wide > 4 * tall) {
		return false;
	}
	l.x = (int)cx;
	l.dy = 1;
	bool one = cross(&l, &slant);
	l.dy = -1;
	if (!one && !cross(&l, &slant)) {
		return false;
	}
	*out = (struct finder){.centre = {cx, cy}, .module = (tall + wide) / 14, .hits = 1};
	return true;
}

/* The known one that the point lies in; NULL. */
static struct finder *known_at(struct finders *f, float x, float y) {
	for (int i = 0; i < f->count; i++) {
		float reach = 1.5F * f->items[i].module;
		if (fabsf(f->items[i].centre.x - x) <= reach && fabsf(f->items[i].centre.y - y) <= reach) {
			return &f->items[i];
		}
	}
	return NULL;
}

static void add(struct finders *f, const struct finder *found) {
	struct finder *known = known_at(f, found->centre.x, found->centre.y);
	if (known != NULL) {
		float n = (float)known->hits;
		known->centre = point_times(point_add(point_times(known->centre, n), found->centre), 1 / (n + 1));
		known->module = (known->module * n + found->module) / (n + 1);
		known->hits++;
	} else if (f->count < FINDERS_MAX) {
		f->items[f->count++] = *found;
	} else { /* the weakest makes room: it is the last one that was seen once */
		for (int i = FINDERS_MAX - 1; i >= 0; i--) {
			if (f->items[i].hits == 1) {
				f->items[i] = *found;
				return;
			}
		}
	}
}

struct row {
	const uint16_t *changes;
	int count, y;
	const struct finders_options *options;
};

static void scan_row(const struct bitmap *b, const struct row *row, struct finders *out) {
	const uint16_t *changes = row->changes;
	for (int i = 0; i + RUNS < row->count; i += 2) {
		int r[RUNS];
		for (int k = 0; k < RUNS; k++) {
			r[k] = changes[i + k + 1] - changes[i + k];
		}
		if ((row->options->inked && cut_off(r) > 1) || !is_finder(r)) {
			continue;
		}
		float x = (float)(changes[i + 2] + changes[i + 3]) / 2;
		struct finder found;
		if (examine(&(struct line){.b = b, .inked = row->options->inked, .x = (int)x, .y = row->y}, (float)r[2], &found)) {
			if (row->options->is_taken == NULL || !row->options->is_taken(row->options->context, found.centre)) {
				add(out, &found);
			}
		}
	}
}

static int by_hits(const void *a, const void *b) {
	const struct finder *x = a;
	const struct finder *y = b;
	return x->hits != y->hits ? y->hits - x->hits : (x->centre.y > y->centre.y) - (x->centre.y < y->centre.y);
}

#define ROWS_AT_ONCE 8 /* between two looks at the clock */

void finders_find(const struct bitmap *b, const struct finders_options *options, struct finders *out) {
	int step = options->step;
	out->count = 0;
	for (int y = step / 2; y < b->height; y += step) {
		if (y % ROWS_AT_ONCE < step && deadline_over(options->deadline)) {
			break;
		}
		int count = bitmap_changes(b, y, options->changes);
		scan_row(b, &(struct row){options->changes, count, y, options}, out);
	}
	qsort(out->items, (size_t)out->count, sizeof *out->items, by_hits);
}

/* --- outline ---------------------------------------------------------------------------------------------------------------------------- */

/* Along a ray from the centre: where the outer dark ring ends. */
static bool ray_end(const struct bitmap *b, const struct finder *f, int ray, struct point *out) {
	float angle = (float)ray * (float)(2 * M_PI) / RAYS;
	struct point by = {cosf(angle) * 0.5F, sinf(angle) * 0.5F};
	struct point at = f->centre;
	bool dark = true;
	int turns = 0;
	for (float gone = 0; gone < 12 * f->module && turns < 3; gone += 0.5F) {
		at = point_add(at, by);
		if (!bitmap_inside(b, (int)floorf(at.x), (int)floorf(at.y))) {
			return false;
		}
		if (bitmap_dark(b, (int)at.x, (int)at.y) != dark) {
			dark = !dark;
			turns++;
		}
	}
	/* The change lies between the last two steps, on the average in the middle. */
	*out = point_sub(at, point_times(by, 0.5F));
	return turns == 3;
}

/* The index of the point that lies farthest from `from`, or, with `to`, farthest from the line to the left of it (sign 1) or right (-1). */
static int farthest(const struct point *points, int count, const struct point *from, const struct point *to, float sign) {
	int best = -1;
	float most = 0;
	for (int i = 0; i < count; i++) {
		float far = to == NULL ? point_distance(points[i], *from)
				       : sign * point_cross(point_sub(*to, *from), point_sub(points[i], *from));
		if (far > most) {
			most = far;
			best = i;
		}
	}
	return best;
}

struct side {
	struct point through, along;
};

/* The line that points lie on best: through their middle, along the longer axis of their scatter. */
static bool fit_side(const struct point *points, int count, int from, int to, struct side *out) {
	struct point middle = {0, 0};
	float xx = 0;
	float xy = 0;
	float yy = 0;
	int n = (to - from + count) % count;
	int skipped = n > 4 ? 1 : 0; /* the outermost may belong to the corner */
	int used = n - 1 - 2 * skipped;
	for (int i = 1 + skipped; i < n - skipped; i++) {
		middle = point_add(middle, points[(from + i) % count]);
	}
	if (used < 2) {
		out->through = points[from];
		out->along = point_sub(points[to], points[from]);
		return point_dot(out->along, out->along) > 0;
	}
	middle = point_times(middle, 1 / (float)used);
	for (int i = 1 + skipped; i < n - skipped; i++) {
		struct point d = point_sub(points[(from + i) % count], middle);
		xx += d.x * d.x;
		xy += d.x * d.y;
		yy += d.y * d.y;
	}
	/* The principal axis of the scatter. */
	float angle = 0.5F * atan2f(2 * xy, xx - yy);
	*out = (struct side){middle, {cosf(angle), sinf(angle)}};
	return true;
}

static bool meet(const struct side *a, const struct side *b, struct point *out) {
	float turn = point_cross(a->along, b->along);
	if (fabsf(turn) < 0.1F * hypotf(a->along.x, a->along.y) * hypotf(b->along.x, b->along.y)) {
		return false;
	}
	float t = point_cross(point_sub(b->through, a->through), b->along) / turn;
	*out = point_add(a->through, point_times(a->along, t));
	return true;
}

/* The points that lie farthest out are near the corners; the lines along what lies between them meet in them. */
void finder_outline(const struct bitmap *b, struct finder *f) {
	struct point points[RAYS];
	int count = 0;
	for (int i = 0; i < RAYS; i++) {
		count += ray_end(b, f, i, &points[count]);
	}
	f->outlined = false;
	if (count < RAYS * 3 / 4) {
		return;
	}
	int a = farthest(points, count, &f->centre, NULL, 0);
	int c = a < 0 ? -1 : farthest(points, count, &points[a], NULL, 0);
	int left = c < 0 ? -1 : farthest(points, count, &points[a], &points[c], 1);
	int right = c < 0 ? -1 : farthest(points, count, &points[a], &points[c], -1);
	if (left < 0 || right < 0) {
		return;
	}
	/* In the order of the rays: a, the one after it, c, the one before a. */
	bool turned = (right - a + count) % count > (c - a + count) % count;
	const int at[4] = {a, turned ? left : right, c, turned ? right : left};
	struct side sides[4];
	f->outlined = true;
	for (int i = 0; i < 4; i++) {
		f->outlined = f->outlined && fit_side(points, count, at[i], at[(i + 1) % 4], &sides[i]);
	}
	for (int i = 0; i < 4; i++) {
		struct point corner = points[at[i]];
		/* Lines may meet far off when a side was seen badly; then the outermost point is the better corner. */
		bool met = f->outlined && meet(&sides[(i + 3) % 4], &sides[i], &corner);
		f->corners[i] = met && point_distance(corner, points[at[i]]) < 2 * f->module ? corner : points[at[i]];
	}
}
