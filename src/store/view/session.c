#include "store/view/session.h"

#include <string.h>

#include "base/str.h"
#include "base/strbuf.h"
#include "event/agenda.h"
#include "store/file/state.h"
#include "store/view/view.h"

enum { SESSION_PUT, SESSION_DROP, STATEMENTS };
static const char *const TEXTS[] = {
	[SESSION_PUT] = "INSERT OR REPLACE INTO view_session (id, start_ms, end_ms, offset_min, place_offset_min, room, capacity, fields, "
			"status, source, "
			"uid) VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11)",
	[SESSION_DROP] = "DELETE FROM view_session WHERE id = ?1",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

static bool add_field(void *context, const char *field, const struct json *value, struct err *err) {
	(void)err;
	const char *text = json_text(value);
	if (!str_empty(text) && session_field_find(field) != SESSION_FIELD_COUNT) {
		json_put_text(context, field, text);
	}
	return true;
}

/* Source and UID stand in every edit that an import wrote; of several the greatest hash speaks, as for any field. */
static const char *origin(const struct registers *r, const char *member) {
	for (size_t i = r->count; i > 0; i--) {
		const char *text = json_get_text(r->items[i - 1].body, member);
		if (text != NULL) {
			return text;
		}
	}
	return "";
}

static bool compute(struct store *store, const char *id, const struct registers *r, struct err *err) {
	struct strbuf fields = {0};
	struct json_writer w = {.out = &fields};
	json_open(&w, NULL, '{');
	bool ok = registers_each(r, add_field, &w, err);
	json_close(&w, '}');
	const struct json *when = registers_value(r, "when");
	int64_t start = json_get_int(when, "start", 0);
	int64_t end = json_get_int(when, "end", start);
	struct stmt *s = store_sql(store, &SQL, SESSION_PUT);
	stmt_text(s, 1, id);
	stmt_int(s, 2, start);
	/* A record that was merged may say anything; whoever reads the view may rely on the order. */
	stmt_int(s, 3, end < start ? start : end);
	int64_t offset = json_get_int(when, "offset", 0);
	stmt_int(s, 4, offset);
	stmt_int(s, 5, json_get_int(when, "place", offset));
	stmt_text(s, 6, str_or_empty(json_get_text(when, "room")));
	stmt_int(s, 7, json_get_int(when, "capacity", 0));
	stmt_text(s, 8, fields.data);
	stmt_text(s, 9, str_eq(registers_text(r, "status"), "cancelled") ? "cancelled" : "active");
	stmt_text(s, 10, origin(r, "source"));
	stmt_text(s, 11, origin(r, "uid"));
	ok = ok && stmt_run(s, err);
	strbuf_fini(&fields);
	return ok;
}

static bool drop(struct store *store, const char *id, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, SESSION_DROP);
	stmt_text(s, 1, id);
	return stmt_run(s, err);
}

const struct store_view view_session = {
	.kinds = {{"session", RIGHT_EDITOR, PASS_REST, .key = "id"}},
	.tables = {{"view_session", "SELECT 'session', id, start_ms, end_ms, offset_min, place_offset_min, room, capacity, fields, status, "
				    "source, uid FROM view_session ORDER BY 2"}},
	.thing = 's',
	.compute = compute,
	.drop = drop,
	.edits = "session",
	.title = "title",
};
