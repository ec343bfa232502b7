#include "scan/image/geometry.h"

#include <math.h>

#include "scan/image/least.h"

#define UNKNOWNS 8

float point_distance(struct point a, struct point b) { return hypotf(a.x - b.x, a.y - b.y); }

bool point_within(struct point p, const struct point corners[4]) {
	int left = 0;
	for (int i = 0; i < 4; i++) {
		left += point_cross(point_sub(corners[(i + 1) % 4], corners[i]), point_sub(p, corners[i])) > 0;
	}
	return left == 0 || left == 4;
}

/* What is no number is as good as the least. */
static float limited(float v) { return fmaxf(-BOUNDS_MOST, fminf(BOUNDS_MOST, v)); }

struct bounds bounds_of(const struct point corners[4]) {
	struct bounds b = {BOUNDS_MOST, BOUNDS_MOST, -BOUNDS_MOST, -BOUNDS_MOST};
	for (int i = 0; i < 4; i++) {
		float x = limited(corners[i].x);
		float y = limited(corners[i].y);
		b.left = fminf(b.left, x);
		b.top = fminf(b.top, y);
		b.right = fmaxf(b.right, x);
		b.bottom = fmaxf(b.bottom, y);
	}
	return b;
}

/* Where the points lie and how far apart: normalised by these the equations are well conditioned. */
struct frame {
	double x, y, scale;
};

static struct frame frame_of(const struct point *points, size_t count) {
	struct frame f = {0, 0, 0};
	for (size_t i = 0; i < count; i++) {
		f.x += points[i].x / (double)count;
		f.y += points[i].y / (double)count;
	}
	for (size_t i = 0; i < count; i++) {
		f.scale += hypot(points[i].x - f.x, points[i].y - f.y) / (double)count;
	}
	f.scale = f.scale > 1e-6 ? 1.0 / f.scale : 0;
	return f;
}

/* The coefficients in the callers' own units: to^-1 * normalised * from. False when the origin lies on the horizon. */
static bool restore(const double p[UNKNOWNS], const struct frame *from, const struct frame *to, struct homography *out) {
	double m[3][3] = {{p[0], p[1], p[2]}, {p[3], p[4], p[5]}, {p[6], p[7], 1}};
	for (int r = 0; r < 3; r++) {
		m[r][2] -= from->scale * (m[r][0] * from->x + m[r][1] * from->y);
		m[r][0] *= from->scale;
		m[r][1] *= from->scale;
	}
	for (int c = 0; c < 3; c++) {
		m[0][c] = m[0][c] / to->scale + to->x * m[2][c];
		m[1][c] = m[1][c] / to->scale + to->y * m[2][c];
	}
	if (fabs(m[2][2]) < 1e-9) {
		return false;
	}
	double w = 1.0 / m[2][2];
	*out = (struct homography){(float)(m[0][0] * w), (float)(m[0][1] * w), (float)(m[0][2] * w), (float)(m[1][0] * w),
				   (float)(m[1][1] * w), (float)(m[1][2] * w), (float)(m[2][0] * w), (float)(m[2][1] * w)};
	return true;
}

bool homography_fit(const struct pairs *pairs, struct homography *out) {
	struct least least = {.unknowns = UNKNOWNS, .sides = 1};
	double p[UNKNOWNS];
	struct frame from = frame_of(pairs->from, pairs->count);
	struct frame to = frame_of(pairs->to, pairs->count);
	if (pairs->count < 4 || from.scale == 0 || to.scale == 0) {
		return false;
	}
	for (size_t i = 0; i < pairs->count; i++) {
		double x = (pairs->from[i].x - from.x) * from.scale;
		double y = (pairs->from[i].y - from.y) * from.scale;
		double u = (pairs->to[i].x - to.x) * to.scale;
		double v = (pairs->to[i].y - to.y) * to.scale;
		double weight = pairs->weights != NULL ? pairs->weights[i] : 1;
		/* u = (a x + b y + c) / (g x + h y + 1), and v alike; times the denominator they are linear in the eight unknowns. */
		least_add(&least, (const double[]){x, y, 1, 0, 0, 0, -x * u, -y * u, u}, weight);
		least_add(&least, (const double[]){0, 0, 0, x, y, 1, -x * v, -y * v, v}, weight);
	}
	return least_solve(&least, p) && restore(p, &from, &to, out);
}

bool homography_of_square(float side, const struct point corners[4], struct homography *out) {
	const struct point square[4] = {{0, 0}, {side, 0}, {side, side}, {0, side}};
	return homography_fit(&(struct pairs){square, corners, NULL, 4}, out);
}
