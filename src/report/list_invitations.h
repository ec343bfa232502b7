/* The invitations: by which copy of the event file who came. */
#ifndef TURNOUT_REPORT_LIST_INVITATIONS_H
#define TURNOUT_REPORT_LIST_INVITATIONS_H

#include "report/list.h"
#include "store/store.h"

bool list_invitations(struct store *store, const struct list_options *options, struct err *err) TURNOUT_MUST_CHECK;

#endif
