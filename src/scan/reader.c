#include "scan/reader.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "scan/filters.h"
#include "scan/lattice.h"
#include "scan/sample.h"

#define TRIPLES_TRIED 12
#define VERSIONS_KEPT 3
#define PLACES_KEPT 3
#define TIMING_LEAST 70 /* per cent of the timing patterns' modules */
#define TIMING_LOW 45
#define TIMING_SURE 88
#define FORMAT_DISTANCE_MOST 8 /* bits of 30 */
#define FORMAT_DISTANCE_SURE 3
#define CORNERS_LEAST 4.0F /* grey levels between light and dark of the finder patterns */
#define TIMING_SHARE_LEAST 0.2F

#define SIDE_LEAST 40 /* pixels of a picture */
#define CANDIDATES_MAX 8
#define FOUND_MAX 256

struct candidate {
	struct grid_view view;
	struct grid grid;
	const char *stage;
	float merit;
};

struct reader {
	struct candidate candidates[CANDIDATES_MAX]; /* the likeliest first */
	int candidate_count;
	struct point found[FOUND_MAX][4];
	int found_count;
	bool ended; /* whoever asked has enough */
	struct bitmap bits;
	struct bitmap_work levels;
	struct filtered half, other, whole;
	uint16_t *changes;
	int changes_cap;
	struct finders finders;
	struct triples triples;
	struct mesh mesh;
	struct warp warp;
	struct lattice lattice;
	struct sample_work sample;
	struct measured measured;
	struct codewords_work codewords;
	struct corrected corrected;
	/* Of the search that is going on. */
	const struct reader_options *options;
	int64_t until_us;
	struct point origin;       /* of the part in which patterns are looked for */
	const struct image *image; /* in which modules are measured */
	const char *stage;
};

struct reader *reader_open(void) {
	return xcalloc(1, sizeof(struct reader));
}

void reader_close(struct reader *r) {
	if (r == NULL) {
		return;
	}
	bitmap_fini(&r->bits);
	bitmap_work_fini(&r->levels);
	filtered_fini(&r->half);
	filtered_fini(&r->other);
	filtered_fini(&r->whole);
	free(r->changes);
	free(r);
}

static bool over(const struct reader *r) { return r->ended || (r->until_us != 0 && clock_thread_us() >= r->until_us); }

/* --- one grid --------------------------------------------------------------------------------------------------------------------------- */

static bool tell(struct reader *r, const struct grid *g, bool mirrored) {
	struct reader_find find = {.symbol = &r->corrected, .stage = r->stage};
	sight_corners(g, mirrored, find.corners);
	enum reader_verdict verdict = r->options->found(r->options->context, &find);
	if (verdict != READER_NOTHING && r->found_count < FOUND_MAX) {
		memcpy(r->found[r->found_count++], find.corners, sizeof find.corners);
	}
	r->ended = verdict == READER_ENOUGH;
	return verdict != READER_NOTHING;
}

/* Where a symbol was read nobody looks for another. */
static bool is_taken(const struct reader *r, struct point p) {
	for (int i = 0; i < r->found_count; i++) {
		const struct point *c = r->found[i];
		int left = 0;
		for (int k = 0; k < 4; k++) {
			left += point_cross(point_sub(c[(k + 1) % 4], c[k]), point_sub(p, c[k])) > 0;
		}
		if (left == 0 || left == 4) {
			return true;
		}
	}
	return false;
}

/* How many formats are worth the time: a cheap look at what was measured comes before the dear one. */
static int formats_worth(const struct codewords_look *look, bool thoroughly) {
	int timing = look->timing;
	int distance = look->distance;
	if (distance <= FORMAT_DISTANCE_SURE && timing >= TIMING_LOW) { /* some print codes without a timing pattern */
		return 2;
	}
	if (timing < TIMING_LEAST) {
		return 0;
	}
	return distance <= FORMAT_DISTANCE_MOST ? 3 : thoroughly && timing >= TIMING_SURE ? CODEWORDS_FORMATS : 0;
}

static bool decode(struct reader *r, const struct grid *g, bool thoroughly) {
	for (int way = 0; way < 2; way++) {
		struct codewords_look look;
		codewords_look(&r->measured, &look);
		int formats = formats_worth(&look, thoroughly);
		if (formats != 0 && codewords_correct(&r->codewords, &r->measured, &look, formats, &r->corrected) && tell(r, g, way == 1)) {
			return true;
		}
		if (r->options->sight != NULL) {
			sight_modules(r->options->sight, g, &look, &r->measured, way == 1);
		}
		sample_mirror(&r->measured);
	}
	return false;
}

static bool read_lattice(struct reader *r, const struct grid *g, bool thoroughly) {
	static const float sharpen[] = {0, 0.7F, 1.4F};
	sample_lattice(r->image, &r->lattice, &r->sample);
	for (int i = 0; i < (thoroughly ? 3 : 1) && !over(r); i++) {
		sample_judge(&r->sample, g->version, &(struct sample_judging){sharpen[i], !thoroughly}, &r->measured);
		if (decode(r, g, thoroughly)) {
			return true;
		}
	}
	return false;
}

