#include "scan/qr/sample.h"

#include <math.h>
#include <string.h>

#define SPREAD 0.22F /* of a module: five looks at it, in the middle and towards its corners */

void sample_lattice(const struct image *image, const struct lattice *lattice, struct sample_work *work) {
	int side = symbol_side(lattice->version);
	for (int y = 0; y < side; y++) {
		for (int x = 0; x < side; x++) {
			int i = y * side + x;
			struct point c = lattice->at[i];
			/* A module's sides from its own neighbours: on a bent lattice they differ from place to place. */
			struct point right = x + 1 < side ? point_sub(lattice->at[i + 1], c) : point_sub(c, lattice->at[i - 1]);
			struct point down = y + 1 < side ? point_sub(lattice->at[i + side], c) : point_sub(c, lattice->at[i - side]);
			struct point a = point_times(point_add(right, down), SPREAD);
			struct point b = point_times(point_sub(right, down), SPREAD);
			int sum = image_grey(image, c.x, c.y) + image_grey(image, c.x + a.x, c.y + a.y) +
				  image_grey(image, c.x - a.x, c.y - a.y) + image_grey(image, c.x + b.x, c.y + b.y) +
				  image_grey(image, c.x - b.x, c.y - b.y);
			work->grey[i] = (float)sum / 5;
		}
	}
}

/* --- thresholds ------------------------------------------------------------------------------------------------------------------------- */

#define WINDOW 4 /* modules to each side */

/* Sums over rectangles (Crow 1984): sums[0] of `values`, sums[1] of how many count; those for which `which` is 0 are left out. */
static void sum_up(struct sample_work *w, int side, const float *values, const uint8_t *which) {
	int across = side + 1;
	memset(w->sums[0], 0, (size_t)across * sizeof(float));
	memset(w->sums[1], 0, (size_t)across * sizeof(float));
	for (int y = 0; y < side; y++) {
		float sum = 0;
		float count = 0;
		w->sums[0][(y + 1) * across] = w->sums[1][(y + 1) * across] = 0;
		for (int x = 0; x < side; x++) {
			int i = y * side + x;
			float counts = which == NULL || which[i] != 0 ? 1 : 0;
			sum += counts * values[i];
			count += counts;
			w->sums[0][(y + 1) * across + x + 1] = w->sums[0][y * across + x + 1] + sum;
			w->sums[1][(y + 1) * across + x + 1] = w->sums[1][y * across + x + 1] + count;
		}
	}
}

/* `none` when nothing counts in the window. */
static float mean_around(const struct sample_work *w, int side, int x, int y, float none) {
	int across = side + 1;
	int x0 = x < WINDOW ? 0 : x - WINDOW;
	int y0 = y < WINDOW ? 0 : y - WINDOW;
	int x1 = x + WINDOW + 1 > side ? side : x + WINDOW + 1;
	int y1 = y + WINDOW + 1 > side ? side : y + WINDOW + 1;
	float total[2];
	for (int k = 0; k < 2; k++) {
		const float *s = w->sums[k];
		total[k] = s[y1 * across + x1] - s[y0 * across + x1] - s[y1 * across + x0] + s[y0 * across + x0];
	}
	return total[1] < 0.5F ? none : total[0] / total[1];
}

/* Undoes a little blur: what a module got from its four neighbours is taken away again. */
static void sharpened(const float *from, float *to, int side, float by) {
	for (int y = 0; y < side; y++) {
		for (int x = 0; x < side; x++) {
			int i = y * side + x;
			float left = from[x > 0 ? i - 1 : i];
			float right = from[x + 1 < side ? i + 1 : i];
			float up = from[y > 0 ? i - side : i];
			float down = from[y + 1 < side ? i + side : i];
			to[i] = from[i] + by * (from[i] - (left + right + up + down) / 4);
		}
	}
}

#define CONTRAST_LEAST 6.0F /* grey levels: less is noise */

static int8_t sureness(float seen) {
	float sure = seen * 100;
	return (int8_t)(sure > 127 ? 127 : sure < -127 ? -127 : sure);
}

#define CONTRAST_USUAL 40.0F

static void judge_quickly(struct sample_work *w, int side, const float *grey, struct measured *out) {
	sum_up(w, side, grey, NULL);
	for (int i = 0; i < side * side; i++) {
		out->sure[i] = sureness((mean_around(w, side, i % side, i / side, 128) - grey[i]) / CONTRAST_USUAL);
	}
}

