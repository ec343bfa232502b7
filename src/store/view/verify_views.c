/* Do the views say what the records say? They are computed again on a copy in the temporary folder and compared; the file itself is only
 * read. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/log.h"
#include "base/str.h"
#include "store/read/audit.h"
#include "store/store_private.h"

#define SUFFIXES_MAX 3

static void remove_copy(const char *folder, const char *path) {
	static const char *const suffixes[SUFFIXES_MAX] = {"", "-wal", "-journal"};
	for (int i = 0; i < SUFFIXES_MAX; i++) {
		char *name = xasprintf("%s%s", path, suffixes[i]);
		unlink(name);
		free(name);
	}
	rmdir(folder);
}

/* The digest that the copy's views have once they are computed from its records. */
static bool digest_of_records(const struct store *store, const char *path, struct hash *out, struct err *err) {
	struct store copy = {
		.path = store->path, .real = store->real, .mode = STORE_WRITE, .event = store->event, .organiser = store->organiser};
	copy.db = db_open(path, DB_WRITE, err);
	/* Nothing of it has to last. */
	bool ok = copy.db != NULL && db_exec(copy.db, "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF", err);
	if (ok) {
		store_prepare(&copy);
		ok = db_begin(copy.db, err) && view_rebuild(&copy, err) && db_commit(copy.db, err) && audit_digest(&copy, out, err);
	}
	store_release(&copy);
	return ok;
}

bool verify_views(struct store *store, bool *same, struct err *err) {
	const char *tmp = getenv("TMPDIR");
	char *folder = xasprintf("%s/turnout-verify-XXXXXX", str_empty(tmp) ? "/tmp" : tmp);
	if (mkdtemp(folder) == NULL) {
		err_errno(err, "%s", folder);
		free(folder);
		return false;
	}
	char *path = xasprintf("%s/event", folder);
	struct hash kept = {{0}}, computed = {{0}};
	bool ok = db_backup(store->db, path, err) && audit_digest(store, &kept, err) && digest_of_records(store, path, &computed, err);
	*same = crypto_hash_eq(&kept, &computed);
	remove_copy(folder, path);
	free(path);
	free(folder);
	return ok;
}
