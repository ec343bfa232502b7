/* What may be a symbol, ranked. Pure. */
#ifndef TURNOUT_SCAN_QR_CANDIDATES_H
#define TURNOUT_SCAN_QR_CANDIDATES_H

#include "scan/qr/bow.h"

#define CANDIDATES_MAX 24

struct candidate {
	struct grid_view view;
	struct grid grid;
	const char *stage; /* a word for the way in which it was seen */
	float merit;       /* how well its patterns fit */
	int tried;         /* 1: quickly, 2: thoroughly */
	bool bent;         /* it lies on this, whose map `grid` is: */
	struct bow bow;
};

struct candidates { /* a zeroed one is empty */
	struct candidate items[CANDIDATES_MAX];
	int count;
};

/* The likeliest stand first; the least likely one makes room. What is there already, of the same version at the same place, is kept once: as it was
 * tried, or as it fits best. */
void candidates_keep(struct candidates *list, const struct candidate *candidate);

/* Three patterns that fit somehow: they may lie on paper that is rolled. */
#define SUSPECTS_MAX 4

struct suspect {
	struct grid_view view;
	float fit; /* of the finder patterns, as if it were flat */
};

struct suspects { /* a zeroed one is empty */
	struct suspect items[SUSPECTS_MAX];
	int count;
};

/* Those that fit best stand first; of those in one place the first is kept. */
void suspects_keep(struct suspects *list, const struct suspect *suspect);

#endif
