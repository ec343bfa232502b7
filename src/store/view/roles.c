#include "store/view/roles.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/json.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "store/store_private.h"

/* Of a record's 48 KiB a log or key takes less than 90 bytes; more of them go into several records, which the views add up. */
#define NAMED_AT_ONCE 500

/* --- asking ---------------------------------------------------------------------------------------------------------------------- */

struct standing {
	bool retired, outsider;
	unsigned roles;
};

static bool ask(struct store *store, const struct public_key *key, struct standing *out, struct err *err) {
	struct stmt *s = store->sql[SQL_ROLE_VERDICT];
	*out = (struct standing){0};
	stmt_blob(s, 1, key->b, KEY_LEN);
	if (stmt_row(s)) {
		out->retired = stmt_col_int(s, 0) != 0;
		out->roles = (stmt_col_int(s, 1) != 0 ? ROLE_EDITOR : 0) | (stmt_col_int(s, 2) != 0 ? ROLE_HUB : 0) |
			     (stmt_col_int(s, 3) != 0 ? ROLE_STATION : 0);
		out->outsider = stmt_col_int(s, 4) != 0;
	}
	return stmt_done(s, err);
}

static bool is_organiser(const struct store *store, const struct public_key *key) { return crypto_key_eq(key, &store->organiser); }

bool role_verdict(struct store *store, const struct public_key *key, enum station_verdict *verdict, struct err *err) {
	struct standing standing;
	*verdict = VERDICT_ORGANISER;
	if (is_organiser(store, key)) {
		return true;
	}
	bool ok = ask(store, key, &standing, err);
	*verdict = standing.retired                  ? VERDICT_RETIRED
		   : (standing.roles & ROLE_EDITOR)  ? VERDICT_EDITOR
		   : (standing.roles & ROLE_HUB)     ? VERDICT_HUB
		   : (standing.roles & ROLE_STATION) ? VERDICT_STATION
		   : standing.outsider               ? VERDICT_OUTSIDER
						     : VERDICT_UNKNOWN;
	return ok;
}

bool role_is_keeper(struct store *store, const struct public_key *key, bool *keeper, struct err *err) {
	struct standing standing = {0};
	bool ok = is_organiser(store, key) || ask(store, key, &standing, err);
	*keeper = ok && !standing.retired && (is_organiser(store, key) || (standing.roles & ROLE_HUB) != 0);
	return ok;
}

bool role_station_check(struct store *store, struct err *err) {
	enum station_verdict verdict;
	if (store->purged) {
		return err_set(err, ERR_REFUSED, "the personal data of this file was purged: it signs nobody in any more");
	}
	const struct public_key *key = &identity_station(store->identity)->public_key;
	if (view_trusts(store, key)) {
		return true;
	}
	if (!role_verdict(store, key, &verdict, err)) {
		return false;
	}
	return verdict != VERDICT_RETIRED ||
	       err_set(err, ERR_REFUSED, "this box was retired by the organiser and signs nobody in any more; please use another one");
}

bool role_station_counts(struct store *store, bool *counts, struct err *err) {
	const struct public_key *key = &identity_station(store->identity)->public_key;
	struct standing standing;
	*counts = true;
	if (view_trusts(store, key) || is_organiser(store, key)) {
		return true;
	}
	bool ok = ask(store, key, &standing, err);
	*counts = !ok || (!standing.retired && (standing.roles & (ROLE_STATION | ROLE_EDITOR)) != 0);
	return ok;
}

bool role_author_of_edits(struct store *store, enum author *out, struct err *err) {
	enum station_verdict verdict;
	struct err none = {0};
	*out = AUTHOR_ORGANISER;
	if (store_organiser_key(store, &none) != NULL) {
		return true;
	}
	if (!role_verdict(store, &identity_station(store->identity)->public_key, &verdict, err)) {
		return false;
	}
	*out = AUTHOR_STATION;
	return verdict == VERDICT_EDITOR || (*err = none, false);
}

bool role_name(struct store *store, const struct public_key *key, char *name, size_t cap, struct err *err) {
	struct stmt *s = store->sql[SQL_ROLE_NAME];
	stmt_blob(s, 1, key->b, KEY_LEN);
	str_copy(name, cap, stmt_row(s) ? str_or_empty(stmt_col_text(s, 0)) : "");
	return stmt_done(s, err);
}

/* --- listing --------------------------------------------------------------------------------------------------------------------- */

/* A log's end stands at its best anchor, else at its own clock; of an author's the latest one is told, with what is beside it in that row
 * (SQLite's rule for bare columns beside one max). */
