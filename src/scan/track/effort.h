/* How much work reading codes may be: full effort while there may be one, little while nobody is there. Pure.
 *
 * While nothing that may be a code was seen, looking costs at most EFFORT_IDLE_SHARE of the time, as it is measured; a picture that did not
 * change since it was last looked at in vain waits longer. After something was seen every picture is looked at for EFFORT_AWAKE_MS. */
#ifndef TURNOUT_SCAN_TRACK_EFFORT_H
#define TURNOUT_SCAN_TRACK_EFFORT_H

#include <stdbool.h>
#include <stdint.h>

#define EFFORT_IDLE_SHARE 12   /* percent of the time */
#define EFFORT_AWAKE_MS 1500   /* after something was seen */
#define EFFORT_STILL_MS 500    /* between looks at a picture that stays as it was */
#define EFFORT_SAVED_US 400000 /* what may be saved up: somebody comes and is looked at without sparing */
#define EFFORT_CHANGED 6       /* mean difference of the cells, in steps of luminance, that is more than noise */
#define EFFORT_CELLS 144       /* a picture in short: 16 x 9 cells */

enum effort_seen { EFFORT_NOTHING, EFFORT_MAYBE, EFFORT_READ };

struct effort {                      /* a zeroed struct is ready */
	int64_t filled_us, saved_us; /* when the account was last filled, and what is in it */
	int64_t cost_us;             /* of a look, as the last ones were */
	int64_t awake_us;            /* until when every picture is looked at */
	int64_t looked_us;
	uint8_t cells[EFFORT_CELLS]; /* of the picture that was looked at last */
	bool looked;
};

/* Whether the picture is to be looked at. `cells` is the picture in short, now_us a clock that does not go back. True: it is, and
 * effort_report follows. */
bool effort_wants(struct effort *e, const uint8_t cells[EFFORT_CELLS], int64_t now_us);

/* What a look brought, and the processor's time that it took. */
void effort_report(struct effort *e, enum effort_seen seen, int64_t cost_us, int64_t now_us);

/* The cells' means of every 8th row and column. */
struct image;
void effort_cells(const struct image *image, uint8_t cells[EFFORT_CELLS]);

#endif
