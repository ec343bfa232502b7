/* The organiser gives and takes: roles, and invitations for stations (store/view/roles.h). All but store_set_invitation needs the organiser's key
 * and an open transaction. */
#ifndef TURNOUT_STORE_WRITE_ENROLMENT_H
#define TURNOUT_STORE_WRITE_ENROLMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/crypto.h"
#include "base/err.h"

struct store;

/* `role`: "editor", "station" or "hub"; `name` may be "". ERR_USAGE for another role, ERR_REFUSED for the organiser's own key, for a retired
 * one, and where the key has the role and another name. */
bool role_give(struct store *store, const struct public_key *key, const char *role, const char *name, struct err *err) TURNOUT_MUST_CHECK;
/* Retires a key: of each of its logs counts what this file holds. ERR_REFUSED for the organiser's own and for a retired one. */
bool role_retire(struct store *store, const struct public_key *key, struct err *err) TURNOUT_MUST_CHECK;
/* Closes the open invitations for everybody but the stations that this file knows; *kept: those of them that are not retired. A station whose
 * records have not come here yet is not among them: give it its role. ERR_REFUSED when none is open. */
bool invitation_close(struct store *store, size_t *kept, struct err *err) TURNOUT_MUST_CHECK;

/* One of those who came by an invitation that is closed. */
struct closing_station {
	struct public_key key;
	const char *name; /* "" */
	bool kept;        /* it goes on by this invitation */
	bool retired;
	bool otherwise; /* something else lets it write: another invitation, or a role of its own */
	int64_t checkins;
};
typedef bool closing_fn(void *context, const struct closing_station *station, struct err *err);
struct invitation_closing {
	const struct public_key *keep; /* who goes on; NULL: all who came by it, as far as this file knows */
	size_t keep_count;
	closing_fn *each; /* told each of those who came by it; NULL: nobody is */
	void *context;
};
/* Closes one invitation and leaves the others as they are. What those write and wrote who are not kept, and whom nothing else lets, counts for nothing
 * from then on. Those who were retired are always kept: what counts of them their retirement says, whichever came first. ERR_REFUSED when it is not
 * open. */
bool invitation_close_one(struct store *store, const struct public_key *invitation, const struct invitation_closing *how,
			  struct err *err) TURNOUT_MUST_CHECK;

/* Whether nothing lets the key write any more since the invitations by which it came were closed without it. */
bool invitation_cut_off(struct store *store, const struct public_key *key, bool *cut_off, struct err *err) TURNOUT_MUST_CHECK;
/* A retired key that was cut off so: what it wrote up to its retirement counts again. When it returns, the views say so. */
bool invitation_readmit(struct store *store, const struct public_key *key, struct err *err) TURNOUT_MUST_CHECK;

#define INVITATION_NAME_MAX 400 /* bytes */
struct invitation {
	struct public_key key;
	uint8_t seed[KEY_LEN]; /* what a copy carries; wipe it */
};
/* A new invitation that this file does not carry (store_copy_for): the record is appended, and signed. `name` may be "". ERR_REFUSED when one of that
 * name is open. */
bool invitation_make(struct store *store, const char *name, struct invitation *out, struct err *err) TURNOUT_MUST_CHECK;
/* A new invitation without a name, which copies of this file carry from now on. Those open stay open. */
bool invitation_open_new(struct store *store, struct err *err) TURNOUT_MUST_CHECK;

/* Another invitation for this copy to carry; nothing when it is the one it carries. A transaction of its own. */
bool store_set_invitation(struct store *store, const uint8_t seed[KEY_LEN], struct err *err) TURNOUT_MUST_CHECK;

#endif
