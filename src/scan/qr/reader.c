#include "scan/qr/reader.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "scan/image/filters.h"

#define QUICK_MAX 6  /* candidates that a look may read quickly */
#define GRAIN_US 600 /* the longest that a step works without looking at the clock */
#define DOUBLE_PIXELS_MAX (640 * 480)
#define CLEAR_MAX (1 + READER_SMEARS_MAX + READER_LENSES_MAX)

#define CARE_PIXELS_MAX 400000          /* a larger part takes too long, … */
#define CARE_PIXELS_HALVED 130000       /* … or is looked at at half its size, … */
#define CARE_PIXELS_DOUBLED (320 * 320) /* … or to be looked at at twice its size */

_Static_assert(CLEAR_MAX <= SEARCH_PLACES_MAX, "every part that is made clear has its place");

struct reader {
	struct search *search;
	struct filtered half, other, sharp, whole; /* pictures made of the one at hand; each look overwrites those it makes */
	struct unblur unblur;
	struct filtered clear[CLEAR_MAX];     /* parts without their blur: modules are measured in these, so they stay */
	const struct reader_options *options; /* of the search that is going on */
};

struct reader *reader_open(void) {
	struct reader *r = xcalloc(1, sizeof *r);
	r->search = search_open();
	return r;
}

void reader_close(struct reader *r) {
	if (r == NULL) {
		return;
	}
	search_close(r->search);
	filtered_fini(&r->half);
	filtered_fini(&r->other);
	filtered_fini(&r->sharp);
	filtered_fini(&r->whole);
	unblur_fini(&r->unblur);
	for (int i = 0; i < CLEAR_MAX; i++) {
		filtered_fini(&r->clear[i]);
	}
	free(r);
}

/* --- the lists of looks ------------------------------------------------------------------------------------------------------------------ */

