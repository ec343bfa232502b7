/* A log that is our own is never set aside, whoever was killed and however many programs come at once:
 *
 * 1. Setting aside is decided and done under the writer's lock, and the lock is free only when no thread of a writer lives that could be in the middle
 *    of a write: the kernel drops it with the last descriptor, after the last thread's last system call.
 * 2. What is looked at is a copy under a name of its own. Two that look at once spoil nothing for each other.
 * 3. What SQLite makes of a file and its own log is what was committed last, wherever its writer died, in the midst of moving the log into the file too. That is
 *    what a Turnout wrote, without a fault; and a log under which nothing is wrong is played.
 * 4. An older copy of a file under its newer log may give right records all the same, as records are only added; then it is the views that are
 *    neither old nor new. So the views are computed again from the records whenever a log waited (store/store.c): that takes less time than looking.
 * 5. What could not be found out (a full disk, no memory, a copy that somebody removed) is no evidence: then the log is played, as it is anywhere. */
#include "store/foreign_wal.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/log.h"
#include "base/str.h"
#include "store/file/meta.h"
#include "store/file/state.h"
#include "store/log/handle.h"
#include "store/log/verify.h"
#include "store/sql/migrate.h"

#define WAL_HEAD 32          /* bytes of a log's header: there is no page in it */
#define UNREADABLE 1000000LL /* faults: more than any file that can be read at all has */
#define ASIDE_MAX 10000
#define NAMES_MAX 10000
#define PLAYED ".played-" /* between the file's name and what makes the copy's its own */

static void count_fault(void *context, const char *sentence) { (void)context, (void)sentence; }

/* How much is wrong with a copy's records, with the log beside it where one is. What somebody added to the schema is no fault here: they may have
 * done so while our own writer wrote. False: it could not be read to the end, for a reason that lies not in it (5). */
static bool faults_of(const char *copy, int64_t *faults, struct err *err) {
	struct audit audit = {0};
	struct store *store = handle_new(copy, STORE_READ);
	store->db = db_open(copy, DB_READ, err);
	int64_t named = 0;
	bool ok = store->db != NULL && migrate_check(store->db, err) &&
		  db_number(store->db, "SELECT count(*) FROM meta WHERE key IN ('event', 'organiser')", &named, err) && named == 2 &&
		  meta_get_blob(store, "event", store->event.b, HASH_LEN) &&
		  meta_get_blob(store, "organiser", store->organiser.b, KEY_LEN) && verify_records(store, &audit, count_fault, NULL, err);
	handle_close(store);
	*faults = ok ? audit.faults - audit.added : UNREADABLE;
	return ok || (err->kind != ERR_SYSTEM && err->kind != ERR_BUSY);
}

static void remove_copy(const char *copy) {
	static const char *const suffixes[] = {"", "-wal", "-shm"};
	for (size_t i = 0; i < COUNT_OF(suffixes); i++) {
		char *path = xasprintf("%s%s", copy, suffixes[i]);
		unlink(path);
		free(path);
	}
}

/* Most logs that wait are their file's own: what is wrong without them is asked only when something is wrong with them. */
static bool compare(const char *path, const char *copy, bool *foreign, struct err *err) {
	int64_t with = 0, without = 0;
	struct err unreadable = {0}; /* why a copy makes no sense is told by nobody */
	if (!db_copy_bytes(path, copy, true, err) || !faults_of(copy, &with, &unreadable)) {
		return err->kind != ERR_NONE ? false : err_give(err, &unreadable);
	}
	if (with == 0) {
		return true;
	}
	remove_copy(copy);
	unreadable = (struct err){0};
	if (!db_copy_bytes(path, copy, false, err) || !faults_of(copy, &without, &unreadable)) {
		return err->kind != ERR_NONE ? false : err_give(err, &unreadable);
	}
	*foreign = without < with;
	return true;
}

static bool is_foreign(const char *path, bool *foreign, struct err *err) {
	*foreign = false;
	char *wal = xasprintf("%s-wal", path), *copy = xasprintf("%s" PLAYED "XXXXXX", path);
	bool ok = true;
	if (file_size(wal) > WAL_HEAD) {
		int fd = mkostemp(copy, O_CLOEXEC); /* (2) */
		ok = fd >= 0 || err_errno(err, "cannot make a copy");
		if (fd >= 0) {
			close(fd);
			ok = compare(path, copy, foreign, err);
			remove_copy(copy);
		}
	}
	free(copy);
	free(wal);
	return ok;
}

