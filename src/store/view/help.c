#include "store/view/help.h"

#include <string.h>

#include "base/str.h"
#include "store/file/state.h"
#include "store/view/view.h"

enum { HELP_INSERT, HELPED_INSERT, STATEMENTS };
static const char *const TEXTS[] = {
	[HELP_INSERT] = "INSERT INTO view_help (record, point) VALUES (?1, ?2)",
	[HELPED_INSERT] = "INSERT OR IGNORE INTO view_helped (log, seq, record) VALUES (?1, ?2, ?3)",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

static bool apply_help(struct store *store, const struct view_record *r, struct err *err) {
	const char *point = json_get_text(r->body, "point");
	if (str_empty(point) || strlen(point) > HELP_POINT_MAX) {
		return view_ignore(store, r, IGNORE_THING, err);
	}
	struct stmt *s = store_sql(store, &SQL, HELP_INSERT);
	stmt_int(s, 1, r->id);
	stmt_text(s, 2, point);
	return stmt_run(s, err);
}

static bool apply_helped(struct store *store, const struct view_record *r, struct err *err) {
	struct view_ref ref;
	return view_read_ref(r, &ref) ? view_insert_ref(store_sql(store, &SQL, HELPED_INSERT), &ref, r, err)
				      : view_ignore(store, r, IGNORE_THING, err);
}

const struct store_view view_help = {
	.kinds = {{"help", RIGHT_STATION, PASS_REST, apply_help}, {"helped", RIGHT_STATION, PASS_REST, apply_helped}},
	.tables = {{"view_help", "SELECT 'help', " VIEW_HASH_OF("record") ", point FROM view_help ORDER BY 2"},
		   {"view_helped", "SELECT 'helped', log, seq, " VIEW_HASH_OF("record") " FROM view_helped ORDER BY 2, 3, 4"}},
};
