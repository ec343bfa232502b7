/* Who was let in although a rule said no, and saying so (store/view/override.h). */
#ifndef TURNOUT_STORE_READ_OVERRIDES_H
#define TURNOUT_STORE_READ_OVERRIDES_H

#include <stdbool.h>

#include "event/admission.h"
#include "store/write/append.h"

struct store;

#define OVERRIDE_REASON_MAX 300 /* bytes */

struct override_draft {
	const struct record_ref *checkin; /* that was made although */
	const char *person;               /* id of whom it let in; NULL: nobody is known */
	enum outcome refused;             /* what the station would have said */
	const char *reason;               /* OVERRIDE_REASON_MAX bytes at most */
	const char *by;                   /* who of the staff; "" or NULL: nobody known */
};
/* As this station, inside the check-in's transaction. ERR_USAGE: without a reason nobody is let in. */
bool override_append(struct store *store, const struct override_draft *draft, struct err *err) TURNOUT_MUST_CHECK;

struct override {
	struct hash log; /* of the check-in, with seq */
	uint64_t seq;
	enum outcome refused;
	const char *reason; /* good until the callback returns; "" when it was erased with its person */
	const char *by;     /* a key of the staff's; "" */
};
/* All of them, in the order of their logs; what is out of the books is left out. */
typedef bool override_fn(void *context, const struct override *override, struct err *err);
bool overrides_each(struct store *store, override_fn *each, void *context, struct err *err) TURNOUT_MUST_CHECK;

#endif
