#include "hub/db_files.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/log.h"
#include "base/str.h"
#include "hub/shared_store.h"
#include "store/create.h"
#include "store/read/audit.h"
#include "store/sql/db.h"
#include "store/sql/lock.h"
#include "store/write/brought.h"
#include "store/write/enrolment.h"
#include "store/write/erasing.h"
#include "sync/rescue.h"

#define ENDING ".turnout"
#define NAME_DIGITS 16
#define OWN "hub.sqlite"
#define APPLICATION_ID 0x54554842 /* "TUHB" */
#define CACHE_KIB 8192            /* of each file: a hub holds HUB_OPEN_MAX of them open, and is to live in little memory */

enum own_sql {
	OWN_CLAIM,
	OWN_KEPT,
	OWN_CODE_PUT,
	OWN_CODE_OLD,
	OWN_CODE_TAKE,
	OWN_CODE_GET,
	OWN_TRIES_ADD,
	OWN_TRIES_OLD,
	OWN_TRIES,
	OWN_PING,
	OWN_COUNT
};

static const char OWN_SCHEMA[] =
	"CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;"
	"CREATE TABLE IF NOT EXISTS code (code BLOB PRIMARY KEY, event BLOB NOT NULL, until_ms INTEGER NOT NULL, taken_by BLOB) STRICT;"
	"CREATE TABLE IF NOT EXISTS tries (who TEXT NOT NULL, time_window INTEGER NOT NULL, count INTEGER NOT NULL, "
	"PRIMARY KEY (who, time_window)) STRICT, WITHOUT ROWID;";

static const char *const OWN_SQL[] = {
	[OWN_CLAIM] = "INSERT OR IGNORE INTO kept (name, value) VALUES (?1, ?2)",
	[OWN_KEPT] = "SELECT value FROM kept WHERE name = ?1",
	[OWN_CODE_PUT] = "INSERT INTO code (code, event, until_ms) VALUES (?1, ?2, ?3)",
	[OWN_CODE_OLD] = "DELETE FROM code WHERE until_ms < ?1",
	[OWN_CODE_TAKE] = "UPDATE code SET taken_by = ?2 WHERE code = ?1 AND taken_by IS NULL",
	[OWN_CODE_GET] = "SELECT event FROM code WHERE code = ?1 AND coalesce(taken_by, ?2) = ?2 AND until_ms >= ?3",
	[OWN_TRIES_ADD] = "INSERT INTO tries (who, time_window, count) VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET count = count + ?3",
	[OWN_TRIES_OLD] = "DELETE FROM tries WHERE time_window < ?1 - 1",
	[OWN_TRIES] = "SELECT coalesce(sum(count), 0) FROM tries WHERE who = ?1 AND time_window = ?2",
	[OWN_PING] = "INSERT OR REPLACE INTO kept (name, value) VALUES ('written', ?1)",
};
_Static_assert(COUNT_OF(OWN_SQL) == OWN_COUNT, "every statement has its text");

/* One event's file. Whoever needs both locks takes `shared.busy` of the file first and files.busy inside it, never the other way round. */
struct event_file {
	struct hash event;
	struct shared_store shared;
	int users;    /* threads that use it or wait for it; guarded by files.busy, like: */
	int64_t used; /* when it was lent last, counted in loans */
};

struct files {
	char *folder;
	struct lock *lock;
	struct quota quota;
	pthread_mutex_t busy; /* guards what follows */
	struct db *own;
	struct stmt *sql[OWN_COUNT];
	struct event_file **items; /* in the order in which they came; never moved */
	size_t count, cap;
	size_t open;
	int64_t loans;
};

static char *event_path(const struct files *f, const struct hash *event) {
	char name[NAME_DIGITS + sizeof ENDING];
	str_hex(event->b, NAME_DIGITS / 2, name);
	memcpy(name + NAME_DIGITS, ENDING, sizeof ENDING);
	return file_join(f->folder, name);
}

/* --- the hub's own database ---------------------------------------------------------------------------------------------------------- */

/* The layer below speaks of event files. */
static bool not_own(struct err *err) {
	return err_set(err, err->kind,
		       OWN
		       " in it is not a hub's own database, which holds its key and token: put back the right one, from a backup; without "
		       "one move it away, and the hub begins with another key and token");
}

