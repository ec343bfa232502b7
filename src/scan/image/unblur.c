#include "scan/image/unblur.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

void unblur_fini(struct unblur *u) {
	free(u->from);
	free(u->across);
	filtered_fini(&u->out);
	*u = (struct unblur){.cap = 0};
}

/* --- how far it moved ----------------------------------------------------------------------------------------------------------------------- */

#define LENGTH_LEAST 3
#define SLOPE_MAX 30               /* grey levels: edges of what stands still are no more than this */
#define SAMPLED_MAX 20000          /* pixels */
#define CORRELATION_LEAST (-0.40F) /* what correlates less than that is modules that are seen clearly */
#define CORRELATION_MOST (-0.03F)

static int slope_at(const struct image *image, int at, int step) {
	int slope = image->luma[at] - image->luma[at - step];
	return slope > SLOPE_MAX ? SLOPE_MAX : slope < -SLOPE_MAX ? -SLOPE_MAX : slope;
}

struct slopes {
	int step; /* to the next pixel along the way */
	int last;
	int lags[UNBLUR_SMEAR_MAX + 1];
	int64_t sums[UNBLUR_SMEAR_MAX + 1];
};

/* Over so many rows that it does not take long; `margin` pixels from the edge all that is looked at lies in the picture. */
static void correlate(struct slopes *s, const struct image *image, int margin) {
	int rows = image->width * image->height / SAMPLED_MAX + 1;
	for (int y = margin; y < image->height - margin; y += rows) {
		/* The way leads to the right, or straight up or down: to the left one pixel is enough. */
		for (int x = 1; x < image->width - margin; x++) {
			int at = y * image->stride + x;
			int slope = slope_at(image, at, s->step);
			for (int t = 0; t <= s->last && slope != 0; t++) {
				s->sums[t] += slope * slope_at(image, at + s->lags[t], s->step);
			}
		}
	}
}

float unblur_smear_length(const struct image *image, struct point way, float most) {
	struct slopes s = {.last = most < UNBLUR_SMEAR_MAX ? (int)most : UNBLUR_SMEAR_MAX};
	if (s.last < LENGTH_LEAST) {
		return 0;
	}
	if (way.x < 0) { /* it is the same from both ends */
		way = point_times(way, -1);
	}
	s.step = (int)lroundf(way.y) * image->stride + (int)lroundf(way.x);
	for (int t = 0; t <= s.last; t++) {
		s.lags[t] = (int)lroundf(way.y * (float)t) * image->stride + (int)lroundf(way.x * (float)t);
	}
	correlate(&s, image, s.last + 2);
	int least = LENGTH_LEAST;
	for (int t = LENGTH_LEAST; t <= s.last; t++) {
		least = s.sums[t] < s.sums[least] ? t : least;
	}
	float share = s.sums[0] == 0 ? 0 : (float)s.sums[least] / (float)s.sums[0];
	return share < CORRELATION_LEAST || share > CORRELATION_MOST ? 0 : (float)least;
}

/* --- filters -------------------------------------------------------------------------------------------------------------------------------- */

#define TAPS 32            /* to each side, at most */
#define FREQUENCIES 128    /* up to half a period a pixel */
#define NOISE_MOVING 0.02F /* of the picture's power there is in the noise */
#define LENS 0.45F         /* pixels: the deviation of what a lens in focus makes of a point */
#define PI_F 3.14159265F

struct line { /* a filter, from -reach to reach */
	int reach;
	float taps[2 * TAPS + 1];
};

/* What is left of a frequency, in periods a pixel, of something that moves by `length` and is blurred with that deviation. */
static float kept(float frequency, float length, float deviation) {
	float angle = PI_F * frequency * length;
	float box = angle < 1e-4F ? 1 : sinf(angle) / angle;
	float lens = PI_F * frequency * deviation;
	return box * expf(-2 * lens * lens);
}

/* Wiener's filter in frequencies, brought back by a cosine transform, as it is symmetric. Its sum is 1, so that the mean grey stays. */
static void fill_line(struct line *l, float length, float deviation, float noise) {
	float wanted = 6 + 1.5F * length + 3 * deviation;
	float gain[FREQUENCIES + 1];
	float sum = 0;
	l->reach = wanted < TAPS ? (int)wanted : TAPS;
	for (int i = 1; i <= FREQUENCIES; i++) {
		float h = kept(0.5F * (float)i / FREQUENCIES, length, deviation);
		gain[i] = h / (h * h + noise);
	}
	for (int j = 0; j <= l->reach; j++) {
		/* Frequency 0, of which everything is left, counts half (trapezoidal rule). */
		float tap = 0.5F / (1 + noise);
		for (int i = 1; i <= FREQUENCIES; i++) {
			tap += gain[i] * cosf(PI_F * (float)(i * j) / FREQUENCIES);
		}
		tap *= 0.5F + 0.5F * cosf(PI_F * (float)j / (float)(l->reach + 1)); /* it ends softly */
		l->taps[l->reach + j] = l->taps[l->reach - j] = tap;
		sum += j == 0 ? tap : 2 * tap;
	}
	for (int j = 0; j <= 2 * l->reach; j++) {
		l->taps[j] /= sum;
	}
}

#define WEIGHT_LEAST 0.002F
#define ASTRAY 1.2F /* pixels at the line's ends that do not matter: then half as many taps do */

struct kernel {
	int count;
	struct {
		int at; /* from a pixel */
		float weight;
	} taps[4 * (2 * TAPS + 1)];
};

