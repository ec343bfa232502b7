#include "store/write/brought.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/log.h"
#include "base/str.h"
#include "store/file/state.h"
#include "store/log/keys.h"
#include "store/view/role.h"
#include "store/view/roles.h"
#include "store/view/setting.h"
#include "store/write/clock.h"

enum { USE_GET, USE_PUT, USE_HELD, EVENT_BYTES, STATEMENTS };
static const char *const TEXTS[] = {
	[USE_GET] = "SELECT all_logs, all_bytes, day, logs, records, bytes FROM brought WHERE key = ?1",
	[USE_PUT] = "INSERT INTO brought (key, all_logs, all_bytes, day, logs, records, bytes) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) "
		    "ON CONFLICT DO UPDATE SET all_logs = excluded.all_logs, all_bytes = excluded.all_bytes, day = excluded.day, "
		    "logs = excluded.logs, records = excluded.records, bytes = excluded.bytes",
	[USE_HELD] =
		"INSERT INTO brought (key, all_logs, all_bytes, day, logs, records, bytes, held_day) VALUES (?1, 0, 0, ?2, 0, 0, 0, ?2) "
		"ON CONFLICT DO UPDATE SET held_day = excluded.held_day WHERE held_day IS NOT excluded.held_day",
	[EVENT_BYTES] = "SELECT coalesce(sum(min(max(bytes, 0), 1 << 40)), 0) FROM brought WHERE day = ?1",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

void store_set_quota(struct store *store, const struct quota *quota) {
	store->quota = *quota;
	store->quota_known = store->quota_own = true;
}

/* A setting that cannot be read holds nobody back. */
static const struct quota *quota_of(struct store *store) {
	if (!store->quota_known) {
		char *text = setting_get(store, "quota");
		struct err wrong = {0};
		store->quota = quota_default();
		if (!str_empty(text) && !quota_read(text, &store->quota, &wrong)) {
			log_warn("store", "%s: the setting quota is not used: %s", store->path, wrong.text);
		}
		free(text);
		store->quota_known = true;
	}
	return &store->quota;
}

/* --- deciding ------------------------------------------------------------------------------------------------------------------------------- */

static void measure(struct brought *b) {
	b->amount = (struct quota_amount){.logs = b->begins ? 1 : 0, .records = (int64_t)(b->run->count - b->first)};
	for (size_t i = b->first; i < b->run->count; i++) {
		const char *body = b->run->records[i].body;
		b->amount.bytes += QUOTA_RECORD_BYTES + (body != NULL ? (int64_t)strlen(body) : 0);
	}
}

static bool certificate_of(const struct run *run, const struct run_event *event, struct certificate *out) {
	const char *body = run->from == 1 ? run->records[0].body : NULL;
	struct err none = {0};
	struct json *json = body != NULL ? json_parse(body, strlen(body), &none) : NULL;
	bool found = role_certificate(json_get(json, "certificate"), out) && certificate_holds(out, &event->event, &run->author);
	json_free(json);
	return found;
}

enum trust brought_trust(enum station_verdict verdict, const struct newcomer *author, bool opens) {
	switch (verdict) {
	case VERDICT_ORGANISER:
	case VERDICT_EDITOR:
	case VERDICT_HUB: return TRUST_NAMED;
	case VERDICT_STATION: return TRUST_STATION;
	case VERDICT_UNKNOWN: return opens || !author->joins ? TRUST_STATION : TRUST_NONE;
	case VERDICT_OUTSIDER:
	case VERDICT_RETIRED: break;
	}
	return TRUST_NONE;
}

#define FORKS_PART 10

/* A key costs nothing, so its first log is one of those that its invitation may bring. */
bool brought_decide(const struct quota *quota, const struct run_event *event, const struct brought_ops *ops, void *self, struct brought *b,
		    bool *fits, struct err *err) {
	struct certificate certificate;
	enum trust trust = TRUST_NONE;
	int64_t all = 0;
	measure(b);
	if (!ops->use(self, &b->run->author, &b->use, err)) {
		return false;
	}
	b->joins = b->begins && b->run->from == 1 && b->use.all_logs == 0;
	bool certified = b->joins && certificate_of(b->run, event, &certificate);
	b->pool = certified ? certificate.invitation : (struct public_key){{0}};
	if (b->joins && !ops->use(self, &b->pool, &b->pool_use, err)) {
		return false;
	}
	bool forks = b->begins && b->chains >= BROUGHT_CHAINS;
	*fits = quota_fits_least(quota, &b->use, &b->amount) && (!b->joins || quota_joins_least(quota, &b->pool_use));
	/* Each may throw out another one, and that costs everybody a computing of all views. */
	bool too_many = forks && b->use.logs >= quota->logs / FORKS_PART;
	if (*fits || too_many) { /* all that a real station needs: nothing more has to be asked */
		return true;
	}
	struct newcomer author = {&b->run->author, b->joins, certified ? &certificate : NULL};
	if (!ops->trust(self, &author, &trust, err)) {
		return false;
	}
	/* All stations' figures are added up only for who has a share left: what is refused must cost the least. */
	*fits = trust == TRUST_NAMED ||
		(trust == TRUST_STATION && quota_fits(quota, &b->use, &b->amount, 0) && (!b->joins || quota_joins(quota, &b->pool_use)));
	if (*fits && trust == TRUST_STATION) {
		if (!ops->event_bytes(self, &all, err)) {
			return false;
		}
		*fits = quota_fits(quota, &b->use, &b->amount, all);
	}
	return true;
}

/* --- of an event file ----------------------------------------------------------------------------------------------------------------------- */

static bool get_use(void *self, const struct public_key *key, struct quota_use *out, struct err *err) {
	struct stmt *s = store_sql(self, &SQL, USE_GET);
	*out = (struct quota_use){0};
	stmt_blob(s, 1, key->b, KEY_LEN);
	if (stmt_row(s)) {
		*out = (struct quota_use){.all_logs = stmt_col_int(s, 0),
					  .all_bytes = stmt_col_int(s, 1),
					  .day = stmt_col_int(s, 2),
					  .logs = stmt_col_int(s, 3),
					  .records = stmt_col_int(s, 4),
					  .bytes = stmt_col_int(s, 5)};
	}
	quota_bound(out);
	quota_begin_day(out, store_now(self));
	return stmt_done(s, err);
}

static bool put_use(struct store *store, const struct public_key *key, const struct quota_use *use, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, USE_PUT);
	stmt_blob(s, 1, key->b, KEY_LEN);
	stmt_int(s, 2, use->all_logs);
	stmt_int(s, 3, use->all_bytes);
	stmt_int(s, 4, use->day);
	stmt_int(s, 5, use->logs);
	stmt_int(s, 6, use->records);
	stmt_int(s, 7, use->bytes);
	return stmt_run(s, err);
}

