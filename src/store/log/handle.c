#include "store/log/handle.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/tz.h"
#include "store/file/state.h"
#include "store/log/ends.h"
#include "store/log/identity.h"
#include "store/sql/lock.h"

struct store *handle_new(const char *path, enum store_mode mode) {
	struct store *store = xcalloc(1, sizeof *store);
	store->path = xstrdup(path);
	store->mode = mode;
	return store;
}

void handle_release(struct store *store) {
	statements_release(&store->statements);
	db_close(store->db);
	mapstr_fini(&store->dirty);
	mapstr_fini(&store->find_words);
	seen_forget(&store->seen);
	recent_fini(&store->recent);
	ends_forget(store);
}

/* Statements go before the database that compiled them, and the lock last: its descriptor may be of the event file itself (sql/lock.c). */
void handle_close(struct store *store) {
	handle_release(store);
	identity_close(store->identity);
	lock_release(store->lock);
	tz_close(store->tz);
	crypto_wipe(&store->organiser_key, sizeof store->organiser_key);
	crypto_wipe(store->subject_key, sizeof store->subject_key);
	free(store->path);
	free(store->real);
	free(store);
}
