/* The list of signatures: whose, for which day and where, by whom; in JSON with the strokes (event/handwriting.h). */
#ifndef TURNOUT_REPORT_LIST_SIGNATURES_H
#define TURNOUT_REPORT_LIST_SIGNATURES_H

#include "report/list.h"

struct store;

bool list_signatures(struct store *store, const struct list_options *options, struct err *err) TURNOUT_MUST_CHECK;

#endif
