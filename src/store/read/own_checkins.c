#include "store/read/own_checkins.h"

#include <string.h>

#include "base/json.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "store/file/state.h"
#include "store/log/keys.h"
#include "store/log/rows.h"
#include "store/view/anchor.h"
#include "store/view/checkin_owner.h"
#include "store/write/about.h"

#define IS_UNDONE(record)                                                                                             \
	"EXISTS (SELECT 1 FROM view_undo u JOIN log l ON " LOG_NAME(                                                  \
		"l") " = u.log JOIN log a ON a.id = u.record >> 40 WHERE l.id = " record " >> 40 AND u.seq = " record \
		     " & 1099511627775 AND " UNDO_COUNTS ")"

enum { LOGS, OF_LOG, FIND, STATEMENTS };
static const char *const TEXTS[] = {
	[LOGS] = "SELECT id, " LOG_NAME("log") " FROM log WHERE author = ?1 ORDER BY id DESC",
	[OF_LOG] = "WITH said AS (SELECT c.record, c.point, c.shown, coalesce(c.at_ms, r.mono_ms + (SELECT "
		   "a.delta_ms " ANCHORS_OF("?1") " LIMIT 1), r.utc_ms) AS utc, c.at_ms IS NULL AND NOT EXISTS (SELECT "
						  "1 " ANCHORS_OF("?1") ") AS about, " CHECKIN_SAYS_WHO
									" FROM view_checkin c JOIN record r ON r.id = c.record WHERE "
									"c.record BETWEEN ?1 << 40 AND (?1 << 40) + 1099511627775 AND "
									"c.shown IN ('accepted', 'late', 'unverified', 'given', "
									"'left') ORDER BY c.record DESC LIMIT ?2), owned AS "
									"MATERIALIZED (SELECT "
									"s.*, " CHECKIN_OWNER
									" AS raw FROM said s) SELECT o.record, o.point, o.shown, "
									"o.utc, o.about, coalesce(j.into_person, o.raw, ''), "
									"coalesce(p.name, ''), " IS_UNDONE(
										"o.record") " FROM owned o LEFT JOIN view_join j ON "
											    "j.person = o.raw LEFT JOIN view_person p "
											    "ON "
											    "p.id = coalesce(j.into_person, o.raw) "
											    "ORDER BY o.record DESC",
	[FIND] = "SELECT " IS_UNDONE("c.record") " FROM view_checkin c JOIN log l ON l.id = c.record >> 40 WHERE " LOG_NAME(
		"l") " = ?1 AND l.author = ?2 AND c.record = l.id << 40 | ?3",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

struct reading {
	struct own_checkin *out;
	size_t max, count;
	struct hash log;
};

static void copy_name(char *out, size_t cap, const char *name) {
	static const char more[] = "…";
	if (!str_copy(out, cap, name)) {
		size_t n = utf8_cut(name, cap - sizeof more);
		memcpy(out, name, n);
		memcpy(out + n, more, sizeof more);
	}
}

static bool read_row(void *context, struct stmt *s, struct err *err) {
	struct reading *r = context;
	(void)err;
	if (r->count < r->max) {
		struct own_checkin *c = &r->out[r->count++];
		*c = (struct own_checkin){.log = r->log,
					  .seq = (uint64_t)(stmt_col_int(s, 0) & SEQ_MASK),
					  .shown = outcome_find(str_or_empty(stmt_col_text(s, 2))),
					  .utc = {stmt_col_int(s, 3)},
					  .approximate = stmt_col_int(s, 4) != 0,
					  .undone = stmt_col_int(s, 7) != 0};
		str_copy(c->point, sizeof c->point, str_or_empty(stmt_col_text(s, 1)));
		str_copy(c->person, sizeof c->person, str_or_empty(stmt_col_text(s, 5)));
		copy_name(c->name, sizeof c->name, str_or_empty(stmt_col_text(s, 6)));
	}
	return true;
}

#define LOGS_MAX 64 /* boots of one box that are looked through */

bool own_checkins_load(struct store *store, struct own_checkin *out, size_t max, size_t *count, struct err *err) {
	int64_t ids[LOGS_MAX];
	struct hash names[LOGS_MAX] = {{{0}}};
	size_t n = 0;
	struct reading r = {.out = out, .max = max};
	struct stmt *s = store_sql(store, &SQL, LOGS);
	stmt_blob(s, 1, store_station(store)->b, KEY_LEN);
	while (n < LOGS_MAX && stmt_row(s)) {
		ids[n] = stmt_col_int(s, 0);
		n += stmt_take(s, 1, names[n].b, HASH_LEN);
	}
	bool ok = stmt_done(s, err);
	for (size_t i = 0; ok && i < n && r.count < max; i++) {
		r.log = names[i];
		s = store_sql(store, &SQL, OF_LOG);
		stmt_int(s, 1, ids[i]);
		stmt_int(s, 2, (int64_t)(max - r.count));
		ok = stmt_each(s, read_row, &r, err);
	}
	*count = r.count;
	return ok;
}

bool own_checkin_undo(struct store *store, const struct hash *log, uint64_t seq, const char *by, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, FIND);
	stmt_blob(s, 1, log->b, HASH_LEN);
	stmt_blob(s, 2, store_station(store)->b, KEY_LEN);
	stmt_int(s, 3, (int64_t)seq);
	bool found = stmt_row(s), undone = found && stmt_col_int(s, 0) != 0;
	if (!stmt_done(s, err)) {
		return false;
	}
	if (!found || undone) {
		return err_set(err, ERR_REFUSED,
			       undone ? "this check-in is undone already"
				      : "this station has no such check-in; only the one that wrote it or the organiser may undo it");
	}
	struct strbuf body = {0};
	struct json_writer w = {.out = &body};
	json_open(&w, NULL, '{');
	about_put_ref(&w, log, seq);
	about_put_by(&w, by);
	json_close(&w, '}');
	return about_append(store, "undo", "", &body, NULL, err);
}
