#include "store/view/roles.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/str.h"
#include "store/file/state.h"
#include "store/log/keys.h"
#include "store/log/rows.h"
#include "store/view/anchor.h"
#include "store/view/checkin.h"
#include "store/view/right.h"

/* SQL: each chain with its end, and how far UTC is ahead there by the anchor that counts most. */
#define LAST LAST_RECORD_OF("l.id")
#define AHEAD "(SELECT a.delta_ms " ANCHORS_OF("l.id") " LIMIT 1)"
#define ENDS "SELECT l.id, l.author, l.after, " LAST " AS last, " AHEAD " AS delta FROM log l"
/* What each author wrote. Of several ends the latest is told, with what is beside it in that row (SQLite's rule for bare columns beside one max);
 * an end without an anchor stands at its own clock. */
#define WROTE                                                                                     \
	"SELECT e.author, count(*) AS logs, sum((e.last & 1099511627775) - e.after) AS records, " \
	"max(coalesce(r.mono_ms + e.delta, r.utc_ms)) AS seen, e.delta IS NULL AS approximate "   \
	"FROM ends e LEFT JOIN record r ON r.id = e.last GROUP BY e.author"

enum { ROLE_VERDICT, ROLE_NAME, ROLE_WROTE, LOGS_OF, STATEMENTS };
static const char *const TEXTS[] = {
	/* the last column only where there is no role and somebody asks for it: it walks over all logs */
	[ROLE_VERDICT] = "SELECT EXISTS (SELECT 1 FROM view_retired WHERE key = ?1), max(role = 'editor'), max(role = 'hub'), "
			 "max(role = 'station'), CASE WHEN ?2 AND count(*) = 0 THEN EXISTS (SELECT 1 FROM log WHERE author = ?1) END "
			 "FROM view_role WHERE key = ?1",
	[ROLE_NAME] = "SELECT max(name) FROM view_role WHERE key = ?1",
	[ROLE_WROTE] = "WITH ends AS (" ENDS " WHERE l.author = ?1), wrote AS (" WROTE ") SELECT seen, approximate FROM wrote",
	[LOGS_OF] = "SELECT id FROM log WHERE author = ?1",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

/* --- asking ---------------------------------------------------------------------------------------------------------------------- */

struct standing {
	bool retired, outsider;
	unsigned roles;
};

enum { WITHOUT_OUTSIDER, WITH_OUTSIDER };

static bool find_standing(struct store *store, const struct public_key *key, int outsider, struct standing *out, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, ROLE_VERDICT);
	*out = (struct standing){0};
	stmt_blob(s, 1, key->b, KEY_LEN);
	stmt_int(s, 2, outsider);
	if (stmt_row(s)) {
		out->retired = stmt_col_int(s, 0) != 0;
		out->roles = (stmt_col_int(s, 1) != 0 ? ROLE_EDITOR : 0) | (stmt_col_int(s, 2) != 0 ? ROLE_HUB : 0) |
			     (stmt_col_int(s, 3) != 0 ? ROLE_STATION : 0);
		out->outsider = stmt_col_int(s, 4) != 0;
	}
	return stmt_done(s, err);
}

static bool is_organiser(const struct store *store, const struct public_key *key) { return crypto_key_eq(key, &store->organiser); }

bool role_is_keeper(struct store *store, const struct public_key *key, bool *keeper, struct err *err) {
	struct standing standing = {0};
	bool ok = is_organiser(store, key) || find_standing(store, key, WITHOUT_OUTSIDER, &standing, err);
	*keeper = ok && !standing.retired && (is_organiser(store, key) || (standing.roles & ROLE_HUB) != 0);
	return ok;
}

/* The same of this device's own key, where a keeper said that it was retired (store/write/told.h), and is one still: the word of one that was retired itself
 * counts no more. */
static bool find_told_standing(struct store *store, const struct public_key *key, int outsider, struct standing *out, struct err *err) {
	bool said = store->told_retired && crypto_key_eq(key, store_station(store)), keeper = false;
	if (!find_standing(store, key, outsider, out, err) || (said && !role_is_keeper(store, &store->told_by, &keeper, err))) {
		return false;
	}
	out->retired = out->retired || (said && keeper);
	return true;
}

