#include "store/store.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/log.h"
#include "base/str.h"
#include "store/log/erasure.h"
#include "store/sql/migrate.h"
#include "store/store_private.h"
#include "store/view/edit.h"

#define UNDONE(record)                                                                                                \
	"EXISTS (SELECT 1 FROM view_undo u JOIN log l ON " LOG_NAME(                                                  \
		"l") " = u.log JOIN log a ON a.id = u.record >> 40 WHERE l.id = " record " >> 40 AND u.seq = " record \
		     " & 1099511627775 AND " UNDO_COUNTS ")"

/* The last signed record of each chain. */
#define HEADS_WHERE(where)                                                                                                         \
	"SELECT x.id, x.log, x.author, x.after, x.signed, r.hash FROM (SELECT l.id, coalesce(l.origin, l.hash) AS log, l.author, " \
	"l.after, "                                                                                                                \
	"(SELECT max(seq) FROM signature s WHERE s.log = l.id) AS signed FROM log l" where                                         \
	") x JOIN record r ON r.id = x.id << 40 | x.signed"

static const char *const SQL[] = {
	[SQL_RECORD_INSERT] =
		"INSERT INTO record (id, kind, mono_ms, utc_ms, subject, body, body_sha256, hash) VALUES (?1,?2,?3,?4,?5,?6,?7,?8)",
	[SQL_LOG_INSERT] = "INSERT INTO log (hash, author) VALUES (?1, ?2) RETURNING id",
	[SQL_LOG_FIND] =
		"SELECT l.id, r.id & 1099511627775, r.hash FROM log l JOIN record r ON r.id = " LAST_RECORD_OF("l.id") " WHERE l.hash = ?1",
	[SQL_LOG_HASH] = "SELECT hash FROM log WHERE id = ?1",
	[SQL_LOG_TAIL] =
		"SELECT id, kind, mono_ms, utc_ms, subject, body, hash, body_sha256 FROM record WHERE id >= ?1 AND id < ?2 ORDER BY id",
	[SQL_LOGS_UNSIGNED] =
		"SELECT * FROM (SELECT l.id, l.hash, coalesce((SELECT max(seq) FROM signature s WHERE s.log = l.id), 0) AS signed, "
		"(" LAST_RECORD_OF("l.id") " & 1099511627775) AS last FROM log l WHERE l.author = ?1) WHERE last > signed",
	[SQL_SIGNATURE_INSERT] = "INSERT INTO signature (log, seq, signature) VALUES (?1, ?2, ?3)",
	[SQL_TOUCH_INSERT] = "INSERT OR IGNORE INTO view_touch (thing, record) VALUES (?1, ?2)",
	[SQL_TOUCH_RECORDS] =
		"SELECT r.id, r.body, r.hash, r.subject, r.kind FROM view_touch t JOIN record r ON r.id = t.record WHERE t.thing = ?1",
	[SQL_IGNORED_INSERT] = "INSERT OR REPLACE INTO view_ignored (record, reason) VALUES (?1, ?2)",
	[SQL_CHECKIN_INSERT] = "INSERT INTO view_checkin (who, record, point, shown, at_ms) VALUES (?1, ?2, ?3, ?4, ?5)",
	[SQL_UNDO_INSERT] = "INSERT OR IGNORE INTO view_undo (log, seq, record) VALUES (?1, ?2, ?3)",
	[SQL_ANCHOR_INSERT] = "INSERT OR REPLACE INTO view_anchor (record, rank, delta_ms) VALUES (?1, ?2, ?3)",
	[SQL_ROLE_INSERT] =
		"INSERT INTO view_role (key, role, name) VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET name = max(name, excluded.name)",
	[SQL_ROLE_FIND] = "SELECT name FROM view_role WHERE key = ?1 AND role = ?2",
	[SQL_ROLE_NAME] = "SELECT max(name) FROM view_role WHERE key = ?1",
	[SQL_RETIRED_INSERT] = "INSERT OR REPLACE INTO view_retired (key, log, last_seq) SELECT ?1, ?2, "
			       "min(?3, coalesce((SELECT last_seq FROM view_retired WHERE key = ?1 AND log = ?2), ?3))",
	[SQL_RETIRED_FIND] = "SELECT max(log = ?2 AND ?3 <= last_seq) FROM view_retired WHERE key = ?1",
	[SQL_INVITATION_INSERT] = "INSERT OR IGNORE INTO view_invitation (key, status) VALUES (?1, 'open')",
	[SQL_INVITATION_CLOSE] = "INSERT OR REPLACE INTO view_invitation (key, status) VALUES (?1, 'closed')",
	[SQL_INVITATION_OPEN] = "SELECT 1 FROM view_invitation i WHERE i.key = ?1 AND (i.status = 'open' OR EXISTS "
				"(SELECT 1 FROM view_kept k WHERE k.invitation = ?1 AND k.key = ?2))",
	/* the last column only where there is no role: it walks over all logs */
	[SQL_ROLE_VERDICT] = "SELECT EXISTS (SELECT 1 FROM view_retired WHERE key = ?1), max(role = 'editor'), max(role = 'hub'), "
			     "max(role = 'station'), CASE WHEN count(*) = 0 THEN EXISTS (SELECT 1 FROM log WHERE author = ?1) END "
			     "FROM view_role WHERE key = ?1",
	[SQL_LOGS_OF] = "SELECT " LOG_NAME("l") " AS name, max(" LAST_RECORD_OF(
		"l.id") " & 1099511627775) FROM log l WHERE l.author = ?1 GROUP BY name "
			"ORDER BY name",
	[SQL_KEPT_INSERT] = "INSERT OR IGNORE INTO view_kept (invitation, key) VALUES (?1, ?2)",
	[SQL_SETTING_PUT] = "INSERT INTO view_setting (key, value) VALUES (?1, ?2)",
	[SQL_SETTING_CLEAR] = "DELETE FROM view_setting",
	[SQL_PERSON_PUT] = "INSERT OR REPLACE INTO view_person (id, name, fields, custom, code, status, subject, search) VALUES "
			   "(?1,?2,?3,?4,?5,?6,?7,?8)",
	[SQL_SESSION_PUT] =
		"INSERT OR REPLACE INTO view_session (id, start_ms, end_ms, offset_min, room, capacity, fields, status, source, uid) "
		"VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10)",
	[SQL_BADGE_PUT] = "INSERT OR REPLACE INTO view_badge (code, person, aloud, status) VALUES (?1,?2,?3,?4)",
	[SQL_JOIN_PUT] = "INSERT INTO view_join_said (person, into_person) VALUES (?1, ?2) "
			 "ON CONFLICT DO UPDATE SET into_person = max(into_person, excluded.into_person)",
	[SQL_JOIN_RESOLVED] = "INSERT INTO view_join (person, into_person) VALUES (?1, ?2)",
	[SQL_META_GET] = "SELECT value FROM meta WHERE key = ?1",
	[SQL_META_PUT] = "INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)",
	[SQL_TALLY_UP] = "INSERT INTO meta (key, value) VALUES ('tally ' || ?1, 1) ON CONFLICT (key) DO UPDATE SET value = value + 1",
	[SQL_SETTING_GET] = "SELECT value FROM view_setting WHERE key = ?1",
	[SQL_PERSON_GET] = "SELECT id, name, fields, custom, code, status, subject FROM view_person WHERE id = ?1",
	[SQL_PERSON_BY_CODE] = "SELECT id, rowid FROM view_person WHERE code = ?1 ORDER BY status, id LIMIT 1",
	[SQL_PERSON_GET_ROW] = "SELECT id, name, fields, custom, code, status, subject FROM view_person WHERE rowid = ?1 AND id = ?2",
	[SQL_PERSON_ROOT] = "SELECT into_person FROM view_join WHERE person = ?1",
	[SQL_PERSON_JOINED] = "SELECT person FROM view_join WHERE into_person = ?1 ORDER BY person",
	[SQL_SESSION_GET] =
		"SELECT id, start_ms, end_ms, offset_min, room, capacity, fields, status, source, uid FROM view_session WHERE id = ?1",
	[SQL_BADGE_GET] = "SELECT code, person, aloud, status FROM view_badge WHERE code = ?1",
	[SQL_BADGE_BY_ALOUD] = "SELECT code FROM view_badge WHERE aloud = ?1 ORDER BY status DESC, code LIMIT 2",
	[SQL_BADGES_OF] = "SELECT code, status, aloud FROM view_badge WHERE person = ?1 ORDER BY status DESC, code",
	[SQL_CODES_OF] = "SELECT code FROM view_badge WHERE person = ?1",
	[SQL_CODE_OF] = "SELECT code FROM view_person WHERE id = ?1",
	[SQL_VISIT_INSERT] = "INSERT INTO view_visit (session, who, record) VALUES (?1, ?2, ?3)",
	[SQL_PRESENCE] =
		"SELECT c.point, r.body, c.shown, c.at_ms, r.mono_ms, r.utc_ms FROM view_checkin c JOIN record r ON r.id = c.record "
		"WHERE c.record = ?1 AND NOT " UNDONE("c.record"),
	[SQL_ANCHOR_OF_LOG] = "SELECT a.delta_ms " ANCHORS_OF("?1") " LIMIT 1",
	[SQL_INSIDE] = "SELECT count(DISTINCT v.who) FROM view_visit v WHERE v.session = ?1 "
		       "AND NOT " UNDONE("v.record"),
	[SQL_RETIRED_BEYOND] = "SELECT 1 FROM log l WHERE l.author = ?1 AND (" LAST_RECORD_OF(
		"l.id") " & 1099511627775) > coalesce((SELECT "
			"last_seq FROM view_retired x WHERE x.key = ?1 AND x.log = " LOG_NAME(
				"l") "), 0) UNION ALL SELECT 1 FROM view_ignored LIMIT 1",
	[SQL_CLOSED_FOR] =
		"SELECT 1 FROM log l WHERE l.author <> (SELECT value FROM meta WHERE key = 'organiser') AND NOT EXISTS (SELECT 1 FROM "
		"view_kept k WHERE k.invitation = ?1 AND k.key = l.author) UNION ALL SELECT 1 FROM view_ignored LIMIT 1",
	[SQL_IGNORED_ANY] = "SELECT 1 FROM view_ignored LIMIT 1",
	[SQL_LOG_BY_HASH] = "SELECT id FROM log WHERE hash = ?1",
	[SQL_HEADS] = HEADS_WHERE(""),
	[SQL_HEADS_OF] = HEADS_WHERE(" WHERE l.hash = ?1 OR l.origin = ?1"),
	[SQL_ACK_NEWS] = "SELECT NOT EXISTS (SELECT 1 FROM acknowledged a JOIN log l ON l.hash = a.log WHERE l.id = ?1 AND keeper = ?2 AND "
			 "seq >= ?3 AND at_ms > ?4 - 60000)",
	[SQL_CHAIN_GET] = "SELECT base, after FROM log WHERE id = ?1",
	[SQL_CHAINS_OF] = "SELECT l.id, l.after, l.author, " LAST_RECORD_OF("l.id") " FROM log l WHERE l.hash = ?1 OR l.origin = ?1",
	[SQL_HASH_AT] = "SELECT hash FROM record WHERE id = ?1",
	[SQL_RECORDS_OF] =
		"SELECT id, kind, mono_ms, utc_ms, subject, body, body_sha256 FROM record WHERE id BETWEEN ?1 AND ?2 ORDER BY id",
	[SQL_SIGNATURES_FROM] = "SELECT seq, signature FROM signature WHERE log = ?1 AND seq >= ?2 ORDER BY seq",
	[SQL_BRANCH_INSERT] = "INSERT INTO log (hash, author, origin, base, after) VALUES (?1, ?2, ?3, ?4, ?5) RETURNING id",
	[SQL_SIGNATURE_ADD] = "INSERT OR IGNORE INTO signature (log, seq, signature) VALUES (?1, ?2, ?3)",
	[SQL_ACK_PUT] = "INSERT INTO acknowledged (log, keeper, seq, at_ms) SELECT hash, ?2, ?3, ?4 FROM log WHERE id = ?1 ON CONFLICT DO "
			"UPDATE SET "
			"seq = max(seq, excluded.seq), at_ms = excluded.at_ms",
	[SQL_CHECKINS_UNACKED] =
		"SELECT coalesce(sum((SELECT count(*) FROM view_checkin c WHERE c.record > (l.id << 40 | "
		"coalesce((SELECT max(a.seq) FROM acknowledged a WHERE a.log = l.hash), 0)) AND c.record < (l.id + 1) << 40)), 0) "
		"FROM log l WHERE l.author = ?1",
	[SQL_ERASED_GET] = "SELECT record, proof FROM erased WHERE subject = coalesce(?1, subject) LIMIT 1",
	[SQL_ERASED_PUT] = "INSERT INTO erased (subject, record) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET "
			   "record = coalesce(record, excluded.record), proof = NULL",
	[SQL_ERASED_PROVE] = "INSERT OR IGNORE INTO erased (subject, proof) VALUES (?1, ?2)",
	[SQL_ERASED_LOOSE] = "SELECT proof FROM erased WHERE record IS NULL ORDER BY subject",
	[SQL_BODIES_OF] = "SELECT id FROM record WHERE subject = ?1 AND body IS NOT NULL",
	[SQL_BODY_REMOVE] = "UPDATE record SET body = NULL WHERE id = ?1",
	[SQL_TOUCHED_BY] = "SELECT thing FROM view_touch WHERE record = ?1",
	[SQL_TOUCH_REMOVE] = "DELETE FROM view_touch WHERE record = ?1",
	[SQL_IGNORED_REMOVE] = "DELETE FROM view_ignored WHERE record = ?1",
	[SQL_SUBJECTS_OF] =
		"SELECT DISTINCT r.subject FROM view_touch t JOIN record r ON r.id = t.record WHERE t.thing IN (SELECT 'p' || ?1 "
		"UNION SELECT 'p' || person FROM view_join WHERE into_person = ?1)",
	[SQL_PERSON_DROP] = "DELETE FROM view_person WHERE id = ?1",
	[SQL_SESSION_DROP] = "DELETE FROM view_session WHERE id = ?1",
	[SQL_BADGE_DROP] = "DELETE FROM view_badge WHERE code = ?1",
};
_Static_assert(COUNT_OF(SQL) == STORE_SQL_COUNT, "every statement has its text");

