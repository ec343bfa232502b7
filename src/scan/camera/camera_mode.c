#include "scan/camera/camera_mode.h"

#include <stdbool.h>
#include <stdlib.h>

#include "scan/image/image.h"

#define GRADES 6

/* Grades of one mode, the weightiest first; more is better. */
struct grades {
	int64_t of[GRADES];
};

static int rate_grade(int millihertz, int wanted) {
	int rate = millihertz == 0 ? wanted : millihertz;
	return rate >= wanted / 6 * 5 ? 2 : rate >= CAMERA_RATE_SLOW ? 1 : 0;
}

/* How near the size is to the wanted one, 4 (within a third of its pixels) to 0. */
static int size_grade(int64_t pixels) {
	const int64_t wanted = (int64_t)CAMERA_WIDTH * CAMERA_HEIGHT;
	if (pixels * 3 >= wanted * 2 && pixels * 3 <= wanted * 5) {
		return 4;
	}
	/* Four times the pixels are four times the work; half of them still show most codes. */
	return pixels < wanted ? 2 : pixels <= 3 * wanted ? 3 : 1;
}

static struct grades grade(const struct camera_mode *m, int wanted) {
	int64_t pixels = (int64_t)m->width * m->height, off = pixels - (int64_t)CAMERA_WIDTH * CAMERA_HEIGHT;
	int rate = m->millihertz == 0 ? wanted : m->millihertz;
	return (struct grades){{m->width >= CAMERA_WIDTH_MIN && m->height >= CAMERA_HEIGHT_MIN, rate_grade(m->millihertz, wanted),
				size_grade(pixels), -(int64_t)m->pixels, -llabs((int64_t)rate - wanted), -llabs(off)}};
}

static bool is_better(const struct grades *a, const struct grades *b) {
	for (int i = 0; i < GRADES; i++) {
		if (a->of[i] != b->of[i]) {
			return a->of[i] > b->of[i];
		}
	}
	return false;
}

int camera_mode_best(const struct camera_mode *modes, size_t count, int wanted) {
	int best = -1;
	struct grades highest = {{0}};
	for (size_t i = 0; i < count; i++) {
		const struct camera_mode *m = &modes[i];
		if (m->width <= 0 || m->height <= 0 || m->width > IMAGE_SIDE_MAX || m->height > IMAGE_SIDE_MAX ||
		    (int64_t)m->width * m->height > (int64_t)IMAGE_PIXELS_MAX) {
			continue;
		}
		struct grades g = grade(m, wanted);
		if (best < 0 || is_better(&g, &highest)) {
			best = (int)i;
			highest = g;
		}
	}
	return best;
}

/* The greatest value of the range that is not over `wanted`, else its least. */
static int fit(int wanted, int least, int most, int step) {
	int value = wanted > most ? most : wanted;
	return value <= least ? least : step > 1 ? least + (value - least) / step * step : value;
}

size_t camera_mode_sizes(const struct camera_range *r, struct camera_mode out[3]) {
	const int wanted[3][2] = {{CAMERA_WIDTH, CAMERA_HEIGHT}, {CAMERA_WIDTH_MIN, CAMERA_HEIGHT_MIN}, {r->width_max, r->height_max}};
	size_t count = 0;
	if (r->width_min <= 0 || r->height_min <= 0 || r->width_max < r->width_min || r->height_max < r->height_min) {
		return 0;
	}
	for (size_t i = 0; i < 3; i++) {
		struct camera_mode m = {.width = fit(wanted[i][0], r->width_min, r->width_max, r->width_step),
					.height = fit(wanted[i][1], r->height_min, r->height_max, r->height_step)};
		bool known = false;
		for (size_t k = 0; k < count; k++) {
			known = known || (out[k].width == m.width && out[k].height == m.height);
		}
		if (!known) {
			out[count++] = m;
		}
	}
	return count;
}
