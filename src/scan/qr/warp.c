#include "scan/qr/warp.h"

#include <math.h>
#include <string.h>

#define PITCH_WANTED 5.5F /* modules between the points */
#define PATCH 3           /* modules to each side that a point is judged by */

struct warping {
	const struct image *image;
	const struct grid *grid;
	const struct symbol_map *map;
	struct warp *warp;
	struct point begun[WARP_NODES_MAX * WARP_NODES_MAX]; /* where each point was before */
	uint8_t done[WARP_NODES_MAX * WARP_NODES_MAX];
};

/* The modules around a point, where they lie beside it, and what they must be. */
struct patch {
	int count;
	struct point at[(2 * PATCH + 1) * (2 * PATCH + 1)];
	int8_t must[(2 * PATCH + 1) * (2 * PATCH + 1)]; /* 1 dark, -1 light, 0 either */
	struct point right, down;                       /* a module's sides there */
};

static void patch_fill(const struct warping *w, float u, float v, struct patch *p) {
	const struct homography *m = &w->grid->map;
	int side = symbol_side(w->grid->version);
	struct point middle = homography_at(m, u, v);
	p->right = point_sub(homography_at(m, u + 1, v), middle);
	p->down = point_sub(homography_at(m, u, v + 1), middle);
	p->count = 0;
	for (int y = (int)v - PATCH; y <= (int)v + PATCH; y++) {
		for (int x = (int)u - PATCH; x <= (int)u + PATCH; x++) {
			if (x < 0 || y < 0 || x >= side || y >= side) {
				continue;
			}
			int cell = w->map->cells[y * side + x];
			p->must[p->count] = (int8_t)(cell == CELL_DARK ? 1 : cell == CELL_LIGHT ? -1 : 0);
			p->at[p->count++] = point_sub(homography_at(m, (float)x + 0.5F, (float)y + 0.5F), middle);
		}
	}
}

#define MUST_WEIGHT 1.6F

static float patch_fit(const struct warping *w, const struct patch *p, struct point middle) {
	float grey[(2 * PATCH + 1) * (2 * PATCH + 1)];
	float mean = 0;
	struct point a = point_times(point_add(p->right, p->down), 0.26F);
	struct point b = point_times(point_sub(p->right, p->down), 0.26F);
	for (int i = 0; i < p->count; i++) {
		float x = middle.x + p->at[i].x;
		float y = middle.y + p->at[i].y;
		/* The sum of five looks, not their mean: fits are only compared with one another. */
		grey[i] = (float)(image_grey(w->image, x, y) + image_grey(w->image, x + a.x, y + a.y) +
				  image_grey(w->image, x - a.x, y - a.y) + image_grey(w->image, x + b.x, y + b.y) +
				  image_grey(w->image, x - b.x, y - b.y));
		mean += grey[i];
	}
	mean /= (float)p->count;
	float fit = 0;
	for (int i = 0; i < p->count; i++) {
		float dark = mean - grey[i];
		fit += p->must[i] == 0 ? fabsf(dark) : MUST_WEIGHT * dark * (float)p->must[i];
	}
	return fit;
}

static struct point moved(const struct warping *w, int y, int x) {
	int at = y * w->warp->count + x;
	return point_sub(w->warp->off[at], w->begun[at]);
}

static bool is_done(const struct warping *w, int y, int x) {
	int n = w->warp->count;
	return y >= 0 && x >= 0 && y < n && x < n && w->done[y * n + x] != 0;
}

#define ONWARD 0.3F /* paper that turns away goes on turning */

/* Moved from where it was as its neighbours were on the average; and where those of a row had moved ever more, more. */
static struct point expected(const struct warping *w, int i, int k) {
	struct point sum = {0, 0};
	float count = 0;
	for (int way = 0; way < 9; way++) {
		int di = way / 3 - 1;
		int dk = way % 3 - 1;
		if (way == 4 || !is_done(w, i + di, k + dk)) {
			continue;
		}
		/* Only neighbours that this pass has moved already count: those nearer to a finder pattern, or earlier in its rank. */
		struct point by = moved(w, i + di, k + dk);
		if (is_done(w, i + 2 * di, k + 2 * dk)) {
			by = point_add(by, point_times(point_sub(by, moved(w, i + 2 * di, k + 2 * dk)), ONWARD));
		}
		sum = point_add(sum, by);
		count++;
	}
	struct point begun = w->begun[i * w->warp->count + k];
	return count == 0 ? begun : point_add(begun, point_times(sum, 1 / count));
}

