#include "store/write/enrolment.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "store/file/meta.h"
#include "store/file/state.h"
#include "store/log/keys.h"
#include "store/log/rows.h"
#include "store/view/checkin.h"
#include "store/view/roles.h"
#include "store/view/views.h"
#include "store/write/append.h"
#include "store/write/sign.h"
#include "store/write/transaction.h"

/* Of a record's 48 KiB a log or key takes less than 90 bytes; more of them go into several records, which the views add up. */
#define NAMED_AT_ONCE 500

enum { ROLE_FIND, LOGS_OF, OPEN_NAMED, IS_OPEN, JOINED_BY, CLOSED_WITHOUT, STATEMENTS };
static const char *const TEXTS[] = {
	[ROLE_FIND] = "SELECT name FROM view_role WHERE key = ?1 AND role = ?2",
	[LOGS_OF] = "SELECT " LOG_NAME("l") " AS name, max(" LAST_RECORD_OF(
		"l.id") " & 1099511627775) FROM log l WHERE l.author = ?1 GROUP BY name "
			"ORDER BY name",
	[OPEN_NAMED] = "SELECT key FROM view_invitation WHERE name = ?1 AND status = 'open' ORDER BY key LIMIT 1",
	[IS_OPEN] = "SELECT 1 FROM view_invitation WHERE key = ?1 AND status = 'open'",
	/* Who came by it, and whether something else lets them write, too: another invitation, or their own role in the organiser's words. */
	[JOINED_BY] = "SELECT j.key, (SELECT max(name) FROM view_role WHERE key = j.key), EXISTS (SELECT 1 FROM view_retired x WHERE x.key "
		      "= j.key), "
		      "EXISTS (SELECT 1 FROM view_joined o JOIN view_invitation i ON i.key = o.invitation WHERE o.key = j.key AND "
		      "o.invitation <> ?1 "
		      "AND (i.status = 'open' OR EXISTS (SELECT 1 FROM view_kept k WHERE k.invitation = o.invitation AND k.key = o.key))) "
		      "OR EXISTS "
		      "(SELECT 1 FROM record r JOIN log g ON g.id = r.id >> 40 WHERE g.author = (SELECT value FROM meta WHERE key = "
		      "'organiser') AND "
		      "r.kind = 'role' AND iif(json_valid(r.body), r.body ->> '$.key', '') = lower(hex(j.key))), (SELECT count(*) FROM "
		      "view_checkin c "
		      "JOIN log l ON l.id = c.record >> 40 WHERE l.author = j.key AND " CHECKIN_COUNTS(
			      "c") ") FROM (SELECT DISTINCT key FROM view_joined "
				   "WHERE invitation = ?1) j ORDER BY j.key",
	[CLOSED_WITHOUT] =
		"SELECT DISTINCT j.invitation FROM view_joined j JOIN view_invitation i ON i.key = j.invitation WHERE j.key = ?1 AND "
		"i.status = 'closed' AND NOT EXISTS (SELECT 1 FROM view_role r WHERE r.key = ?1) ORDER BY j.invitation",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

/* A record of the organiser that speaks of a key: its body is begun here and ended by append_key. */
static void open_key(struct json_writer *w, struct strbuf *body, const struct public_key *key) {
	char hex[2 * KEY_LEN + 1];
	strbuf_reset(body);
	*w = (struct json_writer){.out = body};
	str_hex(key->b, KEY_LEN, hex);
	json_open(w, NULL, '{');
	json_put_text(w, "key", hex);
}

static bool append_key(struct store *store, const char *kind, struct json_writer *w, struct err *err) {
	json_close(w, '}');
	struct draft draft = {.kind = kind, .author = AUTHOR_ORGANISER, .subject = "", .body = strbuf_str(w->out)};
	return store_append(store, &draft, NULL, err);
}

/* Neither the organiser's own key nor a retired one is given or taken anything. */
static bool may_change(struct store *store, const struct public_key *key, struct err *err) {
	enum station_verdict verdict;
	if (!role_verdict(store, key, &verdict, err)) {
		return false;
	}
	if (verdict == VERDICT_ORGANISER) {
		return err_set(err, ERR_REFUSED, "this is the organiser's own key; its role is not given and not taken");
	}
	return verdict != VERDICT_RETIRED ||
	       err_set(err, ERR_REFUSED,
		       "this key was retired, and that is final; the box comes back under a new key, once its state folder is gone");
}

/* The name stands in the views as the greatest of all that were given, so a second one might not show. A station that joined by itself has
 * the role and no name: it may get one. */
static bool is_news(struct store *store, const struct public_key *key, const char *role, const char *name, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, ROLE_FIND);
	stmt_blob(s, 1, key->b, KEY_LEN);
	stmt_text(s, 2, role);
	char *given = stmt_row(s) ? xstrdup(str_or_empty(stmt_col_text(s, 0))) : NULL;
	bool ok = stmt_done(s, err);
	if (ok && !str_empty(given)) {
		ok = err_set(err, ERR_REFUSED, "this key has the role %s already, under the name \"%s\", which stays", role, given);
	} else if (ok && given != NULL && name[0] == '\0') {
		ok = err_set(err, ERR_REFUSED, "this key has the role %s already", role);
	}
	free(given);
	return ok;
}

