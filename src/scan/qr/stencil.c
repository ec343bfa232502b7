#include "scan/qr/stencil.h"

#include <math.h>

#include "scan/qr/symbol.h"

#define NOISE 9.0F /* variance of grey levels that says nothing */

/* The point-biserial correlation, in per cent: (mean of light - mean of dark) / deviation * sqrt(share of light * share of dark). */
float contrast_of(const struct contrast *c) {
	float light = (float)c->count[0];
	float dark = (float)c->count[1];
	float n = light + dark;
	if (light == 0 || dark == 0) {
		return 0;
	}
	float by = (float)c->sum[0] / light - (float)c->sum[1] / dark;
	float mean = (float)(c->sum[0] + c->sum[1]) / n;
	float variance = (float)c->squares / n - mean * mean;
	return 100 * by * sqrtf(light * dark / (variance < NOISE ? NOISE : variance)) / n;
}

void stencil_fill(struct stencil *s, const struct stencil_of *of) {
	s->count = 0;
	for (int y = -of->rings; y <= of->rings; y++) {
		for (int x = -of->rings; x <= of->rings; x++) {
			s->offset[s->count] = point_add(point_times(of->right, (float)x), point_times(of->down, (float)y));
			s->dark[s->count++] = symbol_ring_dark(of->dark, x, y);
		}
	}
}

float stencil_fit(const struct stencil *s, const struct image *image, struct point at) {
	struct contrast c = {.squares = 0};
	for (int i = 0; i < s->count; i++) {
		contrast_add(&c, s->dark[i], image_grey(image, at.x + s->offset[i].x, at.y + s->offset[i].y));
	}
	return contrast_of(&c);
}

#define FINE 0.2F /* modules */

float stencil_seek(const struct stencil *s, const struct image *image, const struct stencil_search *search, struct point *out) {
	struct point best = {0, 0}; /* in modules */
	float most = -100;
	float step = search->coarse;
	float reach = search->reach;
	for (int pass = 0; pass < 2; pass++) {
		struct point from = best;
		for (float y = -reach; y <= reach + 0.01F; y += step) {
			for (float x = -reach; x <= reach + 0.01F; x += step) {
				struct point by = {from.x + x, from.y + y};
				struct point at = point_add(search->from,
							    point_add(point_times(search->right, by.x), point_times(search->down, by.y)));
				float fit = stencil_fit(s, image, at) * (1 - search->far * hypotf(by.x, by.y) / search->reach);
				if (fit > most) {
					most = fit;
					best = by;
				}
			}
		}
		/* The second pass fills the gaps between the coarse places around the best one. */
		step = FINE;
		reach = search->coarse - FINE;
	}
	*out = point_add(search->from, point_add(point_times(search->right, best.x), point_times(search->down, best.y)));
	return most;
}
