#include "store/view/printed.h"

#include "base/str.h"
#include "store/file/state.h"
#include "store/view/view.h"

enum { PRINTED_PUT, STATEMENTS };
static const char *const TEXTS[] = {
	[PRINTED_PUT] = "INSERT OR IGNORE INTO view_printed (code) VALUES (?1)",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

static bool apply(struct store *store, const struct view_record *r, struct err *err) {
	const struct json *codes = json_get(r->body, "codes");
	bool ok = true;
	if (json_count(codes) == 0) {
		return view_ignore(store, r, IGNORE_THING, err);
	}
	for (size_t i = 0; ok && i < json_count(codes); i++) {
		const char *code = json_text(json_at(codes, i));
		if (!str_empty(code)) {
			struct stmt *s = store_sql(store, &SQL, PRINTED_PUT);
			stmt_text(s, 1, code);
			ok = stmt_run(s, err);
		}
	}
	return ok;
}

const struct store_view view_printed = {
	.kinds = {{"printed", RIGHT_EDITOR, PASS_REST, apply}},
	.tables = {{"view_printed", "SELECT 'printed', code FROM view_printed ORDER BY 2"}},
};