bool meta_get_blob(struct store *store, const char *key, void *out, size_t n) {
	struct stmt *s = store->sql[SQL_META_GET];
	struct err ignored;
	stmt_text(s, 1, key);
	bool ok = stmt_row(s);
	size_t len = 0;
	const void *data = ok ? stmt_col_blob(s, 0, &len) : NULL;
	ok = ok && len == n;
	if (ok) {
		memcpy(out, data, n);
	}
	return stmt_done(s, &ignored) && ok;
}

bool meta_put_blob(struct store *store, const char *key, const void *data, size_t n, struct err *err) {
	struct stmt *s = store->sql[SQL_META_PUT];
	stmt_text(s, 1, key);
	stmt_blob(s, 2, data, n);
	return stmt_run(s, err);
}

static bool load_tz(struct store *store, struct err *err) {
	struct stmt *s = store->sql[SQL_SETTING_GET];
	struct err unknown = {0};
	stmt_text(s, 1, "timezone");
	struct tz *tz = stmt_row(s) ? tz_open(str_or_empty(stmt_col_text(s, 0)), &unknown) : NULL;
	if (tz == NULL) {
		tz = tz_open("UTC", err); /* a machine without tzdata still signs people in */
	}
	if (unknown.kind != ERR_NONE) {
		str_copy(store->warning, sizeof store->warning, unknown.text);
	}
	bool ok = stmt_done(s, err) && tz != NULL;
	tz_close(store->tz);
	store->tz = tz;
	return ok;
}