static bool open_own(struct files *f, struct err *err) {
	char *path = file_join(f->folder, OWN);
	int64_t id = 0;
	f->own = db_open(path, file_exists(path) ? DB_WRITE : DB_CREATE, err);
	bool ok = f->own != NULL && db_number(f->own, "PRAGMA application_id", &id, err);
	if (!ok && (err->kind == ERR_INPUT || err->kind == ERR_CORRUPT)) {
		not_own(err);
	} else if (!ok) {
		err_wrap(err, OWN);
	} else if (id != 0 && id != APPLICATION_ID) { /* 0: it was made just now */
		err->kind = ERR_INPUT;
		ok = not_own(err);
	}
	char sql[100];
	snprintf(sql, sizeof sql, "PRAGMA application_id=%d; PRAGMA journal_mode=WAL", APPLICATION_ID);
	ok = ok && db_exec(f->own, sql, err) && db_exec(f->own, OWN_SCHEMA, err);
	if (ok) {
		db_prepare(f->own, OWN_SQL, OWN_COUNT, f->sql);
	}
	free(path);
	return ok;
}

static bool claim(void *self, const char *name, struct octets value, struct strbuf *kept, struct err *err) {
	struct files *f = self;
	pthread_mutex_lock(&f->busy);
	struct stmt *s = f->sql[OWN_CLAIM];
	stmt_text(s, 1, name);
	stmt_blob(s, 2, value.data, value.n);
	bool ok = stmt_run(s, err);
	if (ok) {
		size_t n = 0;
		s = f->sql[OWN_KEPT];
		stmt_text(s, 1, name);
		const void *data = stmt_row(s) ? stmt_col_blob(s, 0, &n) : NULL;
		strbuf_add(kept, data, n);
		ok = stmt_done(s, err);
	}
	pthread_mutex_unlock(&f->busy);
	return ok;
}

static bool code_put(void *self, const struct hub_code *code, struct err *err) {
	struct files *f = self;
	pthread_mutex_lock(&f->busy);
	struct stmt *s = f->sql[OWN_CODE_PUT];
	stmt_blob(s, 1, code->code.b, HASH_LEN);
	stmt_blob(s, 2, code->event.b, HASH_LEN);
	stmt_int(s, 3, code->until.v);
	bool ok = stmt_run(s, err);
	pthread_mutex_unlock(&f->busy);
	return ok;
}

static bool code_find_locked(struct files *f, const struct hub_code_wish *wish, struct hash *event, bool *found, struct err *err) {
	struct stmt *s = f->sql[OWN_CODE_GET];
	stmt_blob(s, 1, wish->code.b, HASH_LEN);
	stmt_blob(s, 2, wish->by.b, HASH_LEN);
	stmt_int(s, 3, wish->now.v);
	size_t n = 0;
	const void *data = stmt_row(s) ? stmt_col_blob(s, 0, &n) : NULL;
	*found = data != NULL && n == HASH_LEN;
	if (*found) {
		memcpy(event->b, data, HASH_LEN);
	}
	return stmt_done(s, err);
}

static bool code_find(void *self, const struct hub_code_wish *wish, struct hash *event, bool *found, struct err *err) {
	struct files *f = self;
	pthread_mutex_lock(&f->busy);
	bool ok = code_find_locked(f, wish, event, found, err);
	pthread_mutex_unlock(&f->busy);
	return ok;
}

static bool code_take_locked(struct files *f, const struct hub_code_wish *wish, struct hash *event, bool *found, struct err *err) {
	struct stmt *s = f->sql[OWN_CODE_OLD];
	stmt_int(s, 1, wish->now.v);
	if (!stmt_run(s, err)) {
		return false;
	}
	s = f->sql[OWN_CODE_TAKE];
	stmt_blob(s, 1, wish->code.b, HASH_LEN);
	stmt_blob(s, 2, wish->by.b, HASH_LEN);
	/* Whoever took it before finds it as well: their answer was lost. */
	return stmt_run(s, err) && code_find_locked(f, wish, event, found, err);
}

static bool code_take(void *self, const struct hub_code_wish *wish, struct hash *event, bool *found, struct err *err) {
	struct files *f = self;
	pthread_mutex_lock(&f->busy);
	bool ok = code_take_locked(f, wish, event, found, err);
	pthread_mutex_unlock(&f->busy);
	return ok;
}

