/* Work that may never end, or end the process: tried in a process of its own first. For programs of one thread. */
#ifndef TURNOUT_BASE_TRIAL_H
#define TURNOUT_BASE_TRIAL_H

#include <stdbool.h>

#include "base/err.h"

enum trial_end {
	TRIAL_GOOD,
	TRIAL_BAD,  /* `work` said so */
	TRIAL_LONG, /* it took more processor time than it had */
	TRIAL_DEAD, /* it ended by itself, by a fault */
};

/* Runs `work` in a child with so much processor time, and 768 MiB of memory more than there is now. What it changes in memory is lost; what it says wrongly is its own. ERR_SYSTEM: there was no
 * process to be had. */
bool trial_run(bool (*work)(void *context), void *context, int cpu_seconds, enum trial_end *end, struct err *err) TURNOUT_MUST_CHECK;

#endif
