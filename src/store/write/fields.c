#include "store/write/fields.h"

#include <string.h>

#include "base/str.h"
#include "base/strbuf.h"
#include "store/file/state.h"
#include "store/view/views.h"
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

bool fields_each(struct stmt *all, fields_fn *each, void *context, struct err *err) {
	bool ok = true;
	while (ok && stmt_row(all)) {
		const char *fields = str_or_empty(stmt_col_text(all, 1));
		struct json *set = json_parse(fields, strlen(fields), err);
		ok = set != NULL && each(context, str_or_empty(stmt_col_text(all, 0)), set);
	}
	return stmt_done(all, ok ? err : &(struct err){0}) && ok;
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

static bool append(struct store *store, const struct fields_kind *kind, const char *key, const char *set, struct err *err) {
	struct edit_draft draft = {.kind = kind->kind, .id = key, .set = set, .subject = kind->personal ? NULL : ""};
	return edit_append(store, &draft, err) && views_flush(store, err);
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
	bool ok = append(store, edit->kind, edit->key, strbuf_str(&text), err);
	strbuf_fini(&text);
	return ok;
}

bool fields_change(struct store *store, const struct fields_kind *kind, const char *key, const char *set, struct err *err) {
	struct json *kept = NULL, *all = NULL, *members = json_parse(set, strlen(set), err);
	struct fields_edit edit = {.kind = kind, .key = key, .set = members};
	bool ok = members != NULL && fields_get(store_sql(store, kind->sql, kind->get), key, &kept, &edit.removed, err);
	all = ok ? fields_together(kept, members, err) : NULL;
	ok = all != NULL && kind->check(key, all, err) && fields_append(store, &edit, err);
	json_free(kept);
	json_free(all);
	json_free(members);
	return ok;
}

bool fields_remove(struct store *store, const struct fields_kind *kind, const char *key, struct err *err) {
	struct json *set = NULL;
	bool removed = false, ok = fields_get(store_sql(store, kind->sql, kind->get), key, &set, &removed, err);
	ok = ok && ((set != NULL && !removed) || err_set(err, ERR_NOT_FOUND, "there is no %s called \"%s\"", kind->called, key));
	json_free(set);
	return ok && append(store, kind, key, "{\"status\":\"removed\"}", err);
}
