/* Putting a walk-in on the roster, as a station (store/view/walkin.h). */
#ifndef TURNOUT_STORE_WRITE_WALKINS_H
#define TURNOUT_STORE_WRITE_WALKINS_H

#include <stdbool.h>

#include "base/err.h"
#include "event/person.h"

struct store;

struct walkin_draft {
	const char *set;   /* JSON object of texts by field; "name" must be among them, "code" and "status" must not */
	const char *code;  /* a fresh short code (badge/code.h) */
	const char *aloud; /* its spoken form */
};

/* Inside a transaction. The person and the badge are in the views when it returns; `id` gets the person's. ERR_USAGE for fields that no
 * walk-in has. */
bool walkin_append(struct store *store, const struct walkin_draft *draft, char id[PERSON_ID_LEN + 1], struct err *err) TURNOUT_MUST_CHECK;

#endif