static bool load_event(struct store *store, struct err *err) {
	if (!meta_get_blob(store, "event", store->event.b, HASH_LEN) || !meta_get_blob(store, "organiser", store->organiser.b, KEY_LEN)) {
		return err_set(err, ERR_CORRUPT, "the file does not say which event it is; take the backup copy");
	}
	store->purged = store_is_purged(store);
	return load_tz(store, err);
}

void store_prepare(struct store *store) { db_prepare(store->db, SQL, STORE_SQL_COUNT, store->sql); }

/* Views that an older program computed are computed again once. */
static bool renew_views(struct store *store, struct err *err) {
	static const uint8_t present = VIEW_VERSION;
	uint8_t held = 0;
	if (meta_get_blob(store, "view_version", &held, 1) && held == present) {
		return true;
	}
	if (!store_begin(store, err)) {
		return false;
	}
	if (!meta_put_blob(store, "view_version", &present, 1, err)) {
		store_rollback(store);
		return false;
	}
	store->rebuild = true;
	return store_commit(store, err);
}

static bool open_for_writing(struct store *store, const char *program, struct err *err) {
	char holder[200];
	if (!db_probe(store->path, err)) {
		return false; /* before a lock file comes beside what is no event file */
	}
	lock_holder(program, holder);
	store->lock = lock_write(store->real, holder, err);
	if (store->lock == NULL) {
		return false;
	}
	store->db = db_open(store->real, DB_WRITE, err);
	if (store->db == NULL || !migrate_up(store->db, err) || !db_exec(store->db, "PRAGMA journal_mode=WAL", err)) {
		return false;
	}
	store_prepare(store);
	if (!load_event(store, err) || !renew_views(store, err)) {
		return false;
	}
	char warning[ERR_TEXT_MAX];
	store->identity = identity_open(&store->event, warning);
	if (warning[0] != '\0') {
		str_copy(store->warning, sizeof store->warning, warning);
	}
	return true;
}

