/* Points and projective maps of the plane. Pure. */
#ifndef TURNOUT_SCAN_IMAGE_GEOMETRY_H
#define TURNOUT_SCAN_IMAGE_GEOMETRY_H

#include <stdbool.h>
#include <stddef.h>

struct point {
	float x, y;
};

static inline struct point point_add(struct point a, struct point b) { return (struct point){a.x + b.x, a.y + b.y}; }
static inline struct point point_sub(struct point a, struct point b) { return (struct point){a.x - b.x, a.y - b.y}; }
static inline struct point point_times(struct point a, float by) { return (struct point){a.x * by, a.y * by}; }
static inline float point_dot(struct point a, struct point b) { return a.x * b.x + a.y * b.y; }
static inline float point_cross(struct point a, struct point b) { return a.x * b.y - a.y * b.x; }
float point_distance(struct point a, struct point b);
/* Within a quadrilateral without a dent. */
bool point_within(struct point p, const struct point corners[4]);

/* What four points lie within, as far as that is no farther out than BOUNDS_MOST: maps have a horizon. */
#define BOUNDS_MOST 1e6F
struct bounds {
	float left, top, right, bottom;
};
struct bounds bounds_of(const struct point corners[4]);

/* A projective map: (x, y) goes to ((a x + b y + c) / w, (d x + e y + f) / w) with w = g x + h y + 1. */
struct homography {
	float a, b, c, d, e, f, g, h;
};

static inline struct point homography_at(const struct homography *m, float x, float y) {
	float w = 1.0F / (m->g * x + m->h * y + 1.0F);
	return (struct point){(m->a * x + m->b * y + m->c) * w, (m->d * x + m->e * y + m->f) * w};
}

/* The map that brings the points `from` to `to` best: exactly for four, by least algebraic squares for more (Hartley and Zisserman, Multiple
 * View Geometry, 4.1, with the last coefficient 1). `weights` may be NULL. False when the points do not determine it. */
struct pairs {
	const struct point *from, *to;
	const float *weights;
	size_t count;
};
bool homography_fit(const struct pairs *pairs, struct homography *out);

/* The map of a square's corners (0,0), (side,0), (side,side), (0,side) to a quadrilateral. */
bool homography_of_square(float side, const struct point corners[4], struct homography *out);

#endif
