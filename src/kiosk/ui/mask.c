#include "kiosk/ui/mask.h"

#include <math.h>
#include <stdlib.h>

#include "base/alloc.h"

void mask_fini(struct mask *mask) {
	free(mask->alpha);
	*mask = (struct mask){0};
}

/* How much of a pixel lies inside, by the signed distance of its middle from the edge, negative inside. */
static uint8_t coverage(float distance) {
	float inside = 0.5f - distance;
	return inside <= 0 ? 0 : inside >= 1 ? 255 : (uint8_t)(inside * 255 + 0.5f);
}

static struct mask mask_make(int w, int h) {
	w = w < 1 ? 1 : w;
	h = h < 1 ? 1 : h;
	return (struct mask){w, h, xcalloc((size_t)w * (size_t)h, 1)};
}

struct mask mask_corner(int radius, int width) {
	struct mask m = mask_make(radius, radius);
	for (int y = 0; y < m.h; y++) {
		for (int x = 0; x < m.w; x++) {
			float d = hypotf((float)(radius - x) - 0.5f, (float)(radius - y) - 0.5f) - (float)radius;
			/* A ring: inside the outer circle and outside the inner one. */
			d = width > 0 ? fmaxf(d, -(d + (float)width)) : d;
			m.alpha[y * m.w + x] = coverage(d);
		}
	}
	return m;
}

struct spot {
	float x, y;
};

static float to_segment(struct spot p, struct spot a, struct spot b) {
	float dx = b.x - a.x, dy = b.y - a.y, length = dx * dx + dy * dy;
	float t = length > 0 ? ((p.x - a.x) * dx + (p.y - a.y) * dy) / length : 0;
	t = t < 0 ? 0 : t > 1 ? 1 : t;
	return hypotf(p.x - a.x - t * dx, p.y - a.y - t * dy);
}

static float to_stroke(struct spot p, const struct spot *points, size_t count, float width) {
	float least = to_segment(p, points[0], points[count > 1 ? 1 : 0]);
	for (size_t i = 2; i < count; i++) {
		least = fminf(least, to_segment(p, points[i - 1], points[i]));
	}
	return least - width / 2;
}

/* Negative inside; by the sides that a ray to the right crosses. */
static float to_polygon(struct spot p, const struct spot *points, size_t count, float radius) {
	float least = INFINITY;
	bool inside = false;
	for (size_t i = 0, k = count - 1; i < count; k = i++) {
		least = fminf(least, to_segment(p, points[k], points[i]));
		if ((points[i].y > p.y) != (points[k].y > p.y) &&
		    p.x < (points[k].x - points[i].x) * (p.y - points[i].y) / (points[k].y - points[i].y) + points[i].x) {
			inside = !inside;
		}
	}
	return (inside ? -least : least) - radius;
}

/* Draws the corners together so that growing by the radius gives the polygon's sides again, with round corners. */
static void inset(struct spot *points, size_t count, float radius) {
	struct spot middle = {0, 0};
	for (size_t i = 0; i < count; i++) {
		middle.x += points[i].x / (float)count;
		middle.y += points[i].y / (float)count;
	}
	float nearest = INFINITY;
	for (size_t i = 0, k = count - 1; i < count; k = i++) {
		nearest = fminf(nearest, to_segment(middle, points[k], points[i]));
	}
	float scale = nearest > radius ? (nearest - radius) / nearest : 0;
	for (size_t i = 0; i < count; i++) {
		points[i].x = middle.x + (points[i].x - middle.x) * scale;
		points[i].y = middle.y + (points[i].y - middle.y) * scale;
	}
}

static float to_arc(struct spot p, const struct draw_command *c) {
	float outer = (float)c->box.w / 2, width = (float)c->width, middle = outer - width / 2;
	float x = p.x - outer, y = p.y - (float)c->box.h / 2;
	float angle = atan2f(x, -y) * (float)(180 / M_PI); /* clockwise from 12 o'clock */
	float from = (float)c->from, to = (float)c->to;
	while (angle < from) {
		angle += 360;
	}
	if (angle <= to) {
		return fabsf(hypotf(x, y) - middle) - width / 2;
	}
	float a = from * (float)(M_PI / 180), b = to * (float)(M_PI / 180);
	/* Beyond the ends: their round caps. */
	float first = hypotf(x - middle * sinf(a), y + middle * cosf(a));
	return fminf(first, hypotf(x - middle * sinf(b), y + middle * cosf(b))) - width / 2;
}

struct mask mask_shape(const struct draw_list *list, const struct draw_command *c) {
	struct mask m = mask_make(c->box.w, c->box.h);
	struct spot points[STROKE_POINTS_MAX] = {{0, 0}};
	size_t count = c->kind == DRAW_ARC ? 0 : c->count < STROKE_POINTS_MAX ? c->count : STROKE_POINTS_MAX;
	for (size_t i = 0; i < count; i++) {
		struct pixel at = draw_points_of(list, c)[i];
		points[i] = (struct spot){(float)(at.x - c->box.x), (float)(at.y - c->box.y)};
	}
	if (c->kind == DRAW_POLYGON) {
		inset(points, count, (float)c->radius);
	}
	for (int y = 0; y < m.h; y++) {
		for (int x = 0; x < m.w; x++) {
			struct spot p = {(float)x + 0.5f, (float)y + 0.5f};
			float d = c->kind == DRAW_ARC       ? to_arc(p, c)
				  : c->kind == DRAW_POLYGON ? to_polygon(p, points, count, (float)c->radius)
							    : to_stroke(p, points, count, (float)c->width);
			m.alpha[y * m.w + x] = coverage(d);
		}
	}
	return m;
}
