/* The thread that reads and writes USB sticks: slow, pulled out, full or dying, they hold up nothing else. */
#ifndef TURNOUT_SYNC_STICK_WORKER_H
#define TURNOUT_SYNC_STICK_WORKER_H

#include "base/mailbox.h"
#include "sync/media.h"
#include "sync/stick.h"

enum stick_trouble {
	STICK_FINE,
	STICK_GONE, /* it was pulled out, or never there */
	STICK_FULL,
	STICK_PROTECTED,
	STICK_BAD,   /* it cannot be read or written */
	STICK_ENDED, /* somebody did not want to wait */
	STICK_OWN,   /* this box's own file */
	STICK_NEWER, /* a newer Turnout wrote on it what must not be lost */
	STICK_TROUBLE_COUNT
};

enum stick_message_kind {
	STICK_MEDIA, /* media */
	STICK_STEP,  /* way; some ten a second at most, however fast it goes */
	STICK_OVER,  /* report, trouble, problem */
};

struct stick_message { /* for free() */
	enum stick_message_kind kind;
	struct medium media[MEDIA_MAX];
	size_t media_count;
	struct stick_way way;       /* below 1: that it is over STICK_OVER says, when it is known how */
	struct stick_report report; /* also of a visit that was not whole */
	enum stick_trouble trouble;
	char problem[240]; /* as a sentence for the log; "" */
};

struct stick_worker_options {
	struct replica_source source; /* of this thread alone; opened when it is first needed */
	const char *given;            /* a folder that counts as a stick too; NULL; must outlive the worker */
	mailbox_wake *wake;           /* called from the thread after a message was posted; may be NULL */
	void *context;
};

struct stick_worker;

bool stick_worker_open(const struct stick_worker_options *options, struct stick_worker **out, struct err *err) TURNOUT_MUST_CHECK;
/* Ends a visit at its next step. NULL is fine. */
void stick_worker_close(struct stick_worker *w);

/* Which sticks are there? A STICK_MEDIA comes. */
void stick_worker_look(struct stick_worker *w);
/* Reads and writes the one in that folder. STICK_STEPs come, then one STICK_OVER. */
void stick_worker_visit(struct stick_worker *w, const char *folder);
/* Ends the visit at its next step; what was written whole stays. */
void stick_worker_end(struct stick_worker *w);

struct stick_message *stick_worker_take(struct stick_worker *w);

#endif
