#include "scan/qr/reader.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "scan/image/filters.h"
#include "scan/qr/attempt.h"
#include "scan/qr/candidates.h"
#include "scan/qr/damaged_finder.h"

#define TRIPLES_TRIED 32
#define VERSIONS_KEPT 3

/* How well the finder patterns, and these and the timing patterns together, have to fit for what. */
#define CORNERS_LEAST 25.0F
#define MERIT_LEAST 40.0F
#define MERIT_GOOD 80.0F
#define MERIT_SURE 140.0F
#define QUICK_MAX 6
#define BENT_CORNERS_LEAST 15.0F

#define FOUND_MAX 256
#define GRAIN_US 600 /* of the longest steps that ask no clock */
#define CLEAR_MAX (1 + READER_SMEARS_MAX + READER_LENSES_MAX)

struct reader {
	struct candidates candidates;
	struct point found[FOUND_MAX][4];
	int found_count;
	struct suspects suspects;
	bool ended; /* whoever asked has enough */
	struct bitmap bits;
	struct bitmap_work levels;
	struct filtered half, other, sharp, whole;
	struct unblur unblur;
	struct clear {
		struct filtered image;
		struct point at; /* in the picture that is looked at, as `scale` of its pixels a pixel */
		float scale;
		const char *stage;
		bool quick; /* only what shows three patterns is looked for */
	} clear[CLEAR_MAX]; /* made of parts of it */
	uint16_t *changes;
	int changes_cap;
	struct finders finders;
	struct triples triples;
	struct attempt attempt;
	/* Of the search that is going on. */
	const struct reader_options *options;
	struct deadline deadline;
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
	filtered_fini(&r->sharp);
	filtered_fini(&r->whole);
	unblur_fini(&r->unblur);
	for (int i = 0; i < CLEAR_MAX; i++) {
		filtered_fini(&r->clear[i].image);
	}
	free(r->changes);
	free(r);
}

static bool over(const struct reader *r) { return r->ended || deadline_over(&r->deadline); }

static const struct clear itself = {.scale = 1};

/* Where what modules are measured in lies. */
static const struct clear *place_of(const struct reader *r, const struct image *image) {
	for (int i = 0; i < CLEAR_MAX; i++) {
		if (image == &r->clear[i].image.image) {
			return &r->clear[i];
		}
	}
	return &itself;
}

static struct point from_place(const struct clear *c, struct point p) { return point_add(c->at, point_times(p, c->scale)); }

/* --- what was found ---------------------------------------------------------------------------------------------------------------------- */

static bool tell(void *context, const struct grid *g, bool mirrored, const struct corrected *symbol) {
	struct reader *r = context;
	struct reader_find find = {.symbol = symbol, .stage = r->stage};
	sight_corners(g, mirrored, find.corners);
	for (int i = 0; i < 4; i++) {
		find.corners[i] = from_place(place_of(r, r->attempt.image), find.corners[i]);
	}
	enum reader_verdict verdict = r->options->found(r->options->context, &find);
	if (verdict != READER_NOTHING && r->found_count < FOUND_MAX) {
		memcpy(r->found[r->found_count++], find.corners, sizeof find.corners);
	}
	r->ended = verdict == READER_ENOUGH;
	return verdict != READER_NOTHING;
}

/* Where a symbol was read nobody looks for another. */
static bool is_taken(const struct reader *r, const struct image *image, struct point at) {
	struct point p = from_place(place_of(r, image), at);
	for (int i = 0; i < r->found_count; i++) {
		if (point_within(p, r->found[i])) {
			return true;
		}
	}
	return false;
}

/* --- what may be a symbol ---------------------------------------------------------------------------------------------------------------- */

static void consider_triple(struct reader *r, const struct grid_view *view, const char *stage) {
	struct grid guesses[VERSIONS_KEPT];
	int count = grid_guess(view, guesses, VERSIONS_KEPT);
	if (count > 0 && view->corner.outlined && view->right.outlined && view->below.outlined &&
	    guesses[0].corners + guesses[0].timing < MERIT_SURE && guesses[0].corners >= BENT_CORNERS_LEAST) {
		suspects_keep(&r->suspects, &(struct suspect){*view, guesses[0].corners});
	}
	for (int i = 0; i < count; i++) {
		float merit = guesses[i].corners + guesses[i].timing;
		if (guesses[i].corners >= CORNERS_LEAST && merit >= MERIT_LEAST) {
			candidates_keep(&r->candidates,
					&(struct candidate){.view = *view, .grid = guesses[i], .stage = stage, .merit = merit});
		}
	}
}

