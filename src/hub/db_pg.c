/* Several hubs may serve one database: nothing is kept here that another hub's writing could make untrue without being noticed. `busy` is
 * held only to take or give a slot, never while PostgreSQL is asked. */
#include "hub/db_pg.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "hub/pg_branches.h"
#include "hub/pg_replica.h"
#include "hub/pg_rights.h"

static const struct {
	const char *name, *sql;
} MIGRATIONS[] = {
#include "pg_migrations.inc"
};

static const struct pg_sql PING = {
	"ping", "INSERT INTO hub_kept (name, value) VALUES ('written', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value"};
static const struct pg_sql CLAIM = {"claim", "INSERT INTO hub_kept (name, value) VALUES ($1, $2) ON CONFLICT DO NOTHING"};
static const struct pg_sql KEPT = {"kept", "SELECT value FROM hub_kept WHERE name = $1"};
static const struct pg_sql EVENT_ADD = {"event_add",
					"INSERT INTO hub_event (event, organiser, event_key, invitation) VALUES ($1, $2, $3, $4) "
					"ON CONFLICT (event) DO UPDATE SET invitation = coalesce(excluded.invitation, "
					"hub_event.invitation) WHERE hub_event.organiser = excluded.organiser AND hub_event.event_key = "
					"excluded.event_key"};
static const struct pg_sql EVENT = {"event", "SELECT e.organiser, e.event_key, e.invitation, " PG_STATE_COLUMNS
					     " FROM hub_event e LEFT JOIN hub_change c ON c.event = e.event WHERE e.event = $1 GROUP BY "
					     "e.event"};
static const struct pg_sql FIGURES = {"figures",
				      "SELECT e.event, count(l.log), coalesce(sum(l.last_seq - l.after), 0)::bigint FROM hub_event e LEFT "
				      "JOIN hub_log l ON l.event = e.event GROUP BY e.event ORDER BY e.event"};
static const struct pg_sql CODE_PUT = {"code_put", "INSERT INTO hub_code (event, code, until_ms) VALUES ($1, $2, $3)"};
static const struct pg_sql CODE_OLD = {"code_old", "DELETE FROM hub_code WHERE until_ms < $1"};
static const struct pg_sql CODE_TAKE = {"code_take",
					"UPDATE hub_code SET taken_by = $2 WHERE code = $1 AND (taken_by IS NULL OR taken_by = $2) AND "
					"until_ms >= $3 RETURNING event"};
static const struct pg_sql CODE_OF = {
	"code_of", "SELECT event FROM hub_code WHERE code = $1 AND (taken_by IS NULL OR taken_by = $2) AND until_ms >= $3"};
static const struct pg_sql TRIES_ADD = {
	"tries_add", "INSERT INTO hub_tries (who, time_window, count) VALUES ($1, $2, $3::bigint) ON CONFLICT (who, "
		     "time_window) DO UPDATE SET count = hub_tries.count + excluded.count RETURNING hub_tries.count::bigint"};
static const struct pg_sql TRIES_OLD = {"tries_old", "DELETE FROM hub_tries WHERE time_window < $1::bigint - 1"};
static const struct pg_sql TRIES = {"tries", "SELECT coalesce(sum(count), 0)::bigint FROM hub_tries WHERE who = $1 AND time_window = $2"};

struct slot {
	struct pg *pg; /* NULL: not connected */
	bool used;
};

struct db_pg {
	char *conninfo;
	pthread_mutex_t busy; /* guards the slots */
	pthread_cond_t freed;
	struct slot *slots;
	unsigned slot_count;
	struct quota quota;
	struct pg_known *known;
	struct pg_rights *rights;
};

/* --- connections ---------------------------------------------------------------------------------------------------------------------------- */

