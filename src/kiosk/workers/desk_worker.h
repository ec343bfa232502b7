/* The store thread: owns the event file's only writing connection and the check-in desk. The rest of the kiosk sends it scans and takes
 * answers; copies cross, nothing is shared. What the threads of the exchange ask over their channels (store_channel.h) comes after scans, one thing at a
 * time; a little after what came in has settled, what the screen shows is read again.
 *
 * Personal data that the organiser wants erased some days after the event (event/retention.h) goes from the file here: this is looked at when the file is opened,
 * when an exchange has settled, and every hour; nobody waits for it. After DESK_ERASED the file is closed and serves nobody.
 *
 * Invariant 1: a desk_answered message that admits is posted only after its record is durable. */
#ifndef TURNOUT_KIOSK_WORKERS_DESK_WORKER_H
#define TURNOUT_KIOSK_WORKERS_DESK_WORKER_H

#include "base/err.h"
#include "base/mailbox.h"
#include "kiosk/workers/deed.h"
#include "kiosk/workers/desk_message.h"
#include "kiosk/workers/group.h"
#include "kiosk/workers/store_channel.h"
#include "kiosk/workers/visitor.h"

struct desk_worker;

struct desk_worker_options {
	const char *path;   /* the event file */
	const char *point;  /* "arrival" or what names a session */
	const char *now;    /* turn the clock to this (RFC 3339; local at the place without an offset); NULL: leave it */
	mailbox_wake *wake; /* called from the thread after a message was posted; may be NULL */
	void *context;
};

/* Opens the file in the thread; DESK_LOADED or DESK_FAILED comes first. */
bool desk_worker_open(const struct desk_worker_options *options, struct desk_worker **out, struct err *err) TURNOUT_MUST_CHECK;
/* Finishes what was sent, signs the logs and ends. NULL is fine. */
void desk_worker_close(struct desk_worker *worker);

/* A scan. `how` is a literal: "camera", "wedge", "typed". False when too many wait (then nothing was taken). */
bool desk_worker_scan(struct desk_worker *worker, const char *text, size_t n, const char *how, int64_t taken_us);
/* Somebody who was found by name (find_worker.h), by their id; answered as a scan is. */
struct desk_sign_in {
	const char *person, *how;
	const char *by;       /* who of the staff; "" */
	const char *although; /* why they overrule what is said; "" : they do not */
};
bool desk_worker_sign_in(struct desk_worker *worker, const struct desk_sign_in *sign_in);
/* Somebody who is on no list: answered as a scan is, with the code that they get. Or the signature of somebody who is in: DESK_SIGNED. The visitor is the
 * worker's; false, and freed, when too many wait. */
bool desk_worker_visitor(struct desk_worker *worker, struct visitor *visitor);
/* Staff say what time it is; `forced`: whatever the machine's own clock says later. */
bool desk_worker_set_clock(struct desk_worker *worker, struct utc_ms now, bool forced);

/* It stands there from here on, by what names the place (station/stand.h): DESK_LOADED with it follows. One that is none changes nothing. */
bool desk_worker_set_point(struct desk_worker *worker, const char *stand);

/* Somebody asks for a person here; and staff say that a call was answered. DESK_COUNTED with the open calls follows. */
bool desk_worker_help(struct desk_worker *worker);
bool desk_worker_helped(struct desk_worker *worker, const struct help_close *call);

/* What staff do: DESK_DONE, then DESK_COUNTED. */
bool desk_worker_deed(struct desk_worker *worker, const struct deed *deed);
/* The last check-ins of this box: DESK_OWN with that number. */
bool desk_worker_own(struct desk_worker *worker, uint64_t number);
/* Several people whom staff sign in: DESK_GROUP with that number. They are one transaction, so there are few of them; who sends the next ones after it has let
 * badges in between. */
bool desk_worker_group(struct desk_worker *worker, const struct group_sign_in *group);
/* A label was printed for that person: a record. `again`: there was one before, and staff wanted another; `by`: who of them, "" where
 * nobody is known. */
bool desk_worker_label(struct desk_worker *worker, const char *person, bool again, const char *by);

/* A channel for one thread of the exchange; the worker's, until it is closed. That thread must have ended by then. */
struct channel *desk_worker_channel(struct desk_worker *worker);

struct desk_message *desk_worker_take(struct desk_worker *worker);

#endif