/* When time is short what was found in one way of looking is enough. */
static bool wants_all(const struct reader *r) { return r->options->all || r->deadline.until_us == 0; }
static bool enough(const struct reader *r) { return over(r) || (r->found_count != 0 && !wants_all(r)); }

/* What was read makes room. */
static void drop_taken(struct reader *r) {
	int kept = 0;
	for (int i = 0; i < r->candidates.count; i++) {
		if (!is_taken(r, r->candidates.items[i].view.image, r->candidates.items[i].view.corner.centre)) {
			r->candidates.items[kept++] = r->candidates.items[i];
		}
	}
	r->candidates.count = kept;
}

/* What is attempted from now on is measured there. */
static void look_in(struct reader *r, const struct image *image) {
	r->attempt.image = image;
	if (r->options->sight != NULL) {
		r->options->sight->at = place_of(r, image)->at;
		r->options->sight->scale = place_of(r, image)->scale;
	}
}

struct effort_at {
	int pass;    /* 1: quickly, 2: thoroughly */
	int count;   /* at most so many */
	float least; /* merit */
};

/* The likeliest that had no such look yet. */
static bool read_candidates(struct reader *r, const struct effort_at *effort) {
	int count = effort->count;
	int before = r->found_count;
	for (int i = 0; i < r->candidates.count && count > 0 && !over(r); i++) {
		struct candidate *c = &r->candidates.items[i];
		if (c->tried >= effort->pass || c->merit < effort->least || is_taken(r, c->view.image, c->view.corner.centre)) {
			continue;
		}
		c->tried = effort->pass;
		look_in(r, c->view.image);
		r->stage = c->stage;
		if (c->bent) {
			attempt_bow(&r->attempt, &c->bow, &c->grid, effort->pass > 1);
		} else if (effort->pass == 1) {
			attempt_quickly(&r->attempt, &c->view, &c->grid);
		} else {
			attempt_thoroughly(&r->attempt, &c->view, &c->grid);
		}
		count--;
	}
	if (r->found_count > before) {
		drop_taken(r);
	}
	return enough(r);
}

/* --- one picture ------------------------------------------------------------------------------------------------------------------------ */

struct look_at {
	const struct image *modules,
		*finders; /* the picture in which modules are measured, and one `scale` times smaller for finder patterns */
	float scale;
	struct point origin; /* of the part in which patterns are looked for */
	bool inked;          /* as finders.h has it */
	bool quick;          /* three patterns or nothing */
	const char *stage;
};

static struct finder placed(const struct finder *f, const struct look_at *at) {
	struct finder out = *f;
	out.centre = point_add(at->origin, point_times(f->centre, at->scale));
	out.module *= at->scale;
	for (int i = 0; i < 4; i++) {
		out.corners[i] = point_add(at->origin, point_times(f->corners[i], at->scale));
	}
	return out;
}

#define PAIRED_MAX 6 /* patterns, those that were seen best */

/* Where no three patterns make a likely symbol two may, with a third that is damaged. */
static void consider_pairs(struct reader *r, const struct look_at *at) {
	int count = r->finders.count < PAIRED_MAX ? r->finders.count : PAIRED_MAX;
	for (int i = 0; i < count; i++) {
		struct finder a = placed(&r->finders.items[i], at);
		for (int k = i + 1; k < count && !over(r); k++) {
			struct finder b = placed(&r->finders.items[k], at);
			struct grid_view views[DAMAGED_FINDER_MAX];
			int found = is_taken(r, at->modules, a.centre) || is_taken(r, at->modules, b.centre)
					    ? 0
					    : damaged_finder_guess(at->modules, &a, &b, views);
			for (int v = 0; v < found; v++) {
				consider_triple(r, &views[v], at->stage);
			}
		}
	}
}

struct placing {
	const struct reader *r;
	const struct look_at *at;
};