/* A slot is its borrower's alone until it is given back. Opening happens outside the lock, as it may take seconds. */
static struct slot *borrow(struct db_pg *db, struct err *err) {
	struct slot *slot = NULL;
	pthread_mutex_lock(&db->busy);
	while (slot == NULL) {
		for (unsigned i = 0; i < db->slot_count; i++) {
			if (!db->slots[i].used && (slot == NULL || slot->pg == NULL)) {
				slot = &db->slots[i]; /* one that is connected already, if there is any */
			}
		}
		if (slot == NULL) {
			pthread_cond_wait(&db->freed, &db->busy);
		}
	}
	slot->used = true;
	pthread_mutex_unlock(&db->busy);
	if (slot->pg != NULL && pg_broken(slot->pg)) {
		pg_close(slot->pg);
		slot->pg = NULL;
	}
	if (slot->pg == NULL && !pg_open(db->conninfo, &slot->pg, err)) {
		slot->pg = NULL;
		pthread_mutex_lock(&db->busy);
		slot->used = false;
		pthread_cond_signal(&db->freed);
		pthread_mutex_unlock(&db->busy);
		return NULL;
	}
	return slot;
}

static void give_slot(struct db_pg *db, struct slot *slot) {
	pthread_mutex_lock(&db->busy);
	slot->used = false;
	pthread_cond_signal(&db->freed);
	pthread_mutex_unlock(&db->busy);
}

/* Runs something on a connection; once more when the connection that was kept turns out to be gone (PostgreSQL was restarted). */
typedef bool job_fn(void *context, struct pg *pg, struct err *err);

static bool with_connection(struct db_pg *db, job_fn *job, void *context, struct err *err) {
	for (int i = 0;; i++) {
		struct err failed = {0};
		struct slot *slot = borrow(db, err);
		if (slot == NULL) {
			return false;
		}
		bool ok = job(context, slot->pg, &failed);
		bool gone = pg_broken(slot->pg);
		give_slot(db, slot);
		if (ok || !gone || i == 1) {
			ok = ok || err_give(err, &failed);
			return ok;
		}
	}
}

/* --- schema --------------------------------------------------------------------------------------------------------------------------------- */

static bool schema_version(struct pg *pg, int64_t *version, struct err *err) {
	static const struct pg_sql sql = {"schema_version", "SELECT coalesce(max(version), 0)::bigint FROM hub_schema"};
	struct pg_rows *rows = NULL;
	bool ok = pg_run(pg, &sql, NULL, &rows, err);
	*version = ok ? pg_int(rows, 0, 0) : 0;
	pg_rows_free(rows);
	return ok;
}

#define BRANCHES_SINCE 3 /* the version from which on the same few branches of a log are kept as in event files */

static bool migrate(void *context, struct pg *pg, struct err *err) {
	int64_t version = 0;
	struct err ignored = {0};
	(void)context;
	/* A lock of the transaction's length, whatever number: hubs that start at once go one after the other. */
	bool ok = pg_exec(pg, "BEGIN; SELECT pg_advisory_xact_lock(7489020001)", err) &&
		  pg_exec(pg, "CREATE TABLE IF NOT EXISTS hub_schema (version integer PRIMARY KEY)", err) &&
		  schema_version(pg, &version, err);
	if (ok && version > (int64_t)COUNT_OF(MIGRATIONS)) {
		ok = err_set(err, ERR_VERSION, "a newer turnout-hub made this database's tables (%" PRId64 "); install the newer one here",
			     version);
	}
	for (int64_t i = version; ok && i < (int64_t)COUNT_OF(MIGRATIONS); i++) {
		char done[80];
		snprintf(done, sizeof done, "INSERT INTO hub_schema VALUES (%" PRId64 ")", i + 1);
		ok = (pg_exec(pg, MIGRATIONS[i].sql, err) || err_wrap(err, "migration %s", MIGRATIONS[i].name)) && pg_exec(pg, done, err);
	}
	ok = ok && (version >= BRANCHES_SINCE || pg_branches_prune_all(pg, err));
	if (!ok) {
		if (!pg_exec(pg, "ROLLBACK", &ignored)) {
			err_wrap(err, "and it could not be undone");
		}
		return false;
	}
	return pg_exec(pg, "COMMIT", err);
}

/* --- the hub's own -------------------------------------------------------------------------------------------------------------------------- */