static bool event_bytes(void *self, int64_t *out, struct err *err) {
	struct quota_use today = {0};
	struct stmt *s = store_sql(self, &SQL, EVENT_BYTES);
	quota_begin_day(&today, store_now(self));
	stmt_int(s, 1, today.day);
	*out = stmt_row(s) ? stmt_col_int(s, 0) : 0;
	return stmt_done(s, err);
}

static bool find_trust(void *self, const struct newcomer *author, enum trust *out, struct err *err) {
	enum station_verdict verdict;
	bool opens = false;
	if (!role_verdict(self, author->key, &verdict, err) ||
	    (author->certificate != NULL && !store_certificate_opens(self, author->certificate, author->key, &opens, err))) {
		return false;
	}
	*out = brought_trust(verdict, author, opens);
	return true;
}

static bool hold_back(struct store *store, const struct brought *b, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, USE_HELD);
	stmt_blob(s, 1, b->run->author.b, KEY_LEN);
	stmt_int(s, 2, b->use.day);
	return stmt_run(s, err);
}

bool brought_weigh(struct store *store, struct brought *b, bool *fits, struct err *err) {
	static const struct brought_ops ops = {get_use, find_trust, event_bytes};
	struct run_event event;
	*fits = crypto_key_eq(&b->run->author, &store->organiser);
	if (*fits) {
		return true;
	}
	store_run_event(store, &event);
	return brought_decide(quota_of(store), &event, &ops, store, b, fits, err) && (*fits || hold_back(store, b, err));
}

bool brought_count(struct store *store, const struct brought *b, struct err *err) {
	struct quota_use use = b->use, pool = b->pool_use;
	if (crypto_key_eq(&b->run->author, &store->organiser)) {
		return true;
	}
	quota_count(&use, &b->amount);
	quota_count(&pool, &(struct quota_amount){.logs = 1});
	return put_use(store, &b->run->author, &use, err) && (!b->joins || put_use(store, &b->pool, &pool, err));
}