static bool is_pattern_taken(void *context, struct point at) {
	const struct placing *p = context;
	return is_taken(p->r, p->at->modules, point_add(p->at->origin, point_times(at, p->at->scale)));
}

static void find_patterns(struct reader *r, const struct look_at *at) {
	const struct image *where = at->finders;
	struct placing placing = {r, at};
	int step = where->width > 700 || where->height > 700 ? 2 : 1;
	finders_find(&r->bits, &(struct finders_options){step, at->inked, r->changes, &r->deadline, is_pattern_taken, &placing},
		     &r->finders);
	triples_rank(&r->finders, &r->deadline, &r->triples);
	look_in(r, at->modules);
	for (int i = 0; i < r->finders.count && !over(r); i++) {
		finder_outline(&r->bits, &r->finders.items[i]);
		if (r->options->sight != NULL) {
			struct finder f = placed(&r->finders.items[i], at);
			sight_pattern(r->options->sight, &f);
		}
	}
}

/* True when that is enough. */
static bool consider_triples(struct reader *r, const struct look_at *at) {
	for (int i = 0; i < r->triples.count && i < TRIPLES_TRIED && !over(r); i++) {
		const struct triple *t = &r->triples.items[i];
		struct grid_view view = {at->modules, placed(&r->finders.items[t->corner], at), placed(&r->finders.items[t->right], at),
					 placed(&r->finders.items[t->below], at)};
		if (is_taken(r, view.image, view.corner.centre) || is_taken(r, view.image, view.right.centre) ||
		    is_taken(r, view.image, view.below.centre)) {
			continue;
		}
		consider_triple(r, &view, at->stage);
		if (read_candidates(r, &(struct effort_at){1, 1, MERIT_SURE})) {
			return true;
		}
	}
	return false;
}

/* When all else has failed. */
static void consider_bows(struct reader *r, const struct look_at *at) {
	for (int i = 0; i < r->suspects.count && !over(r); i++) {
		const struct grid_view *view = &r->suspects.items[i].view;
		struct candidate c = {.view = *view, .stage = at->stage, .bent = true};
		if (!is_taken(r, view->image, view->corner.centre) && bow_guess(view, &r->deadline, &c.bow) &&
		    bow_grid(view->image, &c.bow, &c.grid) && c.grid.corners >= MERIT_LEAST) {
			c.merit = c.grid.corners + c.grid.timing;
			candidates_keep(&r->candidates, &c);
		}
	}
}

static bool search_in(struct reader *r, const struct look_at *at) {
	int before;
	if (at->finders->width + 2 > r->changes_cap) {
		r->changes_cap = at->finders->width + 2;
		r->changes = xrealloc(r->changes, (size_t)r->changes_cap, sizeof *r->changes);
	}
	if (!bitmap_threshold(&r->bits, at->finders, &r->deadline, &r->levels)) {
		return true;
	}
	do { /* of very many symbols some are read, and then there is room for others */
		before = r->found_count;
		r->suspects.count = 0;
		find_patterns(r, at);
		if (consider_triples(r, at)) {
			return true;
		}
		if (r->found_count > before && read_candidates(r, &(struct effort_at){1, CANDIDATES_MAX, MERIT_GOOD})) {
			return true;
		}
	} while (r->found_count > before && r->finders.count > 0 && !over(r));
	if (!at->quick && (r->candidates.count == 0 || r->candidates.items[0].merit < MERIT_GOOD)) {
		consider_pairs(r, at);
	}
	if (!at->quick) {
		consider_bows(r, at);
	}
	return false;
}

/* As READER_… of reader.h, and second looks. */
enum look {
	LOOK_HALF,
	LOOK_FULL,
	LOOK_QUARTER,
	LOOK_DOUBLE,
	LOOK_SHARP,
	LOOK_INKED,
	LOOK_INVERTED,
	LOOK_INVERTED_FULL,
	LOOK_TINY,
	LOOK_AGAIN
};
_Static_assert(READER_HALF == 1 << LOOK_HALF && READER_DOUBLE == 1 << LOOK_DOUBLE && READER_INVERTED_FULL == 1 << LOOK_INVERTED_FULL &&
		       READER_TINY == 1 << LOOK_TINY,
	       "the ways of reader.h are these");

