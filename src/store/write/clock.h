/* The clock of what is recorded (struct set_clock, base/clock.h), and what a station's log is told of it. */
#ifndef TURNOUT_STORE_WRITE_CLOCK_H
#define TURNOUT_STORE_WRITE_CLOCK_H

#include "base/clock.h"
#include "base/err.h"

struct store;

struct set_clock store_clock(const struct store *store);
struct utc_ms store_now(struct store *store);
bool store_clock_is_sure(const struct store *store); /* set_clock_is_sure */
/* Of a file that this device had open a moment ago: its clock goes on as it was (store_clock), and nothing is written. */
void store_take_clock(struct store *store, struct set_clock clock);

/* Turns the wall clock of everything recorded from here on. The station's log gets an anchor that says so, at once when it has begun. Needs no
 * open transaction; false when the anchor could not be written, the clock is set all the same. */
bool store_set_clock(struct store *store, struct utc_ms now, bool forced, struct err *err) TURNOUT_MUST_CHECK;
/* A live hub told what UTC is: `ahead_ms` ahead of this machine's boot clock. The station's log gets an anchor that says so (also one that an
 * earlier program of this boot began; without a log its first record will), which counts more than what staff set, once and again when the
 * hub's word has moved by more than two seconds; the clock of everything recorded from here on follows it. Nothing is done while the machine's
 * own clock is synchronised, or another was forced. ERR_INPUT when the hub's clock cannot be right. Needs no open transaction; false when the
 * anchor could not be written, the clock is set all the same. */
bool store_anchor_hub(struct store *store, int64_t ahead_ms, struct err *err) TURNOUT_MUST_CHECK;

#endif