void sample_judge(struct sample_work *w, int version, const struct sample_judging *how, struct measured *out) {
	int side = symbol_side(version);
	int n = side * side;
	uint8_t dark[SAMPLE_MODULES] = {0};
	float *grey = w->grey;
	out->version = version;
	if (how->sharpen > 0) {
		sharpened(w->grey, w->other, side, how->sharpen);
		grey = w->other;
	}
	if (how->quick) {
		judge_quickly(w, side, grey, out);
		return;
	}
	sum_up(w, side, grey, NULL);
	for (int i = 0; i < n; i++) {
		dark[i] = grey[i] < mean_around(w, side, i % side, i / side, 128);
	}
	/* The means of what is dark and what is light there: halfway between them is a better limit where one of them prevails. */
	static const float none = -1;
	float *lows = w->lows;
	sum_up(w, side, grey, dark);
	for (int i = 0; i < n; i++) {
		lows[i] = mean_around(w, side, i % side, i / side, none);
	}
	for (int i = 0; i < n; i++) {
		dark[i] = !dark[i];
	}
	sum_up(w, side, grey, dark);
	for (int i = 0; i < n; i++) {
		float high = mean_around(w, side, i % side, i / side, none);
		float low = lows[i] < 0 ? high : lows[i];
		high = high < 0 ? low : high;
		w->seen[i] = how->darker + ((high + low) / 2 - grey[i]) / fmaxf((high - low) / 2, CONTRAST_LEAST);
		out->sure[i] = sureness(w->seen[i]);
	}
}

bool sample_equalise(struct sample_work *w, const struct symbol_map *map, struct measured *out) {
	if (!equalise(&w->equaliser, map, w->seen)) {
		return false;
	}
	out->version = map->version;
	for (int i = 0; i < symbol_side(map->version) * symbol_side(map->version); i++) {
		out->sure[i] = sureness(w->seen[i]);
	}
	return true;
}

#define GLARE_LEAST 230.0F /* grey levels; where a camera's white ends differs from one to the next */
#define GLARE_SPREAD 4.0F  /* below the brightest: the sensor's noise is cut off there, too */

#define GLARE_BLOCK 3 /* modules each way */

/* Marks those beside such as are marked with one more. */
static void mark_beside(uint8_t *marks, int side, uint8_t how) {
	for (int i = 0; i < side * side; i++) {
		int x = i % side;
		int y = i / side;
		for (int k = 0; k < 9 && marks[i] < how; k++) {
			int nx = x + k % 3 - 1;
			int ny = y + k / 3 - 1;
			if (nx >= 0 && ny >= 0 && nx < side && ny < side && marks[ny * side + nx] == how + 1) {
				marks[i] = how;
			}
		}
	}
}

static bool is_block_over(const struct sample_work *w, int side, int at, float limit) {
	for (int k = 0; k < GLARE_BLOCK * GLARE_BLOCK; k++) {
		if (w->grey[at + k / GLARE_BLOCK * side + k % GLARE_BLOCK] < limit) {
			return false;
		}
	}
	return true;
}

void sample_leave_out_glare(const struct sample_work *w, struct measured *m) {
	static const int shares[] = {4, 2, 1, 0}; /* of four: what is left of a module's sureness, by its mark */
	int side = symbol_side(m->version);
	uint8_t marks[SAMPLE_MODULES] = {0};
	float white = 0;
	for (int i = 0; i < side * side; i++) {
		white = fmaxf(white, w->grey[i]);
	}
	float limit = fmaxf(white - GLARE_SPREAD, GLARE_LEAST);
	if (white < GLARE_LEAST) {
		return;
	}
	for (int i = 0; i < side * side; i++) {
		bool inside = i % side + GLARE_BLOCK <= side && i / side + GLARE_BLOCK <= side;
		if (inside && is_block_over(w, side, i, limit)) {
			for (int k = 0; k < GLARE_BLOCK * GLARE_BLOCK; k++) {
				marks[i + k / GLARE_BLOCK * side + k % GLARE_BLOCK] = 3;
			}
		}
	}
	mark_beside(marks, side, 2);
	mark_beside(marks, side, 1);
	for (int i = 0; i < side * side; i++) {
		m->sure[i] = (int8_t)(m->sure[i] * shares[marks[i]] / 4);
	}
}

void sample_mirror(struct measured *m) {
	int side = symbol_side(m->version);
	for (int y = 0; y < side; y++) {
		for (int x = 0; x < y; x++) {
			int8_t kept = m->sure[y * side + x];
			m->sure[y * side + x] = m->sure[x * side + y];
			m->sure[x * side + y] = kept;
		}
	}
}