bool role_give(struct store *store, const struct public_key *key, const char *role, const char *name, struct err *err) {
	if (!str_eq(role, "editor") && !str_eq(role, "station") && !str_eq(role, "hub")) {
		return err_set(err, ERR_USAGE, "a role is editor, station or hub, not \"%s\"", role);
	}
	if (strlen(name) > ROLE_NAME_MAX) {
		return err_set(err, ERR_USAGE, "the name is longer than %d bytes", ROLE_NAME_MAX);
	}
	if (!may_change(store, key, err) || !is_news(store, key, role, name, err)) {
		return false;
	}
	struct strbuf body = {0};
	struct json_writer w;
	open_key(&w, &body, key);
	json_put_text(&w, "role", role);
	json_put_text(&w, "name", name);
	bool ok = append_key(store, "role", &w, err);
	strbuf_fini(&body);
	return ok;
}

struct named_log {
	char hex[2 * HASH_LEN + 1];
	int64_t last;
};

struct named_logs {
	struct named_log *items;
	size_t count, cap;
};

static bool logs_of(struct store *store, const struct public_key *key, struct named_logs *out, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, LOGS_OF);
	stmt_blob(s, 1, key->b, KEY_LEN);
	while (stmt_row(s)) {
		struct hash hash;
		if (stmt_take(s, 0, hash.b, HASH_LEN)) {
			ARRAY_GROW(out, items);
			struct named_log *log = &out->items[out->count++];
			str_hex(hash.b, HASH_LEN, log->hex);
			log->last = stmt_col_int(s, 1);
		}
	}
	return stmt_done(s, err);
}

bool role_retire(struct store *store, const struct public_key *key, struct err *err) {
	struct named_logs logs = {0};
	struct strbuf body = {0};
	bool ok = may_change(store, key, err) && logs_of(store, key, &logs, err);
	size_t at = 0;
	do {
		struct json_writer w;
		open_key(&w, &body, key);
		json_open(&w, "logs", '{');
		for (size_t end = at + NAMED_AT_ONCE; at < logs.count && at < end; at++) {
			json_put_int(&w, logs.items[at].hex, logs.items[at].last);
		}
		json_close(&w, '}');
		ok = ok && append_key(store, "retire", &w, err);
	} while (ok && at < logs.count);
	free(logs.items);
	strbuf_fini(&body);
	return ok;
}

/* --- invitations ----------------------------------------------------------------------------------------------------------------- */

struct key_list {
	struct public_key *items;
	size_t count, cap;
};

static bool note_key(void *context, struct stmt *row, struct err *err) {
	(void)err;
	struct key_list *list = context;
	struct public_key key = {{0}};
	if (stmt_take(row, 0, key.b, KEY_LEN)) {
		ARRAY_GROW(list, items);
		list->items[list->count++] = key;
	}
	return true;
}

