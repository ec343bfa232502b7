/* What to tell somebody who holds a badge up: from what is seen of it, calmed down so that words do not flicker. Pure. */
#ifndef TURNOUT_SCAN_TRACK_GUIDANCE_H
#define TURNOUT_SCAN_TRACK_GUIDANCE_H

#include <stdbool.h>
#include <stdint.h>

#include "scan/image/geometry.h"
#include "scan/image/image.h"
#include "scan/track/advice.h"

/* How a symbol is lit, between its corners. */
struct guidance_light {
	int dark, light; /* grey levels below and above which a fifth of it lies */
	int glare;       /* of the GUIDANCE_CELLS parts of it, how many are nothing but white */
};
#define GUIDANCE_CELLS 49
void guidance_light(const struct image *image, const struct point corners[4], struct guidance_light *out);

struct guidance_view {
	bool seen, read;
	bool part;    /* a part of it alone is seen */
	float module; /* pixels */
	float side;   /* of the symbol (of a part: as if it were the smallest symbol), over the shorter side of the picture */
	bool cut;     /* it reaches beyond the picture */
	float speed;  /* modules a second */
	struct guidance_light light;
	bool black;  /* the whole picture: when no code is seen it may be because of that */
	bool filled; /* by a part of a code (scan/track/closeup.h): its patterns lie beyond it */
};

/* Whether all of a picture is darker than GUIDANCE_BLACK, but for one in fifty of its pixels. */
bool guidance_black(const struct image *image);

#define GUIDANCE_FAR_PX \
	2.2F /* pixels a module below which it is too far: in films codes are first read at 1.6 to 3 (tests/bench/frames.bench) */
#define GUIDANCE_NEAR_SIDE 0.9F
#define GUIDANCE_DARK 75  /* grey level of paper */
#define GUIDANCE_BLACK 48 /* the brightest of a picture in which nothing can be seen */
#define GUIDANCE_GLARE_CELLS 2
#define GUIDANCE_FAST 40.0F /* modules a second: with an exposure of a fiftieth of a second they run into one another */

/* What would be said by one picture alone. */
enum guidance guidance_cue(const struct guidance_view *view);

/* Each cue gains the time for which it stands, up to GUIDANCE_SCORE_MS, and loses it while others do. A word is shown when it has gained
 * GUIDANCE_COMES_MS, and GUIDANCE_LEADS_MS more than the one that is shown; and that one stands for GUIDANCE_STANDS_MS, unless the code is read. */
#define GUIDANCE_SCORE_MS 900
#define GUIDANCE_COMES_MS 300
#define GUIDANCE_LEADS_MS 200
#define GUIDANCE_STANDS_MS 1000
#define GUIDANCE_STEP_MS 150 /* the most that one picture may count */

struct guide { /* a zeroed one says nothing */
	enum guidance shown;
	int64_t shown_us, last_us;
	int score[GUIDANCE_COUNT]; /* ms */
};
enum guidance guide_step(struct guide *g, const struct guidance_view *view, int64_t now_us);

#endif
