/* Finds and reads symbols in a picture, in many ways, the cheap ones first, within a budget of time. What it gives is a corrected symbol, of which
 * error correction has said that it is one. */
#ifndef TURNOUT_SCAN_QR_READER_H
#define TURNOUT_SCAN_QR_READER_H

#include "scan/image/geometry.h"
#include "scan/image/image.h"
#include "scan/image/region.h"
#include "scan/image/unblur.h"
#include "scan/qr/search.h"

struct reader;

struct reader *reader_open(void);
void reader_close(struct reader *reader); /* NULL is fine */

/* Ways of looking, in the order in which they are gone through. */
enum {
	READER_HALF = 1 << 0,     /* finder patterns in the picture at half its size */
	READER_FULL = 1 << 1,     /* … at its own size */
	READER_QUARTER = 1 << 2,  /* … at a quarter */
	READER_DOUBLE = 1 << 3,   /* … at twice its size, when it is small */
	READER_SHARP = 1 << 4,    /* as if it were less blurred */
	READER_INKED = 1 << 5,    /* with ink beside finder patterns, where it should be light */
	READER_INVERTED = 1 << 6, /* light on dark */
	READER_INVERTED_FULL = 1 << 7,
	READER_ALL = (1 << 8) - 1,
	READER_TINY = 1 << 8, /* beside all these: twice its size, then less blurred, for modules of a pixel and a half; takes long */
};

/* A part of the picture that is worth care: where something moves, or came to rest. It is looked at as if it had not been blurred, in up to two thirds of
 * the time there is. */
#define READER_SMEARS_MAX 3
#define READER_LENSES_MAX 2
struct reader_care {
	struct region region;
	struct point smears[READER_SMEARS_MAX]; /* what it may have moved while the picture was exposed, in pixels; 0, 0: no more of them */
	struct unblur_lens lenses[READER_LENSES_MAX]; /* blurs of a lens out of focus; deviation 0: no more of them */
};

struct reader_options {
	int64_t budget_us;      /* of this thread's processor time; 0: none */
	search_found_fn *found; /* SEARCH_GO_ON: what else this look shows is found, too, and without a budget in all others */
	void *context;
	bool all;                       /* every symbol is wanted: the search goes on while there is time, as it does without a budget */
	unsigned ways;                  /* READER_…; 0: all */
	const struct followed *known;   /* a symbol that is expected there, tried before all else; NULL: none */
	const struct region *first;     /* where to look then, before the whole; NULL: nowhere */
	const struct reader_care *care; /* NULL: for nothing */
	const struct region *tiny;      /* where READER_TINY looks, 640 x 480 at most; NULL: everywhere, if that is no more */
	struct sight *sight;            /* gets what was seen best of what was not read; NULL: nobody asks */
};
/* True when `found` had enough. */
bool reader_search(struct reader *reader, const struct image *image, const struct reader_options *options);

#endif
