/* Who takes part: stations, editors, the organiser. */
#ifndef TURNOUT_REPORT_LIST_STATIONS_H
#define TURNOUT_REPORT_LIST_STATIONS_H

#include "report/list.h"
#include "store/store.h"

#define LIST_KEY_SHOWN 16 /* digits of a key in a table */

bool list_stations(struct store *store, const struct list_options *options, struct err *err) TURNOUT_MUST_CHECK;

#endif