bool foreign_wal_waits(const char *path) {
	struct err ignored = {0};
	bool foreign = false;
	return is_foreign(path, &foreign, &ignored) && foreign;
}

/* Each name in the folder where `path` lies. */
static void each_name(const char *path, void (*each)(void *context, const char *other), void *context) {
	char **names = NULL;
	size_t count = 0;
	struct err ignored = {0}; /* a folder that cannot be listed holds nobody up */
	char *folder = xstrndup(path, (size_t)(file_base_name(path) - path));
	if (file_list(folder[0] ? folder : ".", NAMES_MAX, &names, &count, &ignored)) {
		for (size_t i = 0; i < count; i++) {
			char *other = file_join(folder[0] ? folder : ".", names[i]);
			each(context, other);
			free(other);
			free(names[i]);
		}
		free(names);
	}
	free(folder);
}

/* Of a program that was killed while it looked. One that still looks without the lock will ask again under it. */
static void remove_left_copy(void *context, const char *other) {
	const char *prefix = context;
	if (str_starts(file_base_name(other), prefix)) {
		unlink(other);
	}
}

static void remove_left_copies(const char *path) {
	char *prefix = xasprintf("%s" PLAYED, file_base_name(path));
	each_name(path, remove_left_copy, prefix);
	free(prefix);
}

/* One that is free: what was set aside before may be all that there is of somebody's check-ins. NULL: none. */
static char *free_name(const char *wal) {
	for (int i = 1; i < ASIDE_MAX; i++) {
		char *aside = xasprintf("%s.foreign-%d", wal, i);
		if (!file_exists(aside) && !file_is_link(aside)) {
			return aside;
		}
		free(aside);
	}
	return NULL;
}

static bool set_aside(const char *path, const char *wal, struct err *err) {
	char *shm = xasprintf("%s-shm", path), *aside = free_name(wal);
	bool ok = aside != NULL || err_set(err, ERR_REFUSED, "too many lie beside it already");
	if (ok && rename(wal, aside) != 0) {
		ok = err_errno(err, "%s", aside);
	}
	if (ok) {
		unlink(shm);
		log_warn("store", "%s belongs to another file: it was set aside as %s, and nothing of it was taken", wal, aside);
	} else {
		err_wrap(err, "%s belongs to another file, and cannot be set aside; move it away", wal);
	}
	free(aside);
	free(shm);
	return ok;
}

bool foreign_wal_set_aside(const char *path, bool *played, struct err *err) {
	char *wal = xasprintf("%s-wal", path);
	struct err unknown = {0};
	bool foreign = false;
	remove_left_copies(path);
	if (!is_foreign(path, &foreign, &unknown)) {
		log_warn("store", "%s: whether what waits in its -wal is its own could not be found out: %s", path, unknown.text);
	}
	bool ok = !foreign || set_aside(path, wal, err);
	*played = file_size(wal) > WAL_HEAD;
	free(wal);
	return ok;
}

bool foreign_wal_make_room(const char *path, struct err *err) {
	char *wal = xasprintf("%s-wal", path);
	bool ok = file_size(wal) <= WAL_HEAD || set_aside(path, wal, err);
	free(wal);
	return ok;
}

struct naming {
	const char *own;
	const struct stat *st;
	struct err *err;
	bool ok;
};

static void check_name(void *context, const char *other) {
	struct naming *n = context;
	struct stat st;
	const char *name = file_base_name(other);
	char *wal = xasprintf("%s-wal", other);
	bool same = stat(other, &st) == 0 && st.st_ino == n->st->st_ino && st.st_dev == n->st->st_dev;
	n->ok = n->ok && (!same || str_eq(name, n->own) || file_size(wal) <= WAL_HEAD ||
			  err_set(n->err, ERR_REFUSED, "this file has another name, %s, and its last changes lie in %s-wal: open it as %s",
				  name, name, name));
	free(wal);
}

bool foreign_wal_other_names(const char *path, struct err *err) {
	struct stat st;
	if (stat(path, &st) != 0 || st.st_nlink < 2) {
		return true;
	}
	struct naming n = {.own = file_base_name(path), .st = &st, .err = err, .ok = true};
	each_name(path, check_name, &n);
	return n.ok;
}
