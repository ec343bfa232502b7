#include "scan/qr/grid.h"

#include <math.h>

#include "base/ranked.h"
#include "scan/qr/fit.h"

#define MIDDLE 3.5F /* of a finder pattern, from the symbol's edge */

/* --- fit -------------------------------------------------------------------------------------------------------------------------------- */

static struct point place_on(const void *map, float u, float v) { return homography_at(map, u, v); }

static struct fit_map on_grid(const struct grid *g) { return (struct fit_map){g->version, place_on, &g->map}; }

float grid_fit(const struct image *image, const struct grid *g) {
	struct fit_map map = on_grid(g);
	float fit = 2 * fit_finders(image, &map) + fit_timing(image, &map);
	if (g->version < 2) {
		return fit / 3;
	}
	float at = (float)symbol_side(g->version) - 6.5F;
	return (fit + fit_alignment(image, &map, (struct point){at, at})) / 4;
}

/* --- version ---------------------------------------------------------------------------------------------------------------------------- */

/* Of two patterns the outlines are enough for a map. */
static bool sees_outlines(const struct grid_view *v) { return v->corner.outlined + v->right.outlined + v->below.outlined >= 2; }

/* The corner of a finder pattern that lies to the side (sx, sy) of its middle, seen along the symbol's own axes. */
static struct point corner_to(const struct finder *f, struct point u, struct point v, float sx, float sy) {
	struct point best = f->centre;
	float most = -1;
	/* Directions along the axes have to be undone of their slant. */
	float area = point_cross(u, v);
	for (int i = 0; i < 4; i++) {
		struct point d = point_sub(f->corners[i], f->centre);
		float along = point_cross(d, v) / area * hypotf(u.x, u.y);
		float down = point_cross(u, d) / area * hypotf(v.x, v.y);
		float far = sx * along + sy * down;
		if (far > most) {
			most = far;
			best = f->corners[i];
		}
	}
	return best;
}

void grid_points_of(const struct grid_view *v, int version, struct grid_points *out) {
	float side = (float)symbol_side(version);
	struct point u = point_sub(v->right.centre, v->corner.centre);
	struct point w = point_sub(v->below.centre, v->corner.centre);
	const struct finder *const f[3] = {&v->corner, &v->right, &v->below};
	const struct point middles[3] = {{MIDDLE, MIDDLE}, {side - MIDDLE, MIDDLE}, {MIDDLE, side - MIDDLE}};
	size_t n = 0;
	for (int i = 0; i < 3; i++) {
		out->from[n] = middles[i];
		out->to[n] = f[i]->centre;
		out->weights[n++] = 4;
	}
	if (!sees_outlines(v)) {
		/* A homography needs four pairs: the fourth corner is where a parallelogram has it. */
		out->from[n] = (struct point){side - MIDDLE, side - MIDDLE};
		out->to[n] = point_add(point_add(v->corner.centre, u), w);
		out->weights[n++] = 4;
	}
	for (int i = 0; i < 3 && sees_outlines(v); i++) {
		for (int k = 0; k < 4 && f[i]->outlined; k++) {
			/* Around the pattern from the upper left: (-, -), (+, -), (+, +), (-, +). */
			float sx = k == 0 || k == 3 ? -1 : 1;
			float sy = k < 2 ? -1 : 1;
			out->from[n] = (struct point){middles[i].x + sx * MIDDLE, middles[i].y + sy * MIDDLE};
			out->to[n] = corner_to(f[i], u, w, sx, sy);
			out->weights[n++] = 1;
		}
	}
	out->count = n;
}

static bool map_by_patterns(const struct grid_view *v, int version, struct homography *out) {
	struct grid_points points;
	grid_points_of(v, version, &points);
	return homography_fit(&(struct pairs){points.from, points.to, points.weights, points.count}, out);
}

/* Modules from one middle to the other, by the patterns' own extent along that way. */
static float modules_between(const struct finder *a, const struct finder *b) {
	struct point way = point_sub(b->centre, a->centre);
	float length = hypotf(way.x, way.y);
	const struct finder *const f[2] = {a, b};
	float sizes[2] = {a->module, b->module};
	for (int i = 0; i < 2; i++) {
		if (!f[i]->outlined) {
			continue;
		}
		float low = 0;
		float high = 0;
		for (int k = 0; k < 4; k++) { /* a parallelogram's extent along a side is half of the sum of its corners' */
			float along = point_dot(point_sub(f[i]->corners[k], f[i]->centre), way) / length;
			low += along < 0 ? along / 2 : 0;
			high += along > 0 ? along / 2 : 0;
		}
		sizes[i] = (high - low) / 7;
	}
	return 2 * length / (sizes[0] + sizes[1]);
}

