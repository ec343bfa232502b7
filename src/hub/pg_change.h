/* By what a hub knows that what it remembers of an event still holds: values that every transaction which changes the event draws anew
 * (hub/pg/0003_change.sql). They are read with each request, so hubs that share a database notice each other's. */
#ifndef TURNOUT_HUB_PG_CHANGE_H
#define TURNOUT_HUB_PG_CHANGE_H

#include "base/crypto.h"
#include "hub/pg.h"

/* For so long what is remembered counts, even if nothing says that it changed: a hub of an earlier version, or hands in psql, draw nothing. */
#define PG_REMEMBERED_MS 60000

struct pg_state {
	struct hash logs;   /* another one whenever a record came or went */
	struct hash rights; /* whenever one did that gives or takes rights */
};

/* SQL: two columns about rows "c" of hub_change, all of one event; and what they say in a row. */
#define PG_STATE_COLUMNS "string_agg(c.logs, ''::bytea ORDER BY c.slot), string_agg(c.rights, ''::bytea ORDER BY c.slot)"
struct pg_state pg_state_of_row(const struct pg_rows *rows, int row, int column);

bool pg_state_read(struct pg *pg, const struct hash *event, struct pg_state *out, struct err *err) TURNOUT_MUST_CHECK;

/* Says that something changed. The last thing in its transaction: who waits for the slot waits for the commit alone, and nobody who holds it waits for
 * anything else. `log`: one of those concerned, which spreads writers over the slots. */
struct pg_change {
	const struct hash *event, *log;
	bool rights;
};
bool pg_change_write(struct pg *pg, const struct pg_change *change, struct err *err) TURNOUT_MUST_CHECK;

#endif
