#include "base/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

#undef clock_gettime /* this is the file that reads clocks */

#define FIRST_POSSIBLE_UTC_MS INT64_C(1767225600000) /* 2026-01-01T00:00:00Z */

static int64_t read_ms(clockid_t id) {
	struct timespec ts = {0};
	clock_gettime(id, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

struct utc_ms clock_utc(void) {
	return (struct utc_ms){read_ms(CLOCK_REALTIME)};
}

struct mono_ms clock_mono(void) {
	/* Unlike CLOCK_MONOTONIC it goes on while the machine sleeps. */
	return (struct mono_ms){read_ms(CLOCK_BOOTTIME)};
}

static int64_t read_us(clockid_t id) {
	struct timespec ts = {0};
	clock_gettime(id, &ts);
	return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

int64_t clock_span_us(void) { return read_us(CLOCK_MONOTONIC); }

int64_t clock_thread_us(void) { return read_us(CLOCK_THREAD_CPUTIME_ID); }

bool clock_is_set(struct utc_ms utc) { return utc.v >= FIRST_POSSIBLE_UTC_MS; }

bool clock_is_synchronised(void) {
	struct timex state = {.modes = 0};
	int rc = adjtimex(&state);
	/* adjtimex(2): TIME_ERROR and STA_UNSYNC say that nothing disciplines the clock. */
	return rc >= 0 && rc != TIME_ERROR && (state.status & STA_UNSYNC) == 0;
}

void clock_boot_id(char id[37]) {
	memcpy(id, "00000000-0000-0000-0000-000000000000", 37);
	int fd = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		return;
	}
	char text[36];
	if (read(fd, text, sizeof text) == (ssize_t)sizeof text) {
		memcpy(id, text, sizeof text);
	}
	close(fd);
}

void clock_sleep_ms(int ms) {
	struct timespec left = {.tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000};
	while (nanosleep(&left, &left) != 0 && errno == EINTR) {
	}
}

void set_clock_to(struct set_clock *clock, struct utc_ms now, bool forced) {
	*clock = (struct set_clock){.set = true, .forced = forced, .ahead_ms = now.v - clock_mono().v};
}

void set_clock_by_hub(struct set_clock *clock, int64_t ahead_ms) {
	*clock = (struct set_clock){.set = true, .by_hub = true, .ahead_ms = ahead_ms};
}

enum clock_voucher set_clock_voucher(const struct set_clock *clock) {
	if (clock->set && clock->forced) {
		return VOUCHER_STAFF;
	}
	if (clock_is_synchronised()) {
		return VOUCHER_NETWORK; /* set_clock_now takes that one then */
	}
	return !clock->set ? VOUCHER_NOBODY : clock->by_hub ? VOUCHER_HUB : VOUCHER_STAFF;
}

bool set_clock_is_sure(const struct set_clock *clock) { return set_clock_voucher(clock) != VOUCHER_NOBODY; }

struct utc_ms set_clock_now(struct set_clock *clock) {
	if (clock->set && !clock->forced && clock_is_synchronised()) {
		*clock = (struct set_clock){0};
	}
	return clock->set ? (struct utc_ms){clock_mono().v + clock->ahead_ms} : clock_utc();
}
