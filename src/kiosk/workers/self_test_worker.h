/* The thread of the self-test (self_checks.h) while the kiosk runs: what staff start on their screen. It has a connection of its own that only reads, runs behind all
 * else, and asks the kiosk for what the kiosk has open: its camera's pictures, its sound. So nobody who signs in waits for it. */
#ifndef TURNOUT_KIOSK_WORKERS_SELF_TEST_WORKER_H
#define TURNOUT_KIOSK_WORKERS_SELF_TEST_WORKER_H

#include "base/mailbox.h"
#include "kiosk/workers/self_checks.h"

struct self_test_worker;

struct self_test_question {
	uint64_t number;
	const char *point;         /* where the box stands now; copied */
	struct self_camera camera; /* as the kiosk has it now; its worker must outlive this one */
	char sound_problem[SCAN_REASON_MAX];
	int64_t clock_ahead_ms; /* of the station's clock before the machine's */
	bool clock_vouched;     /* staff said what time it is */
};

enum self_test_kind {
	SELF_TEST_BEGINS, /* check: this one is run now */
	SELF_TEST_CHIME,  /* the chime of a welcome is to be played now */
	SELF_TEST_DONE,   /* check, checked */
	SELF_TEST_OVER,   /* all were run */
};

struct self_test_message { /* for self_test_message_free */
	enum self_test_kind kind;
	uint64_t number;
	size_t check;
	struct self_checked checked; /* whoever keeps it leaves a zeroed one */
};

void self_test_message_free(struct self_test_message *message); /* NULL is fine */

struct self_test_worker_options {
	const char *path;   /* of the event file; copied */
	mailbox_wake *wake; /* called from the thread after a message was posted; may be NULL */
	void *context;
};

bool self_test_worker_open(const struct self_test_worker_options *options, struct self_test_worker **out,
			   struct err *err) TURNOUT_MUST_CHECK;
/* Waits for the check at hand: some seconds, where a printer does not answer. NULL is fine. */
void self_test_worker_close(struct self_test_worker *w);

/* Runs all checks; a run that goes on is given up after its check at hand. False when too many wait. */
bool self_test_worker_ask(struct self_test_worker *w, const struct self_test_question *question);
struct self_test_message *self_test_worker_take(struct self_test_worker *w);

#endif
