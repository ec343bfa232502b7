/* When a box erases the personal data of an event by itself: so many whole days after the event's last day, once a keeper has everything, and only by a
 * clock that somebody surer than a hand vouches for. Pure.
 *
 * Invariant: nothing is due on the event's last day or before it, whatever is set. */
#ifndef TURNOUT_EVENT_RETENTION_H
#define TURNOUT_EVENT_RETENTION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/tz.h"

#define RETENTION_DAYS_MIN 1
#define RETENTION_DAYS_MAX 3650

/* "90d" to 90. False when it is no such number of days. */
bool retention_parse(const char *text, int64_t *days);

struct retention_facts {
	int64_t keep_days; /* 0: the organiser set nothing */
	bool erased;       /* already, on the local day `erased_day` */
	int64_t erased_day;
	bool organiser;    /* this is the organiser's own file, which keeps what the boxes erase */
	bool has_last_day; /* of the event, days since 1970-01-01 at its place: */
	int64_t last_day;
	const struct tz *tz; /* of the event */
	struct utc_ms now;
	enum clock_voucher voucher; /* of `now` */
	int64_t unsent;             /* records that no keeper has acknowledged */
};

enum retention_state {
	RETENTION_NONE,        /* nothing is set */
	RETENTION_NO_LAST_DAY, /* nobody knows when the event is over */
	RETENTION_OWN,         /* boxes do so from `day` on; the organiser's file is never erased by itself */
	RETENTION_WAITS,       /* until `day` */
	RETENTION_UNSENT,      /* that day has come, but not all is acknowledged */
	RETENTION_UNVOUCHED,   /* all is, but a hand alone, or nobody, says what day it is */
	RETENTION_DUE,
	RETENTION_ERASED, /* on `day` */
};

struct retention {
	enum retention_state state;
	int64_t day; /* days since 1970-01-01 at the event's place: the first on which it is due; of RETENTION_ERASED when it was */
};

struct retention retention_decide(const struct retention_facts *facts);

#endif
