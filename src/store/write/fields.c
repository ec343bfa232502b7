#include "store/write/fields.h"

#include <string.h>

#include "base/str.h"
#include "base/strbuf.h"
#include "store/write/edit.h"

bool fields_get(struct stmt *get, const char *id, struct json **set, bool *removed, struct err *err) {
	bool ok = true;
	stmt_text(get, 1, id);
	*set = NULL;
	*removed = false;
	if (stmt_row(get)) {
		const char *fields = str_or_empty(stmt_col_text(get, 0));
		*set = json_parse(fields, strlen(fields), err);
		*removed = stmt_col_int(get, 1) != 0;
		ok = *set != NULL;
	}
	return stmt_done(get, ok ? err : &(struct err){0}) && ok;
}

static bool is_kept(const void *set, const char *key, const char *value) {
	(void)value;
	return json_get(set, key) == NULL;
}

static bool is_set(const void *context, const char *key, const char *value) {
	(void)context;
	return value[0] != '\0' && !str_eq(key, "status");
}

struct json *fields_together(const struct json *kept, const struct json *set, struct err *err) {
	struct strbuf text = {0};
	struct json_writer w = {.out = &text};
	json_open(&w, NULL, '{');
	json_put_members(&w, kept, is_kept, set);
	json_put_members(&w, set, is_set, NULL);
	json_close(&w, '}');
	struct json *all = json_parse(text.data, text.len, err);
	strbuf_fini(&text);
	return all;
}

bool fields_append(struct store *store, const struct fields_edit *edit, struct err *err) {
	struct strbuf text = {0};
	struct json_writer w = {.out = &text};
	json_open(&w, NULL, '{');
	json_put_members(&w, edit->set, NULL, NULL);
	if (edit->removed) {
		json_put_text(&w, "status", "");
	}
	json_close(&w, '}');
	bool ok = edit_append(store, &(struct edit_draft){.kind = edit->kind, .id = edit->id, .set = text.data, .subject = ""}, err);
	strbuf_fini(&text);
	return ok;
}
