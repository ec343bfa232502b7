#include "hub/pg_rights.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"

static const struct pg_sql KEYS = {"rights_keys", "SELECT log, seq FROM hub_record WHERE event = $1 AND kind IN (" RIGHTS_KINDS ")"};
#define RECORDS                                                                                                              \
	"SELECT r.log, r.seq, l.origin, l.author, r.kind, r.body FROM hub_record r JOIN hub_log l ON l.event = r.event AND " \
	"l.log = r.log WHERE r.event = $1 AND r.kind IN (" RIGHTS_KINDS ")"
static const struct pg_sql ALL = {"rights", RECORDS};
static const struct pg_sql ONE = {"rights_one", RECORDS " AND r.log = $2 AND r.seq = $3"};

/* Of one event. */
struct kept {
	struct hash event;
	struct rights *rights; /* NULL: not read yet */
	struct mapstr known;   /* of its records: the chain's key and the seq */
	bool sure;             /* all of them, and no other, when this was read: */
	struct hash state;
	struct mono_ms since;
	uint64_t used; /* by the count of uses */
};

struct pg_rights {
	pthread_mutex_t busy; /* guards all of it */
	struct kept *items;
	size_t count, cap;
	uint64_t uses;
};

struct pg_rights *pg_rights_new(void) {
	struct pg_rights *rights = xcalloc(1, sizeof *rights);
	pthread_mutex_init(&rights->busy, NULL);
	return rights;
}

static void forget(struct kept *kept) {
	rights_close(kept->rights);
	mapstr_fini(&kept->known);
	kept->rights = NULL;
	kept->sure = false;
}

void pg_rights_free(struct pg_rights *rights) {
	if (rights == NULL) {
		return;
	}
	for (size_t i = 0; i < rights->count; i++) {
		forget(&rights->items[i]);
	}
	pthread_mutex_destroy(&rights->busy);
	free(rights->items);
	free(rights);
}

/* --- reading them --------------------------------------------------------------------------------------------------------------------------- */

#define RECORD_NAME (2 * HASH_LEN + 24)

/* Of a row that begins with "log, seq". False: it is known. */
static bool is_new(const struct kept *kept, const struct pg_rows *rows, int i, char name[RECORD_NAME]) {
	struct hash key = {{0}};
	pg_take(rows, i, 0, key.b, HASH_LEN);
	str_hex(key.b, HASH_LEN, name);
	snprintf(name + 2 * HASH_LEN, RECORD_NAME - 2 * HASH_LEN, " %" PRId64, pg_int(rows, i, 1));
	return mapstr_find(&kept->known, name) == NULL;
}

/* Adds those of the rows that are not known yet. */
static bool add_rows(struct kept *kept, const struct pg_rows *rows, struct err *err) {
	bool ok = true;
	for (int i = 0; ok && i < pg_count(rows); i++) {
		char name[RECORD_NAME];
		bool made;
		struct hash key = {{0}};
		struct rights_record r = {
			.seq = (uint64_t)pg_int(rows, i, 1), .kind = pg_text(rows, i, 4), .body = str_or_empty(pg_text(rows, i, 5))};
		if (!is_new(kept, rows, i, name)) {
			continue;
		}
		ok = pg_take(rows, i, 0, key.b, HASH_LEN) && pg_take(rows, i, 2, r.log.b, HASH_LEN) &&
		     pg_take(rows, i, 3, r.author.b, KEY_LEN);
		/* Only to tell the log's chains apart: the first bytes of the chain's key are as good as any number. */
		memcpy(&r.chain, key.b, sizeof r.chain);
		ok = ok ? rights_add(kept->rights, &r, err) : err_set(err, ERR_CORRUPT, "a log's row in hub_log is not whole");
		*mapstr_place(&kept->known, name, &made) = 1;
	}
	return ok;
}

static bool add_found(struct kept *kept, struct pg *pg, const struct pg_sql *sql, const struct pg_args *args, struct err *err) {
	struct pg_rows *rows = NULL;
	bool ok = pg_run(pg, sql, args, &rows, err) && add_rows(kept, rows, err);
	pg_rows_free(rows);
	return ok;
}

#define ONE_BY_ONE 64 /* records; for more all are asked for at once */

