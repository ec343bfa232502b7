/* What people should look at. In a table it is said in words (report/conflicts.h), and records that do not count for one reason are one
 * line when they follow each other; JSON and CSV have every fact of every one. */
#ifndef TURNOUT_REPORT_LIST_CONFLICTS_H
#define TURNOUT_REPORT_LIST_CONFLICTS_H

#include "report/list.h"
#include "store/store.h"

bool list_conflicts(struct store *store, const struct list_options *options, struct err *err) TURNOUT_MUST_CHECK;

#endif
