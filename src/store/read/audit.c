#include "store/read/audit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "store/file/state.h"
#include "store/log/handle.h"
#include "store/log/rows.h"
#include "store/view/checkin.h"
#include "store/view/views.h"

/* --- digest ---------------------------------------------------------------------------------------------------------------------- */

struct digest {
	struct hash state;
	struct strbuf row;
};

/* Rows are chained: state = SHA-256(state, row); every column carries its length, so no two rows read the same. */
static bool digest_row(void *context, struct stmt *s, struct err *err) {
	(void)err;
	struct digest *d = context;
	strbuf_reset(&d->row);
	strbuf_add(&d->row, d->state.b, HASH_LEN);
	for (int i = 0; i < stmt_col_count(s); i++) {
		size_t n = 0;
		const void *data = stmt_col_blob(s, i, &n);
		strbuf_addf(&d->row, "%c%zu:", stmt_col_null(s, i) ? 'n' : 'v', n);
		strbuf_add(&d->row, data, n);
	}
	d->state = crypto_sha256(d->row.data, d->row.len);
	return true;
}

bool audit_digest(struct store *store, struct hash *out, struct err *err) {
	char start[80];
	int n = snprintf(start, sizeof start, "turnout-views-%d\n", VIEW_VERSION);
	struct digest d = {.state = crypto_sha256(start, (size_t)n)};
	bool ok = db_begin_read(store->db, err);
	const struct store_view *view;
	for (size_t i = 0; ok && (view = views_at(i)) != NULL; i++) {
		for (size_t t = 0; ok && t < VIEW_TABLES_MAX && view->tables[t].name != NULL; t++) {
			ok = view->tables[t].digest == NULL || db_each(store->db, view->tables[t].digest, digest_row, &d, err);
		}
	}
	db_rollback(store->db);
	strbuf_fini(&d.row);
	*out = d.state;
	return ok;
}

/* --- are the views what the records give? ------------------------------------------------------------------------------------------ */

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

/* The digest of the copy's views as they are in it, and that which they have once they are computed from its records: both of the copy, as the file itself may go on
 * meanwhile. */
static bool digest_copy(const struct store *store, const char *path, struct hash *kept, struct hash *computed, struct err *err) {
	struct store copy = {
		.path = store->path, .real = store->real, .mode = STORE_WRITE, .event = store->event, .organiser = store->organiser};
	copy.db = db_open(path, DB_WRITE, err);
	/* Nothing of it has to last. */
	bool ok = copy.db != NULL && db_exec(copy.db, "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF", err);
	ok = ok && audit_digest(&copy, kept, err) && db_begin(copy.db, err) && views_rebuild(&copy, err) && db_commit(copy.db, err) &&
	     audit_digest(&copy, computed, err);
	handle_release(&copy);
	return ok;
}

/* Needs room for a copy in the temporary folder. */
static bool compare_views(struct store *store, bool *same, struct err *err) {
	const char *tmp = getenv("TMPDIR");
	char *folder = xasprintf("%s/turnout-verify-XXXXXX", str_empty(tmp) ? "/tmp" : tmp);
	if (mkdtemp(folder) == NULL) {
		err_errno(err, "%s", folder);
		free(folder);
		return false;
	}
	char *path = xasprintf("%s/event", folder);
	struct hash kept = {{0}}, computed = {{0}};
	bool ok = db_backup(store->db, path, err) && digest_copy(store, path, &kept, &computed, err);
	*same = crypto_hash_eq(&kept, &computed);
	remove_copy(folder, path);
	free(path);
	free(folder);
	return ok;
}

/* Why what is shown is not known to be what the records give; `text` is "" where it is. */
static void doubt_views(struct store *store, const struct audit *audit, char text[ERR_TEXT_MAX + 80]) {
	struct err why = {0};
	bool same = true;
	text[0] = '\0';
	if (audit->faults != audit->added) {
		snprintf(text, ERR_TEXT_MAX + 80, "what is shown was not compared with the records, as these are not sound");
	} else if (!compare_views(store, &same, &why)) {
		snprintf(text, ERR_TEXT_MAX + 80, "what is shown could not be compared with the records: %s", why.text);
	} else if (!same) {
		snprintf(text, ERR_TEXT_MAX + 80,
			 "what is shown was changed behind the records' back: \"turnout rebuild\" computes it again");
	}
}

bool audit_verify(struct store *store, struct audit *audit, audit_fault_fn *report, void *context, struct err *err) {
	char doubt[ERR_TEXT_MAX + 80];
	if (!verify_records(store, audit, report, context, err)) {
		return false;
	}
	doubt_views(store, audit, doubt);
	if (doubt[0] != '\0') {
		audit->faults++;
		report(context, doubt);
	}
	return true;
}

/* --- status ---------------------------------------------------------------------------------------------------------------------- */

bool audit_sizes(struct store *store, int64_t *logs, int64_t *records, struct err *err) {
	return db_number(store->db, "SELECT count(*) FROM log", logs, err) &&
	       db_number(store->db, "SELECT coalesce(sum(max(0, (" LAST_RECORD_OF("l.id") " & 1099511627775) - l.after)), 0) FROM log l",
			 records, err);
}

bool audit_status(struct store *store, struct audit_status *out, struct err *err) {
	struct db *db = store->db;
	return db_number(db, "SELECT count(*) FROM view_person WHERE status = 'active' AND id NOT IN (SELECT person FROM view_join)",
			 &out->people, err) &&
	       db_number(db, "SELECT count(*) FROM view_badge WHERE status = 'valid'", &out->badges, err) &&
	       db_number(db, "SELECT count(*) FROM view_session WHERE status = 'active'", &out->sessions, err) &&
	       db_number(db, "SELECT count(*) FROM view_checkin c WHERE " CHECKIN_COUNTS("c"), &out->checkins, err) &&
	       db_number(db, "SELECT count(*) FROM record", &out->records, err) &&
	       db_number(db, "SELECT count(*) FROM log", &out->logs, err) &&
	       db_number(db, "SELECT count(DISTINCT author) FROM log", &out->stations, err) &&
	       db_number(db,
			 "SELECT coalesce(sum((" LAST_RECORD_OF("l.id") " & 1099511627775) - coalesce((SELECT max(seq) FROM signature s "
									"WHERE s.log = l.id), 0)), 0) FROM log l",
			 &out->unsigned_records, err);
}