static int count_new(const struct kept *kept, const struct pg_rows *keys) {
	int count = 0;
	for (int i = 0; i < pg_count(keys); i++) {
		char name[RECORD_NAME];
		count += is_new(kept, keys, i, name);
	}
	return count;
}

static bool add_one(struct kept *kept, struct pg *pg, const struct pg_rows *keys, int i, struct err *err) {
	struct hash key = {{0}};
	struct pg_args args = {.count = 0};
	pg_take(keys, i, 0, key.b, HASH_LEN);
	pg_arg_bytes(&args, kept->event.b, HASH_LEN);
	pg_arg_bytes(&args, key.b, HASH_LEN);
	pg_arg_int(&args, pg_int(keys, i, 1));
	return add_found(kept, pg, &ONE, &args, err);
}

/* Adds what is not known yet: whoever brings log after log must not make everybody's request read all of them. */
static bool add_missing(struct kept *kept, struct pg *pg, const struct pg_rows *keys, struct err *err) {
	struct pg_args args = {.count = 0};
	pg_arg_bytes(&args, kept->event.b, HASH_LEN);
	if (count_new(kept, keys) > ONE_BY_ONE) {
		return add_found(kept, pg, &ALL, &args, err);
	}
	bool ok = true;
	for (int i = 0; ok && i < pg_count(keys); i++) {
		char name[RECORD_NAME];
		ok = !is_new(kept, keys, i, name) || add_one(kept, pg, keys, i, err);
	}
	return ok;
}

static bool renew(struct kept *kept, struct pg_event *e, struct err *err) {
	struct pg_rows *keys = NULL;
	struct pg_args args = {.count = 0};
	pg_arg_bytes(&args, kept->event.b, HASH_LEN);
	if (!pg_run(e->pg, &KEYS, &args, &keys, err)) {
		return false;
	}
	/* Some of what is known is there no more: a branch was pushed out (hub/pg_branches.h), or the database is another than it was. */
	if (kept->rights != NULL && pg_count(keys) - count_new(kept, keys) < (int64_t)kept->known.count) {
		forget(kept);
	}
	bool ok = (kept->rights != NULL || rights_open(&e->of, &kept->rights, err)) && add_missing(kept, e->pg, keys, err);
	pg_rows_free(keys);
	if (!ok) {
		forget(kept);
	}
	return ok;
}

/* --- judging -------------------------------------------------------------------------------------------------------------------------------- */

/* The event's, an empty one, or the one that was used longest ago, emptied. */
static struct kept *kept_of(struct pg_rights *rights, const struct hash *event) {
	struct kept *oldest = NULL;
	for (size_t i = 0; i < rights->count; i++) {
		struct kept *kept = &rights->items[i];
		if (crypto_hash_eq(&kept->event, event)) {
			return kept;
		}
		oldest = oldest == NULL || kept->used < oldest->used ? kept : oldest;
	}
	if (rights->count < PG_RIGHTS_EVENTS) {
		ARRAY_GROW(rights, items);
		oldest = &rights->items[rights->count++];
	} else {
		forget(oldest);
	}
	*oldest = (struct kept){.event = *event};
	return oldest;
}

static bool holds(const struct kept *kept, const struct pg_event *e, struct mono_ms now) {
	return kept->rights != NULL &&
	       (e->judged || (kept->sure && crypto_hash_eq(&kept->state, &e->state.rights) && now.v - kept->since.v < PG_REMEMBERED_MS));
}

bool pg_rights_judge(struct pg_event *e, const struct public_key *key, const struct certificate *certificate, struct rights_verdict *out,
		     struct err *err) {
	struct pg_rights *rights = e->rights;
	struct mono_ms now = clock_mono();
	/* The state is read before the records: what comes in between is read once more next time, and never missed. */
	if (!pg_event_state(e, err)) {
		return false;
	}
	pthread_mutex_lock(&rights->busy);
	struct kept *kept = kept_of(rights, &e->of.event);
	kept->used = ++rights->uses;
	bool ok = holds(kept, e, now);
	if (!ok && renew(kept, e, err)) {
		ok = true;
		kept->sure = !e->taking; /* inside a transaction its own records are seen, and they may yet be undone */
		kept->state = e->state.rights;
		kept->since = now;
	}
	e->judged = e->judged || ok;
	ok = ok && rights_judge(kept->rights, key, certificate, out, err);
	pthread_mutex_unlock(&rights->busy);
	return ok;
}
