/* The store thread itself: what it is asked for, and how it serves it. desk_worker.h is the side that asks. */
#ifndef TURNOUT_KIOSK_WORKERS_DESK_THREAD_H
#define TURNOUT_KIOSK_WORKERS_DESK_THREAD_H

#include "base/err.h"
#include "base/worker.h"
#include "kiosk/workers/deed.h"
#include "kiosk/workers/desk_message.h"
#include "kiosk/workers/desk_place.h"
#include "kiosk/workers/store_channel.h"
#include "kiosk/workers/visitor.h"
#include "store/read/overrides.h"

struct loan_request;

enum desk_request_kind {
	REQUEST_SCAN,
	REQUEST_VISITOR,
	REQUEST_CLOCK,
	REQUEST_POINT,
	REQUEST_HELP,
	REQUEST_HELPED,
	REQUEST_DEED,
	REQUEST_OWN,
	REQUEST_GROUP,
	REQUEST_LABEL,
	REQUEST_CHANNEL,
	REQUEST_LOAN
};

struct desk_request { /* one allocation */
	enum desk_request_kind kind;
	struct channel_request *channel_request;
	struct loan_request *loan_request;
	struct visitor *visitor;
	struct deed *deed;
	struct group_sign_in *group;
	uint64_t number;                        /* of what is asked for and answered by it */
	char by[STAFF_KEY_MAX + 1];             /* of a scan: who of the staff; "" */
	char although[OVERRIDE_REASON_MAX + 1]; /* likewise: why they overrule; "" */
	bool forced;
	struct utc_ms now; /* what it is when the clock is set, at: */
	struct mono_ms set;
	struct hash log; /* of a call that is closed */
	uint64_t seq;
	const char *how;
	bool person; /* the text of a scan is the id of somebody */
	bool again;  /* of a label: there was one before */
	int64_t taken_us;
	size_t n;
	char text[];
};
void desk_request_free(void *request); /* what it carries, too */

#define DESK_LATER_MAX 16 /* kept while the file is away: the last clock, point and call for help, calls that were answered, and labels */

struct desk_thread {
	struct worker *worker; /* whose mailboxes it serves; this and the next line are set before it runs */
	char *path, *point, *now;
	/* Its own: */
	struct desk_place at;
	bool lost;                                  /* the file was taken from under this box */
	bool erased;                                /* its personal data are: it serves nobody any more */
	char why_lost[ERR_TEXT_MAX];                /* what was said last of either */
	struct desk_request *later[DESK_LATER_MAX]; /* what was wanted meanwhile, and is done when it is back */
	size_t later_count;
	int64_t look_ms, busy_ms;  /* when it is looked for next; when something was asked last */
	struct kiosk_event *event; /* its own copy, for sessions by index */
	struct desk_request *held; /* taken while scans were gathered, and no scan: it is served next */
	int64_t saved, waiting;
	struct utc_ms last;
	bool last_approximate;
	enum station_standing standing;
	bool unsent;                  /* they wait for a keeper's word alone */
	bool erases;                  /* its personal data are to be erased now */
	int64_t retention_ms;         /* when that is looked at next, though nothing happens */
	struct channel_effect effect; /* of what came in and has not settled */
	int64_t first_ms, settle_ms;  /* when it began, when it will have; 0: nothing came */
};

/* Until the worker stops; `context` is a struct desk_thread. */
void *desk_thread_run(void *context);

#endif
