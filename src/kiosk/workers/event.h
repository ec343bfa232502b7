/* What the kiosk shows of an event, copied out of its file once by the store thread and never changed afterwards. */
#ifndef TURNOUT_KIOSK_WORKERS_EVENT_H
#define TURNOUT_KIOSK_WORKERS_EVENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/tz.h"
#include "event/form.h"
#include "event/staff.h"
#include "kiosk/workers/logos.h"
#include "station/stand.h"
#include "store/read/session_changes.h"
#include "store/read/sessions.h"
#include "store/read/settings.h"

#define EVENT_LANGUAGES_MAX 8

enum signature_wish { SIGNATURE_OFF, SIGNATURE_ASKED, SIGNATURE_REQUIRED };

struct kiosk_event {
	char *title, *place, *organisers;
	char *hub;               /* URL; NULL or "": none is set */
	char *agenda_url;        /* likewise: the programme, for telephones */
	char *staff_pin;         /* likewise */
	struct staff_list staff; /* who have PINs or badges of their own: then the one for all opens nothing */
	bool find_by_name;       /* visitors may */
	bool walk_in;            /* who is on no list may put themselves there */
	bool labels;             /* one is printed for whoever signs in at the entrance */
	bool erases;             /* boxes erase its personal data by themselves after it */
	struct form form;        /* that they fill in */
	bool registered;         /* and then wait until somebody has confirmed them */
	enum signature_wish signature;
	struct credits credits;            /* whom it thanks */
	struct logos logos;                /* theirs */
	bool has_colour, has_panel_colour; /* its own: */
	uint32_t colour, panel_colour;
	char *languages[EVENT_LANGUAGES_MAX];
	size_t language_count;
	struct tz *tz;
	struct sessions sessions;       /* by start, room, id; with those that are cancelled, which are listed and lead nobody there */
	struct session_changes changes; /* of each of them, after the programme was out */
	int64_t days[EVENT_DAYS_MAX];   /* of the event, else of its sessions; ascending */
	size_t day_count;
	int *track; /* of each session: the number of its track (where it has none: of its room), in order of appearance */
	/* Where this station stands (station/stand.h): */
	enum stand_at stand;
	bool leaves;                /* people leave here */
	int point;                  /* the session, of STAND_SESSION; else -1 */
	bool *in_room;              /* of STAND_ROOM, for each session; else NULL */
	char *stand_text;           /* what names it, as stand_find takes it */
	struct event_points points; /* the event's, all of them */
	int handout;                /* of those, of STAND_POINT; else -1 */
	int64_t doors_ms;           /* how long before its start anybody may enter a session (ROOM_DOORS_MS where no rule says) */
};

/* Reads it through the thread's own store. `stand`: what names where this station stands, as in struct stand. The logos are the caller's to load: of two copies
 * the second shares them. */
bool kiosk_event_load(struct store *store, const char *stand, struct kiosk_event **out, struct err *err) TURNOUT_MUST_CHECK;
void kiosk_event_free(struct kiosk_event *event); /* NULL is fine */

/* The date on which a session starts at the event's place, whatever zone its source writes its times in. */
int64_t kiosk_session_day(const struct session *s);

/* The day nearest to that one, before or after it, that is the event's or has a session: what people can turn to. False: there is none. */
bool kiosk_event_day_before(const struct kiosk_event *event, int64_t day, int64_t *out);
bool kiosk_event_day_after(const struct kiosk_event *event, int64_t day, int64_t *out);

/* The index that a session of an earlier state of the event has now; -1: it is gone, or `session` is none of that one's. */
int kiosk_event_find(const struct kiosk_event *event, const struct kiosk_event *before, int session);

/* At the doors of whatever is in that room; it is found as the desk finds it (station/stand.h), however the agenda spells it. */
void kiosk_event_stand_in_room(struct kiosk_event *event, const char *name);
/* The session whose door this station is at that moment: its own, or what its room's agenda has then; -1: none. */
int kiosk_event_door(const struct kiosk_event *event, struct utc_ms now);

/* What became of a session lately; NULL: it is where and when people were told. */
const struct session_change *kiosk_event_change(const struct kiosk_event *event, int session);

/* Sessions running at that moment, and the next ones of that day (or, when the day has no more, of the next day that has any):
 * indexes into sessions.items. Returns how many there are, of which at most cap were written. */
size_t kiosk_event_running(const struct kiosk_event *event, struct utc_ms now, int *out, size_t cap);
/* The session that comes after that one in its room, is not over, and begins within half a day; -1 for none. */
int kiosk_event_next_in_room(const struct kiosk_event *event, int session, struct utc_ms now);
size_t kiosk_event_coming(const struct kiosk_event *event, struct utc_ms now, int *out, size_t cap);

/* The same for who looks for a session rather than for where to go: with those that were cancelled lately, until they would have ended. Nobody waits at an
 * empty room. */
size_t kiosk_event_running_told(const struct kiosk_event *event, struct utc_ms now, int *out, size_t cap);
size_t kiosk_event_coming_told(const struct kiosk_event *event, struct utc_ms now, int *out, size_t cap);

#endif
