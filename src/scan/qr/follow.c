#include "scan/qr/follow.h"

static bool place(const struct followed *f, struct point by, struct grid *out) {
	struct point corners[4];
	for (int i = 0; i < 4; i++) {
		corners[i] = point_add(f->corners[i], by);
	}
	out->version = f->version;
	return homography_of_square((float)symbol_side(f->version), corners, &out->map);
}

bool follow_grid(const struct image *image, const struct followed *from, const struct deadline *deadline, struct grid *out) {
	float side = (float)symbol_side(from->version);
	struct point right = point_times(point_sub(from->corners[1], from->corners[0]), 1 / side);
	struct point down = point_times(point_sub(from->corners[3], from->corners[0]), 1 / side);
	float best = 0;
	*out = (struct grid){.version = 0};
	for (int i = 0; i < (2 * FOLLOW_REACH + 1) * (2 * FOLLOW_REACH + 1); i++) {
		int row = i / (2 * FOLLOW_REACH + 1);
		float x = (float)(i % (2 * FOLLOW_REACH + 1) - FOLLOW_REACH);
		float y = (float)(row - FOLLOW_REACH);
		struct grid tried = {.version = 0};
		if (!place(from, point_add(point_times(right, x), point_times(down, y)), &tried)) {
			return false;
		}
		float fit = grid_fit(image, &tried);
		if (fit > best) {
			best = fit;
			*out = tried;
		}
	}
	if (best <= 0) {
		return false;
	}
	grid_climb(image, out, deadline);
	return true;
}
