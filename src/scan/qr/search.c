/* How well a triple of patterns has to fit before anything is done about it: the correlations of its finder patterns and of its timing patterns with
 * the picture, 0 to 100 each (grid.h). Measured on the 351 photographs of `make bench-scan`, without a budget: of 15,110 guesses of a version 94 of 100
 * stay below 40 (CORNERS_LEAST, SEARCH_MERIT_LEAST drop them); of the 318 symbols that were read one of a hundred scored less than 90, one of twenty less
 * than 111, half of them 160 and more. A quick attempt read none of 47 below 80 and 238 of 259 from 140 on (SEARCH_MERIT_GOOD, SEARCH_MERIT_SURE); a
 * thorough one read one of 67 below 80, so those are tried last. Finder patterns alone: 64 at least of what was read flat; a bow (bow.h) begins with
 * what fits far worse, as it was taken for flat. */
#include "scan/qr/search.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "scan/qr/damaged_finder.h"

#define TRIPLES_TRIED 32
#define VERSIONS_KEPT 3
#define FOUND_MAX 256

#define CORNERS_LEAST 25.0F      /* of the finder patterns alone, of what may be flat, … */
#define BENT_CORNERS_LEAST 15.0F /* … or on a bow */

struct place {
	const struct image *image;
	struct point at;
	float scale;
};

struct search {
	struct candidates candidates;
	struct point found[FOUND_MAX][4];
	int found_count;
	struct suspects suspects;
	bool ended; /* whoever asked has enough */
	struct bitmap bits;
	struct bitmap_work levels;
	uint16_t *changes;
	int changes_cap;
	struct finders finders;
	struct triples triples;
	struct attempt attempt;
	/* Of the picture at hand. */
	struct search_options options;
	struct place places[SEARCH_PLACES_MAX];
	int place_count;
	const char *stage;
};

struct search *search_open(void) {
	return xcalloc(1, sizeof(struct search));
}

void search_close(struct search *s) {
	if (s == NULL) {
		return;
	}
	bitmap_fini(&s->bits);
	bitmap_work_fini(&s->levels);
	free(s->changes);
	free(s);
}

static const struct place whole_picture = {.scale = 1};

/* Where what modules are measured in lies. */
static const struct place *place_of(const struct search *s, const struct image *image) {
	for (int i = 0; i < s->place_count; i++) {
		if (image == s->places[i].image) {
			return &s->places[i];
		}
	}
	return &whole_picture;
}

void search_place(struct search *s, const struct image *image, struct point at, float scale) {
	int i = 0;
	while (i < s->place_count && s->places[i].image != image) {
		i++;
	}
	if (i < SEARCH_PLACES_MAX) {
		s->places[i] = (struct place){image, at, scale};
		s->place_count += i == s->place_count;
	}
}

static struct point from_place(const struct place *place, struct point p) { return point_add(place->at, point_times(p, place->scale)); }

bool search_ended(const struct search *s) { return s->ended; }
bool search_over(const struct search *s) { return s->ended || deadline_over(&s->options.deadline); }

void search_until(struct search *s, const struct deadline *deadline) { s->options.deadline = *deadline; }
const struct deadline *search_deadline(const struct search *s) { return &s->options.deadline; }

/* --- what was found ---------------------------------------------------------------------------------------------------------------------- */

/* From the picture that modules were measured in, which may be a part or enlarged, back to the whole one. */
static bool tell_found(void *context, const struct grid *g, bool mirrored, const struct corrected *symbol) {
	struct search *s = context;
	struct search_find find = {.symbol = symbol, .stage = s->stage};
	sight_corners(g, mirrored, find.corners);
	for (int i = 0; i < 4; i++) {
		find.corners[i] = from_place(place_of(s, s->attempt.image), find.corners[i]);
	}
	enum search_verdict verdict = s->options.found(s->options.context, &find);
	if (verdict != SEARCH_NOTHING && s->found_count < FOUND_MAX) {
		memcpy(s->found[s->found_count++], find.corners, sizeof find.corners);
	}
	s->ended = verdict == SEARCH_ENOUGH;
	return verdict != SEARCH_NOTHING;
}

/* Where a symbol was read nobody looks for another. */
static bool is_taken(const struct search *s, const struct image *image, struct point at) {
	struct point p = from_place(place_of(s, image), at);
	for (int i = 0; i < s->found_count; i++) {
		if (point_within(p, s->found[i])) {
			return true;
		}
	}
	return false;
}

