/* Taking all personal data out of a copy, after the event. */
#ifndef TURNOUT_STORE_WRITE_PURGE_H
#define TURNOUT_STORE_WRITE_PURGE_H

#include <stdbool.h>

#include "base/err.h"

struct store;

/* ERR_REFUSED while a keeper has not acknowledged everything, and for files that were purged already (store_is_purged). The file can be read and
 * verified afterwards; nothing is recorded in it and it exchanges no more. */
bool store_purge(struct store *store, struct err *err) TURNOUT_MUST_CHECK;

#endif