static const char LIST_SQL[] =
	"WITH ends AS MATERIALIZED (SELECT l.id, l.author, " LAST_RECORD_OF("l.id") " AS last, l.after, (SELECT a.delta_ms " ANCHORS_OF(
		"l.id") " LIMIT 1) AS delta FROM log l), "
			"wrote AS (SELECT e.author, count(*) AS logs, sum((e.last & 1099511627775) - e.after) AS records, "
			"max(coalesce(r.mono_ms + e.delta, "
			"r.utc_ms)) "
			"AS seen, e.delta IS NULL AS approximate FROM ends e LEFT JOIN record r ON r.id = e.last GROUP BY e.author), "
			"took AS (SELECT l.author, count(*) AS checkins FROM view_checkin c JOIN log l ON l.id = c.record >> 40 GROUP BY "
			"l.author), "
			"may AS (SELECT key, max(role = 'editor') AS editor, max(role = 'hub') AS hub, max(role = 'station') AS station, "
			"max(name) "
			"AS name "
			"FROM view_role GROUP BY key), "
			"keys AS (SELECT author AS key, min(id) AS first FROM log GROUP BY author UNION ALL SELECT key, NULL FROM (SELECT "
			"key FROM "
			"view_role "
			"UNION SELECT key FROM view_retired) WHERE key NOT IN (SELECT author FROM log)) "
			"SELECT k.key, m.editor, m.hub, m.station, m.name, EXISTS (SELECT 1 FROM view_retired x WHERE x.key = k.key), "
			"w.logs, "
			"w.records, "
			"t.checkins, w.seen, w.approximate FROM keys k LEFT JOIN may m ON m.key = k.key LEFT JOIN wrote w ON w.author = "
			"k.key "
			"LEFT JOIN took t ON t.author = k.key ORDER BY k.first IS NULL, k.first, k.key";

struct listing_roles {
	struct store *store;
	station_each_fn *each;
	void *context;
};

static bool list_row(void *context, struct stmt *s, struct err *err) {
	const struct listing_roles *l = context;
	struct station_row row = {.logs = stmt_col_int(s, 6),
				  .records = stmt_col_int(s, 7),
				  .checkins = stmt_col_int(s, 8),
				  .seen = {stmt_col_int(s, 9)},
				  .seen_approximate = stmt_col_int(s, 10) != 0,
				  .retired = stmt_col_int(s, 5) != 0};
	size_t n = 0;
	const void *key = stmt_col_blob(s, 0, &n);
	memcpy(row.key.b, key, n == KEY_LEN ? n : 0);
	row.roles = (stmt_col_int(s, 1) != 0 ? ROLE_EDITOR : 0) | (stmt_col_int(s, 2) != 0 ? ROLE_HUB : 0) |
		    (stmt_col_int(s, 3) != 0 ? ROLE_STATION : 0) | (is_organiser(l->store, &row.key) ? ROLE_ORGANISER : 0);
	char *name = xstrdup(str_or_empty(stmt_col_text(s, 4)));
	row.name = name;
	bool ok = l->each(l->context, &row, err);
	free(name);
	return ok;
}

bool roles_each(struct store *store, station_each_fn *each, void *context, struct err *err) {
	struct listing_roles l = {store, each, context};
	return db_each(store->db, LIST_SQL, list_row, &l, err);
}

void role_words(unsigned roles, char text[ROLE_WORDS_MAX]) {
	bool hub = (roles & ROLE_HUB) != 0;
	if ((roles & ROLE_ORGANISER) != 0) {
		str_copy(text, ROLE_WORDS_MAX, "organiser");
	} else if ((roles & ROLE_EDITOR) != 0) {
		str_copy(text, ROLE_WORDS_MAX, hub ? "editor, hub" : "editor");
	} else if (hub) {
		str_copy(text, ROLE_WORDS_MAX, (roles & ROLE_STATION) != 0 ? "hub, station" : "hub");
	} else {
		str_copy(text, ROLE_WORDS_MAX, (roles & ROLE_STATION) != 0 ? "station" : "none");
	}
}

/* --- giving and taking ----------------------------------------------------------------------------------------------------------- */

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
	struct standing standing;
	if (is_organiser(store, key)) {
		return err_set(err, ERR_REFUSED, "this is the organiser's own key; its role is not given and not taken");
	}
	if (!ask(store, key, &standing, err)) {
		return false;
	}
	return !standing.retired ||
	       err_set(err, ERR_REFUSED,
		       "this key was retired, and that is final; the box comes back under a new key, once its state folder is gone");
}

/* The name stands in the views as the greatest of all that were given, so a second one might not show. A station that joined by itself has
 * the role and no name: it may get one. */
static bool is_news(struct store *store, const struct public_key *key, const char *role, const char *name, struct err *err) {
	struct stmt *s = store->sql[SQL_ROLE_FIND];
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
	struct stmt *s = store->sql[SQL_LOGS_OF];
	stmt_blob(s, 1, key->b, KEY_LEN);
	while (stmt_row(s)) {
		size_t n = 0;
		const void *hash = stmt_col_blob(s, 0, &n);
		if (n == HASH_LEN) {
			ARRAY_GROW(out, items);
			struct named_log *log = &out->items[out->count++];
			str_hex(hash, HASH_LEN, log->hex);
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
	size_t n = 0;
	const void *key = stmt_col_blob(row, 0, &n);
	if (n == KEY_LEN) {
		ARRAY_GROW(list, items);
		memcpy(list->items[list->count++].b, key, KEY_LEN);
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

bool invitation_open_new(struct store *store, struct err *err) {
	uint8_t seed[KEY_LEN];
	struct key_pair invitation;
	struct strbuf body = {0};
	struct json_writer w;
	crypto_random(seed, sizeof seed);
	crypto_key_from_seed(&invitation, seed);
	open_key(&w, &body, &invitation.public_key);
	json_put_text(&w, "role", "station");
	bool ok = append_key(store, "invite", &w, err) && meta_put_blob(store, "invitation_seed", seed, sizeof seed, err);
	crypto_wipe(seed, sizeof seed);
	crypto_wipe(&invitation, sizeof invitation);
	strbuf_fini(&body);
	return ok;
}
