#include "scan/image/filters.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

void filtered_fini(struct filtered *f) {
	free(f->image.luma);
	*f = (struct filtered){.cap = 0};
}

struct image *filter_room(struct filtered *f, int width, int height) {
	size_t need = (size_t)width * (size_t)height;
	if (need > f->cap || f->image.luma == NULL) {
		f->image.luma = xrealloc(f->image.luma, need, 1);
		f->cap = need;
	}
	f->image.width = f->image.stride = width;
	f->image.height = height;
	return &f->image;
}

static bool late(const struct deadline *deadline, int y) { return y % 16 == 0 && deadline_over(deadline); }

const struct image *filter_halve(struct filtered *f, const struct image *from) {
	struct image *to = filter_room(f, from->width / 2, from->height / 2);
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

const struct image *filter_copy(struct filtered *f, const struct image *from) {
	struct image *to = filter_room(f, from->width, from->height);
	for (int y = 0; y < to->height; y++) {
		memcpy(to->luma + (size_t)y * (size_t)to->stride, from->luma + (size_t)y * (size_t)from->stride, (size_t)to->width);
	}
	return to;
}

/* Between the middles of four pixels: three quarters of the nearer, one of the farther, each way. */
static void double_row(const uint8_t *near_row, const uint8_t *far_row, int width, uint8_t *out) {
	/* Beyond the edge lies what is at the edge. */
	int before = 3 * near_row[0] + far_row[0];
	int here = before;
	for (int x = 0; x < width; x++) {
		int after = x + 1 < width ? 3 * near_row[x + 1] + far_row[x + 1] : here;
		out[2 * x] = (uint8_t)((3 * here + before + 8) / 16);
		out[2 * x + 1] = (uint8_t)((3 * here + after + 8) / 16);
		before = here;
		here = after;
	}
}

const struct image *filter_double(struct filtered *f, const struct image *from, const struct deadline *deadline) {
	struct image *to = filter_room(f, 2 * from->width, 2 * from->height);
	for (int y = 0; y < to->height && !late(deadline, y); y++) {
		int near_y = y / 2;
		int far_y = y % 2 == 0 ? near_y - 1 : near_y + 1;
		far_y = far_y < 0 || far_y >= from->height ? near_y : far_y;
		double_row(from->luma + (size_t)near_y * (size_t)from->stride, from->luma + (size_t)far_y * (size_t)from->stride,
			   from->width, to->luma + (size_t)y * (size_t)to->stride);
	}
	return to;
}

const struct image *filter_invert(struct filtered *f, const struct image *from) {
	struct image *to = filter_room(f, from->width, from->height);
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

/* One row, from the sums of the columns around it; `rows` of them count. Division is by multiplication: of 2^16, which is near enough for a mean. */
static void sharpen_row(const int *columns, int rows, const uint8_t *from, uint8_t *to, int width) {
	int sum = 0;
	int count = 0;
	int by = 0;
	/* The columns around the first pixel, but for the last one, which the loop below adds. */
	for (int x = 0; x < REACH && x < width; x++) {
		sum += columns[x];
		count++;
	}
	for (int x = 0; x < width; x++) {
		int before = count;
		if (x + REACH < width) {
			sum += columns[x + REACH];
			count++;
		}
		if (x - REACH - 1 >= 0) {
			sum -= columns[x - REACH - 1];
			count--;
		}
		if (x == 0 || count != before) {
			by = 65536 / (count * rows);
		}
		int mean = (int)((int64_t)sum * by >> 16);
		int value = mean + 3 * (from[x] - mean);
		to[x] = (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
	}
}

const struct image *filter_sharpen(struct filtered *f, const struct image *from, const struct deadline *deadline) {
	struct image *to = filter_room(f, from->width, from->height);
	int *columns = xcalloc((size_t)from->width, sizeof *columns);
	for (int y = 0; y < REACH && y < from->height; y++) {
		add_row(columns, from, y, 1);
	}
	for (int y = 0; y < from->height && !late(deadline, y); y++) {
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
