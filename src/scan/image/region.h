/* Parts of pictures. Pure. */
#ifndef TURNOUT_SCAN_IMAGE_REGION_H
#define TURNOUT_SCAN_IMAGE_REGION_H

#include "scan/image/geometry.h"
#include "scan/image/image.h"

#define REGION_SIDE_LEAST 40 /* pixels: no symbol is smaller */

struct region { /* pixels; it may reach beyond the picture */
	int x, y, w, h;
};

/* What of a region is in the picture. It is the picture's own memory. */
struct part {
	struct image image;
	struct point at; /* its upper left corner */
};

/* False when it is too small for a symbol. */
bool region_cut(const struct image *image, const struct region *region, struct part *out);

#endif
