#include "scan/qr/damaged_finder.h"

#include <math.h>

#include "scan/qr/stencil.h"

#define MODULES_LEAST 11.0F /* between two middles; the smallest symbol has 14, seen at a slant fewer */
#define MODULES_MOST 172.0F
#define SIZES_MOST 2.0F  /* one module beside the other */
#define ASKEW_MOST 0.25F /* of a side: how far it may turn away from the pattern's own axis */
#define FIT_LEAST 35.0F

/* A module's sides as a pattern shows them. */
struct axes {
	struct point along[2];
};

/* The halves of the outline's sides together, two by two; of a pattern without one, as long as its modules, along `way` and across. */
static struct axes axes_of(const struct finder *f, struct point way) {
	struct axes a;
	const struct point *c = f->corners;
	if (f->outlined) {
		/* Two opposite sides of seven modules each. */
		a.along[0] = point_times(point_add(point_sub(c[1], c[0]), point_sub(c[2], c[3])), 1 / 14.0F);
		a.along[1] = point_times(point_add(point_sub(c[3], c[0]), point_sub(c[2], c[1])), 1 / 14.0F);
	} else {
		struct point unit = point_times(way, f->module / hypotf(way.x, way.y));
		a.along[0] = unit;
		a.along[1] = (struct point){-unit.y, unit.x};
	}
	return a;
}

/* The same axes, named and directed as `as` has them. */
static struct axes alike(const struct axes *a, const struct axes *as) {
	struct axes out = *a;
	if (fabsf(point_dot(a->along[0], as->along[0])) < fabsf(point_dot(a->along[1], as->along[0]))) {
		out = (struct axes){{a->along[1], a->along[0]}};
	}
	for (int i = 0; i < 2; i++) {
		if (point_dot(out.along[i], as->along[i]) < 0) {
			out.along[i] = point_times(out.along[i], -1);
		}
	}
	return out;
}

#define SCALES 3
static const float scales[SCALES] = {1, 0.85F, 1.18F};

struct pair {
	const struct image *image;
	const struct finder *a, *b;
	struct axes axes; /* the mean of both patterns' */
	struct stencil stencils[SCALES];
};

/* The finder pattern that is seen best around a place. At a slant it is bigger or smaller than the others. False when none is. */
static bool look_around(const struct pair *p, struct point middle, float reach, struct finder *out) {
	const struct point *axes = p->axes.along;
	float most = FIT_LEAST;
	*out = (struct finder){.hits = 1};
	for (int i = 0; i < SCALES; i++) {
		struct point at;
		struct stencil_search search = {middle, axes[0], axes[1], reach, 0.65F, 0};
		float fit = stencil_seek(&p->stencils[i], p->image, &search, &at);
		if (fit > most) {
			most = fit;
			out->centre = at;
			out->module = scales[i] * (p->a->module + p->b->module) / 2;
		}
	}
	return most > FIT_LEAST && out->centre.x >= 0 && out->centre.y >= 0 && out->centre.x < (float)p->image->width &&
	       out->centre.y < (float)p->image->height;
}

/* The three in their order: `right` and `below` are told apart by which way round they stand. */
static struct grid_view view_of(const struct pair *p, const struct finder *corner, const struct finder *one, const struct finder *other) {
	bool swapped = point_cross(point_sub(one->centre, corner->centre), point_sub(other->centre, corner->centre)) < 0;
	return (struct grid_view){p->image, *corner, swapped ? *other : *one, swapped ? *one : *other};
}

/* How far from where it is expected, in modules: with the distance a slant counts more. */
static float reach_for(float modules) { return fminf(2.5F + 0.08F * modules, 8); }

/* The two stand at one side: the third is across from either, on either side. */
static int guess_across(const struct pair *p, int side, float modules, struct grid_view *out) {
	struct point across = point_times(p->axes.along[1 - side], modules);
	int count = 0;
	for (int i = 0; i < 4; i++) {
		const struct finder *corner = i < 2 ? p->a : p->b;
		struct finder third;
		if (look_around(p, point_add(corner->centre, point_times(across, i % 2 == 0 ? 1 : -1)), reach_for(modules), &third)) {
			out[count++] = view_of(p, corner, i < 2 ? p->b : p->a, &third);
		}
	}
	return count;
}

/* They stand across from one another: the third is the corner between them, on either side. */
static int guess_between(const struct pair *p, const float parts[2], struct grid_view *out) {
	int count = 0;
	for (int i = 0; i < 2; i++) {
		struct finder third;
		struct point at = point_add(p->a->centre, point_times(p->axes.along[i], parts[i]));
		if (look_around(p, at, reach_for(fmaxf(fabsf(parts[0]), fabsf(parts[1]))), &third)) {
			out[count++] = view_of(p, &third, p->a, p->b);
		}
	}
	return count;
}

int damaged_finder_guess(const struct image *image, const struct finder *a, const struct finder *b,
			 struct grid_view out[DAMAGED_FINDER_MAX]) {
	struct pair p = {.image = image, .a = a, .b = b};
	struct point way = point_sub(b->centre, a->centre);
	if (fmaxf(a->module, b->module) > SIZES_MOST * fminf(a->module, b->module) || (way.x == 0 && way.y == 0)) {
		return 0;
	}
	struct axes of_a = axes_of(a, way);
	struct axes of_b = axes_of(b, way);
	of_b = alike(&of_b, &of_a);
	for (int i = 0; i < 2; i++) {
		p.axes.along[i] = point_times(point_add(of_a.along[i], of_b.along[i]), 0.5F);
	}
	/* The way from a to b in modules along both axes, by Cramer's rule. Axes that are nearly parallel tell nothing. */
	float area = point_cross(p.axes.along[0], p.axes.along[1]);
	if (fabsf(area) < 0.5F) {
		return 0;
	}
	float parts[2] = {point_cross(way, p.axes.along[1]) / area, point_cross(p.axes.along[0], way) / area};
	int side = fabsf(parts[0]) > fabsf(parts[1]) ? 0 : 1;
	float most = fabsf(parts[side]);
	float least = fabsf(parts[1 - side]);
	if (most < MODULES_LEAST || most > MODULES_MOST) {
		return 0;
	}
	for (int i = 0; i < SCALES; i++) {
		struct point right = point_times(p.axes.along[0], scales[i]);
		struct point down = point_times(p.axes.along[1], scales[i]);
		stencil_fill(&p.stencils[i], &(struct stencil_of){4, SYMBOL_FINDER_DARK, right, down});
	}
	/* Along one axis they share a side; along both alike they are at opposite corners; what lies between is no symbol's pair. */
	return least < ASKEW_MOST * most ? guess_across(&p, side, most, out) : least > 0.5F * most ? guess_between(&p, parts, out) : 0;
}
