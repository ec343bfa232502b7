#include "scan/track/guidance.h"

#include <string.h>

#define ACROSS 28 /* looks, each way */
#define CELL 4    /* of them, each way, make a part */
#define WHITE 240 /* grey level from which on the sensor has had enough */

void guidance_light(const struct image *image, const struct point corners[4], struct guidance_light *out) {
	struct homography map;
	int counts[256] = {0};
	uint8_t least[GUIDANCE_CELLS];
	memset(least, 255, sizeof least);
	*out = (struct guidance_light){0, 255, 0};
	if (!homography_of_square(ACROSS, corners, &map)) {
		return;
	}
	for (int i = 0; i < ACROSS * ACROSS; i++) {
		int x = i % ACROSS;
		int y = i / ACROSS;
		struct point at = homography_at(&map, (float)x + 0.5F, (float)y + 0.5F);
		int grey = image_grey(image, at.x, at.y);
		/* The darkest look of each part: a part whose darkest is white shows no module at all. */
		uint8_t *cell = &least[y / CELL * (ACROSS / CELL) + x / CELL];
		*cell = grey < *cell ? (uint8_t)grey : *cell;
		counts[grey]++;
	}
	for (int grey = 0, below = 0; grey < 256; grey++) {
		out->dark = below * 5 < ACROSS * ACROSS ? grey : out->dark;
		out->light = below * 5 < ACROSS * ACROSS * 4 ? grey : out->light;
		below += counts[grey];
	}
	for (int i = 0; i < GUIDANCE_CELLS; i++) {
		out->glare += least[i] >= WHITE;
	}
}

#define EVERY 8 /* rows and columns */

bool guidance_black(const struct image *image) {
	int counts[256] = {0};
	int all = 0;
	for (int y = 0; y < image->height; y += EVERY) {
		for (int x = 0; x < image->width; x += EVERY) {
			counts[image->luma[(size_t)y * (size_t)image->stride + (size_t)x]]++;
			all++;
		}
	}
	int grey = 255;
	for (int above = 0; grey > 0 && (above + counts[grey]) * 50 <= all; grey--) {
		above += counts[grey];
	}
	return grey < GUIDANCE_BLACK;
}

enum guidance guidance_cue(const struct guidance_view *v) {
	if (v->read) {
		return GUIDANCE_NONE;
	}
	if (v->filled) {
		return GUIDANCE_FURTHER;
	}
	if (v->black) {
		return GUIDANCE_LIGHT;
	}
	if (!v->seen) {
		return GUIDANCE_NONE;
	}
	if (v->part) {
		return v->side > GUIDANCE_NEAR_SIDE ? GUIDANCE_FURTHER : GUIDANCE_NONE;
	}
	if (v->module < GUIDANCE_FAR_PX) {
		return GUIDANCE_CLOSER;
	}
	if (v->side > GUIDANCE_NEAR_SIDE || (v->cut && v->side > GUIDANCE_NEAR_SIDE / 2)) {
		return GUIDANCE_FURTHER;
	}
	if (v->light.light < GUIDANCE_DARK) {
		return GUIDANCE_LIGHT;
	}
	return v->light.glare >= GUIDANCE_GLARE_CELLS && v->speed < GUIDANCE_FAST ? GUIDANCE_GLARE : GUIDANCE_STILL;
}

enum guidance guide_step(struct guide *g, const struct guidance_view *view, int64_t now_us) {
	enum guidance cue = guidance_cue(view);
	int64_t since = g->last_us == 0 ? 0 : (now_us - g->last_us) / 1000;
	/* After a gap in the pictures one of them does not count for all of it. */
	int step = (int)(since < 0 ? 0 : since > GUIDANCE_STEP_MS ? GUIDANCE_STEP_MS : since);
	g->last_us = now_us;
	if (view->read) {
		*g = (struct guide){.last_us = now_us};
		return GUIDANCE_NONE;
	}
	int best = g->shown;
	for (int i = 0; i < GUIDANCE_COUNT; i++) {
		int score = g->score[i] + (i == (int)cue ? step : -step);
		g->score[i] = score < 0 ? 0 : score > GUIDANCE_SCORE_MS ? GUIDANCE_SCORE_MS : score;
		best = g->score[i] > g->score[best] ? i : best;
	}
	bool stands = g->shown != GUIDANCE_NONE && now_us - g->shown_us < GUIDANCE_STANDS_MS * 1000;
	if (!stands && g->score[best] >= GUIDANCE_COMES_MS && g->score[best] >= g->score[g->shown] + GUIDANCE_LEADS_MS) {
		g->shown = (enum guidance)best;
		g->shown_us = now_us;
	}
	return g->shown;
}
