#include "scan/filters.h"

#include <stdlib.h>

#include "base/alloc.h"

void filtered_fini(struct filtered *f) {
	free(f->image.luma);
	*f = (struct filtered){.cap = 0};
}

static struct image *room(struct filtered *f, int width, int height) {
	size_t need = (size_t)width * (size_t)height;
	if (need > f->cap || f->image.luma == NULL) {
		f->image.luma = xrealloc(f->image.luma, need, 1);
		f->cap = need;
	}
	f->image.width = f->image.stride = width;
	f->image.height = height;
	return &f->image;
}

const struct image *filter_halve(struct filtered *f, const struct image *from) {
	struct image *to = room(f, from->width / 2, from->height / 2);
	for (int y = 0; y < to->height; y++) {
		const uint8_t *a = from->luma + (size_t)(2 * y) * (size_t)from->stride;
		const uint8_t *b = a + from->stride;
		uint8_t *out = to->luma + (size_t)y * (size_t)to->stride;
		for (int x = 0; x < to->width; x++) {
			out[x] = (uint8_t)((a[2 * x] + a[2 * x + 1] + b[2 * x] + b[2 * x + 1] + 2) / 4);
		}
	}
	return to;
}

const struct image *filter_invert(struct filtered *f, const struct image *from) {
	struct image *to = room(f, from->width, from->height);
	for (int y = 0; y < to->height; y++) {
		const uint8_t *a = from->luma + (size_t)y * (size_t)from->stride;
		uint8_t *out = to->luma + (size_t)y * (size_t)to->stride;
		for (int x = 0; x < to->width; x++) {
			out[x] = (uint8_t)(255 - a[x]);
		}
	}
	return to;
}

#define REACH (FILTER_BOX / 2)

static void add_row(int *columns, const struct image *from, int y, int sign) {
	const uint8_t *row = from->luma + (size_t)y * (size_t)from->stride;
	for (int x = 0; x < from->width; x++) {
		columns[x] += sign * row[x];
	}
}

/* One row, from the sums of the columns around it; `rows` of them count. */
static void sharpen_row(const int *columns, int rows, const uint8_t *from, uint8_t *to, int width) {
	int sum = 0;
	for (int x = 0; x < REACH && x < width; x++) {
		sum += columns[x];
	}
	for (int x = 0; x < width; x++) {
		sum += x + REACH < width ? columns[x + REACH] : 0;
		sum -= x - REACH - 1 >= 0 ? columns[x - REACH - 1] : 0;
		int first = x < REACH ? 0 : x - REACH;
		int last = x + REACH < width ? x + REACH : width - 1;
		int mean = sum / ((last - first + 1) * rows);
		int value = mean + 3 * (from[x] - mean);
		to[x] = (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
	}
}

const struct image *filter_sharpen(struct filtered *f, const struct image *from) {
	struct image *to = room(f, from->width, from->height);
	int *columns = xcalloc((size_t)from->width, sizeof *columns);
	for (int y = 0; y < REACH && y < from->height; y++) {
		add_row(columns, from, y, 1);
	}
	for (int y = 0; y < from->height; y++) {
		if (y + REACH < from->height) {
			add_row(columns, from, y + REACH, 1);
		}
		if (y - REACH - 1 >= 0) {
			add_row(columns, from, y - REACH - 1, -1);
		}
		int first = y < REACH ? 0 : y - REACH;
		int last = y + REACH < from->height ? y + REACH : from->height - 1;
		sharpen_row(columns, last - first + 1, from->luma + (size_t)y * (size_t)from->stride,
			    to->luma + (size_t)y * (size_t)to->stride, from->width);
	}
	free(columns);
	return to;
}