static bool ping_job(void *context, struct pg *pg, struct err *err) {
	struct utc_ms now = clock_utc();
	struct pg_args args = {.count = 0};
	(void)context;
	pg_arg_bytes(&args, &now.v, sizeof now.v);
	return pg_run(pg, &PING, &args, NULL, err);
}

static bool ping(void *self, struct err *err) { return with_connection(self, ping_job, NULL, err); }

struct claim_job {
	const char *name;
	struct octets value;
	struct strbuf *kept;
};

/* Puts and then reads: whichever hub was first, all of them read the same value. */
static bool claim_job(void *context, struct pg *pg, struct err *err) {
	struct claim_job *j = context;
	struct pg_rows *rows = NULL;
	struct pg_args put = {.count = 0}, get = {.count = 0};
	size_t n = 0;
	pg_arg_text(&put, j->name);
	pg_arg_bytes(&put, j->value.data, j->value.n);
	pg_arg_text(&get, j->name);
	bool ok = pg_run(pg, &CLAIM, &put, NULL, err) && pg_run(pg, &KEPT, &get, &rows, err);
	if (ok && pg_count(rows) == 1) {
		const void *data = pg_bytes(rows, 0, 0, &n);
		strbuf_add(j->kept, data, n);
	}
	pg_rows_free(rows);
	return ok;
}

static bool claim(void *self, const char *name, struct octets value, struct strbuf *kept, struct err *err) {
	struct claim_job job = {name, value, kept};
	return with_connection(self, claim_job, &job, err);
}

static bool code_put_job(void *context, struct pg *pg, struct err *err) {
	const struct hub_code *code = context;
	struct pg_args args = {.count = 0};
	pg_arg_bytes(&args, code->event.b, HASH_LEN);
	pg_arg_bytes(&args, code->code.b, HASH_LEN);
	pg_arg_int(&args, code->until.v);
	return pg_run(pg, &CODE_PUT, &args, NULL, err);
}

static bool code_put(void *self, const struct hub_code *code, struct err *err) {
	struct hub_code copy = *code;
	return with_connection(self, code_put_job, &copy, err);
}

struct code_job {
	const struct hub_code_wish *wish;
	struct hash *event;
	bool *found;
};

static void put_wish(const struct hub_code_wish *wish, struct pg_args *args) {
	pg_arg_bytes(args, wish->code.b, HASH_LEN);
	pg_arg_bytes(args, wish->by.b, HASH_LEN);
	pg_arg_int(args, wish->now.v);
}

static bool read_code(struct pg *pg, const struct pg_sql *sql, const struct pg_args *args, const struct code_job *j, struct err *err) {
	struct pg_rows *rows = NULL;
	bool ok = pg_run(pg, sql, args, &rows, err);
	*j->found = ok && pg_count(rows) == 1 && pg_take(rows, 0, 0, j->event->b, HASH_LEN);
	pg_rows_free(rows);
	return ok;
}

static bool code_find_job(void *context, struct pg *pg, struct err *err) {
	const struct code_job *j = context;
	struct pg_args args = {.count = 0};
	put_wish(j->wish, &args);
	return read_code(pg, &CODE_OF, &args, j, err);
}

static bool code_find(void *self, const struct hub_code_wish *wish, struct hash *event, bool *found, struct err *err) {
	struct code_job job = {wish, event, found};
	return with_connection(self, code_find_job, &job, err);
}

static bool code_take_job(void *context, struct pg *pg, struct err *err) {
	const struct code_job *j = context;
	const struct hub_code_wish *wish = j->wish;
	struct pg_args old = {.count = 0}, args = {.count = 0};
	pg_arg_int(&old, wish->now.v);
	put_wish(wish, &args);
	return pg_run(pg, &CODE_OLD, &old, NULL, err) && read_code(pg, &CODE_TAKE, &args, j, err);
}

static bool code_take(void *self, const struct hub_code_wish *wish, struct hash *event, bool *found, struct err *err) {
	struct code_job job = {wish, event, found};
	return with_connection(self, code_take_job, &job, err);
}

