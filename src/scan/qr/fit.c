#include "scan/qr/fit.h"

#include "scan/qr/symbol.h"

#define MIDDLE 3.5F /* of a finder pattern, from the symbol's edge */

void fit_module(struct contrast *c, const struct image *image, const struct fit_map *m, struct point middle, bool dark) {
	static const struct point spread[] = {{-0.27F, -0.27F}, {0.27F, -0.27F}, {-0.27F, 0.27F}, {0.27F, 0.27F}};
	for (int i = 0; i < 4; i++) {
		struct point at = m->at(m->map, middle.x + spread[i].x, middle.y + spread[i].y);
		contrast_add(c, dark, image_grey(image, at.x, at.y));
	}
}

struct rings {
	int count;
	unsigned dark; /* as scan/qr/symbol.h has it */
};

static float rings_fit(const struct image *image, const struct fit_map *m, struct point middle, struct rings rings) {
	struct contrast c = {.squares = 0};
	for (int y = -rings.count; y <= rings.count; y++) {
		for (int x = -rings.count; x <= rings.count; x++) {
			struct point module = {middle.x + (float)x, middle.y + (float)y};
			fit_module(&c, image, m, module, symbol_ring_dark(rings.dark, x, y));
		}
	}
	return contrast_of(&c);
}

float fit_timing(const struct image *image, const struct fit_map *m) {
	int side = symbol_side(m->version);
	float sum = 0;
	int parts = 0;
	for (int from = 8; from < side - 8; from += 8, parts += 2) {
		struct contrast row = {.squares = 0};
		struct contrast column = {.squares = 0};
		for (int i = from; i < from + 8 && i < side - 8; i++) {
			float along = (float)i + 0.5F;
			fit_module(&row, image, m, (struct point){along, 6.5F}, i % 2 == 0);
			fit_module(&column, image, m, (struct point){6.5F, along}, i % 2 == 0);
		}
		sum += contrast_of(&row) + contrast_of(&column);
	}
	return parts == 0 ? 0 : sum / (float)parts;
}

float fit_finders(const struct image *image, const struct fit_map *m) {
	/* With the fourth, light ring: separator and quiet zone. */
	static const struct rings finder = {4, SYMBOL_FINDER_DARK};
	float far = (float)symbol_side(m->version) - MIDDLE;
	return (rings_fit(image, m, (struct point){MIDDLE, MIDDLE}, finder) + rings_fit(image, m, (struct point){far, MIDDLE}, finder) +
		rings_fit(image, m, (struct point){MIDDLE, far}, finder)) /
	       3;
}

float fit_alignment(const struct image *image, const struct fit_map *m, struct point middle) {
	return rings_fit(image, m, middle, (struct rings){2, SYMBOL_ALIGNMENT_DARK});
}
