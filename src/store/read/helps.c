#include "store/read/helps.h"

#include "base/json.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "store/file/state.h"
#include "store/log/keys.h"
#include "store/log/rows.h"
#include "store/view/anchor.h"
#include "store/write/about.h"
#include "store/write/append.h"

#define SEQ_OF(record) "(" record " & 1099511627775)"
#define OPEN_CALLS                                                                                            \
	"FROM view_help h JOIN log l ON l.id = h.record >> 40 WHERE NOT EXISTS (SELECT 1 FROM view_helped d " \
	"WHERE d.log = " LOG_NAME("l") " AND d.seq = " SEQ_OF("h.record") ")"

enum { OPEN_ALL, OPEN_OWN, STATEMENTS };
static const char *const TEXTS[] = {
	[OPEN_ALL] = "SELECT " LOG_NAME("l") ", " SEQ_OF(
		"h.record") ", l.author, h.point, (SELECT coalesce(r.mono_ms + "
			    "(SELECT a.delta_ms " ANCHORS_OF("l.id") " LIMIT 1), r.utc_ms) FROM record r WHERE r.id = h.record), "
								     "NOT EXISTS (SELECT 1 " ANCHORS_OF("l.id") ") " OPEN_CALLS
														" ORDER BY 5, 1, 2",
	[OPEN_OWN] = "SELECT 1 " OPEN_CALLS " AND l.author = ?1 AND h.point = ?2 LIMIT 1",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

static bool read_open(struct store *store, struct helps *out, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, OPEN_ALL);
	while (stmt_row(s)) {
		struct help_call *call = &out->items[out->count];
		if (out->open++ >= HELPS_SHOWN_MAX) {
			continue;
		}
		if (stmt_take(s, 0, call->log.b, HASH_LEN) && stmt_take(s, 2, call->station.b, KEY_LEN)) {
			call->seq = (uint64_t)stmt_col_int(s, 1);
			str_copy(call->point, sizeof call->point, str_or_empty(stmt_col_text(s, 3)));
			call->utc.v = stmt_col_int(s, 4);
			call->approximate = stmt_col_int(s, 5) != 0;
			out->count++;
		}
	}
	return stmt_done(s, err);
}

bool helps_load(struct store *store, struct helps *out, struct err *err) {
	*out = (struct helps){.count = 0};
	bool ok = read_open(store, out, err);
	for (size_t i = 0; ok && i < out->count; i++) {
		ok = role_name(store, &out->items[i].station, out->items[i].name, sizeof out->items[i].name, err);
	}
	return ok;
}

static bool append(struct store *store, const char *kind, const char *body, struct err *err) {
	struct draft draft = {.kind = kind, .author = AUTHOR_STATION, .subject = "", .body = body};
	return store_append(store, &draft, NULL, err);
}

bool help_call(struct store *store, const char *point, bool *called, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, OPEN_OWN);
	stmt_blob(s, 1, store_station(store)->b, KEY_LEN);
	stmt_text(s, 2, point);
	bool open = stmt_row(s);
	*called = false;
	if (!stmt_done(s, err)) {
		return false;
	}
	if (open) {
		return true;
	}
	*called = true;
	struct strbuf body = {0};
	struct json_writer w = {.out = &body};
	json_open(&w, NULL, '{');
	json_put_text(&w, "point", point);
	json_close(&w, '}');
	bool ok = append(store, "help", strbuf_str(&body), err);
	strbuf_fini(&body);
	return ok;
}

bool help_close(struct store *store, const struct help_close *call, struct err *err) {
	struct strbuf body = {0};
	struct json_writer w = {.out = &body};
	json_open(&w, NULL, '{');
	about_put_ref(&w, call->log, call->seq);
	about_put_by(&w, call->by);
	json_close(&w, '}');
	return about_append(store, "helped", "", &body, NULL, err);
}
