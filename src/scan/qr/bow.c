#include "scan/qr/bow.h"

#include <math.h>

#include "scan/image/least.h"
#include "scan/qr/fit.h"

#define MIDDLE 3.5F      /* of a finder pattern, from the symbol's edge */
#define VERSIONS_BELOW 5 /* of the one that the patterns' sizes tell: at the edges modules look narrower than they are */
#define VERSIONS_ABOVE 2
#define OFF_MOST 0.75F  /* modules, root mean square, that points may lie off; wrong patterns or versions leave more */
#define BENT_LEAST 0.5F /* modules */
#define WAYS 4          /* directions that paper may be rolled in, tried first */
#define TURNS 4         /* … each with so many angles, in radians: */
#define TURN_FIRST 0.35F
#define TURN_STEP 0.25F
#define ASLANT 0.7F /* what is rolled across its corners is rarer: how much better, in shares, it has to fit */
#define DEEPER 2.0F /* modules */
#define DEEPER_STEP 0.33F
#define ALIGNMENT_WEIGHT 10.0F
#define ALIGNMENT_LEAST 55.0F
#define ALIGNMENT_REACH 3.0F /* modules */

static void terms_at(const struct bow *bow, float u, float v, double out[BOW_TERMS]) {
	float half = (float)symbol_side(bow->version) / 2;
	/* -1 to 1 over the symbol. s: the way around the cylinder, t: the way along it. */
	float along_rows = u / half - 1;
	float along_columns = v / half - 1;
	float s = along_rows * bow->rows + along_columns * bow->columns;
	float t = along_columns * bow->rows - along_rows * bow->columns;
	out[0] = 1;
	/* Divided by the turn, so that for little turns these are about s and s * s, and not lost among the others. */
	out[1] = sinf(bow->turn * s) / bow->turn;
	out[2] = t;
	out[3] = 2 * (1 - cosf(bow->turn * s)) / (bow->turn * bow->turn);
	out[4] = s * t;
	out[5] = t * t;
}

struct point bow_at(const struct bow *bow, float u, float v) {
	double terms[BOW_TERMS];
	double x = 0;
	double y = 0;
	terms_at(bow, u, v, terms);
	for (int i = 0; i < BOW_TERMS; i++) {
		x += bow->terms[i] * terms[i];
		y += bow->terms[BOW_TERMS + i] * terms[i];
	}
	return (struct point){(float)x, (float)y};
}

/* Finds its terms by weighted least squares over the points; version, way and turn are given. *off: the mean square of what is left,
 * in square pixels. */
static bool fit(const struct grid_points *points, struct bow *bow, float *off) {
	struct least least = {.unknowns = BOW_TERMS, .sides = 2};
	for (size_t i = 0; i < points->count; i++) {
		double row[BOW_TERMS + 2];
		terms_at(bow, points->from[i].x, points->from[i].y, row);
		row[BOW_TERMS] = points->to[i].x;
		row[BOW_TERMS + 1] = points->to[i].y;
		least_add(&least, row, points->weights[i]);
	}
	if (!least_solve(&least, bow->terms)) {
		return false;
	}
	*off = 0;
	for (size_t i = 0; i < points->count; i++) {
		struct point d = point_sub(bow_at(bow, points->from[i].x, points->from[i].y), points->to[i]);
		*off += points->weights[i] * point_dot(d, d) / (float)points->count;
	}
	return true;
}

/* What fits best of all that was tried. */
struct trial {
	const struct grid_points *points;
	int version;
	float least; /* as fit() has it; below 0: nothing was tried */
	struct bow best;
};

static void try_roll(struct trial *t, float way, float turn) {
	struct bow bow = {.version = t->version, .turn = turn, .rows = cosf(way), .columns = sinf(way)};
	/* The sine of twice the way's angle: 0 along rows or columns, 1 across the corners. */
	float aslant = 2 * bow.rows * bow.columns;
	float off;
	if (fit(t->points, &bow, &off)) {
		off *= 1 + ASLANT * aslant * aslant;
		if (t->least < 0 || off < t->least) {
			t->least = off;
			t->best = bow;
		}
	}
}

static void try_rolls(struct trial *t) {
	/* Half a circle is enough: rolled the opposite way it is the same cylinder. */
	const float way_step = (float)M_PI / WAYS;
	t->least = -1;
	for (int i = 0; i < WAYS * TURNS; i++) {
		int turn_at = i / WAYS;
		try_roll(t, way_step * (float)(i % WAYS), TURN_FIRST + TURN_STEP * (float)turn_at);
	}
	/* Then half a step to each side of the best, first of the turn, then of the way. */
	float turn = t->best.turn;
	float way = atan2f(t->best.columns, t->best.rows);
	try_roll(t, way, turn - TURN_STEP / 2);
	try_roll(t, way, turn + TURN_STEP / 2);
	turn = t->best.turn;
	try_roll(t, way - way_step / 2, turn);
	try_roll(t, way + way_step / 2, turn);
}

/* --- how well it fits -------------------------------------------------------------------------------------------------------------------- */

static struct point place_on(const void *bow, float u, float v) { return bow_at(bow, u, v); }

static struct fit_map on_bow(const struct bow *bow) { return (struct fit_map){bow->version, place_on, bow}; }

static float timing_fit(const struct image *image, const struct bow *bow) {
	struct fit_map map = on_bow(bow);
	return fit_timing(image, &map);
}

