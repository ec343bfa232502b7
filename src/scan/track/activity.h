/* Where something moves, or has just come to rest: whoever holds up a badge brought it there. And how far what moves is smeared. Pure. */
#ifndef TURNOUT_SCAN_TRACK_ACTIVITY_H
#define TURNOUT_SCAN_TRACK_ACTIVITY_H

#include "scan/qr/reader.h"
#include "scan/track/motion.h"

#define LIVELY_US 1500000    /* what moved stays of interest so long */
#define LIVELY_GAP_US 400000 /* pictures farther apart than that say nothing of where something moves */
#define LIVELY_EXPOSURES 5

struct lively { /* a zeroed one is fine */
	struct motion motion;
	struct region region; /* where it is: */
	int64_t until_us;
	int64_t taken_us;                  /* when the last picture was */
	bool moves;                        /* in this picture something does: */
	struct point by;                   /* pixels since the last picture … */
	int64_t since_us;                  /* … that long */
	float exposures[LIVELY_EXPOSURES]; /* as shares of the time from one picture to the next, as they were measured last */
	unsigned exposure;
};

/* The next picture. */
void lively_look(struct lively *l, const struct image *image, int64_t now_us);
static inline bool lively_now(const struct lively *l, int64_t now_us) { return now_us < l->until_us; }
void lively_forget(struct lively *l);

/* How far what lies in the region may have moved while this picture was exposed, likeliest first; 0, 0 for what there is no more of. */
void lively_smears(struct lively *l, const struct image *image, const struct region *region, struct point out[READER_SMEARS_MAX]);

bool lively_meets(const struct lively *l, const struct region *region);

#endif
