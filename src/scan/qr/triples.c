#include "scan/qr/triples.h"

#include <math.h>
#include <stdlib.h>

#include "base/ranked.h"

#define MODULE_RATIO_MAX 3.3F /* of the sizes of two patterns of one symbol: a steep tilt */
#define LEG_RATIO_MAX 3.0F
#define MODULES_MIN 8.0F /* between two centres; the smallest symbol has 14, seen at a slant fewer */
#define MODULES_MAX 200.0F

static float ratio(float a, float b) { return a > b ? a / b : b / a; }

/* False when they cannot belong together. */
static bool may_belong_together(const struct finders *f, struct triple *t) {
	const struct finder *c = &f->items[t->corner];
	const struct finder *r = &f->items[t->right];
	const struct finder *b = &f->items[t->below];
	float module = (c->module + r->module + b->module) / 3;
	float sizes = ratio(c->module, r->module);
	sizes = fmaxf(sizes, fmaxf(ratio(c->module, b->module), ratio(r->module, b->module)));
	struct point u = point_sub(r->centre, c->centre);
	struct point v = point_sub(b->centre, c->centre);
	float lu = hypotf(u.x, u.y);
	float lv = hypotf(v.x, v.y);
	float legs = ratio(lu, lv);
	float cosine = fabsf(point_dot(u, v)) / (lu * lv);
	if (sizes > MODULE_RATIO_MAX || legs > LEG_RATIO_MAX || cosine > 0.85F || fminf(lu, lv) < MODULES_MIN * module ||
	    fmaxf(lu, lv) > MODULES_MAX * module) {
		return false;
	}
	/* Fewer modules between them are likelier: far ones are often of two symbols. */
	t->penalty = 1.5F * (sizes - 1) + (legs - 1) + 1.5F * cosine + 0.004F * (lu + lv) / module;
	/* What was seen on many lines is likelier a pattern, up to a limit: large ones are crossed by more lines. */
	t->penalty -= 0.02F * (float)(c->hits + r->hits + b->hits > 30 ? 30 : c->hits + r->hits + b->hits);
	return true;
}

/* The two that are not the corner are told apart by which way round they stand. */
static struct triple oriented(const struct finders *f, int corner, int j, int k) {
	struct triple t = {corner, j, k, 0};
	struct point u = point_sub(f->items[t.right].centre, f->items[t.corner].centre);
	struct point v = point_sub(f->items[t.below].centre, f->items[t.corner].centre);
	if (point_cross(u, v) < 0) {
		int kept = t.right;
		t.right = t.below;
		t.below = kept;
	}
	return t;
}

static bool is_likelier(const void *a, const void *b) { return ((const struct triple *)a)->penalty < ((const struct triple *)b)->penalty; }

void triples_rank(const struct finders *finders, const struct deadline *deadline, struct triples *out) {
	const struct ranked ranked = {out->items, &out->count, TRIPLES_MAX, sizeof *out->items, is_likelier};
	out->count = 0;
	for (int i = 0; i < finders->count && !deadline_over(deadline); i++) {
		for (int j = i + 1; j < finders->count; j++) {
			if (ratio(finders->items[i].module, finders->items[j].module) > MODULE_RATIO_MAX) {
				continue;
			}
			for (int k = j + 1; k < finders->count; k++) {
				/* Seen from above the corner is where the shorter sides meet; at a slant it may be another. */
				const struct triple ways[] = {oriented(finders, i, j, k), oriented(finders, j, k, i),
							      oriented(finders, k, i, j)};
				for (int w = 0; w < 3; w++) {
					struct triple t = ways[w];
					if (may_belong_together(finders, &t)) {
						ranked_put(&ranked, &t);
					}
				}
			}
		}
	}
}