static bool close_one(struct store *store, const struct public_key *invitation, const struct key_list *stations, struct err *err) {
	struct strbuf body = {0};
	bool ok = true;
	size_t at = 0;
	do {
		struct json_writer w;
		open_key(&w, &body, invitation);
		json_open(&w, "keep", '[');
		for (size_t end = at + NAMED_AT_ONCE; at < stations->count && at < end; at++) {
			char hex[2 * KEY_LEN + 1];
			str_hex(stations->items[at].b, KEY_LEN, hex);
			json_put_text(&w, NULL, hex);
		}
		json_close(&w, ']');
		ok = append_key(store, "close", &w, err);
	} while (ok && at < stations->count);
	strbuf_fini(&body);
	return ok;
}

bool invitation_close(struct store *store, size_t *kept, struct err *err) {
	struct key_list stations = {0};
	struct key_list invitations = {0};
	int64_t going_on = 0;
	/* Those retired are named too: what they wrote before counts by their invitation. */
	bool ok =
		db_each(store->db, "SELECT key FROM view_role WHERE role = 'station' ORDER BY key", note_key, &stations, err) &&
		db_each(store->db, "SELECT key FROM view_invitation WHERE status = 'open' ORDER BY key", note_key, &invitations, err) &&
		db_number(store->db, "SELECT count(*) FROM view_role WHERE role = 'station' AND key NOT IN (SELECT key FROM view_retired)",
			  &going_on, err);
	if (ok && invitations.count == 0) {
		ok = err_set(err, ERR_REFUSED, "no invitation is open; nothing was changed");
	}
	for (size_t i = 0; ok && i < invitations.count; i++) {
		ok = close_one(store, &invitations.items[i], &stations, err);
	}
	*kept = (size_t)going_on;
	free(stations.items);
	free(invitations.items);
	return ok;
}

struct closing {
	const struct invitation_closing *how;
	struct key_list keep;
};

static bool is_kept(const struct invitation_closing *how, const struct public_key *key) {
	bool kept = how->keep == NULL;
	for (size_t i = 0; i < how->keep_count && !kept; i++) {
		kept = crypto_key_eq(&how->keep[i], key);
	}
	return kept;
}

/* Those retired are kept, too: what they wrote before counts by their invitation, and what of it, the organiser has said by retiring them. */
static bool choose(void *context, struct stmt *s, struct err *err) {
	struct closing *closing = context;
	struct closing_station station = {.name = str_or_empty(stmt_col_text(s, 1)),
					  .retired = stmt_col_int(s, 2) != 0,
					  .otherwise = stmt_col_int(s, 3) != 0,
					  .checkins = stmt_col_int(s, 4)};
	stmt_take(s, 0, station.key.b, KEY_LEN);
	station.kept = station.retired || is_kept(closing->how, &station.key);
	if (station.kept) {
		ARRAY_GROW(&closing->keep, items);
		closing->keep.items[closing->keep.count++] = station.key;
	}
	return closing->how->each == NULL || closing->how->each(closing->how->context, &station, err);
}

static bool check_open(struct store *store, const struct public_key *invitation, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, IS_OPEN);
	stmt_blob(s, 1, invitation->b, KEY_LEN);
	bool is_open = stmt_row(s);
	return stmt_done(s, err) && (is_open || err_set(err, ERR_REFUSED, "this invitation is closed already; nothing was changed"));
}

bool invitation_close_one(struct store *store, const struct public_key *invitation, const struct invitation_closing *how, struct err *err) {
	struct closing closing = {.how = how};
	struct stmt *s = store_sql(store, &SQL, JOINED_BY);
	if (store_organiser_key(store, err) == NULL || !check_open(store, invitation, err)) {
		return false;
	}
	stmt_blob(s, 1, invitation->b, KEY_LEN);
	bool ok = stmt_each(s, choose, &closing, err) && close_one(store, invitation, &closing.keep, err);
	free(closing.keep.items);
	return ok;
}