/* Of the terms those that move what lies between the finder patterns and leave their middles where they are: the cosine without what is linear. */
/* Three equations say which sum of the linear terms equals the cosine's at the three middles; their difference is 0 there. */
static bool find_between(const struct bow *bow, double out[4]) {
	float far = (float)symbol_side(bow->version) - MIDDLE;
	const struct point middles[3] = {{MIDDLE, MIDDLE}, {far, MIDDLE}, {MIDDLE, far}};
	struct least least = {.unknowns = 3, .sides = 1};
	for (int i = 0; i < 3; i++) {
		double terms[BOW_TERMS];
		terms_at(bow, middles[i].x, middles[i].y, terms);
		least_add(&least, terms, 1); /* the fourth is the right side */
	}
	out[3] = -1;
	return least_solve(&least, out);
}

/* The finder patterns tell the depth of a bow only to within some modules. So what lies between them is moved, down and then to the
 * right, to where the timing patterns are seen best. */
static void deepen(const struct image *image, const struct deadline *deadline, struct bow *bow) {
	double between[4];
	float middle = (float)symbol_side(bow->version) / 2;
	if (!find_between(bow, between)) {
		return;
	}
	float most = timing_fit(image, bow);
	for (int way = 0; way < 2; way++) {
		struct bow from = *bow;
		struct point module = point_sub(way == 0 ? bow_at(bow, middle, middle + 1) : bow_at(bow, middle + 1, middle),
						bow_at(bow, middle, middle));
		for (float by = -DEEPER; by <= DEEPER && !deadline_over(deadline); by += DEEPER_STEP) {
			struct bow with = from;
			for (int i = 0; i < 4; i++) {
				with.terms[i] += (double)(by * module.x) * between[i];
				with.terms[BOW_TERMS + i] += (double)(by * module.y) * between[i];
			}
			float seen = timing_fit(image, &with);
			if (seen > most) {
				most = seen;
				*bow = with;
			}
		}
	}
}

/* --- guessing ---------------------------------------------------------------------------------------------------------------------------- */

bool bow_grid(const struct image *image, const struct bow *bow, struct grid *out) {
	struct point from[16];
	struct point to[16];
	float side = (float)symbol_side(bow->version);
	for (int i = 0; i < 16; i++) {
		int row = i / 4;
		from[i] = (struct point){side * (float)(i % 4) / 3, side * (float)row / 3};
		to[i] = bow_at(bow, from[i].x, from[i].y);
	}
	out->version = bow->version;
	struct fit_map map = on_bow(bow);
	out->timing = fit_timing(image, &map);
	out->corners = fit_finders(image, &map);
	return homography_fit(&(struct pairs){from, to, NULL, 16}, &out->map);
}

/* The alignment pattern at the lower right tells where the corner is that no finder pattern holds. */
static void align(const struct image *image, struct grid_points *points, struct bow *bow) {
	struct stencil stencil;
	struct stencil_search search = {.reach = ALIGNMENT_REACH, .coarse = 0.5F, .far = 0.2F};
	float at = (float)symbol_side(bow->version) - 6.5F;
	struct point found;
	search.from = bow_at(bow, at, at);
	search.right = point_sub(bow_at(bow, at + 1, at), search.from);
	search.down = point_sub(bow_at(bow, at, at + 1), search.from);
	stencil_fill(&stencil, &(struct stencil_of){2, SYMBOL_ALIGNMENT_DARK, search.right, search.down});
	if (stencil_seek(&stencil, image, &search, &found) >= ALIGNMENT_LEAST) {
		struct bow with = *bow;
		float off;
		points->from[points->count] = (struct point){at, at};
		points->to[points->count] = found;
		points->weights[points->count++] = ALIGNMENT_WEIGHT;
		if (fit(points, &with, &off)) {
			*bow = with;
		}
	}
}

/* By the bow's sagitta in modules: how far its middle lies from the middle of the straight line between its edges. That line counts as
 * a side long. */
static bool is_bent(const struct bow *bow) {
	float side = (float)symbol_side(bow->version);
	float half = side / 2;
	struct point a = bow_at(bow, half - half * bow->rows, half - half * bow->columns);
	struct point b = bow_at(bow, half + half * bow->rows, half + half * bow->columns);
	struct point middle = point_times(point_add(a, b), 0.5F);
	return point_distance(bow_at(bow, half, half), middle) * side > BENT_LEAST * point_distance(a, b);
}

bool bow_guess(const struct grid_view *view, const struct deadline *deadline, struct bow *out) {
	struct grid_points points;
	struct trial trial = {.points = &points};
	int middle = grid_version_about(view);
	float module = (view->corner.module + view->right.module + view->below.module) / 3;
	float least = OFF_MOST * OFF_MOST * module * module;
	if (!view->corner.outlined || !view->right.outlined || !view->below.outlined) {
		return false;
	}
	out->version = 0;
	for (int version = middle - VERSIONS_BELOW; version <= middle + VERSIONS_ABOVE; version++) {
		if (deadline_over(deadline)) {
			return false;
		}
		if (version < 1 || version > SYMBOL_VERSION_MAX) {
			continue;
		}
		grid_points_of(view, version, &points);
		trial.version = version;
		try_rolls(&trial);
		if (trial.least >= 0 && trial.least < least) {
			least = trial.least;
			*out = trial.best;
		}
	}
	if (out->version == 0 || !is_bent(out)) {
		return false;
	}
	if (out->version >= 2) {
		/* The trials went on to other versions: the points have to be those of this one again. */
		grid_points_of(view, out->version, &points);
		align(view->image, &points, out);
	}
	deepen(view->image, deadline, out);
	return true;
}
