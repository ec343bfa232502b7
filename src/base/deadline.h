/* Until when a search may go on: by the thread's processor time, so that a busy machine does not make it read worse. */
#ifndef TURNOUT_BASE_DEADLINE_H
#define TURNOUT_BASE_DEADLINE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"

struct deadline {
	int64_t until_us; /* clock_thread_us; 0: none */
};

static inline struct deadline deadline_in(int64_t budget_us) {
	return (struct deadline){budget_us == 0 ? 0 : clock_thread_us() + budget_us};
}

/* A call into the kernel, a quarter of a microsecond: for every piece of work of some ten microseconds to a few hundred. */
static inline bool deadline_over(const struct deadline *d) { return d->until_us != 0 && clock_thread_us() >= d->until_us; }

#endif
