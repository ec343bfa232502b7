#include "store/read/audit.h"

#include "base/alloc.h"
#include "base/strbuf.h"
#include "store/store_private.h"

/* --- digest ---------------------------------------------------------------------------------------------------------------------- */

#define HASH_OF(record) "(SELECT hash FROM record WHERE id = " record ")"

/* Local numbers never enter: records stand as their hashes. */
static const char *const DIGEST_SQL[] = {
	"SELECT 'role', key, role, name FROM view_role ORDER BY 2, 3",
	"SELECT 'retired', key, log, last_seq FROM view_retired ORDER BY 2, 3",
	"SELECT 'invitation', key, status FROM view_invitation ORDER BY 2",
	"SELECT 'kept', invitation, key FROM view_kept ORDER BY 2, 3",
	"SELECT 'setting', key, value FROM view_setting ORDER BY 2",
	"SELECT 'person', id, name, fields, custom, code, status, subject FROM view_person ORDER BY 2",
	"SELECT 'join', person, into_person FROM view_join ORDER BY 2",
	"SELECT 'said', person, into_person FROM view_join_said ORDER BY 2",
	"SELECT 'session', id, start_ms, end_ms, offset_min, room, capacity, fields, status, source, uid FROM view_session ORDER BY 2",
	"SELECT 'badge', code, person, aloud, status FROM view_badge ORDER BY 2",
	"SELECT 'checkin', " HASH_OF("record") ", who, point, shown, at_ms FROM view_checkin ORDER BY 2",
	"SELECT 'visit', session, who, " HASH_OF("record") " FROM view_visit ORDER BY 2, 3, 4",
	"SELECT 'undo', log, seq, " HASH_OF("record") " FROM view_undo ORDER BY 2, 3, 4",
	"SELECT 'anchor', " HASH_OF("record") ", rank, delta_ms FROM view_anchor ORDER BY 2",
	"SELECT 'ignored', " HASH_OF("record") ", reason FROM view_ignored ORDER BY 2",
	"SELECT 'touch', thing, " HASH_OF("record") " FROM view_touch ORDER BY 2, 3",
};

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
	for (size_t i = 0; ok && i < COUNT_OF(DIGEST_SQL); i++) {
		ok = db_each(store->db, DIGEST_SQL[i], digest_row, &d, err);
	}
	db_rollback(store->db);
	strbuf_fini(&d.row);
	*out = d.state;
	return ok;
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
	       db_number(db, "SELECT count(*) FROM view_checkin", &out->checkins, err) &&
	       db_number(db, "SELECT count(*) FROM record", &out->records, err) &&
	       db_number(db, "SELECT count(*) FROM log", &out->logs, err) &&
	       db_number(db, "SELECT count(DISTINCT author) FROM log", &out->stations, err) &&
	       db_number(db,
			 "SELECT coalesce(sum((" LAST_RECORD_OF("l.id") " & 1099511627775) - coalesce((SELECT max(seq) FROM signature s "
									"WHERE s.log = l.id), 0)), 0) FROM log l",
			 &out->unsigned_records, err);
}
