/* Those whom a search by name found, best first, and why each fits. */
#ifndef TURNOUT_REPORT_LIST_FOUND_H
#define TURNOUT_REPORT_LIST_FOUND_H

#include "report/list.h"
#include "store/read/find.h"
#include "store/store.h"

/* `typed`: what was looked for. */
bool list_found(struct store *store, const char *typed, const struct finding *finding, const struct list_options *options,
		struct err *err) TURNOUT_MUST_CHECK;

#endif
