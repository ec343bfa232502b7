/* Who is here, or missing, on a day of the event: in the order in which people look for names (report/people_order.h). */
#ifndef TURNOUT_REPORT_ROLL_H
#define TURNOUT_REPORT_ROLL_H

#include "report/people_order.h"
#include "store/read/totals.h"

/* The first `limit` of them; 0: all. Whom only a badge's code names is not among them. */
bool roll_each(struct store *store, struct totals *totals, enum totals_who who, size_t limit, person_each_fn *each, void *context,
	       struct err *err) TURNOUT_MUST_CHECK;

#endif
