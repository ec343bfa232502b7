/* Who may take part in the events of a PostgreSQL, judged by the same views as in an event file (store/rights.h): the few records that give and take
 * rights are kept in memory and read again when the event says that they changed (hub/pg_change.h). From any thread. */
#ifndef TURNOUT_HUB_PG_RIGHTS_H
#define TURNOUT_HUB_PG_RIGHTS_H

#include "hub/pg_event.h"

#define PG_RIGHTS_EVENTS 256 /* beyond, those of the event that was asked about longest ago are forgotten: each is a database in memory */

struct pg_rights;
struct pg_rights *pg_rights_new(void);
void pg_rights_free(struct pg_rights *rights); /* NULL is fine */

/* As of the first question in a loan: what its request itself brings counts from the next one on. */
bool pg_rights_judge(struct pg_event *e, const struct public_key *key, const struct certificate *certificate, struct rights_verdict *out,
		     struct err *err) TURNOUT_MUST_CHECK;

#endif
