/* How much of each station's was taken into PostgreSQL, and whether there is more to be taken now (store/file/quota.h). What one message brings is
 * gathered and written at its end, as sums, so that hubs that take for the same station at once lose nothing and wait for each other briefly. */
#ifndef TURNOUT_HUB_PG_BROUGHT_H
#define TURNOUT_HUB_PG_BROUGHT_H

#include "hub/pg_event.h"
#include "store/write/brought.h"

struct pg_brought { /* zeroed but for `e`; for pg_brought_fini */
	struct pg_event *e;
	struct pg_brought_row {
		struct public_key key;
		struct quota_use use; /* with what was counted since */
		struct quota_amount counted;
		bool held;
	} * rows;
	size_t count, cap;
};

void pg_brought_fini(struct pg_brought *b);

bool pg_brought_weigh(struct pg_brought *b, struct brought *brought, bool *fits, struct err *err) TURNOUT_MUST_CHECK;
void pg_brought_count(struct pg_brought *b, const struct brought *brought);
/* Writes what was gathered, in the order of the keys. */
bool pg_brought_write(struct pg_brought *b, struct err *err) TURNOUT_MUST_CHECK;

#endif
