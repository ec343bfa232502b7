/* Lines of the diary that anybody outside can cause: so many a minute are written, and the others counted, so that nobody fills a disk with them or
 * hides among them. From any thread. */
#ifndef TURNOUT_BASE_LOG_LIMIT_H
#define TURNOUT_BASE_LOG_LIMIT_H

#include <pthread.h>

#include "base/clock.h"

#define LOG_LIMIT_LINES 20
#define LOG_LIMIT_MS (60 * 1000)

struct log_limit {
	const char *part, *what; /* literals: who speaks, and of what there may be many: "exchanges that were refused" */
	pthread_mutex_t busy;    /* guards what follows */
	struct mono_ms begun;    /* of the minute */
	unsigned said, left_out; /* in it */
};

void log_limit_init(struct log_limit *limit, const char *part, const char *what);
void log_limit_fini(struct log_limit *limit); /* tells how many were left out last */

/* As log_warn, when it is not one too many. */
void log_limit_warn(struct log_limit *limit, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Tells how many were left out once their minute is over ("and 340 more like it"); to be called now and then. */
void log_limit_look(struct log_limit *limit);

/* What the others go by, pure: whether a line of that time is written (with `line`; without it is only looked), and how many there were that nobody was
 * told of yet: 0 but in the first call after their minute. */
bool log_limit_pass(struct log_limit *limit, struct mono_ms now, bool line, unsigned *left_out);

#endif
