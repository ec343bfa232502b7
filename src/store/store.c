#include "store/store.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/str.h"
#include "store/file/state.h"
#include "store/foreign_wal.h"
#include "store/log/ends.h"
#include "store/log/handle.h"
#include "store/log/identity.h"
#include "store/log/rows.h"
#include "store/sql/lock.h"
#include "store/sql/migrate.h"
#include "store/sql/schema.h"
#include "store/view/setting.h"
#include "store/view/views.h"
#include "store/write/sign.h"
#include "store/write/told.h"

/* A log's number is shifted to make its records': one that leaves the room for that was put there by nobody's Turnout. */
static bool check_log_ids(struct store *store, struct err *err) {
	int64_t least = 1, most = 1;
	return db_number(store->db, "SELECT coalesce(min(id), 1) FROM log", &least, err) &&
	       db_number(store->db, "SELECT coalesce(max(id), 1) FROM log", &most, err) &&
	       ((least >= 1 && most <= LOG_ID_MAX) ||
		err_set(err, ERR_CORRUPT, "a log in it has the number %" PRId64 ", which no Turnout gives; take a fresh copy of the file",
			least < 1 ? least : most));
}

static bool load_event(struct store *store, struct err *err) {
	if (!check_log_ids(store, err)) {
		return false;
	}
	if (!meta_get_blob(store, "event", store->event.b, HASH_LEN) || !meta_get_blob(store, "organiser", store->organiser.b, KEY_LEN)) {
		return err_set(err, ERR_CORRUPT, "the file does not say which event it is; take the backup copy");
	}
	store->purged = store_is_purged(store);
	return setting_load_tz(store, err);
}

