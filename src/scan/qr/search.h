/* The search of one picture for symbols: look after look, and second looks at what was found. What order looks come in is the reader's (reader.h). */
#ifndef TURNOUT_SCAN_QR_SEARCH_H
#define TURNOUT_SCAN_QR_SEARCH_H

#include "scan/image/bitmap.h"
#include "scan/qr/attempt.h"
#include "scan/qr/candidates.h"
#include "scan/qr/finders.h"
#include "scan/qr/follow.h"
#include "scan/qr/triples.h"

/* What the caller makes of a find. */
enum search_verdict {
	SEARCH_NOTHING, /* it says nothing: as if it had not been found */
	SEARCH_GO_ON,
	SEARCH_ENOUGH, /* the search ends */
};

struct search_find {
	const struct corrected *symbol; /* until the next look */
	struct point corners[4];        /* upper left, upper right, lower right, lower left, in pixels of the whole picture */
	const char *stage;              /* of the look that found it */
};

typedef enum search_verdict search_found_fn(void *context, const struct search_find *find);

struct search_options {
	search_found_fn *found;
	void *context;
	bool all;            /* every symbol is wanted; else, when time is short, what one look found is enough */
	struct sight *sight; /* gets what was seen best of what was not read; NULL: nobody asks */
	struct deadline deadline;
};

/* One way of looking: where finder patterns are looked for, and where modules are measured. */
struct look {
	const struct image *modules;
	const struct image *finders; /* `scale` times smaller than modules, from `origin` on */
	float scale;
	struct point origin; /* in modules */
	bool inked;          /* as finders.h has it */
	bool quick;          /* three patterns or nothing */
	const char *stage;   /* a word for it */
};

/* How much a second look at what was found may cost. */
struct effort_at {
	int pass;    /* 1: quickly, 2: thoroughly; 0: no second look */
	int count;   /* at most so many candidates */
	float least; /* merit */
};

/* How well the finder patterns, and these and the timing patterns together, correlate with the picture (grid.h: 0 to 100 each, 200 together).
 * Measured: see the head of search.c. */
#define SEARCH_MERIT_LEAST 40.0F
#define SEARCH_MERIT_GOOD 80.0F
#define SEARCH_MERIT_SURE 140.0F

struct search;

struct search *search_open(void);
void search_close(struct search *search); /* NULL is fine */

/* Another picture. The options are copied. */
void search_begin(struct search *s, const struct search_options *options);
/* The picture `image` is a part of the whole one: its upper left corner is at `at`, a pixel of it is `scale` pixels. Pictures that nothing was said of
 * are the whole. Until the next search_begin. */
#define SEARCH_PLACES_MAX 8
void search_place(struct search *s, const struct image *image, struct point at, float scale);
/* From now on it has to be over by then. */
void search_until(struct search *s, const struct deadline *deadline);
const struct deadline *search_deadline(const struct search *s);

/* Each is true when nothing more has to be looked for: time is over, or what was found is enough. */
bool search_enough(const struct search *s);
/* Looks for patterns, for what of them may be symbols, and reads what surely is. */
bool search_look(struct search *s, const struct look *look);
/* The likeliest that had no such look yet. */
bool search_again(struct search *s, const struct effort_at *effort);
/* A symbol that was in the picture before this one, by its corners there; modules are measured in `image`. */
bool search_known(struct search *s, const struct image *image, const struct followed *known);

/* Time is over, or whoever asked has enough. */
bool search_over(const struct search *s);
/* Whoever asked has enough. */
bool search_ended(const struct search *s);

#endif