bool role_verdict(struct store *store, const struct public_key *key, enum station_verdict *verdict, struct err *err) {
	struct standing standing = {0};
	*verdict = VERDICT_ORGANISER;
	if (is_organiser(store, key)) {
		return true;
	}
	bool ok = find_told_standing(store, key, WITH_OUTSIDER, &standing, err);
	/* A retirement goes before all roles; of several roles the first in this order is told. */
	*verdict = standing.retired                  ? VERDICT_RETIRED
		   : (standing.roles & ROLE_EDITOR)  ? VERDICT_EDITOR
		   : (standing.roles & ROLE_HUB)     ? VERDICT_HUB
		   : (standing.roles & ROLE_STATION) ? VERDICT_STATION
		   : standing.outsider               ? VERDICT_OUTSIDER
						     : VERDICT_UNKNOWN;
	return ok;
}

bool role_station_check(struct store *store, struct err *err) {
	enum station_verdict verdict;
	if (store->purged) {
		return err_set(err, ERR_REFUSED, "the personal data of this file was purged: it signs nobody in any more");
	}
	const struct public_key *key = store_station(store);
	if (right_trusts(store, key) && !store->told_retired) {
		return true;
	}
	if (!role_verdict(store, key, &verdict, err)) {
		return false;
	}
	return verdict != VERDICT_RETIRED ||
	       err_set(err, ERR_REFUSED, "this box was retired by the organiser and signs nobody in any more; please use another one");
}

bool role_station_counts(struct store *store, bool *counts, struct err *err) {
	const struct public_key *key = store_station(store);
	struct standing standing = {0};
	*counts = true;
	if ((right_trusts(store, key) && !store->told_retired) || is_organiser(store, key)) {
		return true;
	}
	bool ok = find_told_standing(store, key, WITHOUT_OUTSIDER, &standing, err);
	*counts = !ok || (!standing.retired && (standing.roles & (ROLE_STATION | ROLE_EDITOR)) != 0);
	return ok;
}

bool role_station_refused(struct store *store, bool *refused, struct err *err) {
	*refused = false;
	return !store->told_closed || role_is_keeper(store, &store->told_closed_by, refused, err);
}

bool role_author_of_edits(struct store *store, enum author *out, struct err *err) {
	enum station_verdict verdict;
	struct err none = {0};
	*out = AUTHOR_ORGANISER;
	if (store_organiser_key(store, &none) != NULL) {
		return true;
	}
	if (!role_verdict(store, store_station(store), &verdict, err)) {
		return false;
	}
	*out = AUTHOR_STATION;
	return verdict == VERDICT_EDITOR || err_give(err, &none);
}

bool role_name(struct store *store, const struct public_key *key, char *name, size_t cap, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, ROLE_NAME);
	stmt_blob(s, 1, key->b, KEY_LEN);
	str_copy(name, cap, stmt_row(s) ? str_or_empty(stmt_col_text(s, 0)) : "");
	return stmt_done(s, err);
}

/* By the index that scans go by, which is in memory. */
static bool count_scans(struct store *store, const struct public_key *key, int64_t *scans, struct err *err) {
	struct seen *seen;
	if (!checkin_seen(store, &seen, err)) {
		return false;
	}
	struct stmt *s = store_sql(store, &SQL, LOGS_OF);
	stmt_blob(s, 1, key->b, KEY_LEN);
	while (stmt_row(s)) {
		int64_t log = stmt_col_int(s, 0);
		for (size_t i = 0; i < seen->count; i++) {
			*scans += seen->items[i].record >> SEQ_BITS == log;
		}
	}
	return stmt_done(s, err);
}

bool role_wrote(struct store *store, const struct public_key *key, struct station_wrote *out, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, ROLE_WROTE);
	*out = (struct station_wrote){0};
	stmt_blob(s, 1, key->b, KEY_LEN);
	if (stmt_row(s)) {
		*out = (struct station_wrote){.seen = {stmt_col_int(s, 0)}, .seen_approximate = stmt_col_int(s, 1) != 0};
	}
	return stmt_done(s, err) && count_scans(store, key, &out->scans, err);
}