/* Ways of looking for symbols, and between them second looks at what was found: the cheap and the likely ones first. */
struct step {
	enum look look;
	struct effort_at again;
};

static const struct step plan[] = {
	{LOOK_HALF, {1, QUICK_MAX, MERIT_GOOD}},           {LOOK_FULL, {1, QUICK_MAX, MERIT_GOOD}},
	{LOOK_QUARTER, {1, QUICK_MAX, MERIT_GOOD}},        {LOOK_AGAIN, {2, 2, MERIT_GOOD}},
	{LOOK_DOUBLE, {1, QUICK_MAX, MERIT_GOOD}},         {LOOK_TINY, {1, QUICK_MAX, MERIT_GOOD}},
	{LOOK_SHARP, {1, QUICK_MAX, MERIT_GOOD}},          {LOOK_AGAIN, {2, 3, MERIT_GOOD}},
	{LOOK_INKED, {1, QUICK_MAX, MERIT_GOOD}},          {LOOK_INVERTED, {1, QUICK_MAX, MERIT_GOOD}},
	{LOOK_AGAIN, {1, QUICK_MAX, MERIT_LEAST}},         {LOOK_AGAIN, {2, 2, MERIT_LEAST}},
	{LOOK_INVERTED_FULL, {1, QUICK_MAX, MERIT_LEAST}}, {LOOK_AGAIN, {2, CANDIDATES_MAX, MERIT_LEAST}},
};

#define DOUBLE_PIXELS_MAX (640 * 480)

/* What blurs a module of one pixel and a half is taken away only after there are pixels between: then its patterns are found. */
static const struct image *enlarged_sharp(struct reader *r, const struct image *from) {
	return filter_sharpen(&r->sharp, filter_double(&r->other, from, &r->deadline), &r->deadline);
}

static bool take_step(struct reader *r, const struct image *image, const struct step *step) {
	static const char *const names[] = {"half", "full", "quarter", "double", "sharp", "inked", "inverted", "inverted-full", "tiny", ""};
	if (over(r)) {
		return true;
	}
	struct look_at at = {.modules = image, .finders = image, .scale = 1, .stage = names[step->look]};
	const struct region whole = {0, 0, image->width, image->height};
	struct part part;
	switch (step->look) {
	case LOOK_HALF:
		at.finders = filter_halve(&r->half, image);
		at.scale = 2;
		break;
	case LOOK_FULL: break;
	case LOOK_QUARTER:
		at.finders = filter_halve(&r->other, filter_halve(&r->half, image));
		at.scale = 4;
		break;
	case LOOK_DOUBLE:
		if (image->width * image->height > DOUBLE_PIXELS_MAX) {
			return false;
		}
		at.finders = filter_double(&r->sharp, image, &r->deadline);
		at.scale = 0.5F;
		break;
	case LOOK_SHARP: at.finders = filter_sharpen(&r->sharp, image, &r->deadline); break;
	case LOOK_INKED:
		at.finders = filter_halve(&r->half, image);
		at.scale = 2;
		at.inked = true;
		break;
	case LOOK_INVERTED:
		at.modules = filter_invert(&r->whole, image);
		at.finders = filter_halve(&r->half, at.modules);
		at.scale = 2;
		break;
	case LOOK_INVERTED_FULL: at.modules = at.finders = filter_invert(&r->whole, image); break;
	case LOOK_TINY:
		if (!region_cut(image, r->options->tiny != NULL ? r->options->tiny : &whole, &part) ||
		    part.image.width * part.image.height > DOUBLE_PIXELS_MAX) {
			return false;
		}
		at.origin = part.at;
		at.scale = 0.5F;
		at.finders = enlarged_sharp(r, &part.image);
		break;
	case LOOK_AGAIN: return read_candidates(r, &step->again);
	}
	return search_in(r, &at) || read_candidates(r, &step->again);
}

