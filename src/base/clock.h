/* The only place that reads a clock. Two kinds of time, two types, so that they cannot be mixed up. */
#ifndef TURNOUT_BASE_CLOCK_H
#define TURNOUT_BASE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

struct utc_ms {
	int64_t v; /* milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted */
};

struct mono_ms {
	int64_t v; /* milliseconds since this machine's boot, suspend included (CLOCK_BOOTTIME) */
};

struct utc_ms clock_utc(void);
struct mono_ms clock_mono(void);

/* Microseconds of CLOCK_MONOTONIC, for measuring short spans. */
int64_t clock_span_us(void);
/* Microseconds of the processor that the calling thread has used (CLOCK_THREAD_CPUTIME_ID). */
int64_t clock_thread_us(void);

/* False while the wall clock stands before this program could have existed (2026-01-01): it was never set. */
bool clock_is_set(struct utc_ms utc);

/* True when the kernel says that the wall clock is disciplined by NTP right now (adjtimex, STA_UNSYNC clear). */
bool clock_is_synchronised(void);

/* A wall clock that people set or a hub told, where the machine's own is wrong. It runs with the boot clock, so that whatever the machine's
 * clock is corrected to does not shift it; once the machine's is synchronised that one counts again, unless this one was forced. */
struct set_clock { /* a zeroed struct is not set: the machine's clock */
	bool set, forced;
	bool by_hub;
	int64_t ahead_ms; /* of UTC against the boot clock */
};
void set_clock_to(struct set_clock *clock, struct utc_ms now, bool forced);
void set_clock_by_hub(struct set_clock *clock, int64_t ahead_ms);
struct utc_ms set_clock_now(struct set_clock *clock);
/* Somebody vouches for it: staff, a hub, or NTP right now. A clock that merely runs on (from a battery, or from a file that kept the time of the
 * last shutdown) is not sure. */
bool set_clock_is_sure(const struct set_clock *clock);
/* Who says what time it is by that clock, the surest last. What was forced is a hand's word, whatever else is known. */
enum clock_voucher { VOUCHER_NOBODY, VOUCHER_STAFF, VOUCHER_HUB, VOUCHER_NETWORK };
enum clock_voucher set_clock_voucher(const struct set_clock *clock);

/* The kernel's random id of this boot, 36 characters; zeros where it cannot be read. */
void clock_boot_id(char id[37]);

void clock_sleep_ms(int ms);

#endif
