/* "turnout station EVENT hub URL": what a hub holds of each station. */
#ifndef TURNOUT_CLI_STATION_HUB_H
#define TURNOUT_CLI_STATION_HUB_H

#include "cli/args.h"
#include "report/out.h"
#include "store/store.h"

/* Asks the hub that the third operand names, as its administrator; names are those that this file knows. */
bool station_hub_list(struct store *store, const struct args *args, struct out *out, struct err *err) TURNOUT_MUST_CHECK;

#endif
