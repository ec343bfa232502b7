/* The agenda as a display, in the kiosk's fixture: sessions that were moved or cancelled lately, and what else the first screen shows to who passes by. */
#ifndef TURNOUT_TESTS_LIB_KIOSK_DISPLAY_H
#define TURNOUT_TESTS_LIB_KIOSK_DISPLAY_H

#include "lib/kiosk_fixture.h"

/* A session of the fixture's event had that start and that room; NULL: as it has now. */
void display_moves(struct kiosk_event *event, int session, const char *start, const char *room);
void display_cancels(struct kiosk_event *event, int session);

/* So many sessions in halls of their own, a track each, ten an hour from nine on, with a lunch for everybody; days as they need. */
struct kiosk_event *display_tracks(size_t sessions, size_t tracks);

struct display_state {
	const char *name;
	void (*reach)(struct kiosk_fixture *f);
};
extern const struct display_state display_states[];
extern const size_t display_state_count;

#endif