/* --- what may be a symbol ---------------------------------------------------------------------------------------------------------------- */

static void consider_triple(struct search *s, const struct grid_view *view, const char *stage) {
	struct grid guesses[VERSIONS_KEPT];
	int count = grid_guess(view, guesses, VERSIONS_KEPT);
	/* Three good outlines that no flat map fits well may be on rolled paper. */
	if (count > 0 && view->corner.outlined && view->right.outlined && view->below.outlined &&
	    guesses[0].corners + guesses[0].timing < SEARCH_MERIT_SURE && guesses[0].corners >= BENT_CORNERS_LEAST) {
		suspects_keep(&s->suspects, &(struct suspect){*view, guesses[0].corners});
	}
	for (int i = 0; i < count; i++) {
		float merit = guesses[i].corners + guesses[i].timing;
		if (guesses[i].corners >= CORNERS_LEAST && merit >= SEARCH_MERIT_LEAST) {
			candidates_keep(&s->candidates,
					&(struct candidate){.view = *view, .grid = guesses[i], .stage = stage, .merit = merit});
		}
	}
}

/* When time is short what was found in one way of looking is enough. A deadline of 0 is none. */
static bool wants_all(const struct search *s) { return s->options.all || s->options.deadline.until_us == 0; }
bool search_enough(const struct search *s) { return search_over(s) || (s->found_count != 0 && !wants_all(s)); }

/* Candidates that lie in a symbol that was read make room for others. */
static void drop_taken(struct search *s) {
	int kept = 0;
	for (int i = 0; i < s->candidates.count; i++) {
		if (!is_taken(s, s->candidates.items[i].view.image, s->candidates.items[i].view.corner.centre)) {
			s->candidates.items[kept++] = s->candidates.items[i];
		}
	}
	s->candidates.count = kept;
}

/* What is attempted from now on is measured there. */
static void look_in(struct search *s, const struct image *image) {
	s->attempt.image = image;
	if (s->options.sight != NULL) {
		s->options.sight->at = place_of(s, image)->at;
		s->options.sight->scale = place_of(s, image)->scale;
	}
}

bool search_again(struct search *s, const struct effort_at *effort) {
	int count = effort->count;
	int before = s->found_count;
	for (int i = 0; i < s->candidates.count && count > 0 && !search_over(s); i++) {
		struct candidate *c = &s->candidates.items[i];
		/* An attempt earlier in this loop may have read the symbol that this one lies in. */
		if (c->tried >= effort->pass || c->merit < effort->least || is_taken(s, c->view.image, c->view.corner.centre)) {
			continue;
		}
		c->tried = effort->pass;
		look_in(s, c->view.image);
		s->stage = c->stage;
		if (c->bent) {
			attempt_bow(&s->attempt, &c->bow, &c->grid, effort->pass > 1);
		} else if (effort->pass == 1) {
			attempt_quickly(&s->attempt, &c->view, &c->grid);
		} else {
			attempt_thoroughly(&s->attempt, &c->view, &c->grid);
		}
		count--;
	}
	if (s->found_count > before) {
		drop_taken(s);
	}
	return search_enough(s);
}

/* --- one look ---------------------------------------------------------------------------------------------------------------------------- */

