#include "scan/image/turn.h"

#include <stddef.h>

bool turn_degrees_valid(int degrees) { return degrees == 0 || degrees == 90 || degrees == 180 || degrees == 270; }

void turn_size(const struct turn *turn, int *w, int *h) {
	if (turn->degrees == 90 || turn->degrees == 270) {
		int width = *w;
		*w = *h;
		*h = width;
	}
}

struct turn_box turn_box(const struct turn *turn, int w, int h, struct turn_box box) {
	struct turn_box out = box;
	switch (turn->degrees) {
	case 90: out = (struct turn_box){h - box.y - box.h, box.x, box.h, box.w}; break;
	case 180: out = (struct turn_box){w - box.x - box.w, h - box.y - box.h, box.w, box.h}; break;
	case 270: out = (struct turn_box){box.y, w - box.x - box.w, box.h, box.w}; break;
	default: break;
	}
	turn_size(turn, &w, &h);
	if (turn->mirror) {
		out.x = w - out.x - out.w;
	}
	return out;
}

struct turn_spot turn_spot(const struct turn *turn, int w, int h, struct turn_spot spot) {
	struct turn_box box = turn_box(turn, w, h, (struct turn_box){spot.x, spot.y, 0, 0});
	return (struct turn_spot){box.x, box.y};
}

void turn_picture(const struct turn *turn, const struct image *from, uint8_t *out) {
	int w = from->width, h = from->height;
	turn_size(turn, &w, &h);
	/* Where the first pixel comes from, and how far it is to the next one across and down. */
	ptrdiff_t stride = from->stride, first = 0, across = 1, down = stride;
	switch (turn->degrees) {
	case 90:
		first = (from->height - 1) * stride;
		across = -stride;
		down = 1;
		break;
	case 180:
		first = (from->height - 1) * stride + from->width - 1;
		across = -1;
		down = -stride;
		break;
	case 270:
		first = from->width - 1;
		across = stride;
		down = -1;
		break;
	default: break;
	}
	if (turn->mirror) {
		first += across * (w - 1);
		across = -across;
	}
	for (int y = 0; y < h; y++) {
		ptrdiff_t at = first + y * down;
		for (int x = 0; x < w; x++, at += across) {
			*out++ = from->luma[at];
		}
	}
}
