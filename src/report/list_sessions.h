/* The agenda. */
#ifndef TURNOUT_REPORT_LIST_SESSIONS_H
#define TURNOUT_REPORT_LIST_SESSIONS_H

#include "report/list.h"
#include "store/store.h"

bool list_sessions(struct store *store, const struct list_options *options, struct err *err) TURNOUT_MUST_CHECK;

#endif
