/* What the store thread tells the kiosk: copies of what the event file says, and answers to scans. */
#ifndef TURNOUT_KIOSK_WORKERS_DESK_MESSAGE_H
#define TURNOUT_KIOSK_WORKERS_DESK_MESSAGE_H

#include "badge/code.h"
#include "base/crypto.h"
#include "event/admission.h"
#include "event/registration.h"
#include "event/retention.h"
#include "kiosk/workers/event.h"
#include "kiosk/workers/group.h"
#include "store/read/announcements.h"
#include "store/read/helps.h"
#include "store/read/own_checkins.h"
#include "store/view/roles.h"

#define OWN_CHECKINS_SHOWN 20

enum desk_message_kind {
	DESK_LOADED,   /* `event` is the receiver's (kiosk_event_free), event_id, station; again when what it shows has changed */
	DESK_FAILED,   /* the file cannot be used: `text`; nothing comes after it */
	DESK_COUNTED,  /* the counts, clock, acknowledged, name, helps, announcements, news, retention, text (a warning or "") */
	DESK_ANSWERED, /* to a scan */
	DESK_SIGNED,   /* to a signature: `kept`, `text`, `person` */
	DESK_STANDING, /* `standing` alone is another */
	DESK_DONE,     /* to a deed of staff's: `kept`, `text`, `number` */
	DESK_OWN,      /* the last check-ins of this box: own, own_count, `number` */
	DESK_GROUP,    /* to people who are signed in together: group, group_count, `number`, news; what is kept of them is on disk */
	DESK_ERASED, /* no personal data is in the file any more: `event` as in DESK_LOADED, event_id, station, retention; nobody is signed in after it */
};

enum station_standing {
	STATION_GOOD,
	STATION_OUTSIDER, /* what it records does not count until the organiser gives it its role */
	STATION_RETIRED,  /* by the organiser: it signs nobody in any more */
	STATION_LOST,     /* its event file was moved or replaced: it signs nobody in until the file is back */
};

struct desk_message { /* for desk_message_free */
	enum desk_message_kind kind;
	struct kiosk_event *event;
	char *text;
	/* Check-ins of this station in the file, those that no keeper has acknowledged, when the last was. */
	int64_t saved, waiting;
	struct utc_ms last;
	bool last_approximate; /* nothing confirms that time */
	enum station_standing standing;
	/* DESK_LOADED: */
	struct hash event_id;
	struct public_key station;
	struct retention retention; /* of the event's personal data: with DESK_COUNTED too */
	/* DESK_COUNTED: */
	struct set_clock clock;
	bool acknowledged; /* a keeper acknowledged something once, last at: */
	struct utc_ms acknowledged_at;
	char station_name[ROLE_NAME_MAX + 1]; /* as the organiser called this station; "" */
	struct helps helps;
	bool news;                          /* something was recorded that others wait for */
	struct announcements announcements; /* owned */
	/* DESK_OWN: */
	struct own_checkin own[OWN_CHECKINS_SHOWN];
	size_t own_count;
	/* DESK_GROUP, in the order in which they were sent: */
	struct group_answer group[GROUP_TOGETHER_MAX];
	size_t group_count;
	/* DESK_ANSWERED: */
	bool kept;   /* false: it could not be written; `text` says why and nothing was recorded */
	bool unsure; /* then: of a walk-in that was tried: it may have been written all the same, where the file went meanwhile */
	bool gone;   /* then: whoever was found by name is not on the roster any more */
	bool recorded, outsider; /* as in struct desk_answer */
	enum outcome outcome;
	bool not_listed, unnamed;                         /* as in struct desk_answer */
	enum registration registration;                   /* as in struct desk_answer */
	char *name, *organisation, *community, *language; /* NULL: not known */
	struct utc_ms now, first;
	bool first_approximate;
	char session[SESSION_ID_LEN + 1]; /* whose door it was; "" */
	bool returns;                     /* as in struct desk_answer */
	int times, had;
	bool overruled;                 /* staff let in, or handed out, although */
	char *notes;                    /* NULL: none */
	int other;                      /* full: the index of another session that has places, or -1 */
	int other_places;               /* of it; 0: no limit */
	int64_t taken_us;               /* of the scan, as given */
	char person[PERSON_ID_LEN + 1]; /* who it was; "": nobody that the roster has */
	bool unsigned_yet;              /* they are to sign */
	bool minor;                     /* or rather who is responsible for them */
	bool label;                     /* theirs is to be printed: the event wants it, and it is their first */
	uint64_t number;                /* of a walk-in: the visitor's, as given */
	bool walk_in; /* it is of somebody who filled in the form; where it is kept, they are on the roster now by this code: */
	char code[BADGE_CODE_MAX + 1], aloud[CODE_ALOUD_MAX];
};

void desk_message_free(struct desk_message *message); /* NULL is fine */

#endif