#define VERSIONS_TRIED 7

int grid_version_about(const struct grid_view *view) {
	float modules = (modules_between(&view->corner, &view->right) + modules_between(&view->corner, &view->below)) / 2;
	/* A symbol has 17 + 4 * version modules each way, and its patterns' middles are 7 modules closer together than its edges. */
	return (int)lroundf((modules + 7 - 17) / 4);
}

static bool fits_better(const void *a, const void *b) {
	const struct grid *one = a, *other = b;
	return one->timing + one->corners > other->timing + other->corners;
}

int grid_guess(const struct grid_view *view, struct grid *out, int max) {
	int middle = grid_version_about(view);
	int count = 0;
	const struct ranked ranked = {out, &count, max, sizeof *out, fits_better};
	for (int k = 0; k < VERSIONS_TRIED; k++) {
		/* From the likeliest version outwards: 0, -1, 1, -2, 2, -3, 3. */
		struct grid g = {.version = middle + (k % 2 == 0 ? k / 2 : -(k + 1) / 2)};
		if (g.version < 1 || g.version > SYMBOL_VERSION_MAX || !map_by_patterns(view, g.version, &g.map)) {
			continue;
		}
		struct fit_map map = on_grid(&g);
		g.timing = fit_timing(view->image, &map);
		g.corners = fit_finders(view->image, &map);
		ranked_put(&ranked, &g);
	}
	return count;
}

/* --- alignment -------------------------------------------------------------------------------------------------------------------------- */

/* The map moved so that (x, y) comes to lie on `to`, while the three finder patterns stay. */
/* Four pairs of points determine a homography exactly. */
static bool map_through(const struct grid *g, struct point at, struct point to, struct homography *out) {
	float far = (float)symbol_side(g->version) - MIDDLE;
	const struct point from[4] = {{MIDDLE, MIDDLE}, {far, MIDDLE}, {MIDDLE, far}, at};
	struct point onto[4];
	for (int i = 0; i < 3; i++) {
		onto[i] = homography_at(&g->map, from[i].x, from[i].y);
	}
	onto[3] = to;
	return homography_fit(&(struct pairs){from, onto, NULL, 4}, out);
}

/* What an alignment pattern looks like around a module. */
static void stencil_at(struct stencil *s, const struct homography *m, struct point at, struct stencil_of *of) {
	struct point middle = homography_at(m, at.x, at.y);
	*of = (struct stencil_of){2, SYMBOL_ALIGNMENT_DARK, point_sub(homography_at(m, at.x + 1, at.y), middle),
				  point_sub(homography_at(m, at.x, at.y + 1), middle)};
	stencil_fill(s, of);
}

#define REACH_MODULES 5.0F
#define PLACES_MAX 8

struct place {
	struct point at;
	float fit;
};

/* Keeps the best ones, of which no two are nearer to one another than `apart`: one pattern is seen at many places side by side. */
static void keep_place(struct place *places, int *count, int max, const struct place *p, float apart) {
	for (int i = 0; i < *count; i++) {
		if (point_distance(places[i].at, p->at) < apart) {
			if (p->fit <= places[i].fit) {
				return;
			}
			places[i] = places[--*count];
			i = -1; /* it may displace others, too */
		}
	}
	/* When all places are taken, one that fits less well makes room. It need not be the worst one. */
	int at = *count < max ? (*count)++ : -1;
	for (int i = 0; at < 0 && i < max; i++) {
		at = places[i].fit < p->fit ? i : at;
	}
	if (at >= 0) {
		places[at] = *p;
	}
}

static void sort_places(struct place *places, int count) {
	for (int i = 1; i < count; i++) {
		struct place p = places[i];
		int k = i;
		for (; k > 0 && places[k - 1].fit < p.fit; k--) {
			places[k] = places[k - 1];
		}
		places[k] = p;
	}
}

