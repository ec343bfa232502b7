#include "store/view/role.h"

#include <string.h>

#include "base/str.h"
#include "store/file/state.h"
#include "store/log/rows.h"
#include "store/view/view.h"

enum {
	ROLE_INSERT,
	RETIRED_INSERT,
	INVITATION_INSERT,
	INVITATION_CLOSE,
	INVITATION_OPEN,
	KEPT_INSERT,
	JOINED_INSERT,
	RETIRED_BEYOND,
	CLOSED_FOR,
	IGNORED_ANY,
	STATEMENTS
};
static const char *const TEXTS[] = {
	[ROLE_INSERT] =
		"INSERT INTO view_role (key, role, name) VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET name = max(name, excluded.name)",
	[RETIRED_INSERT] = "INSERT OR REPLACE INTO view_retired (key, log, last_seq) SELECT ?1, ?2, "
			   "min(?3, coalesce((SELECT last_seq FROM view_retired WHERE key = ?1 AND log = ?2), ?3))",
	[INVITATION_INSERT] = "INSERT INTO view_invitation (key, status, name) VALUES (?1, 'open', ?2) ON CONFLICT DO UPDATE SET "
			      "name = max(name, excluded.name)",
	[INVITATION_CLOSE] = "INSERT INTO view_invitation (key, status) VALUES (?1, 'closed') ON CONFLICT DO UPDATE SET status = 'closed'",
	[JOINED_INSERT] = "INSERT OR IGNORE INTO view_joined (invitation, key, log) VALUES (?1, ?2, ?3)",
	[INVITATION_OPEN] = "SELECT 1 FROM view_invitation i WHERE i.key = ?1 AND (i.status = 'open' OR EXISTS "
			    "(SELECT 1 FROM view_kept k WHERE k.invitation = ?1 AND k.key = ?2))",
	[KEPT_INSERT] = "INSERT OR IGNORE INTO view_kept (invitation, key) VALUES (?1, ?2)",
	[RETIRED_BEYOND] = "SELECT 1 FROM log l WHERE l.author = ?1 AND (" LAST_RECORD_OF(
		"l.id") " & 1099511627775) > coalesce((SELECT "
			"last_seq FROM view_retired x WHERE x.key = ?1 AND x.log = " LOG_NAME(
				"l") "), 0) UNION ALL SELECT 1 FROM view_ignored LIMIT 1",
	[CLOSED_FOR] =
		"SELECT 1 FROM view_joined j WHERE j.invitation = ?1 AND NOT EXISTS (SELECT 1 FROM view_kept k WHERE k.invitation = ?1 AND "
		"k.key = j.key) UNION ALL SELECT 1 FROM view_ignored LIMIT 1",
	[IGNORED_ANY] = "SELECT 1 FROM view_ignored LIMIT 1",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

static bool key_of(const struct json *body, const char *member, struct public_key *key) {
	const char *hex = json_get_text(body, member);
	return hex != NULL && str_unhex(hex, key->b, KEY_LEN);
}

/* Of several names the greatest stays (max), so it does not matter which comes first. */
static bool put_role(struct store *store, const struct public_key *key, const char *role, const char *name, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, ROLE_INSERT);
	stmt_blob(s, 1, key->b, KEY_LEN);
	stmt_text(s, 2, role);
	stmt_text(s, 3, name);
	return stmt_run(s, err);
}

/* Of several names the greatest stays here, too. */
static bool invite(struct store *store, const struct public_key *key, const char *name, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, INVITATION_INSERT);
	stmt_blob(s, 1, key->b, KEY_LEN);
	stmt_text(s, 2, name);
	return stmt_run(s, err);
}

/* Closing names the stations that stay: which records were "before" cannot be told apart without an order. */
static bool close_invitation(struct store *store, const struct view_record *r, const struct public_key *key, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, INVITATION_CLOSE);
	stmt_blob(s, 1, key->b, KEY_LEN);
	if (!stmt_run(s, err)) {
		return false;
	}
	const struct json *keep = json_get(r->body, "keep");
	for (size_t i = 0; i < json_count(keep); i++) {
		struct public_key station;
		const char *hex = json_text(json_at(keep, i));
		if (hex == NULL || !str_unhex(hex, station.b, KEY_LEN)) {
			continue;
		}
		s = store_sql(store, &SQL, KEPT_INSERT);
		stmt_blob(s, 1, key->b, KEY_LEN);
		stmt_blob(s, 2, station.b, KEY_LEN);
		if (!stmt_run(s, err)) {
			return false;
		}
	}
	return true;
}

/* Of several retirements of a log the earliest end counts (min), so it does not matter which comes first. */
static bool put_retired(struct store *store, const struct public_key *key, const struct hash *log, int64_t last, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, RETIRED_INSERT);
	stmt_blob(s, 1, key->b, KEY_LEN);
	stmt_blob(s, 2, log->b, HASH_LEN);
	stmt_int(s, 3, last);
	return stmt_run(s, err);
}

/* "logs": {"<log id>": last seq that counts}. A key with any row here counts in the listed logs only; the row of no log stands for those
 * retired without any. */
static bool retire(struct store *store, const struct view_record *r, const struct public_key *key, struct err *err) {
	const struct json *logs = json_get(r->body, "logs");
	const struct hash none = {{0}};
	bool ok = put_retired(store, key, &none, 0, err);
	for (void *m = json_member_next(logs, NULL); ok && m != NULL; m = json_member_next(logs, m)) {
		struct hash log;
		int64_t last = 0;
		if (str_unhex(json_member_key(m), log.b, HASH_LEN) && json_int(json_member_value(m), &last)) {
			ok = put_retired(store, key, &log, last, err);
		}
	}
	return ok;
}

