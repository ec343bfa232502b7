#include "report/roll.h"

static bool take(void *context, const char *id, struct err *err) { return people_ordering_add(context, id, err); }

bool roll_each(struct store *store, struct totals *totals, enum totals_who who, size_t limit, person_each_fn *each, void *context,
	       struct err *err) {
	struct people_ordering *o = NULL;
	bool ok = people_ordering_open(store, PEOPLE_BY_NAME, limit, &o, err) && totals_each(totals, who, take, o, err) &&
		  people_ordering_give(o, each, context, err);
	people_ordering_close(o);
	return ok;
}
