/* "turnout station EVENT retire KEY [--void [--from LOG:SEQ]…]" and "restore KEY". */
#ifndef TURNOUT_CLI_STATION_VOID_H
#define TURNOUT_CLI_STATION_VOID_H

#include "cli/args.h"
#include "report/out.h"
#include "store/store.h"

bool station_retire(struct store *store, const struct args *args, struct out *out, struct err *err) TURNOUT_MUST_CHECK;
bool station_put_back(struct store *store, const struct args *args, struct out *out, struct err *err) TURNOUT_MUST_CHECK;

#endif
