#include "base/strbuf.h"
#include "store/view/view_rows.h"

static bool put(void *context, const char *field, const struct json *value, struct err *err) {
	struct store *store = context;
	const char *text = json_text(value);
	if (text == NULL || text[0] == '\0') {
		return true;
	}
	struct stmt *s = store->sql[SQL_SETTING_PUT];
	stmt_text(s, 1, field);
	stmt_text(s, 2, text);
	return stmt_run(s, err);
}

bool view_setting_compute(struct store *store, const struct registers *r, struct err *err) {
	return stmt_run(store->sql[SQL_SETTING_CLEAR], err) && registers_each(r, put, store, err);
}
