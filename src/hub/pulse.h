/* Whether something can be written, found out by writing, but seldom: however often it is asked (and anybody may ask /healthz), it is tried at most
 * once in PULSE_MS, and what came of it is the answer until then. From any thread. */
#ifndef TURNOUT_HUB_PULSE_H
#define TURNOUT_HUB_PULSE_H

#include <pthread.h>

#include "base/clock.h"
#include "base/err.h"

#define PULSE_MS 3000

struct pulse {
	pthread_mutex_t busy; /* guards what follows */
	pthread_cond_t felt;
	bool trying; /* somebody does now */
	bool known;  /* there is a result: */
	bool ok;
	struct err err;
	struct mono_ms at;
};

typedef bool pulse_fn(void *context, struct err *err);

void pulse_init(struct pulse *pulse);
void pulse_fini(struct pulse *pulse);
/* While one tries, others get the last result; they wait when there is none yet. */
bool pulse_feel(struct pulse *pulse, pulse_fn *try, void *context, struct err *err) TURNOUT_MUST_CHECK;

#endif