static bool tries_locked(struct files *f, const char *who, int64_t window, int add, int64_t *count, struct err *err) {
	struct stmt *s = f->sql[OWN_TRIES_ADD];
	if (add != 0) {
		stmt_text(s, 1, who);
		stmt_int(s, 2, window);
		stmt_int(s, 3, add);
		if (!stmt_run(s, err)) {
			return false;
		}
		s = f->sql[OWN_TRIES_OLD];
		stmt_int(s, 1, window);
		if (!stmt_run(s, err)) {
			return false;
		}
	}
	s = f->sql[OWN_TRIES];
	stmt_text(s, 1, who);
	stmt_int(s, 2, window);
	*count = stmt_row(s) ? stmt_col_int(s, 0) : 0;
	return stmt_done(s, err);
}

static bool tries(void *self, const char *who, int64_t window, int add, int64_t *count, struct err *err) {
	struct files *f = self;
	pthread_mutex_lock(&f->busy);
	bool ok = tries_locked(f, who, window, add, count, err);
	pthread_mutex_unlock(&f->busy);
	return ok;
}

/* --- events ------------------------------------------------------------------------------------------------------------------------------ */

#define WAY_OUT                                                                                                                       \
	"put the right file back; or move this one away and have the event published again (turnout publish): the organiser and the " \
	"boxes bring "                                                                                                                \
	"again what they hold"

static bool anothers(const char *path, struct err *err) {
	return err_set(err, ERR_REFUSED, "%s was replaced by another event's file, which is left alone: " WAY_OUT, path);
}

static struct event_file *add_file(struct files *f, const struct hash *event) {
	ARRAY_GROW(f, items);
	struct event_file *e = xcalloc(1, sizeof *e);
	f->items[f->count++] = e;
	e->event = *event;
	shared_store_init(&e->shared);
	return e;
}

static struct event_file *find_file(struct files *f, const struct hash *event) {
	for (size_t i = 0; i < f->count; i++) {
		if (crypto_hash_eq(&f->items[i]->event, event)) {
			return f->items[i];
		}
	}
	return NULL;
}

/* Whatever else is wrong with it: what is no fault of the moment does not go away by itself. */
static bool unusable(const char *path, struct err *err) {
	struct err why = *err;
	if (why.kind == ERR_GONE) {
		return anothers(path, err);
	}
	return why.kind == ERR_INPUT || why.kind == ERR_CORRUPT ? err_set(err, ERR_REFUSED, "%s: " WAY_OUT, why.text) : false;
}

/* A file under another name than its event's is no file of this hub's: it may stand in another's place. */
static void note_event(struct files *f, const char *path, const struct hash *event) {
	char *named = event_path(f, event);
	if (!str_eq(named, path)) {
		log_warn("hub", "%s is not used: the event in it has the name %s here. If it stands in another event's place, " WAY_OUT,
			 path, file_base_name(named));
	} else if (find_file(f, event) == NULL) {
		add_file(f, event);
	}
	free(named);
}

/* To see whose event it is. What an older program left is brought up to date first: a reader computes nothing, and here nobody else would. */
static struct store *open_to_look(const char *path, struct err *err) {
	struct store *store = store_open(path, STORE_READ, "turnout-hub", err), *writer = NULL;
	struct err why = {0};
	if (store != NULL || err->kind != ERR_VERSION || (writer = store_open(path, STORE_WRITE, "turnout-hub", &why)) == NULL) {
		return store;
	}
	store_close(writer);
	*err = (struct err){0};
	return store_open(path, STORE_READ, "turnout-hub", err);
}

/* Finds which events the folder holds. A file that cannot be read now is looked at again when it is asked for (meet_file). */
static bool find_events(struct files *f, struct err *err) {
	char **names = NULL;
	size_t count = 0;
	if (!file_list(f->folder, HUB_EVENTS_MAX, &names, &count, err)) {
		return false;
	}
	for (size_t i = 0; i < count; i++) {
		if (str_ends_nocase(names[i], ENDING)) {
			struct err why = {0};
			char *path = file_join(f->folder, names[i]);
			struct store *store = open_to_look(path, &why);
			if (store == NULL) {
				log_warn("hub", "an event cannot be read now: %s", why.text);
			} else {
				note_event(f, path, store_event(store));
			}
			store_close(store);
			free(path);
		}
		free(names[i]);
	}
	free(names);
	return true;
}

/* The event's file, also one that could not be read before or has come since. *out NULL: there is none. False: it cannot be read, or is another
 * event's. With f->busy held. */