static bool open_for_reading(struct store *store, struct err *err) {
	store->lock = lock_read(store->real);
	store->db = db_open(store->real, DB_READ, err);
	if (store->db == NULL || !migrate_check(store->db, err)) {
		return false;
	}
	store_prepare(store);
	return load_event(store, err);
}

void store_release(struct store *store) {
	db_release(store->sql, STORE_SQL_COUNT);
	db_close(store->db);
	mapstr_fini(&store->dirty);
	seen_forget(&store->seen);
}

void store_tear_down(struct store *store) {
	store_release(store);
	identity_close(store->identity);
	lock_release(store->lock);
	tz_close(store->tz);
	crypto_wipe(&store->organiser_key, sizeof store->organiser_key);
	crypto_wipe(store->subject_key, sizeof store->subject_key);
	free(store->path);
	free(store->real);
	free(store);
}

struct store *store_open(const char *path, enum store_mode mode, const char *program, struct err *err) {
	struct store *store = xcalloc(1, sizeof *store);
	store->path = xstrdup(path);
	store->real = realpath(path, NULL); /* two names of one file have one lock */
	store->real = store->real == NULL ? xstrdup(path) : store->real;
	store->mode = mode;
	bool ok = crypto_init(err) && (mode == STORE_WRITE ? open_for_writing(store, program, err) : open_for_reading(store, err));
	if (!ok) {
		err_wrap(err, "%s", path);
		store_tear_down(store);
		return NULL;
	}
	return store;
}