/* A symbol that was in the picture before this one; modules are measured in `image`. */
static bool search_known(struct reader *r, const struct image *image) {
	const struct clear *place = place_of(r, image);
	struct followed known = *r->options->known;
	struct grid grid;
	for (int i = 0; i < 4; i++) {
		known.corners[i] = point_times(point_sub(known.corners[i], place->at), 1 / place->scale);
	}
	look_in(r, image);
	r->stage = "followed";
	if (follow_grid(image, &known, &r->deadline, &grid)) {
		attempt_grid(&r->attempt, &grid, true);
	}
	return enough(r);
}

/* Looks where something was seen before: as it is, when it is large at half its size, as if it were less blurred, and when it is small at twice its size. */
static bool search_first(struct reader *r, const struct image *image) {
	const struct effort_at quickly = {1, QUICK_MAX, MERIT_LEAST};
	const struct effort_at thoroughly = {2, 2, MERIT_LEAST};
	struct part part;
	if (!region_cut(image, r->options->first, &part)) {
		return false;
	}
	struct look_at at = {.modules = image, .finders = &part.image, .scale = 1, .origin = part.at, .stage = "tracked"};
	if (search_in(r, &at) || read_candidates(r, &quickly)) {
		return true;
	}
	if (part.image.width >= 4 * REGION_SIDE_LEAST && part.image.height >= 4 * REGION_SIDE_LEAST) {
		at.finders = filter_halve(&r->half, &part.image);
		at.scale = 2;
		at.stage = "tracked-half";
		if (search_in(r, &at) || read_candidates(r, &quickly)) {
			return true;
		}
	}
	at.finders = filter_sharpen(&r->sharp, &part.image, &r->deadline);
	at.scale = 1;
	at.stage = "tracked-sharp";
	if (search_in(r, &at) || read_candidates(r, &quickly)) {
		return true;
	}
	if (part.image.width * part.image.height < DOUBLE_PIXELS_MAX / 4) {
		at.finders = enlarged_sharp(r, &part.image);
		at.scale = 0.5F;
		at.stage = "tracked-double";
		if (search_in(r, &at) || read_candidates(r, &quickly)) {
			return true;
		}
	}
	return read_candidates(r, &thoroughly);
}

/* --- with care ------------------------------------------------------------------------------------------------------------------------------ */

#define CARE_PIXELS_MAX 400000          /* a larger part takes too long, … */
#define CARE_PIXELS_HALVED 130000       /* … or is looked at at half its size, … */
#define CARE_PIXELS_DOUBLED (320 * 320) /* … or to be looked at at twice its size */

/* Looks at a part as it was without its blur, at twice its size when it is small, for small patterns at twice that, and as if it were even less blurred. */
static bool search_clear(struct reader *r, const struct image *unblurred, struct clear *clear) {
	const struct effort_at quickly = {1, QUICK_MAX, MERIT_LEAST};
	bool small = unblurred->width * unblurred->height <= CARE_PIXELS_DOUBLED;
	const struct image *modules = small ? filter_double(&clear->image, unblurred, &r->deadline) : filter_copy(&clear->image, unblurred);
	clear->scale *= small ? 0.5F : 1;
	if (r->options->known != NULL && unblurred->luma == r->unblur.out.image.luma && search_known(r, modules)) {
		return true;
	}
	struct look_at at = {
		.modules = modules, .finders = filter_halve(&r->half, modules), .scale = 2, .quick = clear->quick, .stage = clear->stage};
	if (search_in(r, &at)) {
		return true;
	}
	at.finders = modules;
	at.scale = 1;
	if (search_in(r, &at) || read_candidates(r, &quickly)) {
		return true;
	}
	at.finders = filter_sharpen(&r->sharp, modules, &r->deadline);
	if (search_in(r, &at) || read_candidates(r, &quickly)) {
		return true;
	}
	if (modules->width * modules->height > CARE_PIXELS_DOUBLED) {
		return false;
	}
	at.finders = filter_double(&r->sharp, modules, &r->deadline);
	at.scale = 0.5F;
	return search_in(r, &at) || read_candidates(r, &quickly);
}