struct tries_job {
	const char *who;
	int64_t window;
	int add;
	int64_t *count;
};

/* Who counts is told the number by the statement that counted: asked for behind it, two at once would both hear of both. */
static bool tries_job(void *context, struct pg *pg, struct err *err) {
	struct tries_job *j = context;
	struct pg_rows *rows = NULL;
	struct pg_args args = {.count = 0}, old = {.count = 0};
	pg_arg_text(&args, j->who);
	pg_arg_int(&args, j->window);
	if (j->add != 0) {
		pg_arg_int(&args, j->add);
	}
	pg_arg_int(&old, j->window);
	bool ok = pg_run(pg, j->add != 0 ? &TRIES_ADD : &TRIES, &args, &rows, err) &&
		  (j->add == 0 || pg_run(pg, &TRIES_OLD, &old, NULL, err));
	*j->count = ok ? pg_int(rows, 0, 0) : 0;
	pg_rows_free(rows);
	return ok;
}

static bool tries(void *self, const char *who, int64_t window, int add, int64_t *count, struct err *err) {
	struct tries_job job = {who, window, add, count};
	return with_connection(self, tries_job, &job, err);
}

/* --- events --------------------------------------------------------------------------------------------------------------------------------- */

/* The state comes along: with it most requests ask for nothing else. */
static bool read_origin(struct pg *pg, const struct hash *event, struct store_origin *out, struct pg_state *state, struct err *err) {
	struct pg_rows *rows = NULL;
	struct pg_args args = {.count = 0};
	pg_arg_bytes(&args, event->b, HASH_LEN);
	bool ok = pg_run(pg, &EVENT, &args, &rows, err);
	*out = (struct store_origin){.event = *event};
	if (ok && pg_count(rows) == 0) {
		ok = err_set(err, ERR_NOT_FOUND, "this hub does not hold that event");
	}
	ok = ok && ((pg_take(rows, 0, 0, out->organiser.b, KEY_LEN) && pg_take(rows, 0, 1, out->event_key, KEY_LEN)) ||
		    err_set(err, ERR_CORRUPT, "an event's row in hub_event is not whole"));
	out->has_invitation = ok && pg_take(rows, 0, 2, out->invitation_seed, KEY_LEN);
	*state = ok ? pg_state_of_row(rows, 0, 3) : (struct pg_state){.logs = {{0}}};
	pg_rows_free(rows);
	return ok;
}

static bool add_job(void *context, struct pg *pg, struct err *err) {
	const struct store_origin *origin = context;
	struct store_origin held;
	struct pg_state state;
	struct pg_args args = {.count = 0};
	pg_arg_bytes(&args, origin->event.b, HASH_LEN);
	pg_arg_bytes(&args, origin->organiser.b, KEY_LEN);
	pg_arg_bytes(&args, origin->event_key, KEY_LEN);
	pg_arg_bytes(&args, origin->has_invitation ? origin->invitation_seed : NULL, origin->has_invitation ? KEY_LEN : 0);
	if (!pg_run(pg, &EVENT_ADD, &args, NULL, err) || !read_origin(pg, &origin->event, &held, &state, err)) {
		return false;
	}
	bool same = crypto_key_eq(&held.organiser, &origin->organiser) && crypto_same(held.event_key, origin->event_key, KEY_LEN);
	crypto_wipe(&held, sizeof held);
	return same || err_set(err, ERR_REFUSED, "this hub holds that event with other keys");
}

static bool add(void *self, const struct store_origin *origin, struct err *err) {
	struct store_origin copy = *origin;
	bool ok = with_connection(self, add_job, &copy, err);
	crypto_wipe(&copy, sizeof copy);
	return ok;
}

/* What a loan holds. */
struct lent {
	struct slot *slot;
	struct pg_event event;
};

static struct utc_ms now(void *self) {
	(void)self;
	return clock_utc();
}

static bool clock_sure(void *self) {
	(void)self;
	return clock_is_synchronised();
}

