#include "scan/track/motion.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define CELL 4         /* small pixels each way: in so large pieces something moves or nothing does */
#define CELL_LEAST 3   /* small pixels of a piece */
#define PIECES_LEAST 3 /* side by side */
#define CHANGE_LEAST 6 /* grey levels … */
#define CHANGE_NOISE 4 /* … beside so many times the middle one of all changes, which is noise */
#define REACH 28       /* small pixels that something may move from one picture to the next */
#define SAMPLES_MAX 800
#define DIFFERENCE_MAX 40 /* what was behind tells nothing: it counts no more than this */
#define MOVED_SHARE 0.75F /* of the difference is left, at most, when what moved is put where it was */

/* --- small pictures ------------------------------------------------------------------------------------------------------------------------- */

static int row_step(const struct motion *m) { return m->factor >= 6 ? 2 : 1; } /* every other row is enough */

/* Pixels that a small one is the mean of. */
static int pixels_of(const struct motion *m) { return m->factor * ((m->factor + row_step(m) - 1) / row_step(m)); }

static void shrink(const struct motion *m, const struct image *image, uint8_t *out) {
	int step = row_step(m);
	/* Division by multiplication; rounded down, so a mean may come out one grey level too low. */
	int by = 65536 / pixels_of(m);
	for (int y = 0; y < m->height; y++) {
		int sums[MOTION_SIDE_MAX] = {0};
		for (int row = 0; row < m->factor; row += step) {
			const uint8_t *from = image->luma + (size_t)(y * m->factor + row) * (size_t)image->stride;
			for (int x = 0; x < m->width; x++) {
				for (int k = 0; k < m->factor; k++) {
					sums[x] += *from++;
				}
			}
		}
		for (int x = 0; x < m->width; x++) {
			out[y * m->width + x] = (uint8_t)(sums[x] * by >> 16);
		}
	}
}

/* The change that as many small pixels stay below as go beyond, between whole steps as evenly as if they were spread there. */
static float middle_change(const struct motion *m) {
	int counts[256] = {0};
	int n = m->width * m->height;
	for (int i = 0; i < n; i++) {
		counts[abs(m->small[0][i] - m->small[1][i])]++;
	}
	int change = 0;
	int below = 0;
	for (; change < 255 && 2 * (below + counts[change]) < n; change++) {
		below += counts[change];
	}
	return fmaxf(0, (float)change - 0.5F + (float)(n - 2 * below) / (float)(2 * (counts[change] > 0 ? counts[change] : 1)));
}

/* --- where ---------------------------------------------------------------------------------------------------------------------------------- */

static bool cell_moved(const struct motion *m, int x0, int y0, int limit) {
	int count = 0;
	for (int y = y0; y < y0 + CELL && y < m->height; y++) {
		for (int x = x0; x < x0 + CELL && x < m->width; x++) {
			count += abs(m->small[0][y * m->width + x] - m->small[1][y * m->width + x]) > limit;
		}
	}
	return count >= CELL_LEAST;
}

#define PIECES_MAX (MOTION_SIDE_MAX / CELL)
struct pieces {
	int across, down;
	uint8_t changed[PIECES_MAX + 2][PIECES_MAX + 2]; /* with a border of such as did not */
};

static void find_pieces(const struct motion *m, int limit, struct pieces *out) {
	memset(out, 0, sizeof *out);
	out->across = (m->width + CELL - 1) / CELL;
	out->down = (m->height + CELL - 1) / CELL;
	for (int y = 0; y < out->down; y++) {
		for (int x = 0; x < out->across; x++) {
			out->changed[y + 1][x + 1] = cell_moved(m, x * CELL, y * CELL, limit);
		}
	}
}

/* Noise changes a piece here and there; what moves changes several side by side. */
static bool is_moving(const struct pieces *p, int x, int y) {
	int around = 0;
	for (int k = 0; k < 9; k++) {
		around += p->changed[y + k / 3][x + k % 3];
	}
	return p->changed[y + 1][x + 1] != 0 && around >= PIECES_LEAST;
}

