/* A machine whose wall clock shows what is wanted, and a kernel that says who keeps it: preloaded into programs that read clocks with clock_gettime alone. The
 * clocks for spans are the machine's own, so that nobody waits longer or shorter than without it.
 *
 *   CLOCK_SHIM_AT    seconds since 1970-01-01T00:00:00Z: so the clock stands when the program starts, and runs on from there
 *   CLOCK_SHIM_NTP   "yes": a time server keeps it; else nobody does */
#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

static time_t ahead;

__attribute__((constructor)) static void begin(void) {
	const char *at = getenv("CLOCK_SHIM_AT");
	struct timespec now;
	if (at != NULL && syscall(SYS_clock_gettime, CLOCK_REALTIME, &now) == 0) {
		ahead = (time_t)strtoll(at, NULL, 10) - now.tv_sec;
	}
}

int clock_gettime(clockid_t id, struct timespec *ts) {
	int rc = (int)syscall(SYS_clock_gettime, id, ts);
	if (rc == 0 && id == CLOCK_REALTIME) {
		ts->tv_sec += ahead;
	}
	return rc;
}

int adjtimex(struct timex *state) {
	const char *wanted = getenv("CLOCK_SHIM_NTP");
	int kept = wanted != NULL && strcmp(wanted, "yes") == 0;
	state->status = kept ? 0 : STA_UNSYNC;
	return kept ? TIME_OK : TIME_ERROR;
}
