/* The organiser gives and takes: roles, and invitations for stations (store/view/roles.h). All but store_set_invitation needs the organiser's key
 * and an open transaction. */
#ifndef TURNOUT_STORE_WRITE_ENROLMENT_H
#define TURNOUT_STORE_WRITE_ENROLMENT_H

#include <stdbool.h>
#include <stddef.h>

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
/* A new invitation, which copies of this file carry from now on. Those open stay open. */
bool invitation_open_new(struct store *store, struct err *err) TURNOUT_MUST_CHECK;

/* Another invitation for this copy to carry; nothing when it is the one it carries. A transaction of its own. */
bool store_set_invitation(struct store *store, const uint8_t seed[KEY_LEN], struct err *err) TURNOUT_MUST_CHECK;

#endif
