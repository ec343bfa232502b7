/* "turnout station EVENT invitations" and "close [INVITATION [--keep KEY]…]". */
#ifndef TURNOUT_CLI_STATION_INVITATIONS_H
#define TURNOUT_CLI_STATION_INVITATIONS_H

#include "cli/args.h"
#include "report/out.h"
#include "store/store.h"

bool station_invitations(struct store *store, const struct args *args, struct out *out, struct err *err) TURNOUT_MUST_CHECK;
bool station_close(struct store *store, const struct args *args, struct out *out, struct err *err) TURNOUT_MUST_CHECK;

#endif
