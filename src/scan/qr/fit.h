/* How well a symbol's function patterns are seen where a map has them: as scan/qr/stencil.h has it. Pure. */
#ifndef TURNOUT_SCAN_QR_FIT_H
#define TURNOUT_SCAN_QR_FIT_H

#include "scan/qr/stencil.h"

/* Any map from modules to pixels. */
struct fit_map {
	int version;
	struct point (*at)(const void *map, float u, float v);
	const void *map;
};

/* Adds a module: four looks around its middle, so that a map that only grazes modules fits less well. */
void fit_module(struct contrast *c, const struct image *image, const struct fit_map *m, struct point middle, bool dark);

/* Of both timing patterns, in runs of eight modules, as light changes along the way; 0 for a symbol that is smaller. */
float fit_timing(const struct image *image, const struct fit_map *m);

/* Of the three finder patterns, in the mean. */
float fit_finders(const struct image *image, const struct fit_map *m);

/* Of the alignment pattern around that module's place. */
float fit_alignment(const struct image *image, const struct fit_map *m, struct point middle);

#endif
