/* What somebody needs to use the kiosk: chosen for one visit on the screen behind the sign of a person, or set for a box that stands for that
 * (station/device.h). A zeroed one is the kiosk as everybody has it. */
#ifndef TURNOUT_KIOSK_UI_ACCESS_H
#define TURNOUT_KIOSK_UI_ACCESS_H

#include <stdbool.h>

struct access {
	bool large, high_contrast; /* words and buttons; black on white */
	bool aloud;                /* what is on the screen is spoken into a headset */
	bool low;                  /* whatever can be touched lies within reach of somebody who sits (kiosk/ui/reach.h) */
	bool longer;               /* countdowns and results stay longer */
	bool calm;                 /* nothing moves, and nothing changes by itself but the time */
};

static inline bool access_equal(const struct access *a, const struct access *b) {
	return a->large == b->large && a->high_contrast == b->high_contrast && a->aloud == b->aloud && a->low == b->low &&
	       a->longer == b->longer && a->calm == b->calm;
}

#endif
