/* Everybody on the roster, or whom a query finds. */
#ifndef TURNOUT_REPORT_LIST_PEOPLE_H
#define TURNOUT_REPORT_LIST_PEOPLE_H

#include "report/list.h"
#include "store/store.h"

bool list_people(struct store *store, const struct list_options *options, struct err *err) TURNOUT_MUST_CHECK;

#endif