static bool meet_file(struct files *f, const struct hash *event, struct event_file **out, struct err *err) {
	*out = find_file(f, event);
	for (size_t i = 0; *out == NULL && i < f->count; i++) {
		if (memcmp(f->items[i]->event.b, event->b, NAME_DIGITS / 2) == 0) {
			return true; /* the file of that name is another's */
		}
	}
	char *path = event_path(f, event);
	struct store *store = NULL;
	bool ok = *out != NULL || !file_exists(path) || (store = open_to_look(path, err)) != NULL || unusable(path, err);
	if (store != NULL && crypto_hash_eq(store_event(store), event)) {
		*out = add_file(f, event);
	} else if (store != NULL) {
		ok = anothers(path, err);
	}
	store_close(store);
	free(path);
	return ok;
}

/* --- lending ------------------------------------------------------------------------------------------------------------------------------ */

/* Closes the open file that was used longest ago and that nobody uses now. */
static void close_one(struct files *f) {
	struct event_file *oldest = NULL;
	for (size_t i = 0; i < f->count; i++) {
		struct event_file *e = f->items[i];
		if (e->shared.store != NULL && e->users == 0 && (oldest == NULL || e->used < oldest->used)) {
			oldest = e;
		}
	}
	if (oldest != NULL) {
		store_close(oldest->shared.store);
		oldest->shared.store = NULL;
		f->open--;
	}
}

/* NULL: it is not here, or cannot be read. */
static struct event_file *borrow(struct files *f, const struct hash *event, struct err *err) {
	struct event_file *e = NULL;
	pthread_mutex_lock(&f->busy);
	if (meet_file(f, event, &e, err) && e == NULL) {
		err_set(err, ERR_NOT_FOUND, "this hub does not hold that event");
	}
	if (e != NULL) {
		e->users++;
		e->used = ++f->loans;
		while (f->open >= HUB_OPEN_MAX && e->shared.store == NULL) {
			size_t before = f->open;
			close_one(f);
			if (f->open == before) {
				break; /* all of them are in use: one more then */
			}
		}
	}
	pthread_mutex_unlock(&f->busy);
	/* As a user is counted, close_one leaves the file alone. */
	return e;
}

static void give_back(void *self, struct hub_loan *loan) {
	struct files *f = self;
	struct event_file *e = loan->of;
	replica_fini(&loan->replica);
	crypto_wipe(&loan->origin, sizeof loan->origin);
	pthread_mutex_lock(&e->shared.busy);
	(void)(e->shared.store == NULL || erasure_clean(e->shared.store)); /* when somebody reads the file now, the next loan does it */
	pthread_mutex_unlock(&e->shared.busy);
	pthread_mutex_lock(&f->busy);
	e->users--;
	pthread_mutex_unlock(&f->busy);
	loan->of = NULL;
}

/* Taken away or replaced while it was open: what was in it is kept, and comes back when a file of the event does. */
static void lose_store(struct files *f, struct event_file *e) {
	struct err gone = {0};
	if (e->shared.store == NULL || store_look(e->shared.store, &gone)) {
		return;
	}
	rescue_keep(e->shared.store, &gone);
	log_warn("hub", "%s: %s", store_path(e->shared.store), gone.text);
	store_close(e->shared.store);
	pthread_mutex_lock(&f->busy);
	e->shared.store = NULL;
	f->open--;
	pthread_mutex_unlock(&f->busy);
}

static bool open_store(struct files *f, struct event_file *e, struct err *err) {
	lose_store(f, e);
	if (e->shared.store != NULL) {
		return true;
	}
	char *path = event_path(f, &e->event);
	struct store *store = rescue_open_event(path, &e->event, "turnout-hub", err);
	if (store == NULL && err->kind == ERR_NOT_FOUND) {
		err_set(err, ERR_NOT_FOUND,
			"this hub's file of that event is gone; the organiser brings the event again (turnout publish)");
	} else if (store == NULL) {
		unusable(path, err);
	}
	free(path);
	if (store != NULL && !store_cache(store, CACHE_KIB, err)) {
		store_close(store);
		store = NULL;
	}
	if (store != NULL) {
		store_set_quota(store, &f->quota);
	}
	pthread_mutex_lock(&f->busy); /* whoever looks for a file to close looks at all of them */
	e->shared.store = store;
	f->open += store != NULL;
	pthread_mutex_unlock(&f->busy);
	return store != NULL;
}

