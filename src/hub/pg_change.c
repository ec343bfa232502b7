#include "hub/pg_change.h"

#define SLOTS 16
#define DRAWN 8 /* bytes */

static const struct pg_sql STATE = {"state", "SELECT " PG_STATE_COLUMNS " FROM hub_change c WHERE c.event = $1"};
static const struct pg_sql CHANGE = {"change",
				     "INSERT INTO hub_change AS c (event, slot, logs, rights) VALUES ($1, $2, $3, coalesce($4::bytea, "
				     "''::bytea)) ON CONFLICT (event, slot) DO UPDATE SET logs = excluded.logs, rights = "
				     "coalesce($4::bytea, c.rights)"};

struct pg_state pg_state_of_row(const struct pg_rows *rows, int row, int column) {
	size_t logs, rights;
	const void *of_logs = pg_bytes(rows, row, column, &logs), *of_rights = pg_bytes(rows, row, column + 1, &rights);
	/* NULL: no slot was drawn for yet, which is a state as good as any. */
	return (struct pg_state){crypto_sha256(of_logs, of_logs == NULL ? 0 : logs),
				 crypto_sha256(of_rights, of_rights == NULL ? 0 : rights)};
}

bool pg_state_read(struct pg *pg, const struct hash *event, struct pg_state *out, struct err *err) {
	struct pg_rows *rows = NULL;
	struct pg_args args = {.count = 0};
	pg_arg_bytes(&args, event->b, HASH_LEN);
	if (!pg_run(pg, &STATE, &args, &rows, err)) {
		return false;
	}
	*out = pg_state_of_row(rows, 0, 0); /* an aggregate: there is always one row */
	pg_rows_free(rows);
	return true;
}

bool pg_change_write(struct pg *pg, const struct pg_change *change, struct err *err) {
	uint8_t logs[DRAWN], rights[DRAWN];
	struct pg_args args = {.count = 0};
	crypto_random(logs, sizeof logs);
	crypto_random(rights, sizeof rights);
	pg_arg_bytes(&args, change->event->b, HASH_LEN);
	pg_arg_int(&args, change->log->b[0] % SLOTS);
	pg_arg_bytes(&args, logs, sizeof logs);
	pg_arg_bytes(&args, change->rights ? rights : NULL, change->rights ? sizeof rights : 0);
	return pg_run(pg, &CHANGE, &args, NULL, err);
}