static void move_node(struct warping *w, int i, int k) {
	struct warp *warp = w->warp;
	struct patch p;
	float u = (float)k * warp->pitch;
	float v = (float)i * warp->pitch;
	patch_fill(w, u, v, &p);
	struct point middle = homography_at(&w->grid->map, u, v);
	struct point best = expected(w, i, k);
	const struct point started = best;
	float module = hypotf(p.right.x, p.right.y);
	bool edge = i == 0 || k == 0 || i == warp->count - 1 || k == warp->count - 1;
	/* Per pixel, so that it is the same for each module of distance. */
	float dear = (edge ? 0.35F : 0.12F) / module; /* a point at the edge has fewer modules around it to be judged by */
	float most = patch_fit(w, &p, point_add(middle, best));
	for (float step = 0.5F; step > 0.2F; step /= 2) {
		struct point from = best;
		for (int way = 0; way < 9; way++) {
			int across = way % 3 - 1;
			int along = way / 3 - 1;
			struct point by = point_add(point_times(p.right, step * (float)across), point_times(p.down, step * (float)along));
			struct point off = point_add(from, by);
			/* Where it is (way 4) was judged before. */
			float fit = way == 4 ? 0 : patch_fit(w, &p, point_add(middle, off)) * (1 - dear * point_distance(off, started));
			if (fit > most) {
				most = fit;
				best = off;
			}
		}
	}
	warp->off[i * warp->count + k] = best;
	w->done[i * warp->count + k] = 1;
}

/* How far a point is from the nearest of the three corners with a finder pattern: in points, the larger of both ways. */
static int rank_of(const struct warp *warp, int i, int k) {
	int last = warp->count - 1;
	int a = i > k ? i : k;
	int b = i > last - k ? i : last - k;
	int c = last - i > k ? last - i : k;
	int least = a < b ? a : b;
	return least < c ? least : c;
}

/* --- bends ------------------------------------------------------------------------------------------------------------------------------- */

/* Paper around a can: what lies between the finder patterns stands out by one arc across, or one down, or both. */
struct arcs {
	struct point by[2]; /* in modules, in the middle between the patterns: of the columns, of the rows */
};

/* A parabola for the arc: 0 at the patterns' middles, 1 halfway between them. */
static float arc(float module, float side) {
	float t = (module - 3.5F) / (side - 7);
	return 4 * t * (1 - t);
}

static struct point bent(const struct warping *w, const struct arcs *arcs, float u, float v) {
	float side = (float)symbol_side(w->grid->version);
	float a = arc(u, side);
	float b = arc(v, side);
	return homography_at(&w->grid->map, u + a * arcs->by[0].x + b * arcs->by[1].x, v + a * arcs->by[0].y + b * arcs->by[1].y);
}

/* How well the timing patterns are seen so, and the alignment pattern at the lower right. */
static float arcs_fit(const struct warping *w, const struct arcs *arcs) {
	int side = symbol_side(w->grid->version);
	float fit = 0;
	int before[2] = {0, 0};
	for (int i = 7; i < side - 7; i++) { /* each module against the one before it: no threshold is needed */
		for (int way = 0; way < 2; way++) {
			float along = (float)i + 0.5F;
			struct point p = bent(w, arcs, way == 0 ? along : 6.5F, way == 0 ? 6.5F : along);
			int grey = image_grey(w->image, p.x, p.y);
			fit += i == 7 ? 0 : (float)(i % 2 == 0 ? before[way] - grey : grey - before[way]);
			before[way] = grey;
		}
	}
	fit /= (float)(2 * (side - 15));
	if (w->grid->version >= 2) {
		float at = (float)side - 6.5F;
		float sums[2] = {0, 0};
		for (int i = 0; i < 25; i++) {
			int x = i % 5 - 2;
			int y = i / 5 - 2;
			bool dark = symbol_ring_dark(SYMBOL_ALIGNMENT_DARK, x, y);
			struct point p = bent(w, arcs, at + (float)x, at + (float)y);
			/* The means: 16 modules of the ring and the middle one are dark, 8 between them light. */
			sums[dark] += (float)image_grey(w->image, p.x, p.y) / (dark ? 17.0F : 8.0F);
		}
		fit += 0.5F * (sums[0] - sums[1]);
	}
	return fit;
}

#define ARC_MOST 3.0F /* modules */

static void bend(struct warping *w) {
	struct arcs best = {{{0, 0}, {0, 0}}};
	/* Flat, unless a bend is clearly better. */
	float most = arcs_fit(w, &best) * 1.05F;
	/* First what bends rows and columns out of line, then what shifts modules along them. */
	float *const sizes[4] = {&best.by[0].y, &best.by[1].x, &best.by[0].x, &best.by[1].y};
	float reach = ARC_MOST;
	for (float step = 0.5F; step > 0.2F; step /= 2, reach = 0.5F) {
		for (int i = 0; i < 4; i++) {
			float from = *sizes[i];
			float kept = from;
			for (float by = -reach; by <= reach; by += step) {
				*sizes[i] = from + by;
				float fit = arcs_fit(w, &best);
				if (fit > most) {
					most = fit;
					kept = from + by;
				}
			}
			*sizes[i] = kept;
		}
	}
	for (int i = 0; i < w->warp->count; i++) {
		for (int k = 0; k < w->warp->count; k++) {
			float u = (float)k * w->warp->pitch;
			float v = (float)i * w->warp->pitch;
			w->warp->off[i * w->warp->count + k] = point_sub(bent(w, &best, u, v), homography_at(&w->grid->map, u, v));
		}
	}
}

