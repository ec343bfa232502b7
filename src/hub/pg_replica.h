/* An event in PostgreSQL as a replica. */
#ifndef TURNOUT_HUB_PG_REPLICA_H
#define TURNOUT_HUB_PG_REPLICA_H

#include "sync/replica.h"

/* `self` is a struct pg_event. */
extern const struct replica_ops pg_replica_ops;

#endif