/* As READER_… of reader.h; and second looks. */
enum look_kind {
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

struct step {
	enum look_kind look;
	struct effort_at again; /* afterwards */
	const char *stage;      /* NULL: the scene's */
	int pixels_max;         /* of pictures that it is for; 0: any */
	int side_least;         /* likewise */
	bool after_care;        /* only where a part of the picture was looked at with care */
};

/* Where a list of looks is gone through. */
struct scene {
	const struct image *modules; /* measured in this picture */
	struct part part;            /* of it: patterns are looked for here */
	const char *stage;
	bool quick; /* as struct look has it */
};

/* Of what a look found: quickly. */
#define LIKELY 1, QUICK_MAX, SEARCH_MERIT_GOOD
#define ANY 1, QUICK_MAX, SEARCH_MERIT_LEAST

/* The whole picture: the cheap looks and the likely ones first, and between them second looks at what was found. */
static const struct step WHOLE[] = {
	{.look = LOOK_HALF, .again = {LIKELY}, .stage = "half"},
	{.look = LOOK_AGAIN, .again = {2, 2, SEARCH_MERIT_GOOD}, .after_care = true}, /* there may be no time for it later */
	{.look = LOOK_FULL, .again = {LIKELY}, .stage = "full"},
	{.look = LOOK_QUARTER, .again = {LIKELY}, .stage = "quarter"},
	{.look = LOOK_AGAIN, .again = {2, 2, SEARCH_MERIT_GOOD}},
	{.look = LOOK_DOUBLE, .again = {LIKELY}, .stage = "double", .pixels_max = DOUBLE_PIXELS_MAX},
	{.look = LOOK_TINY, .again = {LIKELY}, .stage = "tiny"},
	{.look = LOOK_SHARP, .again = {LIKELY}, .stage = "sharp"},
	{.look = LOOK_AGAIN, .again = {2, 3, SEARCH_MERIT_GOOD}},
	{.look = LOOK_INKED, .again = {LIKELY}, .stage = "inked"},
	{.look = LOOK_INVERTED, .again = {LIKELY}, .stage = "inverted"},
	{.look = LOOK_AGAIN, .again = {1, QUICK_MAX, SEARCH_MERIT_LEAST}},
	{.look = LOOK_AGAIN, .again = {2, 2, SEARCH_MERIT_LEAST}},
	{.look = LOOK_INVERTED_FULL, .again = {ANY}, .stage = "inverted-full"},
	{.look = LOOK_AGAIN, .again = {2, CANDIDATES_MAX, SEARCH_MERIT_LEAST}},
};

/* Where something was seen before: as it is, when it is large at half its size, as if it were less blurred, and when it is small at twice its size. */
static const struct step TRACKED[] = {
	{.look = LOOK_FULL, .again = {ANY}, .stage = "tracked"},
	{.look = LOOK_HALF, .again = {ANY}, .stage = "tracked-half", .side_least = 4 * REGION_SIDE_LEAST},
	{.look = LOOK_SHARP, .again = {ANY}, .stage = "tracked-sharp"},
	{.look = LOOK_TINY, .again = {ANY}, .stage = "tracked-double", .pixels_max = DOUBLE_PIXELS_MAX / 4 - 1},
	{.look = LOOK_AGAIN, .again = {2, 2, SEARCH_MERIT_LEAST}},
};

/* A part without its blur: for small patterns at twice its size, and as if it were even less blurred. */
static const struct step CLEAR[] = {
	{.look = LOOK_HALF},
	{.look = LOOK_FULL, .again = {ANY}},
	{.look = LOOK_SHARP, .again = {ANY}},
	{.look = LOOK_DOUBLE, .again = {ANY}, .pixels_max = CARE_PIXELS_DOUBLED},
};

/* --- one look ---------------------------------------------------------------------------------------------------------------------------- */

static int pixels_of(const struct image *image) { return image->width * image->height; }

static bool is_for(const struct step *step, const struct image *image) {
	return (step->pixels_max == 0 || pixels_of(image) <= step->pixels_max) && image->width >= step->side_least &&
	       image->height >= step->side_least;
}

/* What blurs a module of one pixel and a half is taken away only after there are pixels between: then its patterns are found. */
static const struct image *enlarged_sharp(struct reader *r, const struct image *from) {
	const struct deadline *until = search_deadline(r->search);
	return filter_sharpen(&r->sharp, filter_double(&r->other, from, until), until);
}

/* Makes the pictures that a look is taken in. */
static void prepare(struct reader *r, const struct scene *scene, const struct step *step, struct look *look) {
	const struct image *image = &scene->part.image;
	const struct deadline *until = search_deadline(r->search);
	*look = (struct look){.modules = scene->modules,
			      .finders = image,
			      .scale = 1,
			      .origin = scene->part.at,
			      .inked = step->look == LOOK_INKED,
			      .quick = scene->quick,
			      .stage = step->stage != NULL ? step->stage : scene->stage};
	switch (step->look) {
	case LOOK_HALF:
	case LOOK_INKED:
		look->finders = filter_halve(&r->half, image);
		look->scale = 2;
		break;
	case LOOK_QUARTER:
		look->finders = filter_halve(&r->other, filter_halve(&r->half, image));
		look->scale = 4;
		break;
	case LOOK_DOUBLE:
		look->finders = filter_double(&r->sharp, image, until);
		look->scale = 0.5F;
		break;
	case LOOK_TINY:
		look->finders = enlarged_sharp(r, image);
		look->scale = 0.5F;
		break;
	case LOOK_SHARP: look->finders = filter_sharpen(&r->sharp, image, until); break;
	case LOOK_INVERTED:
		look->modules = filter_invert(&r->whole, image);
		look->finders = filter_halve(&r->half, look->modules);
		look->scale = 2;
		break;
	case LOOK_INVERTED_FULL: look->modules = look->finders = filter_invert(&r->whole, image); break;
	case LOOK_FULL:
	case LOOK_AGAIN: break;
	}
}

/* True when nothing more has to be looked for; likewise below. */
static bool take_step(struct reader *r, const struct scene *scene, const struct step *step) {
	struct look look;
	if (search_over(r->search)) {
		return true;
	}
	if (step->look != LOOK_AGAIN) {
		if (!is_for(step, &scene->part.image)) {
			return false;
		}
		prepare(r, scene, step, &look);
		if (search_look(r->search, &look)) {
			return true;
		}
	}
	return step->again.pass > 0 && search_again(r->search, &step->again);
}

static bool take_steps(struct reader *r, const struct scene *scene, const struct step *steps, size_t count) {
	for (size_t i = 0; i < count; i++) {
		if (take_step(r, scene, &steps[i])) {
			return true;
		}
	}
	return false;
}

/* --- parts of the picture ---------------------------------------------------------------------------------------------------------------- */

static bool look_at_tracked(struct reader *r, const struct image *image) {
	struct scene scene = {.modules = image};
	return r->options->first != NULL && region_cut(image, r->options->first, &scene.part) &&
	       take_steps(r, &scene, TRACKED, COUNT_OF(TRACKED));
}

/* A part that was made clear, as clear[which]: where it lies, and how many pixels one of its own is. */
struct cleared {
	const struct image *image;
	int which;
	struct point at;
	float scale;
	const char *stage;
};

/* At twice its size when it is small. */
static bool look_at_clear(struct reader *r, struct cleared c) {
	bool small = pixels_of(c.image) <= CARE_PIXELS_DOUBLED;
	struct filtered *room = &r->clear[c.which];
	/* Only where blur was taken back: in the picture as it is, it was looked for before all else (look_everywhere). */
	bool known = r->options->known != NULL && c.image->luma == r->unblur.out.image.luma;
	const struct image *modules = small ? filter_double(room, c.image, search_deadline(r->search)) : filter_copy(room, c.image);
	search_place(r->search, modules, c.at, small ? c.scale / 2 : c.scale);
	if (known && search_known(r->search, modules, r->options->known)) {
		return true;
	}
	struct scene scene = {.modules = modules, .part = {.image = *modules}, .stage = c.stage, .quick = c.which >= READER_SMEARS_MAX};
	return take_steps(r, &scene, CLEAR, COUNT_OF(CLEAR));
}

/* As it was before it moved while the picture was taken; when it is large at half its size. */
static bool look_unmoved(struct reader *r, const struct part *part, const struct point smears[READER_SMEARS_MAX]) {
	bool moved = smears[0].x != 0 || smears[0].y != 0;
	bool large = pixels_of(&part->image) > CARE_PIXELS_HALVED;
	const struct image *from = large && moved ? filter_halve(&r->other, &part->image) : &part->image;
	for (int i = 0; i < READER_SMEARS_MAX && (smears[i].x != 0 || smears[i].y != 0) && !search_over(r->search); i++) {
		struct point by = point_times(smears[i], large ? 0.5F : 1);
		const struct image *still = unblur_smear(&r->unblur, from, by, search_deadline(r->search));
		if (look_at_clear(r, (struct cleared){still, i, part->at, large ? 2 : 1, "moving"})) {
			return true;
		}
	}
	return moved && search_again(r->search, &(struct effort_at){2, 3, SEARCH_MERIT_LEAST});
}

/* As it is, and as it was before a lens that was out of focus. */
static bool look_focused(struct reader *r, const struct part *part, const struct unblur_lens lenses[READER_LENSES_MAX]) {
	if (pixels_of(&part->image) > CARE_PIXELS_MAX) {
		return false;
	}
	for (int i = 0; i <= READER_LENSES_MAX && (i == 0 || lenses[i - 1].deviation > 0) && !search_over(r->search); i++) {
		const struct image *focused =
			i == 0 ? &part->image : unblur_lens(&r->unblur, &part->image, &lenses[i - 1], search_deadline(r->search));
		if (look_at_clear(r, (struct cleared){focused, READER_SMEARS_MAX + i, part->at, 1, i == 0 ? "careful" : "unblurred"})) {
			return true;
		}
	}
	return search_again(r->search, &(struct effort_at){2, 3, SEARCH_MERIT_LEAST});
}

/* In two thirds of the time there is, with what is tracked in between. */
static bool look_with_care(struct reader *r, const struct image *image) {
	const struct reader_care *care = r->options->care;
	struct deadline all = *search_deadline(r->search), most = all;
	struct part part;
	if (!region_cut(image, &care->region, &part)) {
		return look_at_tracked(r, image);
	}
	most.until_us -= r->options->budget_us / 3;
	search_until(r->search, &most);
	bool seen = look_unmoved(r, &part, care->smears) || look_at_tracked(r, image) || look_focused(r, &part, care->lenses);
	search_until(r->search, &all);
	/* `seen` may only mean that the shorter time was over: with all of it the search may go on. */
	return seen && search_enough(r->search);
}

/* --- the whole picture ------------------------------------------------------------------------------------------------------------------- */

static bool is_wanted(const struct reader_options *o, const struct step *step) {
	unsigned ways = o->ways == 0 ? READER_ALL : o->ways;
	return step->look == LOOK_AGAIN ? !step->after_care || o->care != NULL : (ways >> step->look & 1u) != 0;
}

static bool look_at_whole(struct reader *r, const struct image *image) {
	const struct region everywhere = {0, 0, image->width, image->height};
	const struct scene whole = {.modules = image, .part = {.image = *image}};
	for (size_t i = 0; i < COUNT_OF(WHOLE); i++) {
		struct scene scene = whole;
		if (!is_wanted(r->options, &WHOLE[i])) {
			continue;
		}
		if (WHOLE[i].look == LOOK_TINY) { /* in a part of it, as that takes long */
			const struct region *region = r->options->tiny != NULL ? r->options->tiny : &everywhere;
			if (!region_cut(image, region, &scene.part) || pixels_of(&scene.part.image) > DOUBLE_PIXELS_MAX) {
				continue;
			}
		}
		if (take_step(r, &scene, &WHOLE[i])) {
			return true;
		}
	}
	return false;
}

/* The way of a frame: what is known to be there, the part that is worth care or where something was seen, everything. */
static bool look_everywhere(struct reader *r, const struct image *image) {
	const struct reader_options *o = r->options;
	return (o->known != NULL && search_known(r->search, image, o->known)) ||
	       (o->care != NULL ? look_with_care(r, image) : look_at_tracked(r, image)) || look_at_whole(r, image);
}

/* What has been begun when time is over still takes a little: as much of a short budget as of a long one. */
static int64_t reserve_of(int64_t budget_us) {
	int64_t least = budget_us / 4 < GRAIN_US ? budget_us / 4 : GRAIN_US;
	return budget_us / 32 > least ? budget_us / 32 : least;
}

bool reader_search(struct reader *r, const struct image *image, const struct reader_options *options) {
	struct search_options search = {.found = options->found,
					.context = options->context,
					.all = options->all,
					.sight = options->sight,
					.deadline = deadline_in(options->budget_us - reserve_of(options->budget_us))};
	r->options = options;
	search_begin(r->search, &search);
	if (image->width >= REGION_SIDE_LEAST && image->height >= REGION_SIDE_LEAST) {
		look_everywhere(r, image);
	}
	return search_ended(r->search);
}