int grid_align(const struct grid_view *view, const struct grid *grid, struct grid *out, int max) {
	out[0] = *grid;
	if (grid->version < 2) {
		return 1;
	}
	struct stencil s;
	struct place places[PLACES_MAX];
	int count = 0;
	int wanted = max < PLACES_MAX ? max : PLACES_MAX;
	float at = (float)symbol_side(grid->version) - 6.5F;
	/* Far from the three finder patterns the map may be off by more modules. */
	float reach = REACH_MODULES + (float)grid->version * 0.15F;
	struct point middle = homography_at(&grid->map, at, at);
	struct stencil_of of;
	stencil_at(&s, &grid->map, (struct point){at, at}, &of);
	float apart = 1.5F * fmaxf(hypotf(of.right.x, of.right.y), hypotf(of.down.x, of.down.y));
	for (float y = -reach; y <= reach; y += 0.4F) {
		for (float x = -reach; x <= reach; x += 0.4F) {
			struct place p = {.at = point_add(middle, point_add(point_times(of.right, x), point_times(of.down, y)))};
			/* What lies where it is expected is likelier. */
			p.fit = stencil_fit(&s, view->image, p.at) * (1 - 0.35F * hypotf(x, y) / reach);
			keep_place(places, &count, wanted, &p, apart);
		}
	}
	sort_places(places, count);
	int made = 0;
	for (int i = 0; i < count; i++) {
		out[made] = *grid;
		made += map_through(grid, (struct point){at, at}, places[i].at, &out[made].map);
	}
	return made;
}

/* --- settling ---------------------------------------------------------------------------------------------------------------------------- */

#define SETTLE_REACH 5 /* half modules to each side */

/* How far the modules of the quarter across from the corner pattern are from their mean, each measured in four places. */
static float quarter_fit(const struct image *image, const struct grid *g) {
	struct fit_map map = on_grid(g);
	int side = symbol_side(g->version);
	int from = side / 2;
	float greys[(SYMBOL_SIDE_MAX / 2 + 1) * (SYMBOL_SIDE_MAX / 2 + 1)];
	float mean = 0;
	int count = 0;
	for (int y = from; y < side; y++) {
		for (int x = from; x < side; x++) {
			struct contrast c = {.squares = 0};
			/* The module's shade is not known; `true` only says in which sum its four looks are added up. */
			fit_module(&c, image, &map, (struct point){(float)x + 0.5F, (float)y + 0.5F}, true);
			greys[count] = (float)c.sum[1] / (float)c.count[1];
			mean += greys[count++];
		}
	}
	mean /= (float)count;
	float fit = 0;
	for (int i = 0; i < count; i++) {
		fit += fabsf(greys[i] - mean);
	}
	return fit;
}

bool grid_settle(const struct image *image, struct grid *g, const struct deadline *deadline) {
	float far = (float)symbol_side(g->version) - MIDDLE;
	const struct point corner = {far, far};
	struct point middle = homography_at(&g->map, far, far);
	struct point right = point_times(point_sub(homography_at(&g->map, far + 1, far), middle), 0.5F);
	struct point down = point_times(point_sub(homography_at(&g->map, far, far + 1), middle), 0.5F);
	struct grid best = *g;
	/* It has to be clearly better, or noise would move it. */
	float most = 1.03F * quarter_fit(image, g);
	bool moved = false;
	for (int i = 0; i < (2 * SETTLE_REACH + 1) * (2 * SETTLE_REACH + 1) && !deadline_over(deadline); i++) {
		struct grid tried = *g;
		int across = i % (2 * SETTLE_REACH + 1) - SETTLE_REACH;
		int along = i / (2 * SETTLE_REACH + 1) - SETTLE_REACH;
		struct point by = point_add(point_times(right, (float)across), point_times(down, (float)along));
		if (!map_through(g, corner, point_add(middle, by), &tried.map)) {
			continue;
		}
		float fit = quarter_fit(image, &tried);
		if (fit > most) {
			most = fit;
			best = tried;
			moved = true;
		}
	}
	*g = best;
	return moved;
}

/* --- climbing --------------------------------------------------------------------------------------------------------------------------- */

/* Coordinate ascent: one corner at a time, in steps of a half, a quarter and an eighth of a module. Each step tries every corner (k / 4)
 * four ways (k % 4). */