static struct finder placed(const struct finder *f, const struct look *at) {
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
static void consider_pairs(struct search *s, const struct look *at) {
	int count = s->finders.count < PAIRED_MAX ? s->finders.count : PAIRED_MAX;
	for (int i = 0; i < count; i++) {
		struct finder a = placed(&s->finders.items[i], at);
		for (int k = i + 1; k < count && !search_over(s); k++) {
			struct finder b = placed(&s->finders.items[k], at);
			struct grid_view views[DAMAGED_FINDER_MAX];
			int found = is_taken(s, at->modules, a.centre) || is_taken(s, at->modules, b.centre)
					    ? 0
					    : damaged_finder_guess(at->modules, &a, &b, views);
			for (int v = 0; v < found; v++) {
				consider_triple(s, &views[v], at->stage);
			}
		}
	}
}

struct placing {
	const struct search *s;
	const struct look *at;
};

static bool is_pattern_taken(void *context, struct point at) {
	const struct placing *p = context;
	return is_taken(p->s, p->at->modules, point_add(p->at->origin, point_times(at, p->at->scale)));
}

static void find_patterns(struct search *s, const struct look *at) {
	const struct image *where = at->finders;
	struct placing placing = {s, at};
	/* A pattern's middle is three modules, so at least three rows: every other row still crosses it, and costs half the time. */
	int step = where->width > 700 || where->height > 700 ? 2 : 1;
	finders_find(&s->bits, &(struct finders_options){step, at->inked, s->changes, &s->options.deadline, is_pattern_taken, &placing},
		     &s->finders);
	triples_rank(&s->finders, &s->options.deadline, &s->triples);
	look_in(s, at->modules);
	for (int i = 0; i < s->finders.count && !search_over(s); i++) {
		finder_outline(&s->bits, &s->finders.items[i]);
		if (s->options.sight != NULL) {
			struct finder f = placed(&s->finders.items[i], at);
			sight_pattern(s->options.sight, &f);
		}
	}
}

/* True when that is enough. */
static bool consider_triples(struct search *s, const struct look *at) {
	for (int i = 0; i < s->triples.count && i < TRIPLES_TRIED && !search_over(s); i++) {
		const struct triple *t = &s->triples.items[i];
		struct grid_view view = {at->modules, placed(&s->finders.items[t->corner], at), placed(&s->finders.items[t->right], at),
					 placed(&s->finders.items[t->below], at)};
		if (is_taken(s, view.image, view.corner.centre) || is_taken(s, view.image, view.right.centre) ||
		    is_taken(s, view.image, view.below.centre)) {
			continue;
		}
		consider_triple(s, &view, at->stage);
		/* What is surely a symbol is read at once, so that the triples of its patterns with others need not be looked at. */
		if (search_again(s, &(struct effort_at){1, 1, SEARCH_MERIT_SURE})) {
			return true;
		}
	}
	return false;
}

/* When all else has failed. */
static void consider_bows(struct search *s, const struct look *at) {
	for (int i = 0; i < s->suspects.count && !search_over(s); i++) {
		const struct grid_view *view = &s->suspects.items[i].view;
		struct candidate c = {.view = *view, .stage = at->stage, .bent = true};
		if (!is_taken(s, view->image, view->corner.centre) && bow_guess(view, &s->options.deadline, &c.bow) &&
		    bow_grid(view->image, &c.bow, &c.grid) && c.grid.corners >= SEARCH_MERIT_LEAST) {
			c.merit = c.grid.corners + c.grid.timing;
			candidates_keep(&s->candidates, &c);
		}
	}
}

bool search_look(struct search *s, const struct look *at) {
	int before;
	if (at->finders->width + 2 > s->changes_cap) {
		s->changes_cap = at->finders->width + 2;
		s->changes = xrealloc(s->changes, (size_t)s->changes_cap, sizeof *s->changes);
	}
	if (!bitmap_threshold(&s->bits, at->finders, &s->options.deadline, &s->levels)) {
		return true;
	}
	do { /* of very many symbols some are read, and then there is room for others */
		before = s->found_count;
		s->suspects.count = 0;
		find_patterns(s, at);
		if (consider_triples(s, at)) {
			return true;
		}
		if (s->found_count > before && search_again(s, &(struct effort_at){1, CANDIDATES_MAX, SEARCH_MERIT_GOOD})) {
			return true;
		}
	} while (s->found_count > before && s->finders.count > 0 && !search_over(s));
	if (!at->quick && (s->candidates.count == 0 || s->candidates.items[0].merit < SEARCH_MERIT_GOOD)) {
		consider_pairs(s, at);
	}
	if (!at->quick) {
		consider_bows(s, at);
	}
	return false;
}

bool search_known(struct search *s, const struct image *image, const struct followed *before) {
	const struct place *place = place_of(s, image);
	struct followed known = *before;
	struct grid grid;
	for (int i = 0; i < 4; i++) {
		known.corners[i] = point_times(point_sub(known.corners[i], place->at), 1 / place->scale);
	}
	look_in(s, image);
	s->stage = "followed";
	if (follow_grid(image, &known, &s->options.deadline, &grid)) {
		attempt_grid(&s->attempt, &grid, true);
	}
	return search_enough(s);
}

void search_begin(struct search *s, const struct search_options *options) {
	s->options = *options;
	/* By its address: search_until then holds for attempts, too. */
	s->attempt.deadline = s->attempt.codewords.deadline = &s->options.deadline;
	s->attempt.sight = options->sight;
	s->attempt.read = tell_found;
	s->attempt.context = s;
	s->candidates.count = s->found_count = s->place_count = 0;
	s->ended = false;
	if (options->sight != NULL) {
		options->sight->kind = SIGHT_NOTHING;
	}
}
