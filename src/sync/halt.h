/* When work on a message is broken off in the middle: whoever answers is ending, or it has taken too long. What was begun is undone, and the asker comes
 * again. */
#ifndef TURNOUT_SYNC_HALT_H
#define TURNOUT_SYNC_HALT_H

#include <stdatomic.h>

#include "base/clock.h"
#include "base/err.h"

struct halt {
	const atomic_bool *ending; /* NULL: never */
	struct mono_ms until;
};

/* True: go on. False with ERR_BUSY. `halt` NULL: always on. */
bool halt_not(const struct halt *halt, struct err *err) TURNOUT_MUST_CHECK;

#endif