void grid_climb(const struct image *image, struct grid *g, const struct deadline *deadline) {
	float side = (float)symbol_side(g->version);
	float far = g->version < 2 ? side - MIDDLE : side - 6.5F;
	const struct point from[4] = {{MIDDLE, MIDDLE}, {side - MIDDLE, MIDDLE}, {MIDDLE, side - MIDDLE}, {far, far}};
	struct point to[4];
	for (int i = 0; i < 4; i++) {
		to[i] = homography_at(&g->map, from[i].x, from[i].y);
	}
	struct point a = homography_at(&g->map, MIDDLE, MIDDLE);
	struct point b = homography_at(&g->map, MIDDLE + 1, MIDDLE);
	float module = point_distance(a, b);
	float best = grid_fit(image, g);
	for (float step = 0.5F * module; step > 0.08F * module; step /= 2) {
		for (int k = 0; k < 16 && !deadline_over(deadline); k++) {
			static const struct point ways[] = {{1, 0}, {-1, 0}, {0, 1}, {0, -1}};
			struct point kept = to[k / 4];
			struct grid tried = *g;
			to[k / 4] = point_add(kept, point_times(ways[k % 4], step));
			float fit = homography_fit(&(struct pairs){from, to, NULL, 4}, &tried.map) ? grid_fit(image, &tried) : -1;
			if (fit > best) {
				best = fit;
				*g = tried;
			} else {
				to[k / 4] = kept;
			}
		}
	}
}

/* --- meshes ------------------------------------------------------------------------------------------------------------------------------ */

struct meshing {
	const struct image *image;
	const struct grid *grid;
	struct mesh *mesh;
	float fit_least;
	struct point nodes[SYMBOL_ALIGNMENT_MAX][SYMBOL_ALIGNMENT_MAX];
	struct point off[SYMBOL_ALIGNMENT_MAX][SYMBOL_ALIGNMENT_MAX]; /* from where the map has them */
};

#define NODE_REACH 1.8F /* modules from where its neighbours let one expect it */

/* Where the pattern is seen near where it is expected; when it is not seen, where it is expected. */
static struct point find_node(const struct meshing *m, struct point module, struct point expected) {
	struct stencil s;
	struct stencil_of of;
	stencil_at(&s, &m->grid->map, module, &of);
	struct point found;
	float fit = stencil_seek(&s, m->image, &(struct stencil_search){expected, of.right, of.down, NODE_REACH, 0.6F, 0.12F}, &found);
	return fit > m->fit_least ? found : expected;
}

/* How far its neighbours above and to the left were off, on the average: those below and to the right come later. */
static struct point offset_before(const struct meshing *m, int i, int k) {
	struct point sum = {0, 0};
	float count = 0;
	for (int di = i > 0 ? -1 : 0; di <= 0; di++) {
		for (int dk = k > 0 ? -1 : 0; dk <= 0; dk++) {
			if (di != 0 || dk != 0) {
				sum = point_add(sum, m->off[i + di][k + dk]);
				count++;
			}
		}
	}
	return count == 0 ? sum : point_times(sum, 1 / count);
}

bool mesh_fit(const struct image *image, const struct grid *grid, const struct deadline *deadline, struct mesh *out) {
	struct fit_map map = on_grid(grid);
	/* How well patterns can be seen at all in this picture is what the finder patterns show. */
	struct meshing m = {.image = image, .grid = grid, .mesh = out, .fit_least = 0.35F * fit_finders(image, &map)};
	out->version = grid->version;
	out->count = symbol_alignment(grid->version, out->at);
	if (out->count < 3) {
		return false;
	}
	int last = out->count - 1;
	for (int i = 0; i <= last; i++) {
		if (deadline_over(deadline)) {
			return false;
		}
		for (int k = 0; k <= last; k++) {
			struct point module = {(float)out->at[k] + 0.5F, (float)out->at[i] + 0.5F};
			struct point mapped = homography_at(&grid->map, module.x, module.y);
			/* There the finder patterns are (ISO/IEC 18004:2015, annex E). */
			bool none = (i == 0 && k == 0) || (i == 0 && k == last) || (i == last && k == 0);
			struct point expected = point_add(mapped, offset_before(&m, i, k));
			m.nodes[i][k] = none ? mapped : find_node(&m, module, expected);
			m.off[i][k] = point_sub(m.nodes[i][k], mapped);
		}
	}
	bool ok = true;
	for (int i = 0; i < last; i++) {
		for (int k = 0; k < last; k++) {
			float x0 = (float)out->at[k] + 0.5F;
			float x1 = (float)out->at[k + 1] + 0.5F;
			float y0 = (float)out->at[i] + 0.5F;
			float y1 = (float)out->at[i + 1] + 0.5F;
			const struct point from[4] = {{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}};
			const struct point to[4] = {m.nodes[i][k], m.nodes[i][k + 1], m.nodes[i + 1][k + 1], m.nodes[i + 1][k]};
			ok = ok && homography_fit(&(struct pairs){from, to, NULL, 4}, &out->pieces[i * last + k]);
		}
	}
	return ok;
}
