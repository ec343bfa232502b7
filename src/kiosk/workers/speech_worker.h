/* The thread that has texts spoken: what is asked for last is what is spoken, and whatever hangs there delays nobody. */
#ifndef TURNOUT_KIOSK_WORKERS_SPEECH_WORKER_H
#define TURNOUT_KIOSK_WORKERS_SPEECH_WORKER_H

#include "base/mailbox.h"
#include "kiosk/ui/speech.h"
#include "kiosk/workers/speech_child.h"

struct speech_worker;

struct speech_worker_options {
	int timeout_ms;     /* for one part; 0: the usual */
	mailbox_wake *wake; /* called from the thread after a message was posted; may be NULL */
	void *context;
};

struct speech_message {            /* for speech_message_free */
	uint64_t number;           /* of what was asked */
	struct speech_sound sound; /* of one part of it; parts come in their order */
	char *problem;             /* nothing could be spoken: why; NULL: it is well */
};
void speech_message_free(struct speech_message *message); /* NULL is fine */

bool speech_worker_open(const struct speech_worker_options *options, struct speech_worker **out, struct err *err) TURNOUT_MUST_CHECK;
/* Within a moment, whatever it is at. NULL is fine. */
void speech_worker_close(struct speech_worker *worker);

/* Takes the speech over, which is empty then; what was asked before is given up. An empty one is silence. Never waits. */
void speech_worker_say(struct speech_worker *worker, struct speech *speech, uint64_t number);
struct speech_message *speech_worker_take(struct speech_worker *worker);

#endif
