/* Where something moves, or has just come to rest: whoever holds up a badge brought it there. And how far what moves is smeared. Pure. */
#ifndef TURNOUT_SCAN_TRACK_ACTIVITY_H
#define TURNOUT_SCAN_TRACK_ACTIVITY_H

#include "scan/qr/reader.h"
#include "scan/track/motion.h"

#define ACTIVITY_US 1500000    /* what moved stays of interest so long */
#define ACTIVITY_GAP_US 400000 /* pictures farther apart than that say nothing of where something moves */
#define ACTIVITY_EXPOSURES 5

struct activity { /* a zeroed one is fine */
	struct motion motion;
	struct region region; /* where it is: */
	int64_t until_us;
	int64_t taken_us;                    /* when the last picture was */
	bool moves;                          /* in this picture something does: */
	struct point by;                     /* pixels since the last picture … */
	int64_t since_us;                    /* … that long */
	float exposures[ACTIVITY_EXPOSURES]; /* as shares of the time from one picture to the next, as they were measured last */
	unsigned exposure;
};

/* The next picture. */
void activity_look(struct activity *l, const struct image *image, int64_t now_us);
static inline bool activity_now(const struct activity *l, int64_t now_us) { return now_us < l->until_us; }
void activity_forget(struct activity *l);

/* How far what lies in the region may have moved while this picture was exposed, likeliest first; 0, 0 for what there is no more of. */
void activity_smears(struct activity *l, const struct image *image, const struct region *region, struct point out[READER_SMEARS_MAX]);

bool activity_meets(const struct activity *l, const struct region *region);

#endif