/* Marks the pieces that changed; what lies around all of them, in small pixels, is in `out`. */
static bool find_box(struct motion *m, struct motion_seen *out) {
	struct pieces pieces;
	float change = middle_change(m);
	int x0 = m->width, y0 = m->height, x1 = 0, y1 = 0;
	/* The mean of n pixels has 1 / sqrt(n) of one pixel's noise. */
	m->grain = change * sqrtf((float)pixels_of(m));
	memset(m->moved, 0, (size_t)m->width * (size_t)m->height);
	find_pieces(m, CHANGE_LEAST + CHANGE_NOISE * (int)lroundf(change), &pieces);
	for (int y = 0; y < m->height; y += CELL) {
		for (int x = 0; x < m->width; x += CELL) {
			if (!is_moving(&pieces, x / CELL, y / CELL)) {
				continue;
			}
			for (int row = y; row < y + CELL && row < m->height; row++) {
				int count = x + CELL < m->width ? CELL : m->width - x;
				memset(m->moved + row * m->width + x, 1, (size_t)count);
			}
			x0 = x < x0 ? x : x0;
			y0 = y < y0 ? y : y0;
			x1 = x + CELL > x1 ? x + CELL : x1;
			y1 = y + CELL > y1 ? y + CELL : y1;
		}
	}
	*out = (struct motion_seen){
		.x = x0, .y = y0, .w = (x1 < m->width ? x1 : m->width) - x0, .h = (y1 < m->height ? y1 : m->height) - y0};
	return x1 > x0;
}

/* --- which way ------------------------------------------------------------------------------------------------------------------------------ */

struct matching {
	const uint8_t *now, *before;
	int width, height, count;
	struct {
		int16_t x, y;
	} at[SAMPLES_MAX];
};

static void choose_samples(const struct motion *m, struct matching *g) {
	int n = m->width * m->height;
	int marked = 0;
	int passed = 0;
	for (int i = 0; i < n; i++) {
		marked += m->moved[i];
	}
	int step = marked / SAMPLES_MAX + 1;
	g->count = 0;
	for (int i = 0; i < n; i++) {
		if (m->moved[i] != 0 && passed++ % step == 0 && g->count < SAMPLES_MAX) {
			g->at[g->count].x = (int16_t)(i % m->width);
			g->at[g->count++].y = (int16_t)(i / m->width);
		}
	}
}

/* How much it differs when it moved so: the mean over the samples (sum of absolute differences); DIFFERENCE_MAX when most would come from beyond the
 * picture. */
static float difference(const struct matching *g, int dx, int dy) {
	int sum = 0;
	int count = 0;
	for (int i = 0; i < g->count; i++) {
		int x = g->at[i].x - dx;
		int y = g->at[i].y - dy;
		if (x >= 0 && y >= 0 && x < g->width && y < g->height) {
			int off = abs(g->now[g->at[i].y * g->width + g->at[i].x] - g->before[y * g->width + x]);
			sum += off < DIFFERENCE_MAX ? off : DIFFERENCE_MAX;
			count++;
		}
	}
	return 2 * count < g->count ? DIFFERENCE_MAX : (float)sum / (float)count;
}

/* Where a parabola through three values has its least, from the one in the middle. */
static float least_between(float before, float here, float after) {
	float bend = before + after - 2 * here;
	return bend <= 0 ? 0 : fmaxf(-0.5F, fminf(0.5F, (before - after) / (2 * bend)));
}

/* Every other place first, then those around the best one; then between. */
static bool find_way(const struct matching *g, struct point *out) {
	/* What is left when nothing moved: a way has to be clearly better (MOVED_SHARE). */
	float none = difference(g, 0, 0);
	float least = none;
	int bx = 0;
	int by = 0;
	for (int step = 2; step >= 1; step--) {
		int reach = step == 2 ? REACH : 1;
		int cx = bx;
		int cy = by;
		for (int dy = cy - reach; dy <= cy + reach; dy += step) {
			for (int dx = cx - reach; dx <= cx + reach; dx += step) {
				float off = difference(g, dx, dy);
				if (off < least) {
					least = off;
					bx = dx;
					by = dy;
				}
			}
		}
	}
	out->x = (float)bx + least_between(difference(g, bx - 1, by), least, difference(g, bx + 1, by));
	out->y = (float)by + least_between(difference(g, bx, by - 1), least, difference(g, bx, by + 1));
	return (bx != 0 || by != 0) && least < MOVED_SHARE * none;
}

bool motion_step(struct motion *m, const struct image *image, struct motion_seen *out) {
	int larger = image->width > image->height ? image->width : image->height;
	int factor = (larger + MOTION_SIDE_MAX - 1) / MOTION_SIDE_MAX;
	int width = image->width / factor;
	int height = image->height / factor;
	/* The other small picture then is of another size, or none: there is nothing to compare with. */
	bool first = m->factor != factor || m->width != width || m->height != height;
	m->factor = factor;
	m->width = width;
	m->height = height;
	m->which = 1 - m->which;
	shrink(m, image, m->small[m->which]);
	if (first || !find_box(m, out)) {
		return false;
	}
	struct matching g = {.now = m->small[m->which], .before = m->small[1 - m->which], .width = width, .height = height};
	choose_samples(m, &g);
	out->way = find_way(&g, &out->by);
	out->by = point_times(out->by, (float)factor);
	out->x *= factor;
	out->y *= factor;
	out->w *= factor;
	out->h *= factor;
	return true;
}
