/* The invitations of an event: by which copy of the file who came, and what they made of it. */
#ifndef TURNOUT_STORE_READ_INVITATIONS_H
#define TURNOUT_STORE_READ_INVITATIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/crypto.h"
#include "base/err.h"

struct store;

struct invitation_row {
	struct public_key key;
	const char *name; /* as the organiser called the copy; "" for one that was not made for somewhere */
	bool open;
	bool carried;     /* this very file carries it, and so do its plain copies */
	int64_t stations; /* that came by it, whether they count or not */
	int64_t checkins; /* in logs that came by it; those that staff call so (CHECKIN_COUNTS) */
};
/* In the order of their names, then of their keys. Texts are good during the call. */
typedef bool invitation_fn(void *context, const struct invitation_row *row, struct err *err);
bool invitations_each(struct store *store, invitation_fn *each, void *context, struct err *err) TURNOUT_MUST_CHECK;

#endif
