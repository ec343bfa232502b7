#include "store/view/setting.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/strbuf.h"
#include "base/tz.h"
#include "store/file/state.h"
#include "store/view/view.h"

#define EVENT "e" /* the one thing that settings speak of */

enum { SETTING_PUT, SETTING_CLEAR, SETTING_GET, STATEMENTS };
static const char *const TEXTS[] = {
	[SETTING_PUT] = "INSERT INTO view_setting (key, value) VALUES (?1, ?2)",
	[SETTING_CLEAR] = "DELETE FROM view_setting",
	[SETTING_GET] = "SELECT value FROM view_setting WHERE key = ?1",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

char *setting_get(struct store *store, const char *key) {
	struct stmt *s = store_sql(store, &SQL, SETTING_GET);
	struct err ignored = {0};
	stmt_text(s, 1, key);
	char *value = stmt_row(s) ? xstrdup(str_or_empty(stmt_col_text(s, 0))) : NULL;
	if (!stmt_done(s, &ignored)) {
		free(value);
		value = NULL;
	}
	return value;
}

bool setting_load_tz(struct store *store, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, SETTING_GET);
	struct err unknown = {0};
	stmt_text(s, 1, "timezone");
	struct tz *tz = stmt_row(s) ? tz_open(str_or_empty(stmt_col_text(s, 0)), &unknown) : NULL;
	if (tz == NULL) {
		tz = tz_open("UTC", err); /* a machine without tzdata still signs people in */
	}
	if (unknown.kind != ERR_NONE) {
		str_copy(store->warning, sizeof store->warning, unknown.text);
	}
	bool ok = stmt_done(s, err) && tz != NULL;
	tz_close(store->tz);
	store->tz = tz;
	return ok;
}

bool setting_changed(const struct store *store) { return mapstr_find(&store->dirty, EVENT) != NULL; }

static bool put(void *context, const char *field, const struct json *value, struct err *err) {
	struct store *store = context;
	const char *text = json_text(value);
	if (str_empty(text)) {
		return true;
	}
	struct stmt *s = store_sql(store, &SQL, SETTING_PUT);
	stmt_text(s, 1, field);
	stmt_text(s, 2, text);
	return stmt_run(s, err);
}

static bool compute(struct store *store, const char *id, const struct registers *r, struct err *err) {
	(void)id;
	return stmt_run(store_sql(store, &SQL, SETTING_CLEAR), err) && registers_each(r, put, store, err);
}

const struct store_view view_setting = {
	.kinds = {{"event", RIGHT_EDITOR, PASS_REST}},
	.tables = {{"view_setting", "SELECT 'setting', key, value FROM view_setting ORDER BY 2"}},
	.thing = EVENT[0],
	.compute = compute,
	.edits = "event",
};
