/* Who may write: roles, retirements, invitations, and the logs by whose first record stations join. */
#ifndef TURNOUT_STORE_VIEW_ROLE_H
#define TURNOUT_STORE_VIEW_ROLE_H

#include "base/err.h"
#include "store/log/certificate.h"

struct json;
struct store;
struct view_record;

/* *opens: the certificate holds for the key, and its invitation is open for it. */
bool store_certificate_opens(struct store *store, const struct certificate *certificate, const struct public_key *station, bool *opens,
			     struct err *err) TURNOUT_MUST_CHECK;

/* A "log" record's certificate, as its body has it. False: it has none. */
bool role_certificate(const struct json *body, struct certificate *out);

/* Records that are here already may count, or count no more, now that this one is known, which gives or takes a right. Computing everything again
 * takes seconds when there is much, so it is done only when any record is concerned: a right that is given can only help those that were ignored,
 * one that is taken can also hit those that were written beyond it (and help others: a second retirement may name a log that the first did not). */
bool role_unsettles(struct store *store, const struct view_record *r, bool *unsettles, struct err *err) TURNOUT_MUST_CHECK;

struct store_view;
extern const struct store_view view_role;

#endif
