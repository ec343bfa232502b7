#include "store/foreign_wal.h"

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
#define ASIDE_MAX 100

static void count_fault(void *context, const char *sentence) { (void)context, (void)sentence; }

/* How much is wrong with a copy, with the log beside it where one is. */
static int64_t faults_of(const char *copy) {
	struct audit audit = {0};
	struct err err = {0};
	struct store *store = handle_new(copy, STORE_READ);
	store->db = db_open(copy, DB_READ, &err);
	bool ok = store->db != NULL && migrate_check(store->db, &err) && meta_get_blob(store, "event", store->event.b, HASH_LEN) &&
		  meta_get_blob(store, "organiser", store->organiser.b, KEY_LEN) && verify_records(store, &audit, count_fault, NULL, &err);
	handle_close(store);
	return ok ? audit.faults : UNREADABLE;
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
static bool is_foreign(const char *path, const char *copy, bool *foreign, struct err *err) {
	*foreign = false;
	if (!db_copy_bytes(path, copy, true, err)) {
		return false;
	}
	int64_t with = faults_of(copy);
	if (with == 0) {
		return true;
	}
	remove_copy(copy);
	if (!db_copy_bytes(path, copy, false, err)) {
		return false;
	}
	*foreign = faults_of(copy) < with;
	return true;
}

bool foreign_wal_waits(const char *path) {
	char *wal = xasprintf("%s-wal", path), *copy = xasprintf("%s.played", path);
	struct err err = {0};
	bool foreign = false;
	if (file_size(wal) > WAL_HEAD) {
		if (!is_foreign(path, copy, &foreign, &err)) {
			log_warn("store", "%s: whether what waits in its -wal is its own could not be found out: %s", path, err.text);
		}
		remove_copy(copy);
	}
	free(copy);
	free(wal);
	return foreign;
}

static void set_aside(const char *path, const char *wal) {
	char *shm = xasprintf("%s-shm", path), *aside = NULL;
	for (int i = 1; i < ASIDE_MAX && (aside == NULL || file_exists(aside)); i++) {
		free(aside);
		aside = xasprintf("%s.foreign-%d", wal, i);
	}
	if (rename(wal, aside) == 0) {
		unlink(shm);
		log_warn("store", "%s belongs to another file: it was set aside as %s, and nothing of it was taken", wal, aside);
	} else {
		log_warn("store", "%s belongs to another file, and cannot be set aside", wal);
	}
	free(aside);
	free(shm);
}

void foreign_wal_set_aside(const char *path) {
	char *wal = xasprintf("%s-wal", path);
	if (foreign_wal_waits(path)) {
		set_aside(path, wal);
	}
	free(wal);
}

#define NAMES_MAX 10000

static bool is_same_file(const char *path, const struct stat *as) {
	struct stat st;
	return stat(path, &st) == 0 && st.st_ino == as->st_ino && st.st_dev == as->st_dev;
}

static bool check_name(const char *folder, const char *name, const char *own, const struct stat *st, struct err *err) {
	char *other = file_join(folder, name), *wal = xasprintf("%s-wal", other);
	bool ok = str_eq(name, own) || !is_same_file(other, st) || file_size(wal) <= WAL_HEAD ||
		  err_set(err, ERR_REFUSED, "this file has another name, %s, and its last changes lie in %s-wal: open it as %s", name, name,
			  name);
	free(other);
	free(wal);
	return ok;
}

bool foreign_wal_other_names(const char *path, struct err *err) {
	struct stat st;
	char **names = NULL;
	size_t count = 0;
	struct err ignored = {0}; /* a folder that cannot be listed holds nobody up */
	if (stat(path, &st) != 0 || st.st_nlink < 2) {
		return true;
	}
	char *folder = xstrndup(path, (size_t)(file_base_name(path) - path));
	bool ok = true;
	if (file_list(folder[0] ? folder : ".", NAMES_MAX, &names, &count, &ignored)) {
		for (size_t i = 0; i < count; i++) {
			ok = ok && check_name(folder[0] ? folder : ".", names[i], file_base_name(path), &st, err);
			free(names[i]);
		}
		free(names);
	}
	free(folder);
	return ok;
}
