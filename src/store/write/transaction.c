#include "store/write/transaction.h"

#include <string.h>

#include "base/log.h"
#include "store/file/state.h"
#include "store/log/ends.h"
#include "store/view/setting.h"
#include "store/view/views.h"

bool store_begin(struct store *store, struct err *err) {
	if (!db_begin(store->db, err)) {
		return err_wrap(err, "%s", store->path);
	}
	store->met = (struct met_person){0};
	store->quota_known = store->quota_own;
	memcpy(store->chains_before, store->chains, sizeof store->chains);
	return true;
}

void store_rollback(struct store *store) {
	if (store->mode != STORE_WRITE || store->db == NULL) {
		return;
	}
	db_rollback(store->db);
	views_forget(store);
	ends_forget(store);
	store->met = (struct met_person){0};
	store->rebuild = false;
	recent_rollback(&store->recent);
	/* A log begun in the undone transaction is gone again; its marker was claimed, so the next append begins another. */
	memcpy(store->chains, store->chains_before, sizeof store->chains);
}

bool store_commit(struct store *store, struct err *err) {
	bool settings = setting_changed(store) || store->rebuild;
	/* The views' rows go into the same transaction as the records that they come from. */
	bool ok = store->rebuild ? views_rebuild(store, err) : views_flush(store, err);
	ok = ok && db_commit(store->db, err);
	if (!ok) {
		store_rollback(store);
		return err_wrap(err, "%s", store->path);
	}
	recent_commit(&store->recent);
	store->rebuild = false;
	store->met = (struct met_person){0};
	memcpy(store->chains_before, store->chains, sizeof store->chains);
	struct err late = {0};
	if (settings && !setting_load_tz(store, &late)) { /* durable all the same */
		log_warn("store", "%s: %s; the time zone stays as it was", store->path, late.text);
	}
	return true;
}

bool store_rebuild(struct store *store, struct err *err) {
	store->rebuild = true;
	if (!store_begin(store, err)) {
		return false;
	}
	if (!ends_rebuild(store, err)) {
		store_rollback(store);
		return err_wrap(err, "%s", store->path);
	}
	return store_commit(store, err);
}