void store_close(struct store *store) {
	if (store == NULL) {
		return;
	}
	store_rollback(store);
	struct err err = {0};
	if (store->mode == STORE_WRITE && store->identity != NULL) {
		bool unsigned_records = false;
		for (int i = 0; i < AUTHOR_COUNT; i++) {
			unsigned_records =
				unsigned_records || (store->chains[i].open && store->chains[i].signed_seq != store->chains[i].seq);
		}
		if (unsigned_records && (!store_begin(store, &err) || !chain_sign(store, AUTHOR_STATION, &err) ||
					 !chain_sign(store, AUTHOR_ORGANISER, &err) || !store_commit(store, &err))) {
			store_rollback(store);
			log_warn("store", "%s: the last records stay unsigned: %s", store->path, err.text);
		}
		chain_leave_markers(store);
	}
	store_tear_down(store);
}

const char *store_path(const struct store *store) { return store->path; }

const struct hash *store_event(const struct store *store) { return &store->event; }

const struct public_key *store_organiser(const struct store *store) { return &store->organiser; }

const struct tz *store_tz(const struct store *store) { return store->tz; }

const struct public_key *store_station(const struct store *store) { return &identity_station(store->identity)->public_key; }

const char *store_warning(const struct store *store) { return store->warning; }

bool store_set_clock(struct store *store, struct utc_ms now, bool forced, struct err *err) {
	set_clock_to(&store->clock, now, forced);
	if (!store->chains[AUTHOR_STATION].open) {
		return true; /* with the log's first record */
	}
	return chain_anchor_now(store, err);
}