/* --- listing --------------------------------------------------------------------------------------------------------------------- */

#define TOOK                                                       \
	"SELECT l.author, count(*) AS scans, sum(" CHECKIN_COUNTS( \
		"c") ") AS checkins "                              \
		     "FROM view_checkin c JOIN log l ON l.id = c.record >> 40 GROUP BY l.author"
#define MAY                                                                                                        \
	"SELECT key, max(role = 'editor') AS editor, max(role = 'hub') AS hub, max(role = 'station') AS station, " \
	"max(name) AS name FROM view_role GROUP BY key"
/* All keys: those with logs by their first one, those without by none. */
#define KEYS                                                                                    \
	"SELECT author AS key, min(id) AS first FROM log GROUP BY author UNION ALL "            \
	"SELECT key, NULL FROM (SELECT key FROM view_role UNION SELECT key FROM view_retired) " \
	"WHERE key NOT IN (SELECT author FROM log)"
/* By which invitations a key came, in an order that is the same in all files. */
#define CAME_BY "FROM view_joined j LEFT JOIN view_invitation i ON i.key = j.invitation WHERE j.key = k.key"
#define COPY                                                                                                                           \
	"(SELECT group_concat(said, ', ') FROM (SELECT DISTINCT coalesce(nullif(i.name, ''), lower(substr(hex(j.invitation), 1, 8))) " \
	"AS said " CAME_BY " ORDER BY said))"
#define INVITATIONS "(SELECT group_concat(said, ' ') FROM (SELECT DISTINCT lower(hex(j.invitation)) AS said " CAME_BY " ORDER BY said))"
#define VOIDED "(SELECT 1 + max(y.log = x'') FROM view_void y WHERE y.key = k.key)"

static const char STATIONS[] =
	"WITH ends AS MATERIALIZED (" ENDS "), wrote AS (" WROTE "), took AS (" TOOK "), may AS (" MAY "), keys AS (" KEYS ") "
	"SELECT k.key, m.editor, m.hub, m.station, m.name, EXISTS (SELECT 1 FROM view_retired x WHERE x.key = k.key), "
	"w.logs, w.records, t.checkins, w.seen, w.approximate, t.scans, " COPY ", " INVITATIONS ", " VOIDED ", b.held_day FROM keys k "
	"LEFT JOIN may m ON m.key = k.key LEFT JOIN wrote w ON w.author = k.key LEFT JOIN took t ON t.author = k.key "
	"LEFT JOIN brought b ON b.key = k.key "
	"ORDER BY k.first IS NULL, k.first, k.key";

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
				  .scans = stmt_col_int(s, 11),
				  .seen = {stmt_col_int(s, 9)},
				  .seen_approximate = stmt_col_int(s, 10) != 0,
				  .held = !stmt_col_null(s, 15),
				  .held_day = stmt_col_int(s, 15),
				  .retired = stmt_col_int(s, 5) != 0};
	stmt_take(s, 0, row.key.b, KEY_LEN);
	row.roles = (stmt_col_int(s, 1) != 0 ? ROLE_EDITOR : 0) | (stmt_col_int(s, 2) != 0 ? ROLE_HUB : 0) |
		    (stmt_col_int(s, 3) != 0 ? ROLE_STATION : 0) | (is_organiser(l->store, &row.key) ? ROLE_ORGANISER : 0);
	/* The statement's own texts: they are good until its next row. */
	row.name = str_or_empty(stmt_col_text(s, 4));
	row.copy = str_or_empty(stmt_col_text(s, 12));
	row.invitations = str_or_empty(stmt_col_text(s, 13));
	row.is_void = stmt_col_int(s, 14) == 2 ? VOID_WHOLE : stmt_col_int(s, 14) == 1 ? VOID_PART : VOID_NOTHING;
	return l->each(l->context, &row, err);
}

bool roles_each(struct store *store, station_each_fn *each, void *context, struct err *err) {
	struct listing_roles l = {store, each, context};
	return db_each(store->db, STATIONS, list_row, &l, err);
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
