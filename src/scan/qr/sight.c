#include "scan/qr/sight.h"

#include <string.h>

#define PATTERN_HITS 3      /* lines on which a single pattern was seen, at least */
#define PATTERN_MODULE 3.0F /* pixels: smaller ones are found anywhere */
#define DISTANCE_WORTH 3    /* per cent of the timing that a bit of format information counts as */

/* True when something else of that kind and merit is to take the place. */
static bool better(struct sight *s, enum sight_kind kind, float merit) {
	if (kind < s->kind || (kind == s->kind && merit <= s->merit)) {
		return false;
	}
	s->kind = kind;
	s->merit = merit;
	return true;
}

static float module_of(const struct point corners[4], int side) {
	float around = 0;
	for (int i = 0; i < 4; i++) {
		around += point_distance(corners[i], corners[(i + 1) % 4]);
	}
	return around / 4 / (float)side;
}

static struct point seen_at(const struct sight *s, struct point p) { return point_add(s->at, point_times(p, s->scale)); }

void sight_pattern(struct sight *s, const struct finder *finder) {
	float module = finder->module * s->scale;
	if (finder->outlined && finder->hits >= PATTERN_HITS && module >= PATTERN_MODULE && better(s, SIGHT_PATTERN, module)) {
		for (int i = 0; i < 4; i++) {
			s->corners[i] = seen_at(s, finder->corners[i]);
		}
		s->module = module;
		s->version = 0;
	}
}

void sight_corners(const struct grid *grid, bool mirrored, struct point out[4]) {
	float side = (float)symbol_side(grid->version);
	out[0] = homography_at(&grid->map, 0, 0);
	/* A grid that was read across its diagonal has upper right and lower left changed over. */
	out[mirrored ? 3 : 1] = homography_at(&grid->map, side, 0);
	out[2] = homography_at(&grid->map, side, side);
	out[mirrored ? 1 : 3] = homography_at(&grid->map, 0, side);
}

static bool is_expected(const struct sight *s, const struct grid *grid) {
	float half = (float)symbol_side(grid->version) / 2;
	return point_distance(seen_at(s, homography_at(&grid->map, half, half)), s->expected) < s->reach;
}

/* What is where it is expected is worth half as much again. */
static float worth(const struct sight *s, const struct grid *grid, float merit) { return is_expected(s, grid) ? merit * 1.5F : merit; }

static void take_grid(struct sight *s, const struct grid *grid, bool mirrored) {
	sight_corners(grid, mirrored, s->corners);
	for (int i = 0; i < 4; i++) {
		s->corners[i] = seen_at(s, s->corners[i]);
	}
	s->version = grid->version;
	s->module = module_of(s->corners, symbol_side(grid->version));
}

void sight_grid(struct sight *s, const struct grid *grid) {
	float merit = grid->timing + grid->corners;
	if (better(s, SIGHT_SYMBOL, worth(s, grid, merit))) {
		take_grid(s, grid, false);
		s->fit = merit;
	}
}

void sight_modules(struct sight *s, const struct grid *grid, const struct codewords_look *look, const struct measured *measured,
		   bool mirrored) {
	int right = look->timing - DISTANCE_WORTH * look->distance;
	int least = is_expected(s, grid) ? SIGHT_RIGHT_EXPECTED : SIGHT_RIGHT_LEAST;
	if (right >= least && better(s, SIGHT_MODULES, worth(s, grid, (float)right))) {
		size_t side = (size_t)symbol_side(grid->version);
		take_grid(s, grid, mirrored);
		s->right = right;
		s->measured.version = measured->version;
		memcpy(s->measured.sure, measured->sure, side * side);
	}
}
