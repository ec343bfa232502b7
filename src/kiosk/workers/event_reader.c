#include "kiosk/workers/event_reader.h"

#include <sys/stat.h>

#include "store/store.h"

static void close_store(struct event_reader *r) {
	if (r->store != NULL && r->closing != NULL) {
		r->closing(r->context);
	}
	store_close(r->store);
	r->store = NULL;
}

bool event_reader_open(struct event_reader *r, struct err *err) {
	struct stat st = {0};
	bool there = stat(r->path, &st) == 0; /* before it is opened: a change in between is found by the next look */
	struct store *store = store_open(r->path, STORE_READ, "turnout-kiosk", err);
	if (store == NULL) {
		return false;
	}
	if (!store_cache(store, r->cache_kib > 0 ? r->cache_kib : READER_CACHE_KIB, err)) {
		store_close(store);
		return false;
	}
	close_store(r);
	r->store = store;
	r->device = there ? st.st_dev : 0;
	r->inode = there ? st.st_ino : 0;
	return true;
}

bool event_reader_look(struct event_reader *r, bool *other, struct err *err) {
	struct stat st;
	bool there = stat(r->path, &st) == 0;
	*other = r->store == NULL || (there && (st.st_dev != r->device || st.st_ino != r->inode));
	return !*other || event_reader_open(r, err);
}

void event_reader_close(struct event_reader *r) { close_store(r); }
