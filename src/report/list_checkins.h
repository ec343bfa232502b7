/* Every check-in with its corrected time, and of which one it is a duplicate. */
#ifndef TURNOUT_REPORT_LIST_CHECKINS_H
#define TURNOUT_REPORT_LIST_CHECKINS_H

#include "report/list.h"
#include "store/store.h"

bool list_checkins(struct store *store, const struct list_options *options, struct err *err) TURNOUT_MUST_CHECK;

#endif