static void give_back(void *self, struct hub_loan *loan) {
	struct lent *lent = loan->of;
	pg_event_fini(&lent->event);
	give_slot(self, lent->slot);
	free(lent);
	replica_fini(&loan->replica);
	crypto_wipe(&loan->origin, sizeof loan->origin);
	loan->of = NULL;
}

static bool lend_once(struct db_pg *db, const struct hash *event, struct hub_loan *out, bool *gone, struct err *err) {
	struct slot *slot = borrow(db, err);
	struct pg_state state;
	*out = (struct hub_loan){.of = NULL};
	*gone = false;
	if (slot == NULL) {
		return false;
	}
	if (!read_origin(slot->pg, event, &out->origin, &state, err)) {
		*gone = pg_broken(slot->pg);
		give_slot(db, slot);
		return false;
	}
	struct lent *lent = xcalloc(1, sizeof *lent);
	lent->slot = slot;
	lent->event = (struct pg_event){.pg = slot->pg,
					.of = {*event, out->origin.organiser},
					.known = db->known,
					.rights = db->rights,
					.quota = db->quota,
					.has_state = true,
					.state = state};
	out->of = lent;
	out->replica = (struct replica){.ops = &pg_replica_ops, .self = &lent->event, .now = now, .clock_sure = clock_sure};
	out->replica.keys.event = *event;
	memcpy(out->replica.keys.seal, out->origin.event_key, KEY_LEN);
	return true;
}

static bool lend(void *self, const struct hash *event, struct hub_loan *out, struct err *err) {
	bool gone;
	return lend_once(self, event, out, &gone, err) || (gone && lend_once(self, event, out, &gone, err));
}

struct figures_job {
	hub_figures_fn *each;
	void *context;
};

static bool figures_job(void *context, struct pg *pg, struct err *err) {
	struct figures_job *j = context;
	struct pg_rows *rows = NULL;
	bool ok = pg_run(pg, &FIGURES, NULL, &rows, err);
	for (int i = 0; ok && i < pg_count(rows); i++) {
		struct hub_figures one = {.logs = pg_int(rows, i, 1), .records = pg_int(rows, i, 2)};
		ok = pg_take(rows, i, 0, one.event.b, HASH_LEN) && j->each(j->context, &one, err);
	}
	pg_rows_free(rows);
	return ok;
}

static bool figures(void *self, hub_figures_fn *each, void *context, struct err *err) {
	struct figures_job job = {each, context};
	return with_connection(self, figures_job, &job, err);
}

/* --- the whole ------------------------------------------------------------------------------------------------------------------------------ */

static void close_pg(void *self) {
	struct db_pg *db = self;
	for (unsigned i = 0; i < db->slot_count; i++) {
		pg_close(db->slots[i].pg);
	}
	pg_known_free(db->known);
	pg_rights_free(db->rights);
	pthread_mutex_destroy(&db->busy);
	pthread_cond_destroy(&db->freed);
	crypto_wipe_text(db->conninfo); /* it may hold a password */
	free(db->slots);
	free(db);
}

static const struct hub_db_ops OPS = {
	.close = close_pg,
	.ping = ping,
	.claim = claim,
	.add = add,
	.lend = lend,
	.give_back = give_back,
	.figures = figures,
	.code_put = code_put,
	.code_find = code_find,
	.code_take = code_take,
	.tries = tries,
};

bool hub_db_pg_open(const char *conninfo, unsigned connections, const struct quota *quota, struct hub_db *out, struct err *err) {
	struct db_pg *db = xcalloc(1, sizeof *db);
	db->conninfo = xstrdup(conninfo);
	db->quota = quota != NULL ? *quota : quota_default();
	db->slot_count = connections == 0 ? 1 : connections;
	db->slots = xcalloc(db->slot_count, sizeof *db->slots);
	pthread_mutex_init(&db->busy, NULL);
	db->known = pg_known_new();
	db->rights = pg_rights_new();
	pthread_cond_init(&db->freed, NULL);
	if (!with_connection(db, migrate, NULL, err)) {
		close_pg(db);
		return false;
	}
	*out = (struct hub_db){.ops = &OPS, .self = db};
	return true;
}
