/* People in the order in which people look for them: by names (or by another field, then names) in the event's first language. Where the family
 * name stands in names is a setting of the event ("family_name"): they are ordered by it. */
#ifndef TURNOUT_REPORT_PEOPLE_ORDER_H
#define TURNOUT_REPORT_PEOPLE_ORDER_H

#include "store/read/people.h"
#include "store/store.h"

enum people_order { PEOPLE_BY_NAME, PEOPLE_BY_ORGANISATION, PEOPLE_BY_CATEGORY, PEOPLE_BY_CODE, PEOPLE_ORDERS };

/* "name", "organisation", "category", "code", NULL at the end: what --sort takes. */
extern const char *const people_order_names[PEOPLE_ORDERS + 1];

/* Like people_each, in that order; of equals by their ids. Who has nothing to be ordered by comes last. */
bool people_each_in_order(struct store *store, const char *query, enum people_order order, person_each_fn *each, void *context,
			  struct err *err) TURNOUT_MUST_CHECK;

#endif
