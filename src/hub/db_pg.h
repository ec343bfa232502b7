/* The hub's store in PostgreSQL: several hubs with one database share everything and remember nothing of their own but what can be asked again. */
#ifndef TURNOUT_HUB_DB_PG_H
#define TURNOUT_HUB_DB_PG_H

#include "hub/db.h"
#include "store/file/quota.h"

/* `conninfo`: "postgresql://user@host/database". Brings the schema up to date (under a lock, so that several may start at once). `connections`: how
 * many are held at most; threads beyond wait. `quota`: what is taken of
 * each station; NULL: quota_default. ERR_VERSION when a newer hub made the schema. */
bool hub_db_pg_open(const char *conninfo, unsigned connections, const struct quota *quota, struct hub_db *out,
		    struct err *err) TURNOUT_MUST_CHECK;

#endif
