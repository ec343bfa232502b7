#include "scan/image/region.h"

bool region_cut(const struct image *image, const struct region *region, struct part *out) {
	int x0 = region->x < 0 ? 0 : region->x;
	int y0 = region->y < 0 ? 0 : region->y;
	int x1 = region->w < image->width - region->x ? region->x + region->w : image->width;
	int y1 = region->h < image->height - region->y ? region->y + region->h : image->height;
	if (x1 - x0 < REGION_SIDE_LEAST || y1 - y0 < REGION_SIDE_LEAST) {
		return false;
	}
	out->image = (struct image){image->luma + (size_t)y0 * (size_t)image->stride + x0, x1 - x0, y1 - y0, image->stride};
	out->at = (struct point){(float)x0, (float)y0};
	return true;
}
