/* What becomes of an event file's personal data (event/retention.h), by what the file says and by the store's clock. */
#ifndef TURNOUT_STORE_READ_RETENTION_H
#define TURNOUT_STORE_READ_RETENTION_H

#include "base/err.h"
#include "event/retention.h"

struct store;

/* Cheap where nothing is set; else it reads the programme, and when the day has come what is not acknowledged. The last day is the last that `dates` or a
 * session that takes place has. */
bool retention_look(struct store *store, struct retention *out, struct err *err) TURNOUT_MUST_CHECK;
/* The event's setting; 0: none is set. */
int64_t retention_days(struct store *store);

#endif
