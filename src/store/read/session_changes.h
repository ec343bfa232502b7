/* What became of sessions after people had the programme in their hands: moved to another room or time, or cancelled.
 *
 * What counts was recorded since a moment (session_changes_load says which), by the corrected time of its record (a log's anchors, else its own clock);
 * an edit that replaces a late one is late as well, whatever its clock says. What a session was is what the edits before then say of it (of several in
 * force that of the greatest hash, as everywhere); a session that came later itself was what its first edits say. So two files that hold the same records
 * say the same, and what was moved there and back is no change. Where the records that would tell are erased nothing is said. */
#ifndef TURNOUT_STORE_READ_SESSION_CHANGES_H
#define TURNOUT_STORE_READ_SESSION_CHANGES_H

#include "store/read/sessions.h"

struct session_change {
	bool moved;              /* another start, end or room than `was` */
	bool cancelled;          /* it takes place no more, and did then */
	struct session_when was; /* only when it was moved */
};

struct session_changes {              /* a zeroed struct has none */
	struct session_change *items; /* by the index of the sessions they were loaded for */
	size_t count;
};

/* Since when: the setting "changes_since", else 24 hours before the event's first day begins (or, without days, that of its first session). Where neither is
 * known no change counts. */
bool session_changes_load(struct store *store, const struct sessions *sessions, struct session_changes *out,
			  struct err *err) TURNOUT_MUST_CHECK;
void session_changes_fini(struct session_changes *changes);

/* What of the place a visitor goes to is another one, and of the time. */
bool session_change_room(const struct session_change *change, const struct session *now);
bool session_change_time(const struct session_change *change, const struct session *now);

#endif