static bool read_grid(struct reader *r, const struct grid *g, bool thoroughly) {
	if (mesh_fit(r->image, g, &r->mesh)) {
		lattice_of_mesh(&r->mesh, &r->lattice);
		if (read_lattice(r, g, thoroughly)) {
			return true;
		}
	}
	lattice_of_grid(g, &r->lattice);
	return read_lattice(r, g, thoroughly);
}

#define WARP_PASSES 3

static bool read_warped(struct reader *r, const struct grid *g) {
	symbol_map_fill(&r->codewords.map, g->version);
	r->warp.count = 0;
	for (int i = 0; i < WARP_PASSES && !over(r); i++) {
		warp_fit(r->image, g, &r->codewords.map, &r->warp);
		lattice_of_warp(g, &r->warp, &r->lattice);
		if (read_lattice(r, g, true)) {
			return true;
		}
	}
	return false;
}

/* --- one triple ------------------------------------------------------------------------------------------------------------------------- */

/* What a triple may be, for a second, thorough look. */
static void keep_candidate(struct reader *r, const struct grid_view *view, const struct grid *grid) {
	struct candidate c = {.view = *view, .grid = *grid, .stage = r->stage, .merit = grid->timing + grid->corners};
	int at = r->candidate_count < CANDIDATES_MAX ? r->candidate_count++ : CANDIDATES_MAX;
	for (; at > 0 && r->candidates[at - 1].merit < c.merit; at--) {
		if (at < CANDIDATES_MAX) {
			r->candidates[at] = r->candidates[at - 1];
		}
	}
	if (at < CANDIDATES_MAX) {
		r->candidates[at] = c;
	}
}

static bool read_triple(struct reader *r, const struct grid_view *view) {
	struct grid guesses[VERSIONS_KEPT], places[PLACES_KEPT];
	int versions = grid_guess(view, guesses, VERSIONS_KEPT);
	for (int i = 0; i < versions; i++) {
		if (guesses[i].corners < CORNERS_LEAST || guesses[i].timing < TIMING_SHARE_LEAST * guesses[i].corners) {
			continue;
		}
		int count = grid_align(view, &guesses[i], places, PLACES_KEPT);
		if (r->options->sight != NULL) {
			sight_grid(r->options->sight, &places[0]);
		}
		for (int k = 0; k < count && !over(r); k++) {
			if (read_grid(r, &places[k], false)) {
				return true;
			}
		}
		keep_candidate(r, view, &guesses[i]);
	}
	return false;
}

static bool read_candidate(struct reader *r, const struct candidate *c) {
	struct grid places[PLACES_KEPT];
	r->image = c->view.image;
	r->stage = c->stage;
	int count = grid_align(&c->view, &c->grid, places, PLACES_KEPT);
	int best = 0;
	float most = -1;
	for (int k = 0; k < count && !over(r); k++) {
		grid_climb(r->image, &places[k]);
		float fit = grid_fit(r->image, &places[k]);
		best = fit > most ? k : best;
		most = fit > most ? fit : most;
		if (read_grid(r, &places[k], true)) {
			return true;
		}
	}
	return !over(r) && read_warped(r, &places[best]);
}

/* When time is short what was found in one way of looking is enough. */
static bool enough(const struct reader *r) { return over(r) || (r->found_count != 0 && r->until_us != 0); }

/* The likeliest `count` of those that were kept. */
static bool read_candidates(struct reader *r, int count) {
	for (; count > 0 && r->candidate_count > 0 && !over(r); count--) {
		struct candidate c = r->candidates[0];
		memmove(r->candidates, r->candidates + 1, (size_t)--r->candidate_count * sizeof *r->candidates);
		if (!is_taken(r, c.view.corner.centre)) {
			read_candidate(r, &c);
		}
	}
	return enough(r);
}

static struct finder enlarged(const struct reader *r, const struct finder *f, float scale) {
	struct finder out = *f;
	out.centre = point_add(r->origin, point_times(f->centre, scale));
	out.module *= scale;
	for (int i = 0; i < 4; i++) {
		out.corners[i] = point_add(r->origin, point_times(f->corners[i], scale));
	}
	return out;
}

/* --- one picture ------------------------------------------------------------------------------------------------------------------------ */

