/* How many connections a hub takes: as many as the system's limit of open files has room for beside its databases, so that a crowd at the door never
 * keeps an event file from being opened. */
#ifndef TURNOUT_HUB_LIMITS_H
#define TURNOUT_HUB_LIMITS_H

#include <stdint.h>

#include "base/err.h"

#define HUB_CONNECTIONS 2000 /* more are of no use */

/* Of so many open files, with that many threads; 0 when there is no room for a hub at all. Pure. */
unsigned hub_connections(uint64_t files, unsigned threads);
/* Raises this process' limit as far as it may and as a hub has use for (RLIMIT_NOFILE), and says what that leaves. ERR_SYSTEM when it is too little. */
bool hub_limits(unsigned threads, unsigned *connections, struct err *err) TURNOUT_MUST_CHECK;

#endif