/* As it was before it moved while the picture was taken; when it is large at half its size. */
static bool look_unmoved(struct reader *r, const struct part *part, const struct point smears[READER_SMEARS_MAX]) {
	bool moved = smears[0].x != 0 || smears[0].y != 0;
	bool large = part->image.width * part->image.height > CARE_PIXELS_HALVED;
	const struct image *from = large && moved ? filter_halve(&r->other, &part->image) : &part->image;
	for (int i = 0; i < READER_SMEARS_MAX && (smears[i].x != 0 || smears[i].y != 0) && !over(r); i++) {
		struct point by = point_times(smears[i], large ? 0.5F : 1);
		r->clear[i].scale = large ? 2 : 1;
		if (search_clear(r, unblur_smear(&r->unblur, from, by, &r->deadline), &r->clear[i])) {
			return true;
		}
	}
	return moved && read_candidates(r, &(struct effort_at){2, 3, MERIT_LEAST});
}

/* As it is, and as it was before a lens that was out of focus. */
static bool look_focused(struct reader *r, const struct part *part, const struct unblur_lens lenses[READER_LENSES_MAX]) {
	if (part->image.width * part->image.height > CARE_PIXELS_MAX) {
		return false;
	}
	for (int i = 0; i <= READER_LENSES_MAX && (i == 0 || lenses[i - 1].deviation > 0) && !over(r); i++) {
		const struct image *focused = i == 0 ? &part->image : unblur_lens(&r->unblur, &part->image, &lenses[i - 1], &r->deadline);
		if (search_clear(r, focused, &r->clear[READER_SMEARS_MAX + i])) {
			return true;
		}
	}
	return read_candidates(r, &(struct effort_at){2, 3, MERIT_LEAST});
}

/* In two thirds of the time there is, with what is tracked in between. */
static bool search_with_care(struct reader *r, const struct image *image) {
	const struct reader_care *care = r->options->care;
	struct deadline all = r->deadline;
	struct part part;
	if (!region_cut(image, &care->region, &part)) {
		return r->options->first != NULL && search_first(r, image);
	}
	for (int i = 0; i < CLEAR_MAX; i++) {
		bool moving = i < READER_SMEARS_MAX;
		r->clear[i].at = part.at;
		r->clear[i].scale = 1;
		r->clear[i].stage = moving ? "moving" : i == READER_SMEARS_MAX ? "careful" : "unblurred";
		r->clear[i].quick = !moving;
	}
	r->deadline.until_us -= r->options->budget_us / 3;
	bool seen = look_unmoved(r, &part, care->smears) || (r->options->first != NULL && search_first(r, image)) ||
		    look_focused(r, &part, care->lenses);
	r->deadline = all;
	return seen && enough(r);
}

static void search_all(struct reader *r, const struct image *image) {
	unsigned ways = r->options->ways == 0 ? READER_ALL : r->options->ways;
	if ((r->options->known != NULL && search_known(r, image)) ||
	    (r->options->care != NULL ? search_with_care(r, image) : r->options->first != NULL && search_first(r, image))) {
		return;
	}
	for (size_t i = 0; i < sizeof plan / sizeof *plan; i++) {
		if (i == 1 && r->options->care != NULL && read_candidates(r, &(struct effort_at){2, 2, MERIT_GOOD})) {
			return; /* there may be no time for it later */
		}
		if ((plan[i].look == LOOK_AGAIN || (ways >> plan[i].look & 1u) != 0) && take_step(r, image, &plan[i])) {
			return;
		}
	}
}

/* What has been begun when time is over still takes a little: as much of a short budget as of a long one. */
static int64_t reserve_of(int64_t budget_us) {
	int64_t least = budget_us / 4 < GRAIN_US ? budget_us / 4 : GRAIN_US;
	return budget_us / 32 > least ? budget_us / 32 : least;
}

bool reader_search(struct reader *r, const struct image *image, const struct reader_options *options) {
	r->options = options;
	r->deadline = deadline_in(options->budget_us - reserve_of(options->budget_us));
	r->attempt.deadline = r->attempt.codewords.deadline = &r->deadline;
	r->attempt.sight = options->sight;
	r->attempt.read = tell;
	r->attempt.context = r;
	r->candidates.count = r->found_count = 0;
	r->ended = false;
	if (options->sight != NULL) {
		options->sight->kind = SIGHT_NOTHING;
	}
	if (image->width >= REGION_SIDE_LEAST && image->height >= REGION_SIDE_LEAST) {
		search_all(r, image);
	}
	return r->ended;
}
