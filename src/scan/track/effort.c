#include "scan/track/effort.h"

#include <stdlib.h>
#include <string.h>

#include "scan/image/image.h"

#define ACROSS 16
#define DOWN 9
#define STEP 8

static bool changed(const uint8_t *a, const uint8_t *b) {
	int sum = 0, most = 0;
	for (int i = 0; i < EFFORT_CELLS; i++) {
		int off = abs(a[i] - b[i]);
		sum += off;
		most = off > most ? off : most;
	}
	/* A badge far away changes one cell much, light that flickers changes all a little. */
	return sum > EFFORT_CHANGED * EFFORT_CELLS || most > 4 * EFFORT_CHANGED;
}

static void fill(struct effort *e, int64_t now_us) {
	/* The account begins full, so that the first picture is looked at. */
	if (e->filled_us == 0) {
		e->saved_us = EFFORT_SAVED_US;
	} else if (now_us > e->filled_us) {
		e->saved_us += (now_us - e->filled_us) * EFFORT_IDLE_SHARE / 100;
		e->saved_us = e->saved_us > EFFORT_SAVED_US ? EFFORT_SAVED_US : e->saved_us;
	}
	e->filled_us = now_us > e->filled_us ? now_us : e->filled_us;
}

bool effort_wants(struct effort *e, const uint8_t cells[EFFORT_CELLS], int64_t now_us) {
	fill(e, now_us);
	bool awake = now_us < e->awake_us;
	bool still = e->looked && !changed(e->cells, cells) && now_us - e->looked_us < EFFORT_STILL_MS * 1000;
	/* A look that costs more than can be saved up is paid afterwards. */
	int64_t price = e->cost_us < EFFORT_SAVED_US ? e->cost_us : EFFORT_SAVED_US;
	if (!awake && (still || e->saved_us < price)) {
		return false;
	}
	memcpy(e->cells, cells, EFFORT_CELLS);
	e->looked = true;
	e->looked_us = now_us;
	return true;
}

void effort_report(struct effort *e, enum effort_seen seen, int64_t cost_us, int64_t now_us) {
	fill(e, now_us);
	/* A sliding mean, in which the last look counts a quarter. */
	e->cost_us = e->cost_us == 0 ? cost_us : (3 * e->cost_us + cost_us) / 4;
	if (seen != EFFORT_NOTHING) {
		e->awake_us = now_us + EFFORT_AWAKE_MS * 1000;
	}
	/* What a code costs is not paid back by those who come next. */
	e->saved_us = now_us < e->awake_us ? e->saved_us : e->saved_us - cost_us;
}

void effort_cells(const struct image *image, uint8_t cells[EFFORT_CELLS]) {
	for (int row = 0; row < DOWN; row++) {
		for (int column = 0; column < ACROSS; column++) {
			int top = row * image->height / DOWN, bottom = (row + 1) * image->height / DOWN;
			int left = column * image->width / ACROSS, right = (column + 1) * image->width / ACROSS;
			unsigned sum = 0, count = 0;
			for (int y = top; y < bottom; y += STEP) {
				for (int x = left; x < right; x += STEP, count++) {
					sum += image->luma[(size_t)y * image->stride + x];
				}
			}
			cells[row * ACROSS + column] = (uint8_t)(count > 0 ? sum / count : 0);
		}
	}
}
