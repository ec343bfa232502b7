/* What is read aloud of a screen: made of the very words that are drawn, so no screen needs to say it twice. First what stands there, then what the keyboard or switch
 * stands on; of a screen that is there still what has changed. What is typed as a PIN, and whatever lies behind it, never is. */
#ifndef TURNOUT_KIOSK_SCREENS_ALOUD_H
#define TURNOUT_KIOSK_SCREENS_ALOUD_H

#include "kiosk/model.h"
#include "kiosk/ui/speech.h"

struct aloud {               /* what was said last; a zeroed one: nothing. For aloud_fini, which wipes it */
	struct strbuf lines; /* of the screen, each with its end */
	struct strbuf area;  /* that had the focus */
	const void *owner;
	uint64_t opening; /* model.openings */
	int language;
	bool on;
};

/* What is to be said now that this list is shown. True: it is something new, and interrupts what is being said; empty: silence. */
bool aloud_next(struct aloud *aloud, const struct model *model, const struct draw_list *list, struct speech *out);
void aloud_fini(struct aloud *aloud);

#endif