static bool apply_right(struct store *store, const struct view_record *r, struct err *err) {
	struct public_key key;
	if (!key_of(r->body, "key", &key)) {
		return view_ignore(store, r, IGNORE_KEY, err);
	}
	if (str_eq(r->kind, "invite")) {
		return invite(store, &key, str_or_empty(json_get_text(r->body, "name")), err);
	}
	if (str_eq(r->kind, "close")) {
		return close_invitation(store, r, &key, err);
	}
	if (str_eq(r->kind, "retire")) {
		return retire(store, r, &key, err);
	}
	const char *role = json_get_text(r->body, "role");
	if (!str_eq(role, "editor") && !str_eq(role, "station") && !str_eq(role, "hub")) {
		return view_ignore(store, r, IGNORE_ROLE, err);
	}
	return put_role(store, &key, role, str_or_empty(json_get_text(r->body, "name")), err);
}

static bool invitation_is_open(struct store *store, const struct public_key *invitation, const struct public_key *station, bool *is_open,
			       struct err *err) {
	struct stmt *s = store_sql(store, &SQL, INVITATION_OPEN);
	stmt_blob(s, 1, invitation->b, KEY_LEN);
	stmt_blob(s, 2, station->b, KEY_LEN);
	*is_open = stmt_row(s);
	return stmt_done(s, err);
}

bool role_certificate(const struct json *body, struct certificate *out) {
	const char *signature = json_get_text(body, "signature");
	return key_of(body, "invitation", &out->invitation) && signature != NULL && str_unhex(signature, out->signature.b, SIG_LEN);
}

bool store_certificate_opens(struct store *store, const struct certificate *certificate, const struct public_key *station, bool *opens,
			     struct err *err) {
	*opens = false;
	return !certificate_holds(certificate, &store->event, station) ||
	       invitation_is_open(store, &certificate->invitation, station, opens, err);
}

/* Whether it is open or not, and known yet or not: the station came by it, as it says itself and the invitation has signed. */
static bool note_joined(struct store *store, const struct public_key *invitation, const struct view_record *r, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, JOINED_INSERT);
	stmt_blob(s, 1, invitation->b, KEY_LEN);
	stmt_blob(s, 2, r->author.b, KEY_LEN);
	stmt_blob(s, 3, r->log.b, HASH_LEN);
	return stmt_run(s, err);
}

static bool apply_log(struct store *store, const struct view_record *r, struct err *err) {
	struct hash event;
	struct public_key key;
	const char *hex = json_get_text(r->body, "event");
	if (r->seq != 1 || hex == NULL || !str_unhex(hex, event.b, HASH_LEN) || !crypto_hash_eq(&event, &store->event) ||
	    !key_of(r->body, "key", &key) || !crypto_key_eq(&key, &r->author)) {
		return view_ignore(store, r, IGNORE_LOG, err);
	}
	if (crypto_key_eq(&key, &store->organiser)) {
		return true;
	}
	struct certificate certificate;
	if (json_get(r->body, "certificate") == NULL) {
		return true; /* a key that the organiser names by a role record */
	}
	if (!role_certificate(json_get(r->body, "certificate"), &certificate) || !certificate_holds(&certificate, &store->event, &key)) {
		return view_ignore(store, r, IGNORE_CERTIFICATE, err);
	}
	bool is_open = false;
	if (!note_joined(store, &certificate.invitation, r, err)) {
		return false;
	}
	if (!invitation_is_open(store, &certificate.invitation, &key, &is_open, err)) {
		return false;
	}
	if (!is_open) {
		return view_ignore(store, r, IGNORE_INVITATION, err);
	}
	return put_role(store, &key, "station", "", err);
}

bool role_unsettles(struct store *store, const struct view_record *r, bool *unsettles, struct err *err) {
	int which = str_eq(r->kind, "retire") ? RETIRED_BEYOND : str_eq(r->kind, "close") ? CLOSED_FOR : IGNORED_ANY;
	struct stmt *s = store_sql(store, &SQL, (size_t)which);
	struct public_key key = {{0}};
	bool named = key_of(r->body, "key", &key);
	if (which != IGNORED_ANY) {
		stmt_blob(s, 1, key.b, KEY_LEN);
	}
	*unsettles = stmt_row(s) && named;
	return stmt_done(s, err);
}

const struct store_view view_role = {
	.kinds = {{"genesis", RIGHT_ORGANISER, PASS_RIGHTS},
		  {"invite", RIGHT_ORGANISER, PASS_RIGHTS, apply_right},
		  {"close", RIGHT_ORGANISER, PASS_RIGHTS, apply_right},
		  {"role", RIGHT_ORGANISER, PASS_RIGHTS, apply_right},
		  {"retire", RIGHT_ORGANISER, PASS_RIGHTS, apply_right},
		  {"log", RIGHT_ANY, PASS_LOGS, apply_log}},
	.tables = {{"view_role", "SELECT 'role', key, role, name FROM view_role ORDER BY 2, 3"},
		   {"view_retired", "SELECT 'retired', key, log, last_seq FROM view_retired ORDER BY 2, 3"},
		   {"view_invitation", "SELECT 'invitation', key, status, name FROM view_invitation ORDER BY 2"},
		   {"view_kept", "SELECT 'kept', invitation, key FROM view_kept ORDER BY 2, 3"},
		   {"view_joined", "SELECT 'joined', invitation, key, log FROM view_joined ORDER BY 2, 3, 4"}},
};
