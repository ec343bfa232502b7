/* What the files of the store thread share: its state, its requests, its messages. */
#ifndef TURNOUT_KIOSK_WORKERS_DESK_WORKER_PRIVATE_H
#define TURNOUT_KIOSK_WORKERS_DESK_WORKER_PRIVATE_H

#include "base/worker.h"
#include "kiosk/workers/desk_worker.h"
#include "kiosk/workers/loan.h"
#include "station/desk.h"

#define CHANNELS_MAX 8

enum request_kind { REQUEST_SCAN, REQUEST_CLOCK, REQUEST_POINT, REQUEST_HELP, REQUEST_HELPED, REQUEST_CHANNEL, REQUEST_LOAN };

struct request { /* one allocation */
	enum request_kind kind;
	struct channel_request *channel_request;
	struct loan_request *loan_request;
	bool forced;
	struct utc_ms now;
	struct hash log; /* of a call that is closed */
	uint64_t seq;
	const char *how;
	int64_t taken_us;
	size_t n;
	char text[];
};

struct desk_worker {
	struct worker worker;
	char *path, *point, *now;
	struct channel *channels[CHANNELS_MAX];
	size_t channel_count;
	struct loan *loan;
	/* Of the thread alone: */
	struct store *store;
	struct desk *desk;
	struct kiosk_event *event; /* its own copy, for sessions by index */
	struct request *held;      /* taken while scans were gathered, and no scan: it is served next */
	int64_t saved, waiting;
	struct utc_ms last;
	enum station_standing standing;
	struct channel_effect effect; /* of what came in and has not settled */
	int64_t first_ms, settle_ms;  /* when it began, when it will have; 0: nothing came */
};

void desk_request_free(void *request);

/* A message with the counts as they are now. */
struct desk_message *desk_worker_message(struct desk_worker *w, enum desk_message_kind kind);
/* Gives it away; waits for room. */
void desk_worker_post(struct desk_worker *w, struct desk_message *m);

#endif