static bool lend(void *self, const struct hash *event, struct hub_loan *out, struct err *err) {
	struct files *f = self;
	struct event_file *e = borrow(f, event, err);
	*out = (struct hub_loan){.of = e};
	if (e == NULL) {
		return false;
	}
	/* Outside files.busy, so that one busy event stops no other. */
	pthread_mutex_lock(&e->shared.busy);
	bool ok = open_store(f, e, err) && store_origin(e->shared.store, &out->origin, err) &&
		  shared_store_replica(&e->shared, &out->replica, err);
	pthread_mutex_unlock(&e->shared.busy);
	if (!ok) {
		give_back(f, out);
	}
	return ok;
}

/* Its file is away: whoever holds it open lets go of it, so that there can be another. */
static void lose_event(struct files *f, const struct hash *event) {
	pthread_mutex_lock(&f->busy);
	struct event_file *e = find_file(f, event);
	if (e != NULL) {
		e->users++; /* it is not closed by others meanwhile */
	}
	pthread_mutex_unlock(&f->busy);
	if (e == NULL) {
		return;
	}
	pthread_mutex_lock(&e->shared.busy);
	lose_store(f, e);
	pthread_mutex_unlock(&e->shared.busy);
	pthread_mutex_lock(&f->busy);
	e->users--;
	pthread_mutex_unlock(&f->busy);
}

static bool add(void *self, const struct store_origin *origin, struct err *err) {
	struct files *f = self;
	struct hub_loan loan;
	struct event_file *known = NULL;
	char *path = event_path(f, &origin->event);
	if (!file_exists(path)) {
		lose_event(f, &origin->event);
	}
	pthread_mutex_lock(&f->busy);
	bool ok = meet_file(f, &origin->event, &known, err) && (file_exists(path) || store_adopt(path, origin, err));
	if (ok && known == NULL) {
		add_file(f, &origin->event);
	}
	free(path);
	pthread_mutex_unlock(&f->busy);
	if (!ok || !lend(f, &origin->event, &loan, err)) {
		return false;
	}
	struct event_file *e = loan.of;
	ok = (crypto_key_eq(&loan.origin.organiser, &origin->organiser) &&
	      crypto_same(loan.origin.event_key, origin->event_key, KEY_LEN)) ||
	     err_set(err, ERR_REFUSED, "this hub holds that event with other keys");
	pthread_mutex_lock(&e->shared.busy);
	ok = ok && (!origin->has_invitation || store_set_invitation(e->shared.store, origin->invitation_seed, err));
	pthread_mutex_unlock(&e->shared.busy);
	give_back(f, &loan);
	return ok;
}

/* --- figures ------------------------------------------------------------------------------------------------------------------------------ */

struct counted {
	struct hash event; /* of one that is known by its file's name alone what that says, then zeros */
	bool known;
};

struct counted_list {
	struct counted *items;
	size_t count, cap;
};

static void add_counted(struct counted_list *list, const struct counted *event) {
	for (size_t i = 0; i < list->count; i++) {
		if (memcmp(list->items[i].event.b, event->event.b, NAME_DIGITS / 2) == 0) {
			return;
		}
	}
	ARRAY_GROW(list, items);
	list->items[list->count++] = *event;
}

static void add_known(struct files *f, struct counted_list *list) {
	pthread_mutex_lock(&f->busy);
	for (size_t i = 0; i < f->count; i++) {
		add_counted(list, &(struct counted){f->items[i]->event, true});
	}
	pthread_mutex_unlock(&f->busy);
}

static bool names_event(const char *name, struct hash *event) {
	char hex[NAME_DIGITS + 1], again[NAME_DIGITS + 1];
	*event = (struct hash){{0}};
	str_copy(hex, sizeof hex, name);
	if (strlen(name) != NAME_DIGITS + sizeof ENDING - 1 || !str_unhex(hex, event->b, NAME_DIGITS / 2)) {
		return false;
	}
	str_hex(event->b, NAME_DIGITS / 2, again);
	return str_eq(hex, again) && str_eq(name + NAME_DIGITS, ENDING);
}