static void add_tap(struct kernel *k, int at, float weight) {
	if (fabsf(weight) > WEIGHT_LEAST) {
		k->taps[k->count].at = at;
		k->taps[k->count++].weight = weight;
	}
}

/* The line laid along a direction, over the pixels that it goes between; rows are `stride` apart. */
static void fill_kernel(struct kernel *k, const struct line *l, struct point way, int stride) {
	k->count = 0;
	if (fabsf(way.y) * (float)l->reach < ASTRAY) {
		way = (struct point){way.x < 0 ? -1 : 1, 0};
	} else if (fabsf(way.x) * (float)l->reach < ASTRAY) {
		way = (struct point){0, way.y < 0 ? -1 : 1};
	}
	for (int j = -l->reach; j <= l->reach; j++) {
		float x = way.x * (float)j;
		float y = way.y * (float)j;
		float fx = x - floorf(x);
		float fy = y - floorf(y);
		float weight = l->taps[j + l->reach];
		int at = (int)floorf(y) * stride + (int)floorf(x);
		add_tap(k, at, weight * (1 - fx) * (1 - fy));
		add_tap(k, at + 1, weight * fx * (1 - fy));
		add_tap(k, at + stride, weight * (1 - fx) * fy);
		add_tap(k, at + stride + 1, weight * fx * fy);
	}
}

/* --- pictures ------------------------------------------------------------------------------------------------------------------------------- */

#define BLOCK 16 /* pixels at a time, a number that compilers know what to do with */
#define EDGE (TAPS + 2)
#define MIDDLE 128 /* grey */
#define CONTRAST 0.65F

static bool late(const struct deadline *deadline, int y) { return y % 16 == 0 && deadline_over(deadline); }

/* Rows of floats with the picture's edges drawn out to each side. */
struct floats {
	int width, height, stride;
};

static float *row_of(float *of, const struct floats *f, int y) { return of + (size_t)(y + EDGE) * (size_t)f->stride + EDGE; }

/* When time is over before it is done what comes after it does not even begin. */
static struct floats fill_floats(struct unblur *u, const struct image *image, const struct deadline *deadline) {
	/* Whole blocks and an edge on either side: then no tap of any block lies outside. */
	struct floats f = {image->width, image->height, (image->width + BLOCK - 1) / BLOCK * BLOCK + 2 * EDGE};
	size_t need = (size_t)f.stride * (size_t)(f.height + 2 * EDGE);
	if (need > u->cap) {
		u->from = xrealloc(u->from, need, sizeof *u->from);
		u->across = xrealloc(u->across, need, sizeof *u->across);
		u->cap = need;
	}
	for (int y = -EDGE; y < f.height + EDGE && !late(deadline, y + EDGE); y++) {
		int row = y < 0 ? 0 : y >= f.height ? f.height - 1 : y;
		const uint8_t *from = image->luma + (size_t)row * (size_t)image->stride;
		float *to = row_of(u->from, &f, y);
		for (int x = -EDGE; x < f.stride - EDGE; x++) {
			to[x] = from[x < 0 ? 0 : x >= f.width ? f.width - 1 : x];
		}
	}
	return f;
}

static void apply(const struct kernel *k, const float *from, float to[BLOCK]) {
	float sums[BLOCK] = {0};
	for (int t = 0; t < k->count; t++) {
		const float *at = from + k->taps[t].at;
		float weight = k->taps[t].weight;
		for (int i = 0; i < BLOCK; i++) {
			sums[i] += weight * at[i];
		}
	}
	memcpy(to, sums, sizeof sums);
}

static const struct image *finish(struct unblur *u, float *from, const struct floats *f, const struct kernel *k,
				  const struct deadline *deadline) {
	struct image *out = filter_room(&u->out, f->width, f->height);
	for (int y = 0; y < f->height && !late(deadline, y); y++) {
		uint8_t *to = out->luma + (size_t)y * (size_t)out->stride;
		for (int x = 0; x < f->width; x += BLOCK) {
			float grey[BLOCK];
			apply(k, row_of(from, f, y) + x, grey);
			for (int i = 0; i < BLOCK && x + i < f->width; i++) {
				float v = MIDDLE + CONTRAST * (grey[i] - MIDDLE);
				to[x + i] = (uint8_t)(v < 0 ? 0 : v > 255 ? 255 : v);
			}
		}
	}
	return out;
}

const struct image *unblur_smear(struct unblur *u, const struct image *image, struct point by, const struct deadline *deadline) {
	struct line line;
	struct kernel kernel;
	struct floats f = fill_floats(u, image, deadline);
	float length = hypotf(by.x, by.y);
	fill_line(&line, length, LENS, NOISE_MOVING);
	fill_kernel(&kernel, &line, point_times(by, 1 / length), f.stride);
	return finish(u, u->from, &f, &kernel, deadline);
}

/* Along the rows, then along the columns: together that is round. */
const struct image *unblur_lens(struct unblur *u, const struct image *image, const struct unblur_lens *lens,
				const struct deadline *deadline) {
	struct line line;
	struct kernel kernel;
	struct floats f = fill_floats(u, image, deadline);
	fill_line(&line, 0, lens->deviation, lens->noise);
	fill_kernel(&kernel, &line, (struct point){1, 0}, f.stride);
	for (int y = -EDGE; y < f.height + EDGE && !late(deadline, y + EDGE); y++) {
		for (int x = 0; x < f.width; x += BLOCK) {
			apply(&kernel, row_of(u->from, &f, y) + x, row_of(u->across, &f, y) + x);
		}
	}
	fill_kernel(&kernel, &line, (struct point){0, 1}, f.stride);
	return finish(u, u->across, &f, &kernel, deadline);
}
