/* How much of what one station wrote is taken in: what keeps a hub's disk and everybody's exchange from a station that brings far too much, because
 * somebody holds a copy of the event, or because it is broken. Pure.
 *
 * Pacing, not refusing (invariant 3): what goes beyond a day's share is taken on another day, so in the end everybody holds the same, and in which order
 * things came decides nothing. A hundredth of each figure is taken of every station, whatever else is going on: that is more than a real one needs,
 * which of a three-day event brings some 3 logs, 1,000 records and 0.4 MB a day. Whoever goes beyond the hundredth shares what is left. Days are
 * UTC's, by the clock of whoever takes. */
#ifndef TURNOUT_STORE_FILE_QUOTA_H
#define TURNOUT_STORE_FILE_QUOTA_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"

struct quota {
	int64_t logs, records, bytes; /* of one station a day. Bytes of bodies, with QUOTA_RECORD_BYTES for each record */
	int64_t all_logs, all_bytes;  /* of one station in all: beyond them it has a hundredth a day */
	int64_t event_bytes;          /* of all stations of an event a day: beyond them each has a hundredth */
	int64_t stations;             /* that join by one invitation a day; a hundredth of them whatever is going on */
};

#define QUOTA_RECORD_BYTES 200 /* what a record takes beside its body: hashes, times, its place in indexes */

/* 1,000 logs, 100,000 records, 64 MiB a day; 2,000 logs and 192 MiB in all; 1 GiB of an event a day; 2,000 stations by an invitation a day. */
struct quota quota_default(void);
/* "logs=1000 records=100000 bytes=64M all-logs=2000 all-bytes=192M event-bytes=1G stations=2000", separated by spaces or commas; what is not named
 * stays as it is in *out. Numbers from 100 on; K, M, G: times 1024, 1024², 1024³. ERR_USAGE. */
bool quota_read(const char *text, struct quota *out, struct err *err) TURNOUT_MUST_CHECK;
#define QUOTA_WORDS "logs, records, bytes, all-logs, all-bytes, event-bytes, stations"

/* What was taken of a station; or of an invitation, whose logs are the stations that joined by it. */
struct quota_use {
	int64_t all_logs, all_bytes;
	int64_t day; /* days since 1970, of the members below */
	int64_t logs, records, bytes;
};

struct quota_amount {
	int64_t logs, records, bytes;
};

/* Figures of a file that somebody edited are brought into bounds, so that nothing computed from them overflows. */
#define QUOTA_MOST (INT64_C(1) << 50)
void quota_bound(struct quota_use *use);
/* The day's share begins anew with a new day, also one in the past: a clock that was wrong must not hold anybody back. */
void quota_begin_day(struct quota_use *use, struct utc_ms now);
/* Does the amount fit into the hundredth that is always taken? Of a day's first one yes, however large: a run is taken whole. */
bool quota_fits_least(const struct quota *quota, const struct quota_use *use, const struct quota_amount *amount);
/* Into a whole day's share? `event_bytes`: what was taken of all stations today. */
bool quota_fits(const struct quota *quota, const struct quota_use *use, const struct quota_amount *amount, int64_t event_bytes);
/* Likewise of one more station by an invitation. */
bool quota_joins_least(const struct quota *quota, const struct quota_use *use);
bool quota_joins(const struct quota *quota, const struct quota_use *use);
void quota_count(struct quota_use *use, const struct quota_amount *amount);
/* Milliseconds until a new day begins. */
int64_t quota_wait(struct utc_ms now);

#endif