struct set_clock store_clock(const struct store *store) {
	return store->clock;
}

struct utc_ms store_now(struct store *store) {
	return set_clock_now(&store->clock);
}

const struct key_pair *store_organiser_key(struct store *store, struct err *err) {
	if (!store->has_organiser_key) {
		char *path = xasprintf("%s.key", store->path);
		store->has_organiser_key = organiser_key_read(path, &store->event, &store->organiser_key, err);
		free(path);
		if (!store->has_organiser_key) {
			err->kind = ERR_REFUSED;
			err_wrap(err, "this needs the organiser's key (turnout key import EVENT FILE)");
			return NULL;
		}
		if (!crypto_key_eq(&store->organiser_key.public_key, &store->organiser)) {
			store->has_organiser_key = false;
			err_set(err, ERR_REFUSED, "the key file beside this event is not its organiser's");
			return NULL;
		}
	}
	return &store->organiser_key;
}

bool store_begin(struct store *store, struct err *err) {
	if (!db_begin(store->db, err)) {
		return err_wrap(err, "%s", store->path);
	}
	store->met = (struct met_person){0};
	memcpy(store->chains_before, store->chains, sizeof store->chains);
	return true;
}

void store_rollback(struct store *store) {
	if (store->mode != STORE_WRITE || store->db == NULL) {
		return;
	}
	db_rollback(store->db);
	mapstr_fini(&store->dirty);
	view_forget(store);
	seen_forget(&store->seen);
	store->met = (struct met_person){0};
	store->rebuild = false;
	/* A log begun in the undone transaction is gone again; its marker was claimed, so the next append begins another. */
	memcpy(store->chains, store->chains_before, sizeof store->chains);
}

bool store_commit(struct store *store, struct err *err) {
	bool settings = mapstr_find(&store->dirty, "e") != NULL || store->rebuild;
	bool ok = store->rebuild ? view_rebuild(store, err) : view_flush(store, err);
	ok = ok && db_commit(store->db, err);
	if (!ok) {
		store_rollback(store);
		return err_wrap(err, "%s", store->path);
	}
	store->rebuild = false;
	store->met = (struct met_person){0};
	memcpy(store->chains_before, store->chains, sizeof store->chains);
	struct err late = {0};
	if (settings && !load_tz(store, &late)) { /* durable all the same */
		log_warn("store", "%s: %s; the time zone stays as it was", store->path, late.text);
	}
	return true;
}

bool store_rebuild(struct store *store, struct err *err) {
	store->rebuild = true;
	return store_begin(store, err) && store_commit(store, err);
}

bool store_copy(struct store *store, const char *to, struct err *err) { return db_backup(store->db, to, err); }

bool store_count_up(struct store *store, const char *name, struct err *err) {
	struct stmt *s = store->sql[SQL_TALLY_UP];
	stmt_text(s, 1, name);
	return stmt_run(s, err);
}

int64_t store_tally(struct store *store, const char *name) {
	struct stmt *s = store->sql[SQL_META_GET];
	struct err ignored;
	char *key = xasprintf("tally %s", name);
	stmt_text(s, 1, key);
	int64_t n = stmt_row(s) ? stmt_col_int(s, 0) : 0;
	if (!stmt_done(s, &ignored)) {
		n = 0;
	}
	free(key);
	return n;
}
