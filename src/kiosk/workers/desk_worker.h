/* The store thread: owns the event file's only writing connection and the check-in desk. The rest of the kiosk sends it scans and takes
 * answers; copies cross, nothing is shared. What the threads of the exchange ask over their lines (line.h) comes after scans, one thing at a
 * time; a little after what came in has settled, what the screen shows is read again.
 *
 * Invariant 1: a desk_answered message that admits is posted only after its record is durable. */
#ifndef TURNOUT_KIOSK_WORKERS_DESK_WORKER_H
#define TURNOUT_KIOSK_WORKERS_DESK_WORKER_H

#include "base/err.h"
#include "base/mailbox.h"
#include "event/admission.h"
#include "kiosk/event.h"
#include "kiosk/workers/store_channel.h"
#include "store/view/roles.h"

struct desk_worker;

struct desk_worker_options {
	const char *path;   /* the event file */
	const char *point;  /* "arrival" or what names a session */
	const char *now;    /* turn the clock to this (RFC 3339; local at the place without an offset); NULL: leave it */
	mailbox_wake *wake; /* called from the thread after a message was posted; may be NULL */
	void *context;
};

enum desk_message_kind {
	DESK_LOADED,   /* `event` is the receiver's (kiosk_event_free), event_id, station; again when what it shows has changed */
	DESK_FAILED,   /* the file cannot be used: `text`; nothing comes after it */
	DESK_COUNTED,  /* the counts, clock, acknowledged, name, text (a warning or "") */
	DESK_ANSWERED, /* to a scan */
};

enum station_standing {
	STATION_GOOD,
	STATION_OUTSIDER, /* what it records does not count until the organiser gives it its role */
	STATION_RETIRED,  /* by the organiser: it signs nobody in any more */
};

struct desk_message { /* for desk_message_free */
	enum desk_message_kind kind;
	struct kiosk_event *event;
	char *text;
	/* Check-ins of this station in the file, those that no keeper has acknowledged, when the last was. */
	int64_t saved, waiting;
	struct utc_ms last;
	enum station_standing standing;
	/* DESK_LOADED: */
	struct hash event_id;
	struct public_key station;
	/* DESK_COUNTED: */
	struct set_clock clock;
	bool acknowledged; /* a keeper acknowledged something once, last at: */
	struct utc_ms acknowledged_at;
	char station_name[ROLE_NAME_MAX + 1]; /* as the organiser called this station; "" */
	/* DESK_ANSWERED: */
	bool kept;               /* false: it could not be written; `text` says why and nothing was recorded */
	bool recorded, outsider; /* as in struct desk_answer */
	enum outcome outcome;
	char *name, *organisation, *community, *language; /* NULL: not known */
	struct utc_ms now, first;
	bool first_approximate;
	int other;        /* full: the index of another session that has places, or -1 */
	int other_places; /* of it; 0: no limit */
	int64_t taken_us; /* of the scan, as given */
};

void desk_message_free(struct desk_message *message); /* NULL is fine */

/* Opens the file in the thread; DESK_LOADED or DESK_FAILED comes first. */
bool desk_worker_open(const struct desk_worker_options *options, struct desk_worker **out, struct err *err) TURNOUT_MUST_CHECK;
/* Finishes what was sent, signs the logs and ends. NULL is fine. */
void desk_worker_close(struct desk_worker *worker);

/* A scan. `how` is a literal: "camera", "wedge", "typed". False when too many wait (then nothing was taken). */
bool desk_worker_scan(struct desk_worker *worker, const char *text, size_t n, const char *how, int64_t taken_us);
/* Staff say what time it is; `forced`: whatever the machine's own clock says later. */
bool desk_worker_set_clock(struct desk_worker *worker, struct utc_ms now, bool forced);

/* A line for one thread of the exchange; the worker's, until it is closed. That thread must have ended by then. */
struct channel *desk_worker_channel(struct desk_worker *worker);

struct desk_message *desk_worker_take(struct desk_worker *worker);

#endif
