#include "scan/track/closeup.h"

#include <math.h>
#include <string.h>

#define PARTED 0.7F       /* of the variance, between the two classes */
#define CONTRAST_LEAST 30 /* grey levels between their means */
#define SHARE_LEAST 0.33F /* of each class */
#define SLOPE_LEAST 8.0F  /* grey levels over two blocks */
#define TURN_STEP 0.035F  /* radians; what is measured of the directions is as wrong as TURNS of them */
#define TURNS 2
#define MODULE_LEAST 2.5F /* blocks */
#define MODULE_MOST 30.0F
#define MODULE_STEP 1.04F
#define PERIODIC 0.7F
#define BORDER_CELLS 7 /* each way; those at the border, 24, are counted */
#define BORDER_LEAST 16

/* --- the middle of the picture ----------------------------------------------------------------------------------------------------------- */

/* Returns how many pixels a block has each way. */
static int shrink_middle(struct closeup *c, const struct image *image) {
	int shorter = image->width < image->height ? image->width : image->height;
	int factor = shorter / CLOSEUP_SIDE > 1 ? shorter / CLOSEUP_SIDE : 1;
	c->side = shorter / factor < CLOSEUP_SIDE ? shorter / factor : CLOSEUP_SIDE;
	int left = (image->width - c->side * factor) / 2;
	int top = (image->height - c->side * factor) / 2;
	memset(c->grey, 0, sizeof c->grey);
	for (int y = 0; y < c->side * factor; y++) {
		const uint8_t *p = image->luma + (size_t)(top + y) * (size_t)image->stride + left;
		float *to = c->grey + y / factor * c->side;
		for (int x = 0; x < c->side; x++) {
			int sum = 0;
			for (int k = 0; k < factor; k++) {
				sum += *p++;
			}
			to[x] += (float)sum / (float)(factor * factor);
		}
	}
	return factor;
}

/* Otsu's threshold: the one for which the variance between both classes is greatest. */
static bool is_black_and_white(const struct closeup *c) {
	int counts[256] = {0};
	double sum = 0;
	double squares = 0;
	double n = c->side * c->side;
	for (int i = 0; i < c->side * c->side; i++) {
		int grey = (int)c->grey[i];
		counts[grey]++;
		sum += grey;
		squares += grey * grey;
	}
	double variance = squares / n - sum / n * (sum / n);
	double best = 0;
	bool found = false;
	double below = 0;
	double sum_below = 0;
	for (int grey = 0; grey < 255; grey++) {
		below += counts[grey];
		sum_below += (double)grey * counts[grey];
		if (below > 0 && below < n) {
			double share = below / n;
			double apart = (sum - sum_below) / (n - below) - sum_below / below;
			double between = share * (1 - share) * apart * apart;
			if (between > best) {
				best = between;
				found = apart >= CONTRAST_LEAST && share >= SHARE_LEAST && share <= 1 - SHARE_LEAST;
			}
		}
	}
	return found && best >= PARTED * variance;
}

/* --- edges ------------------------------------------------------------------------------------------------------------------------------- */

struct gradient {
	float x, y;
};

static struct gradient gradient_at(const struct closeup *c, int x, int y) {
	const float *p = c->grey + y * c->side + x;
	return (struct gradient){p[1] - p[-1], p[c->side] - p[-c->side]};
}

/* The direction of edges, up to right angles: the mean of four times the angle, weighted with the energy. */
static float direction(const struct closeup *c) {
	double along = 0;
	double across = 0;
	for (int y = 1; y < c->side - 1; y++) {
		for (int x = 1; x < c->side - 1; x++) {
			struct gradient g = gradient_at(c, x, y);
			double re = (double)g.x * g.x - (double)g.y * g.y; /* of its square: of twice the angle */
			double im = 2 * (double)g.x * g.y;
			double energy = hypot(re, im);
			if (energy > 0) {
				along += (re * re - im * im) / energy;
				across += 2 * re * im / energy;
			}
		}
	}
	return (float)atan2(across, along) / 4;
}

static float between(const float *field, int side, float x, float y) {
	int i = (int)x;
	int j = (int)y;
	float fx = x - (float)i;
	float fy = y - (float)j;
	const float *p = field + j * side + i;
	return (p[0] * (1 - fx) + p[1] * fx) * (1 - fy) + (p[side] * (1 - fx) + p[side + 1] * fx) * fy;
}

