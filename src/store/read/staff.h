/* The event's staff (event/staff.h), and editing them. */
#ifndef TURNOUT_STORE_READ_STAFF_H
#define TURNOUT_STORE_READ_STAFF_H

#include <stdbool.h>

#include "event/staff.h"

struct store;

/* By name. For staff_list_fini. */
bool staff_load(struct store *store, struct staff_list *out, struct err *err) TURNOUT_MUST_CHECK;

/* What is to be changed of somebody, who may be new; NULL: stays as it is. */
struct staff_change {
	const char *name, *role;
	const char *pin;   /* the digits; "": none any more */
	const char *badge; /* its code, or "": none any more */
};
/* Inside a transaction. ERR_USAGE says what is wrong; ERR_REFUSED: somebody else has that PIN or badge. */
bool staff_put(struct store *store, const char *key, const struct staff_change *change, struct err *err) TURNOUT_MUST_CHECK;
/* ERR_NOT_FOUND when there is none such. What they did stays theirs. */
bool staff_remove(struct store *store, const char *key, struct err *err) TURNOUT_MUST_CHECK;

#endif
