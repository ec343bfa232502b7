/* Putting a walk-in on the roster, as a station (store/view/walkin.h). */
#ifndef TURNOUT_STORE_WRITE_WALKINS_H
#define TURNOUT_STORE_WRITE_WALKINS_H

#include <stdbool.h>

#include "base/err.h"
#include "event/person.h"
#include "store/view/walkin.h"

struct store;

struct walkin {
	char id[PERSON_ID_LEN + 1];
	struct walkin_badge badge;
};

/* Inside a transaction. `set`: a JSON object of texts by field; "name" must be among them, "code" and "status" must not. Who it became, and by which
 * code, is in *out; both are in the views when it returns. ERR_USAGE for fields that no walk-in has. */
bool walkin_append(struct store *store, const char *set, struct walkin *out, struct err *err) TURNOUT_MUST_CHECK;

#endif
