/* How well the decoder keeps its budget: the worst ratio of the thread's time to the budget, over the photographs of ../shared/qr and over pictures that
 * are made to be looked at for long (bench/made.h).
 *
 * Usage: scan_budget [FOLDER] */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "bench/made.h"
#include "bench/photos.h"
#include "scan/qr/decode.h"

#define LOOKS 5 /* the one in the middle counts */
#define CODES_MAX 256
#define WANTED 1.2
#define SHOWN_MAX 12

static const int budgets_ms[] = {5, 10, 33};
static const int sizes[][2] = {{640, 480}, {1280, 720}, {1280, 1280}};

/* --- measuring --------------------------------------------------------------------------------------------------------------------------------- */

struct bench {
	struct decoder *decoder;
	int budget_ms;
	double worst;
	char worst_name[160];
	int over, looked_at;
};

static int compare(const void *a, const void *b) {
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

static void measure(struct bench *b, const char *name, const struct image *image, size_t max) {
	static struct decode_result results[CODES_MAX];
	const struct decode_options options = {.budget_us = (int64_t)b->budget_ms * 1000, .max = max};
	int64_t us[LOOKS];
	for (int i = 0; i < LOOKS; i++) {
		int64_t from = clock_thread_us();
		decoder_scan(b->decoder, image, &options, results);
		us[i] = clock_thread_us() - from;
	}
	qsort(us, LOOKS, sizeof *us, compare);
	double ratio = (double)us[LOOKS / 2] / (double)options.budget_us;
	b->looked_at++;
	b->over += ratio > WANTED;
	if (ratio > WANTED && b->over <= SHOWN_MAX) {
		printf("  over: %.2f of %2d ms, %d x %d, at most %zu codes: %s\n", ratio, b->budget_ms, image->width, image->height, max,
		       name);
	}
	if (ratio > b->worst) {
		b->worst = ratio;
		snprintf(b->worst_name, sizeof b->worst_name, "%d x %d, %s", image->width, image->height, name);
	}
}

static void finish(struct bench *b, const char *what) {
	char title[80];
	snprintf(title, sizeof title, "scan: time to budget, %d ms, %s, worst", b->budget_ms, what);
	printf("%-46s %14.2f %14s %10s   at most 1.2 (over: %d of %d; worst: %s)\n", title, b->worst, "", "", b->over, b->looked_at,
	       b->worst_name);
	*b = (struct bench){.decoder = b->decoder, .budget_ms = b->budget_ms};
}

static bool measure_made(struct bench *b, struct err *err) {
	for (size_t s = 0; s < COUNT_OF(sizes); s++) {
		struct image image;
		if (!image_init(&image, sizes[s][0], sizes[s][1], err)) {
			return false;
		}
		for (int kind = 0; kind < MADE_KINDS; kind++) {
			const char *name = made_picture(&image, kind);
			measure(b, name, &image, 1);
			measure(b, name, &image, CODES_MAX);
		}
		image_fini(&image);
	}
	return true;
}

int main(int argc, char **argv) {
	struct bench b = {.decoder = NULL};
	struct photos photos = {.count = 0};
	struct err err = {0};
	bool ok = decoder_open(&b.decoder, &err) && (argc < 2 || photos_load(argv[1], &photos, &err));
	for (size_t i = 0; ok && i < COUNT_OF(budgets_ms); i++) {
		b.budget_ms = budgets_ms[i];
		for (size_t k = 0; k < photos.count; k++) {
			const char *slash = strrchr(photos.items[k].path, '/');
			measure(&b, slash == NULL ? photos.items[k].path : slash + 1, &photos.items[k].image, 1);
		}
		if (photos.count != 0) {
			finish(&b, "photographs");
		}
		ok = measure_made(&b, &err);
		finish(&b, "made pictures");
	}
	photos_fini(&photos);
	decoder_close(b.decoder);
	if (!ok) {
		fprintf(stderr, "scan_budget: %s\n", err.text);
	}
	return ok ? 0 : 1;
}
