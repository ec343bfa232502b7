/* Where a box stands: its event file, open for writing, and its desk. What the store thread closes and opens again: when it lends the file, and when
 * the file is taken from under it. */
#ifndef TURNOUT_KIOSK_WORKERS_DESK_PLACE_H
#define TURNOUT_KIOSK_WORKERS_DESK_PLACE_H

#include "station/desk.h"

struct desk_place { /* a zeroed one with `path` is closed */
	const char *path;
	struct store *store; /* NULL: closed, as is the desk */
	struct desk *desk;
	bool purged;       /* the file that is open has no personal data any more: there is no desk */
	struct hash event; /* of the file that was opened first */
	struct set_clock clock;
	char *point; /* where it stood when it was closed; NULL */
};

/* For the first time. `now`: the clock to set, as people write it; NULL: it stays. A file that was purged is open without a desk. */
bool desk_place_open(struct desk_place *place, const char *point, const char *now, struct err *err) TURNOUT_MUST_CHECK;
/* Others see this box from their next exchange on, before anybody is signed in here. What fails is said in the diary. */
void desk_place_introduce(struct desk_place *place);
/* Closes it for good. */
void desk_place_fini(struct desk_place *place);
/* Closes it; point and clock are remembered. Nothing where it is closed. */
void desk_place_close(struct desk_place *place);
/* Opens it again where it stood: at arrival, when its session is there no more. ERR_BUSY: another program has the file; ERR_REFUSED: it is another
 * event's. What a rescue holds is taken over (sync/rescue.h). One that was purged meanwhile is open without a desk. */
bool desk_place_reopen(struct desk_place *place, struct err *err) TURNOUT_MUST_CHECK;

/* Takes all personal data out of the file (store/write/purge.h): there is no desk then. */
bool desk_place_purge(struct desk_place *place, struct err *err) TURNOUT_MUST_CHECK;
/* Then, again and again: closes the file once what was purged has left its log, too, which takes until nobody reads it. Nothing where it is closed. */
void desk_place_let_go(struct desk_place *place);

/* What names where it stands (station/stand.h). */
const char *desk_place_point(const struct desk_place *place);

/* Is the file that is open still the one under its name? ERR_GONE: it is not; then the place is closed, and *err says where the rest is kept. */
bool desk_place_look(struct desk_place *place, struct err *err) TURNOUT_MUST_CHECK;

#endif
