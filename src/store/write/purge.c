#include "store/write/purge.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/log.h"
#include "store/file/meta.h"
#include "store/file/state.h"
#include "store/log/share.h"
#include "store/write/erasing.h"
#include "store/write/sign.h"
#include "store/write/transaction.h"

static bool purge_now(struct store *store, struct err *err) {
	char sql[200];
	if (!store_begin(store, err)) {
		return false;
	}
	snprintf(sql, sizeof sql, "INSERT INTO meta (key, value) VALUES ('purged', %" PRId64 ")", set_clock_now(&store->clock).v);
	store->rebuild = true;
	if (db_exec(store->db, "UPDATE record SET body = NULL WHERE subject <> ''", err) &&
	    db_exec(store->db, "DELETE FROM meta WHERE key IN ('event_key', 'invitation_seed')", err) && db_exec(store->db, sql, err)) {
		store->purged = store_commit(store, err);
		/* What an earlier erasure left in the write-ahead log is still there when this one was undone. */
		store->unclean = store->unclean || store->purged;
		return store->purged;
	}
	store_rollback(store);
	return false;
}

bool store_purge(struct store *store, struct err *err) {
	struct backlog backlog;
	if (store_is_purged(store)) {
		return err_set(err, ERR_REFUSED, "the personal data of this file is purged already");
	}
	if (!store_sign(store, err) || !store_backlog(store, &backlog, err)) {
		return false;
	}
	if (backlog.records != 0) {
		return err_set(err, ERR_REFUSED,
			       "%" PRId64
			       " record%s of this file %s not acknowledged by a hub or the organiser yet; \"turnout sync\" first",
			       backlog.records, backlog.records == 1 ? "" : "s", backlog.records == 1 ? "is" : "are");
	}
	if (!purge_now(store, err)) {
		return false;
	}
	if (!erasure_clean(store)) {
		log_warn("store", "%s: somebody reads the file; what was purged goes from its write-ahead log when they have ended",
			 store->path);
	}
	return true;
}