/* Looks for finder patterns in `where`, which is `scale` times smaller than the picture in which modules are measured. */
static bool search_in(struct reader *r, const struct image *where, float scale, const char *stage) {
	if (where->width + 2 > r->changes_cap) {
		r->changes_cap = where->width + 2;
		r->changes = xrealloc(r->changes, (size_t)r->changes_cap, sizeof *r->changes);
	}
	r->stage = stage;
	bitmap_threshold(&r->bits, where, &r->levels);
	finders_find(&r->bits, where->width > 700 || where->height > 700 ? 2 : 1, r->changes, &r->finders);
	triples_rank(&r->finders, &r->triples);
	for (int i = 0; i < r->finders.count; i++) {
		finder_outline(&r->bits, &r->finders.items[i]);
		if (r->options->sight != NULL) {
			struct finder f = enlarged(r, &r->finders.items[i], scale);
			sight_pattern(r->options->sight, &f);
		}
	}
	for (int i = 0; i < r->triples.count && i < TRIPLES_TRIED && !over(r); i++) {
		const struct triple *t = &r->triples.items[i];
		struct grid_view view = {r->image, enlarged(r, &r->finders.items[t->corner], scale),
					 enlarged(r, &r->finders.items[t->right], scale), enlarged(r, &r->finders.items[t->below], scale)};
		if (!is_taken(r, view.corner.centre) && !is_taken(r, view.right.centre) && !is_taken(r, view.below.centre)) {
			read_triple(r, &view);
		}
	}
	return enough(r);
}

/* A symbol that was in the picture before this one. */
static bool search_known(struct reader *r, const struct image *image) {
	struct grid grid;
	r->image = image;
	r->stage = "followed";
	if (follow_grid(image, r->options->known, &grid)) {
		read_grid(r, &grid, true);
	}
	return enough(r);
}

/* Looks where something was seen before: as it is, when it is large at half its size, and as if it were less blurred. */
static bool search_first(struct reader *r, const struct image *image) {
	const struct reader_region *g = r->options->first;
	int x0 = g->x < 0 ? 0 : g->x;
	int y0 = g->y < 0 ? 0 : g->y;
	int x1 = g->w < image->width - g->x ? g->x + g->w : image->width;
	int y1 = g->h < image->height - g->y ? g->y + g->h : image->height;
	if (x1 - x0 < SIDE_LEAST || y1 - y0 < SIDE_LEAST) {
		return false;
	}
	struct image part = {image->luma + (size_t)y0 * (size_t)image->stride + x0, x1 - x0, y1 - y0, image->stride};
	r->image = image;
	r->origin = (struct point){(float)x0, (float)y0};
	bool done = search_in(r, &part, 1, "tracked") || read_candidates(r, 2);
	if (!done && part.width >= 4 * SIDE_LEAST && part.height >= 4 * SIDE_LEAST) {
		r->image = image;
		done = search_in(r, filter_halve(&r->half, &part), 2, "tracked-half") || read_candidates(r, 2);
	}
	if (!done) {
		r->image = image;
		done = search_in(r, filter_sharpen(&r->whole, &part), 1, "tracked-sharp") || read_candidates(r, 2);
	}
	r->origin = (struct point){0, 0};
	return done;
}

static bool wants(const struct reader *r, unsigned way) { return r->options->ways == 0 || (r->options->ways & way) != 0; }

static bool search_upright(struct reader *r, const struct image *image) {
	r->image = image;
	const struct image *half = filter_halve(&r->half, image);
	if ((wants(r, READER_HALF) && search_in(r, half, 2, "half")) || (wants(r, READER_FULL) && search_in(r, image, 1, "full")) ||
	    read_candidates(r, 2)) {
		return true;
	}
	r->image = image;
	return wants(r, READER_QUARTER) && search_in(r, filter_halve(&r->other, half), 4, "quarter");
}

static void search_all(struct reader *r, const struct image *image) {
	if ((r->options->known != NULL && search_known(r, image)) || (r->options->first != NULL && search_first(r, image)) ||
	    search_upright(r, image)) {
		return;
	}
	if (wants(r, READER_INVERTED | READER_INVERTED_FULL)) {
		const struct image *inverted = filter_invert(&r->whole, image);
		r->image = inverted;
		if ((wants(r, READER_INVERTED) && search_in(r, filter_halve(&r->half, inverted), 2, "inverted")) ||
		    read_candidates(r, CANDIDATES_MAX)) {
			return;
		}
		r->image = inverted;
		if ((wants(r, READER_INVERTED_FULL) && search_in(r, inverted, 1, "inverted-full")) || read_candidates(r, CANDIDATES_MAX)) {
			return;
		}
	}
	r->image = image;
	if (!wants(r, READER_SHARP) || !search_in(r, filter_sharpen(&r->whole, image), 1, "sharp")) {
		read_candidates(r, CANDIDATES_MAX);
	}
}

bool reader_search(struct reader *r, const struct image *image, const struct reader_options *options) {
	r->options = options;
	r->until_us = options->budget_us == 0 ? 0 : clock_thread_us() + options->budget_us;
	r->candidate_count = r->found_count = 0;
	r->origin = (struct point){0, 0};
	r->ended = false;
	if (options->sight != NULL) {
		options->sight->kind = SIGHT_NOTHING;
	}
	if (image->width >= SIDE_LEAST && image->height >= SIDE_LEAST) {
		search_all(r, image);
	}
	return r->ended;
}