/* Views that an older program computed are computed again once, and those that nobody can vouch for. */
static bool renew_views(struct store *store, bool doubtful, struct err *err) {
	static const uint8_t present = VIEW_VERSION;
	uint8_t held = 0;
	if (!doubtful && meta_get_blob(store, "view_version", &held, 1) && held == present) {
		return true;
	}
	if (!store_begin(store, err)) {
		return false;
	}
	if (!meta_put_blob(store, "view_version", &present, 1, err) || (doubtful && !ends_rebuild(store, err))) {
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
	if (store->lock == NULL || !foreign_wal_other_names(store->real, err)) {
		return false;
	}
	bool played;
	if (!foreign_wal_set_aside(store->real, &played, err)) {
		return false;
	}
	store->db = db_open(store->real, DB_WRITE, err);
	if (store->db == NULL || !schema_check(store->db, err) || !migrate_up(store->db, err) ||
	    !db_exec(store->db, "PRAGMA journal_mode=WAL", err)) {
		return false;
	}
	if (!load_event(store, err) || !renew_views(store, played, err)) {
		return false;
	}
	char warning[ERR_TEXT_MAX];
	store->identity = identity_open(&store->event, warning);
	if (warning[0] != '\0') {
		str_copy(store->warning, sizeof store->warning, warning);
	}
	told_load(store);
	store->subject_key_known = meta_get_blob(store, "event_key", store->subject_key, KEY_LEN);
	db_watch(store->db);
	return true;
}

/* Only where nobody writes: what a living writer has in its log is its own. */
static bool look_at_wal(const struct store *store, struct err *err) {
	struct err held = {0};
	if (!lock_is_free(store->real) || !foreign_wal_waits(store->real)) {
		return true;
	}
	struct lock *lock = lock_write(store->real, "a look at its -wal", &held);
	bool played, ok = lock == NULL || foreign_wal_set_aside(store->real, &played, err);
	lock_release(lock);
	return ok;
}

/* A reader computes nothing. Tables of an older version may lack what it looks for, so that it would find less than there is. */
static bool check_views(struct store *store, struct err *err) {
	uint8_t held = 0;
	return (meta_get_blob(store, "view_version", &held, 1) && held == VIEW_VERSION) ||
	       err_set(err, ERR_VERSION,
		       "the tables in this file were made by another version of Turnout, or bringing it up to date was cut off; open it "
		       "once "
		       "for writing (any turnout command that changes it) to make them anew");
}

static bool open_for_reading(struct store *store, struct err *err) {
	if (!look_at_wal(store, err)) {
		return false;
	}
	store->lock = lock_read(store->real);
	store->db = db_open(store->real, DB_READ, err);
	if (store->db == NULL || !migrate_check(store->db, err)) {
		return false;
	}
	if (!load_event(store, err) || !check_views(store, err)) {
		return false;
	}
	store->identity = identity_find(&store->event);
	if (store->identity != NULL) {
		told_load(store);
	}
	return true;
}

struct store *store_open(const char *path, enum store_mode mode, const char *program, struct err *err) {
	struct store *store = handle_new(path, mode);
	store->real = realpath(path, NULL); /* two names of one file have one lock */
	store->real = store->real == NULL ? xstrdup(path) : store->real;
	bool ok = crypto_init(err) && (mode == STORE_WRITE ? open_for_writing(store, program, err) : open_for_reading(store, err));
	if (!ok) {
		err_wrap(err, "%s", path);
		handle_close(store);
		return NULL;
	}
	return store;
}

bool store_look(struct store *store, struct err *err) { return db_look(store->db, err); }

bool store_cache(struct store *store, int kib, struct err *err) { return db_cache(store->db, kib, err); }
bool store_shrink(struct store *store, struct err *err) { return db_shrink(store->db, err); }

void store_rest(struct store *store) { db_rest(store->db); }

enum file_verdict store_verdict(const struct store *store) { return db_verdict(store->db); }

const struct recent *store_recent(const struct store *store) { return &store->recent; }

bool store_known_seal(const struct store *store, uint8_t key[KEY_LEN]) {
	memcpy(key, store->subject_key, KEY_LEN);
	return store->subject_key_known;
}

void store_let_go(struct store *store) {
	store_rollback(store);
	db_let_go(store->db);
	store->let_go = true;
}

void store_close(struct store *store) {
	if (store == NULL) {
		return;
	}
	store_rollback(store);
	struct err gone = {0};
	if (store->let_go || (store->mode == STORE_WRITE && !store_look(store, &gone))) {
		handle_close(store);
		return;
	}
	struct err err = {0};
	/* Signed first, then the markers: a marker is left only for a log whose end is signed. */
	if (store->mode == STORE_WRITE && store->identity != NULL) {
		if (sign_is_due(store) && (!store_begin(store, &err) || !sign_log(store, AUTHOR_STATION, &err) ||
					   !sign_log(store, AUTHOR_ORGANISER, &err) || !store_commit(store, &err))) {
			store_rollback(store);
			log_warn("store", "%s: the last records stay unsigned: %s", store->path, err.text);
		}
		append_leave_markers(store);
	}
	handle_close(store);
}

const char *store_path(const struct store *store) { return store->path; }

const struct hash *store_event(const struct store *store) { return &store->event; }

const struct public_key *store_organiser(const struct store *store) { return &store->organiser; }

const struct tz *store_tz(const struct store *store) { return store->tz; }

const char *store_warning(const struct store *store) { return store->warning; }

bool store_copy(struct store *store, const char *to, struct err *err) { return db_backup(store->db, to, err); }

bool store_copy_try(struct store *store, const char *to, struct err *err) { return db_backup_try(store->db, to, err); }

static bool put_invitation(struct db *db, const void *seed, struct err *err) {
	struct store copy = {.mode = STORE_WRITE, .db = db};
	bool ok = meta_put_blob(&copy, "invitation_seed", seed, KEY_LEN, err);
	statements_release(&copy.statements);
	return ok;
}

bool store_copy_inviting(struct store *store, const char *to, const uint8_t seed[KEY_LEN], struct err *err) {
	return db_backup_changed(store->db, to, put_invitation, seed, err);
}
