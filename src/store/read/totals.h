/* The figures of one day of the event, kept in memory and put right by what came since: a commit of one check-in costs one line, whatever there was before
 * (event/tally.h). For one thread and its own connection. */
#ifndef TURNOUT_STORE_READ_TOTALS_H
#define TURNOUT_STORE_READ_TOTALS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"
#include "event/tally.h"

struct store;
struct totals;

/* The day of the event to which that moment belongs (event/event_day.h), or the one that is named. */
bool totals_day(struct store *store, struct utc_ms now, int64_t *day, struct err *err) TURNOUT_MUST_CHECK;

/* Counts from the beginning. The store stays the caller's and must outlive it. */
bool totals_open(struct store *store, int64_t day, struct totals **out, struct err *err) TURNOUT_MUST_CHECK;
void totals_close(struct totals *totals); /* NULL is fine */

/* What came since, in one state of the file. *changed: the figures may be others. What cannot be put right line by line (people who were joined, a station out of the
 * books, a log of which a part went) is counted from the beginning. */
bool totals_refresh(struct totals *totals, bool *changed, struct err *err) TURNOUT_MUST_CHECK;

int64_t totals_of_day(const struct totals *totals);
const struct tally_counts *totals_counts(const struct totals *totals);

/* Those who are expected and have not arrived on the day, or those who are here, by their ids and in no order (report/roll.h has one); of those here, whom only a
 * badge's code names are not among them. */
enum totals_who { TOTALS_MISSING, TOTALS_HERE };
typedef bool totals_id_fn(void *context, const char *id, struct err *err);
bool totals_each(struct totals *totals, enum totals_who who, totals_id_fn *each, void *context, struct err *err) TURNOUT_MUST_CHECK;

#endif
