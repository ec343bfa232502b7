/* Signing the ends of the logs that this device writes. Invariant 5: heads are signed every 64 records and at closing, and never what somebody
 * else put into the file. */
#ifndef TURNOUT_STORE_WRITE_SIGN_H
#define TURNOUT_STORE_WRITE_SIGN_H

#include <stdbool.h>

#include "base/err.h"
#include "store/file/terms.h"

/* Signs the end of the open log, when it is not signed yet. */
bool sign_log(struct store *store, enum author author, struct err *err) TURNOUT_MUST_CHECK;
/* A log is open whose end is not signed. */
bool sign_is_due(const struct store *store);
/* Signs the ends of the logs that this author was writing on this device when it was cut off: without it nobody would take those records.
 * Which logs those were stands outside the file (store/log/identity.h), so that nobody gets signed what they put into it. */
bool sign_leftovers(struct store *store, enum author author, struct err *err) TURNOUT_MUST_CHECK;

/* Signs the ends of the logs that this process writes, and what a killed writer left, so that everything recorded so far can be given away.
 * A transaction of its own when there is something to sign. */
bool store_sign(struct store *store, struct err *err) TURNOUT_MUST_CHECK;

#endif
