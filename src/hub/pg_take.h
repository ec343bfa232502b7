/* Taking runs into PostgreSQL: one transaction a message. The heads of the logs concerned are locked, in the order of their ids (before them the
 * event, where an erasure and a body could pass each other); what is held already is compared by hash; new records go in by one COPY; branches
 * that better ones push out go. Tried again when another hub was quicker. */
#ifndef TURNOUT_HUB_PG_TAKE_H
#define TURNOUT_HUB_PG_TAKE_H

#include "hub/pg_event.h"

bool pg_take_intake(struct pg_event *e, struct intake *intake, struct err *err) TURNOUT_MUST_CHECK;

#endif