/* Whose file is another event's or cannot be read is known by its name only, and is to be missed all the same. */
static bool add_named(const struct files *f, struct counted_list *list, struct err *err) {
	char **names = NULL;
	size_t count = 0;
	if (!file_list(f->folder, HUB_EVENTS_MAX, &names, &count, err)) {
		return false;
	}
	for (size_t i = 0; i < count; i++) {
		struct counted named = {.known = false};
		if (names_event(names[i], &named.event)) {
			add_counted(list, &named);
		}
		free(names[i]);
	}
	free(names);
	return true;
}

/* By a reading handle of its own, so that nobody's exchange waits for the counting. */
static void count_event(const struct files *f, const struct counted *event, struct hub_figures *out) {
	struct err err = {0};
	size_t same = event->known ? HASH_LEN : NAME_DIGITS / 2;
	*out = (struct hub_figures){.event = event->event};
	char *path = event_path(f, &out->event);
	struct store *store = store_open(path, STORE_READ, "turnout-hub", &err);
	if (store == NULL || !(memcmp(store_event(store)->b, out->event.b, same) == 0 || anothers(path, &err)) ||
	    !audit_sizes(store, &out->logs, &out->records, &err)) {
		str_copy(out->problem, sizeof out->problem, err.text);
	} else {
		out->event = *store_event(store);
	}
	store_close(store);
	free(path);
}

static int by_event(const void *a, const void *b) {
	return memcmp(((const struct counted *)a)->event.b, ((const struct counted *)b)->event.b, HASH_LEN);
}

static bool figures(void *self, hub_figures_fn *each, void *context, struct err *err) {
	struct files *f = self;
	struct counted_list list = {.count = 0};
	add_known(f, &list);
	bool ok = add_named(f, &list, err);
	if (list.count != 0) {
		qsort(list.items, list.count, sizeof *list.items, by_event);
	}
	for (size_t i = 0; ok && i < list.count; i++) {
		struct hub_figures one;
		count_event(f, &list.items[i], &one);
		ok = each(context, &one, err);
	}
	free(list.items);
	return ok;
}

/* What was rolled back would never have reached the disk, and shows nothing of one that is full. The events' files lie on the same one. */
static bool ping(void *self, struct err *err) {
	struct files *f = self;
	struct utc_ms now = clock_utc();
	pthread_mutex_lock(&f->busy);
	stmt_blob(f->sql[OWN_PING], 1, &now.v, sizeof now.v);
	bool ok = stmt_run(f->sql[OWN_PING], err);
	pthread_mutex_unlock(&f->busy);
	return ok;
}

/* --- the whole ---------------------------------------------------------------------------------------------------------------------------- */

static void close_files(void *self) {
	struct files *f = self;
	if (f == NULL) {
		return;
	}
	for (size_t i = 0; i < f->count; i++) {
		shared_store_fini(&f->items[i]->shared);
		free(f->items[i]);
	}
	db_release(f->sql, OWN_COUNT);
	db_close(f->own);
	lock_release(f->lock);
	pthread_mutex_destroy(&f->busy);
	free(f->items);
	free(f->folder);
	free(f);
}

static const struct hub_db_ops OPS = {
	.close = close_files,
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

static bool take_folder(struct files *f, const char *own, struct err *err) {
	char holder[200], other[LOCK_HOLDER_MAX];
	if (access(f->folder, R_OK | W_OK | X_OK) != 0) {
		return err_errno(err, "this user cannot write in it; it has to belong to whom the hub runs as");
	}
	lock_holder("turnout-hub", holder);
	f->lock = lock_write(own, holder, err);
	if (f->lock == NULL && err->kind == ERR_BUSY) {
		lock_written_by(own, other);
		err_set(err, ERR_BUSY, "another hub works in it (%s); end that one first, or give this one a folder of its own", other);
	}
	return f->lock != NULL;
}

bool hub_db_files_open(const char *folder, const struct quota *quota, struct hub_db *out, struct err *err) {
	struct files *f = xcalloc(1, sizeof *f);
	*out = (struct hub_db){.ops = &OPS, .self = f};
	f->folder = xstrdup(folder);
	f->quota = quota != NULL ? *quota : quota_default();
	pthread_mutex_init(&f->busy, NULL);
	char *own = file_join(folder, OWN);
	bool ok = file_mkdirs(folder, err) && take_folder(f, own, err) && open_own(f, err) && find_events(f, err);
	free(own);
	if (!ok) {
		err_wrap(err, "the hub's folder %s", folder);
		close_files(f);
		out->self = NULL;
	}
	return ok;
}
