/* Other looks than the default one: an event's own colours, large print, high contrast. */
#ifndef TURNOUT_KIOSK_UI_STYLE_H
#define TURNOUT_KIOSK_UI_STYLE_H

#include "kiosk/ui/theme.h"

#define STYLE_LARGER 1.25        /* large print: type, controls, and what lines of text stand in … */
#define STYLE_LARGER_UPRIGHT 1.1 /* … and on a panel that is higher than wide, where more of it would leave words no room */

#define STYLE_LONGER 4 /* WCAG 2.2.1 asks for ten times at least, one by one: whoever touches "Still there?" has as many as they need */

struct style_wish { /* a zeroed one is the default look */
	bool large, high_contrast;
	bool still;                        /* nothing moves: this machine draws too slowly for that */
	bool calm;                         /* likewise, and nothing changes by itself: somebody asked for it */
	bool longer;                       /* countdowns and results stay STYLE_LONGER times as long */
	bool upright;                      /* the panel is; matters to large print alone */
	bool has_colour, has_panel_colour; /* the event's: */
	uint32_t colour;                   /* of NOW and NEXT, and what is chosen; without the next one also of the panel */
	uint32_t panel_colour;
};

/* Colours keep what they mean and can be read: 7:1 for words, 3:1 for shapes (WCAG 2.1). One of the event's that is too light becomes darker in its own tone
 * until it can; those of results never change. Where high contrast is wanted the event's are not taken at all. */
void style_make(const struct style_wish *wish, struct style *out);

static inline bool style_is_plain(const struct style_wish *wish) {
	return !wish->large && !wish->high_contrast && !wish->still && !wish->calm && !wish->longer && !wish->has_colour &&
	       !wish->has_panel_colour;
}

#endif
