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

/* The same of people whom the caller knows by their ids, whether or not they were taken off the list since: opened, each added, then given.
 *     if (people_ordering_open(store, PEOPLE_BY_NAME, limit, &ordering, err))
 *         ok = people_ordering_add(…) && … && people_ordering_give(ordering, each, context, err);
 *     people_ordering_close(ordering);
 * `limit`: the first so many of them are wanted, and no more are kept; 0: all. */
struct people_ordering;
bool people_ordering_open(struct store *store, enum people_order order, size_t limit, struct people_ordering **out,
			  struct err *err) TURNOUT_MUST_CHECK;
bool people_ordering_add(struct people_ordering *ordering, const char *id, struct err *err) TURNOUT_MUST_CHECK;
bool people_ordering_give(struct people_ordering *ordering, person_each_fn *each, void *context, struct err *err) TURNOUT_MUST_CHECK;
void people_ordering_close(struct people_ordering *ordering); /* NULL is fine */

#endif
