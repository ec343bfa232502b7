#include "hub/pg_event.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"

static const struct pg_sql CHAIN = {"chain", "SELECT " PG_CHAIN_COLUMNS " FROM hub_log WHERE event = $1 AND log = $2"};
static const struct pg_sql HASH = {"hash", "SELECT hash FROM hub_record WHERE event = $1 AND log = $2 AND seq = $3"};

void pg_event_forget(struct pg_event *e) {
	e->chains.count = 0;
	mapstr_fini(&e->places);
	mapstr_fini(&e->logs);
}

static int64_t *place_of(struct mapstr *map, const struct hash *hash, bool *made) {
	char hex[2 * HASH_LEN + 1];
	str_hex(hash->b, HASH_LEN, hex);
	return mapstr_place(map, hex, made);
}

void pg_event_forget_log(struct pg_event *e, const struct hash *log) {
	bool made;
	/* The places in the list stay, as other chains' numbers do; nothing leads to them any more. */
	for (size_t number = pg_event_log(e, log); number != 0; number = e->chains.items[number - 1].next) {
		*place_of(&e->places, &e->chains.items[number - 1].key, &made) = 0;
	}
	*place_of(&e->logs, log, &made) = 0;
}

void pg_event_fini(struct pg_event *e) {
	pg_event_forget(e);
	free(e->chains.items);
	*e = (struct pg_event){.pg = NULL};
}

bool pg_event_state(struct pg_event *e, struct err *err) {
	e->has_state = e->has_state || pg_state_read(e->pg, &e->of.event, &e->state, err);
	return e->has_state;
}

bool pg_event_missing(struct pg_event *e, const char *what, struct err *err) {
	struct pg_state now;
	if (e->has_state && !e->taking) {
		if (!pg_state_read(e->pg, &e->of.event, &now, err)) {
			return false;
		}
		if (!crypto_hash_eq(&now.logs, &e->state.logs)) {
			err_set(err, ERR_BUSY, "the event changed while it was read");
			return false;
		}
	}
	err_set(err, ERR_CORRUPT, "%s", what);
	return false;
}

/* --- chains -------------------------------------------------------------------------------------------------------------------------------- */

static size_t number_of(const struct mapstr *map, const struct hash *hash) {
	char hex[2 * HASH_LEN + 1];
	str_hex(hash->b, HASH_LEN, hex);
	const int64_t *number = mapstr_find(map, hex);
	return number != NULL ? (size_t)*number : 0;
}

struct pg_chain *pg_event_chain(struct pg_event *e, const struct hash *key) {
	size_t number = number_of(&e->places, key);
	return number != 0 ? &e->chains.items[number - 1] : NULL;
}

size_t pg_event_log(const struct pg_event *e, const struct hash *log) { return number_of(&e->logs, log); }

struct pg_chain *pg_event_put(struct pg_event *e, const struct pg_chain *chain) {
	bool made;
	int64_t *number = place_of(&e->places, &chain->key, &made);
	if (*number != 0) {
		struct pg_chain *known = &e->chains.items[*number - 1];
		/* The link to the log's other chains is ours; the row that was read knows nothing of it. */
		size_t next = known->next;
		*known = *chain;
		known->next = next;
		return known;
	}
	ARRAY_GROW(&e->chains, items);
	struct pg_chain *added = &e->chains.items[e->chains.count++];
	*number = (int64_t)e->chains.count;
	*added = *chain;
	number = place_of(&e->logs, &chain->origin, &made);
	added->next = (size_t)*number;
	*number = (int64_t)e->chains.count;
	return added;
}

bool pg_event_chains(struct pg_event *e, const struct pg_rows *rows, struct err *err) {
	for (int i = 0; i < pg_count(rows); i++) {
		struct pg_chain c = {.after = (uint64_t)pg_int(rows, i, 3), .last = (uint64_t)pg_int(rows, i, 5)};
		if (!pg_take(rows, i, 0, c.key.b, HASH_LEN) || !pg_take(rows, i, 1, c.origin.b, HASH_LEN) ||
		    !pg_take(rows, i, 4, c.author.b, KEY_LEN) || !pg_take(rows, i, 6, c.last_hash.b, HASH_LEN)) {
			return err_set(err, ERR_CORRUPT, "a log's row in hub_log is not whole");
		}
		c.branch = pg_take(rows, i, 2, c.base_key.b, HASH_LEN);
		pg_event_put(e, &c);
	}
	return true;
}

bool pg_event_fetch_one(struct pg_event *e, const struct hash *key, struct err *err) {
	struct pg_rows *rows;
	bool ok = pg_event_fetch(e, &CHAIN, key, &rows, err);
	pg_rows_free(rows);
	return ok;
}

bool pg_event_fetch(struct pg_event *e, const struct pg_sql *sql, const struct hash *of, struct pg_rows **rows, struct err *err) {
	struct pg_args args = {.count = 0};
	pg_arg_bytes(&args, e->of.event.b, HASH_LEN);
	if (of != NULL) {
		pg_arg_bytes(&args, of->b, HASH_LEN);
	}
	*rows = NULL;
	return pg_run(e->pg, sql, &args, rows, err) && pg_event_chains(e, *rows, err);
}

bool pg_event_holder(struct pg_event *e, struct pg_chain chain, uint64_t seq, struct pg_chain *out, struct err *err) {
	/* Down from branch to base, as far as the seq lies before where the branch began. */
	while (chain.branch && seq <= chain.after) {
		struct hash base = chain.base_key;
		const struct pg_chain *known = pg_event_chain(e, &base);
		if (known == NULL) {
			if (!pg_event_fetch_one(e, &base, err)) {
				return false;
			}
			known = pg_event_chain(e, &base);
		}
		if (known == NULL) {
			return pg_event_missing(e, "the log that a branch left is not in hub_log", err);
		}
		chain = *known;
	}
	*out = chain;
	return true;
}

bool pg_event_hash(struct pg_event *e, const struct pg_chain *chain, uint64_t seq, struct hash *out, bool *found, struct err *err) {
	struct pg_chain at;
	struct pg_rows *rows = NULL;
	struct pg_args args = {.count = 0};
	if (!pg_event_holder(e, *chain, seq, &at, err)) {
		return false;
	}
	if (seq == at.last) {
		*out = at.last_hash;
		*found = true;
		return true;
	}
	pg_arg_bytes(&args, e->of.event.b, HASH_LEN);
	pg_arg_bytes(&args, at.key.b, HASH_LEN);
	pg_arg_int(&args, (int64_t)seq);
	bool ok = pg_run(e->pg, &HASH, &args, &rows, err);
	*found = ok && pg_count(rows) == 1 && pg_take(rows, 0, 0, out->b, HASH_LEN);
	pg_rows_free(rows);
	return ok;
}