/* What the two beside it in a row or column let one expect of a point; of one at the end the two behind it. */
static struct point by_neighbours(const struct point *off, int at, int count, int step) {
	if (at > 0 && at < count - 1) {
		return point_times(point_add(off[-step], off[step]), 0.5F);
	}
	int in = at == 0 ? step : -step;
	return point_sub(point_times(off[in], 2), off[2 * in]);
}

#define ASTRAY 0.22F  /* modules from there */
#define OUTWARD 0.25F /* what goes on beyond its neighbours is less certain than what lies between them */

/* Points that were led astray by modules that look alike come back to where their neighbours have them. */
static void smooth(struct warp *warp, float module) {
	struct point from[WARP_NODES_MAX * WARP_NODES_MAX];
	int n = warp->count;
	/* All are judged by where their neighbours were before any was moved. */
	memcpy(from, warp->off, sizeof from);
	for (int i = 0; i < n * n; i++) {
		int x = i % n;
		int y = i / n;
		float across = x == 0 || x == n - 1 ? OUTWARD : 1;
		float down = y == 0 || y == n - 1 ? OUTWARD : 1;
		struct point sum = point_add(point_times(by_neighbours(&from[i], x, n, 1), across),
					     point_times(by_neighbours(&from[i], y, n, n), down));
		struct point there = point_times(sum, 1 / (across + down));
		warp->off[i] = point_distance(there, from[i]) > ASTRAY * module ? there : from[i];
	}
}

static void take_bow(struct warping *w, const struct bow *bow) {
	for (int i = 0; i < w->warp->count; i++) {
		for (int k = 0; k < w->warp->count; k++) {
			float u = (float)k * w->warp->pitch;
			float v = (float)i * w->warp->pitch;
			w->warp->off[i * w->warp->count + k] = point_sub(bow_at(bow, u, v), homography_at(&w->grid->map, u, v));
		}
	}
}

bool warp_fit(const struct image *image, const struct warp_options *options, struct warp *warp) {
	struct warping w = {.image = image, .grid = options->grid, .map = options->map, .warp = warp};
	int side = symbol_side(options->grid->version);
	if (warp->count == 0) {
		warp->count = (int)ceilf((float)side / PITCH_WANTED) + 1;
		warp->pitch = (float)side / (float)(warp->count - 1);
		if (options->bow != NULL) {
			take_bow(&w, options->bow);
		} else {
			bend(&w);
		}
	} else {
		float far = (float)side;
		smooth(warp,
		       point_distance(homography_at(&w.grid->map, 0, 0), homography_at(&w.grid->map, far, far)) / (far * (float)M_SQRT2));
	}
	memcpy(w.begun, warp->off, sizeof w.begun);
	/* From the finder patterns, where the map holds, outwards: each point begins where those before it let one expect it. */
	for (int rank = 0; rank < warp->count; rank++) {
		for (int i = 0; i < warp->count; i++) {
			for (int k = 0; k < warp->count; k++) {
				if (rank_of(warp, i, k) != rank) {
					continue;
				}
				if (deadline_over(options->deadline)) {
					return false;
				}
				move_node(&w, i, k);
			}
		}
	}
	return true;
}

void lattice_of_warp(const struct grid *grid, const struct warp *warp, struct lattice *out) {
	int side = symbol_side(grid->version);
	int n = warp->count;
	lattice_of_grid(grid, out);
	for (int y = 0; y < side; y++) {
		float v = ((float)y + 0.5F) / warp->pitch;
		int i = (int)v < n - 2 ? (int)v : n - 2;
		v -= (float)i;
		for (int x = 0; x < side; x++) {
			float u = ((float)x + 0.5F) / warp->pitch;
			int k = (int)u < n - 2 ? (int)u : n - 2;
			u -= (float)k;
			/* Bilinear between the four points around the module. */
			const struct point *o = &warp->off[i * n + k];
			struct point above = point_add(point_times(o[0], 1 - u), point_times(o[1], u));
			struct point below = point_add(point_times(o[n], 1 - u), point_times(o[n + 1], u));
			struct point *at = &out->at[y * side + x];
			*at = point_add(*at, point_add(point_times(above, 1 - v), point_times(below, v)));
		}
	}
}