/* The edge whose slope is greatest here, if there is one; its place by a parabola through the slopes beside it. */
static void take_edge(struct closeup *c, int k, struct gradient to, int x, int y) {
	int i = y * c->side + x;
	float here = c->slope[k][i];
	/* Clearly along this direction; near corners both slopes are large, and the place would be wrong. */
	if (here < SLOPE_LEAST || here < 2 * c->slope[1 - k][i] || c->counts[k] == CLOSEUP_EDGES) {
		return;
	}
	float before = between(c->slope[k], c->side, (float)x - to.x, (float)y - to.y);
	float after = between(c->slope[k], c->side, (float)x + to.x, (float)y + to.y);
	/* Not alike on both sides: of two equal slopes side by side only one is taken. */
	if (here < before || here <= after) {
		return;
	}
	float by = 0.5F * (before - after) / (before - 2 * here + after);
	c->edges[k][c->counts[k]++] =
		(struct closeup_edge){(float)x + by * to.x, (float)y + by * to.y, here, (y * 2 >= c->side) * 2 + (x * 2 >= c->side)};
}

static void find_edges(struct closeup *c, float angle) {
	struct gradient to[2] = {{cosf(angle), sinf(angle)}, {-sinf(angle), cosf(angle)}};
	memset(c->slope, 0, sizeof c->slope);
	for (int y = 1; y < c->side - 1; y++) {
		for (int x = 1; x < c->side - 1; x++) {
			struct gradient g = gradient_at(c, x, y);
			for (int k = 0; k < 2; k++) {
				c->slope[k][y * c->side + x] = fabsf(g.x * to[k].x + g.y * to[k].y);
			}
		}
	}
	c->counts[0] = c->counts[1] = 0;
	for (int y = 2; y < c->side - 3; y++) {
		for (int x = 2; x < c->side - 3; x++) {
			take_edge(c, 0, to[0], x, y);
			take_edge(c, 1, to[1], x, y);
		}
	}
}

static bool reach_the_border(const struct closeup *c) {
	bool taken[BORDER_CELLS][BORDER_CELLS] = {{false}};
	int count = 0;
	for (int k = 0; k < 2; k++) {
		for (int i = 0; i < c->counts[k]; i++) {
			int x = (int)c->edges[k][i].x * BORDER_CELLS / c->side;
			int y = (int)c->edges[k][i].y * BORDER_CELLS / c->side;
			bool border = x == 0 || y == 0 || x == BORDER_CELLS - 1 || y == BORDER_CELLS - 1;
			count += border && !taken[y][x];
			taken[y][x] = true;
		}
	}
	return count >= BORDER_LEAST;
}

/* --- modules ----------------------------------------------------------------------------------------------------------------------------- */

/* Where the edges lie along both directions. */
static void fill_bins(struct closeup *c, float angle) {
	float cosine = cosf(angle);
	float sine = sinf(angle);
	memset(c->bins, 0, sizeof c->bins);
	for (int k = 0; k < 2; k++) {
		for (int i = 0; i < c->counts[k]; i++) {
			const struct closeup_edge *e = &c->edges[k][i];
			float x = e->x - (float)c->side / 2;
			float y = e->y - (float)c->side / 2;
			float at = k == 0 ? x * cosine + y * sine : y * cosine - x * sine;
			c->bins[k][e->part][(int)(2 * at + (float)CLOSEUP_BINS / 2)] += e->weight;
		}
	}
}

/* How much of the edges' weight lies at multiples of the module from one another; 1 is all. */
static float periodic(const struct closeup *c, int k, float module) {
	float cosine = cosf((float)M_PI / module); /* of half a block */
	float sine = sinf((float)M_PI / module);
	float sum = 0;
	float all = 0;
	for (int part = 0; part < CLOSEUP_PARTS; part++) {
		float re = 0;
		float im = 0;
		float x = 1;
		float y = 0;
		for (int i = 0; i < CLOSEUP_BINS; i++) {
			float weight = c->bins[k][part][i];
			re += weight * x;
			im += weight * y;
			all += weight;
			/* (x, y) is exp(2 pi i u / module) at this bin; turned on from bin to bin, as a sine for each would take long. */
			float turned = x * cosine - y * sine;
			y = x * sine + y * cosine;
			x = turned;
		}
		sum += hypotf(re, im);
	}
	return all > 0 ? sum / all : 0;
}

bool closeup_fills(struct closeup *c, const struct image *image, const struct deadline *deadline, float *module) {
	int factor = shrink_middle(c, image);
	if (c->side < CLOSEUP_SIDE || !is_black_and_white(c) || deadline_over(deadline)) {
		return false;
	}
	float angle = direction(c);
	find_edges(c, angle);
	if (!reach_the_border(c)) {
		return false;
	}
	float best = 0;
	for (int turn = -TURNS; turn <= TURNS; turn++) {
		fill_bins(c, angle + (float)turn * TURN_STEP);
		for (float size = MODULE_LEAST; size < MODULE_MOST && !deadline_over(deadline); size *= MODULE_STEP) {
			float along = periodic(c, 0, size);
			/* The worse of both directions counts, so the second is asked only when the first may win. */
			float fit = along > best ? fminf(along, periodic(c, 1, size)) : 0;
			if (fit > best) {
				best = fit;
				*module = size * (float)factor;
			}
		}
	}
	return best >= PERIODIC;
}
