#include "scan/qr/attempt.h"

#define PLACES_KEPT 3

/* The gate before error correction: of all that is measured most is no symbol. */
#define TIMING_LEAST 70 /* per cent of the timing patterns' modules */
#define TIMING_LOW 45
#define TIMING_SURE 88
#define TIMING_PROMISING 60
#define FORMAT_DISTANCE_SURE 3 /* bits of 30 */

/* How many formats are worth the time: a cheap look at what was measured comes before error correction, which costs far more. */
static int formats_worth(const struct codewords_look *look, bool thoroughly) {
	int timing = look->timing;
	int distance = look->distance;
	if (distance <= FORMAT_DISTANCE_SURE && timing >= TIMING_LOW) { /* some print codes without a timing pattern */
		return 2;
	}
	if (timing < TIMING_LEAST) {
		return 0;
	}
	return distance <= CODEWORDS_DISTANCE_MAX ? 3 : thoroughly && timing >= TIMING_SURE ? CODEWORDS_FORMATS : 0;
}

static bool decode(struct attempt *a, const struct grid *g, bool thoroughly) {
	if (a->sight != NULL) {
		sample_leave_out_glare(&a->sample, &a->measured);
	}
	/* As it is, and mirrored. Mirrored twice, `measured` is afterwards what it was before. */
	for (int way = 0; way < 2; way++) {
		struct codewords_look look;
		codewords_look(&a->measured, &look);
		int formats = formats_worth(&look, thoroughly);
		a->promising = a->promising || look.timing >= TIMING_PROMISING || look.distance <= FORMAT_DISTANCE_SURE;
		if (formats != 0 && codewords_correct(&a->codewords, &a->measured, &look, formats, &a->corrected) &&
		    a->read(a->context, g, way == 1, &a->corrected)) {
			return true;
		}
		if (a->sight != NULL) {
			sight_modules(a->sight, g, &look, &a->measured, way == 1);
		}
		sample_mirror(&a->measured);
	}
	return false;
}

/* As it is, then without what modules got from their neighbours, then as if it were less blurred, and where ink came off or ran. What does not look like
 * a symbol at all gets no second look. */
static bool read_lattice(struct attempt *a, const struct grid *g, bool thoroughly) {
	static const struct sample_judging ways[] = {
		{.sharpen = 0}, {.sharpen = 0.7F}, {.darker = 0.4F}, {.darker = -0.4F}, {.sharpen = 1.4F}};
	sample_lattice(a->image, &a->lattice, &a->sample);
	a->promising = false;
	for (size_t i = 0; i < (thoroughly ? sizeof ways / sizeof *ways : 1) && (i == 0 || a->promising) && !deadline_over(a->deadline);
	     i++) {
		struct sample_judging how = ways[i];
		how.quick = !thoroughly;
		sample_judge(&a->sample, g->version, &how, &a->measured);
		if (decode(a, g, thoroughly)) {
			return true;
		}
		if (i == 0 && thoroughly) {
			symbol_map_fill(&a->codewords.map, g->version);
			if (sample_equalise(&a->sample, &a->codewords.map, &a->measured) && decode(a, g, thoroughly)) {
				return true;
			}
		}
	}
	return false;
}

bool attempt_grid(struct attempt *a, const struct grid *g, bool thoroughly) {
	if (mesh_fit(a->image, g, a->deadline, &a->mesh)) {
		lattice_of_mesh(&a->mesh, &a->lattice);
		if (read_lattice(a, g, thoroughly)) {
			return true;
		}
	}
	lattice_of_grid(g, &a->lattice);
	return read_lattice(a, g, thoroughly);
}

#define WARP_PASSES 3

static bool read_warped(struct attempt *a, const struct grid *g, const struct bow *bow) {
	symbol_map_fill(&a->codewords.map, g->version);
	a->warp.count = 0;
	for (int i = 0; i < WARP_PASSES && !deadline_over(a->deadline); i++) {
		if (!warp_fit(a->image, &(struct warp_options){g, &a->codewords.map, a->deadline, bow}, &a->warp)) {
			return false;
		}
		lattice_of_warp(g, &a->warp, &a->lattice);
		if (read_lattice(a, g, true)) {
			return true;
		}
	}
	return false;
}

bool attempt_bow(struct attempt *a, const struct bow *bow, const struct grid *grid, bool thoroughly) {
	if (thoroughly) {
		return read_warped(a, grid, bow);
	}
	lattice_of_bow(bow, &a->lattice);
	return read_lattice(a, grid, false);
}

bool attempt_quickly(struct attempt *a, const struct grid_view *view, const struct grid *grid) {
	struct grid places[PLACES_KEPT];
	int count = grid_align(view, grid, places, PLACES_KEPT);
	if (a->sight != NULL) {
		sight_grid(a->sight, &places[0]);
	}
	for (int k = 0; k < count && !deadline_over(a->deadline); k++) {
		if (attempt_grid(a, &places[k], false)) {
			return true;
		}
	}
	return false;
}

bool attempt_thoroughly(struct attempt *a, const struct grid_view *view, const struct grid *grid) {
	struct grid places[PLACES_KEPT];
	int count = grid_align(view, grid, places, PLACES_KEPT);
	if (grid->version == 1) { /* which has no alignment pattern */
		/* grid_align gave one place only, so there is room. */
		places[count] = places[0];
		count += grid_settle(a->image, &places[count], a->deadline);
	}
	int best = 0;
	float most = -1;
	for (int k = 0; k < count && !deadline_over(a->deadline); k++) {
		grid_climb(a->image, &places[k], a->deadline);
		float fit = grid_fit(a->image, &places[k]);
		best = fit > most ? k : best;
		most = fit > most ? fit : most;
		if (attempt_grid(a, &places[k], true)) {
			return true;
		}
	}
	return !deadline_over(a->deadline) && read_warped(a, &places[best], NULL);
}