static bool find_closed_without(struct store *store, const struct public_key *key, struct key_list *out, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, CLOSED_WITHOUT);
	stmt_blob(s, 1, key->b, KEY_LEN);
	return stmt_each(s, note_key, out, err);
}

bool invitation_cut_off(struct store *store, const struct public_key *key, bool *cut_off, struct err *err) {
	struct key_list invitations = {0};
	bool ok = find_closed_without(store, key, &invitations, err);
	*cut_off = invitations.count != 0;
	free(invitations.items);
	return ok;
}

/* Records of closing add up in whom they keep (store/view/role.c), so one more gives back what the first one took. */
bool invitation_readmit(struct store *store, const struct public_key *key, struct err *err) {
	struct key_list invitations = {0};
	struct public_key copy = *key;
	const struct key_list kept = {.items = &copy, .count = 1};
	bool ok = find_closed_without(store, key, &invitations, err);
	for (size_t i = 0; ok && i < invitations.count; i++) {
		ok = close_one(store, &invitations.items[i], &kept, err);
	}
	ok = ok && (invitations.count == 0 || views_rebuild(store, err));
	free(invitations.items);
	return ok;
}

/* Two of one name could not be told apart on any list. */
static bool check_name(struct store *store, const char *name, struct err *err) {
	struct public_key other;
	char hex[2 * KEY_LEN + 1] = "";
	if (strlen(name) > INVITATION_NAME_MAX) {
		return err_set(err, ERR_USAGE, "the name is longer than %d bytes", INVITATION_NAME_MAX);
	}
	struct stmt *s = store_sql(store, &SQL, OPEN_NAMED);
	stmt_text(s, 1, name);
	if (name[0] != '\0' && stmt_row(s) && stmt_take(s, 0, other.b, KEY_LEN)) {
		str_hex(other.b, KEY_LEN, hex);
	}
	return stmt_done(s, err) &&
	       (hex[0] == '\0' ||
		err_set(err, ERR_REFUSED,
			"a copy for \"%s\" was made before, and its invitation (%.8s) is open: give this one another name, or "
			"close that one first (turnout station EVENT close)",
			name, hex));
}

bool invitation_make(struct store *store, const char *name, struct invitation *out, struct err *err) {
	struct key_pair invitation;
	struct strbuf body = {0};
	struct json_writer w;
	crypto_random(out->seed, sizeof out->seed);
	crypto_key_from_seed(&invitation, out->seed);
	out->key = invitation.public_key;
	crypto_wipe(&invitation, sizeof invitation);
	open_key(&w, &body, &out->key);
	json_put_text(&w, "role", "station");
	if (name[0] != '\0') {
		json_put_text(&w, "name", name);
	}
	/* Signed at once: a copy gives only what is signed to the boxes that it meets. */
	bool ok = store_organiser_key(store, err) != NULL && check_name(store, name, err) && append_key(store, "invite", &w, err) &&
		  sign_log(store, AUTHOR_ORGANISER, err);
	strbuf_fini(&body);
	return ok;
}

bool invitation_open_new(struct store *store, struct err *err) {
	struct invitation invitation;
	bool ok = invitation_make(store, "", &invitation, err) &&
		  meta_put_blob(store, "invitation_seed", invitation.seed, sizeof invitation.seed, err);
	crypto_wipe(&invitation, sizeof invitation);
	return ok;
}

bool store_set_invitation(struct store *store, const uint8_t seed[KEY_LEN], struct err *err) {
	uint8_t carried[KEY_LEN];
	bool same = meta_get_blob(store, "invitation_seed", carried, KEY_LEN) && crypto_same(carried, seed, KEY_LEN);
	crypto_wipe(carried, sizeof carried);
	if (same || !store_begin(store, err)) {
		return same;
	}
	if (!meta_put_blob(store, "invitation_seed", seed, KEY_LEN, err)) {
		store_rollback(store);
		return false;
	}
	return store_commit(store, err);
}
