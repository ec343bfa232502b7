#include "store/read/form.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "store/file/state.h"
#include "store/view/views.h"
#include "store/write/edit.h"

enum { FIELD_GET, STATEMENTS };
static const char *const TEXTS[] = {
	[FIELD_GET] = "SELECT fields, status = 'removed' FROM view_form_field WHERE key = ?1",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

struct loading {
	struct form *form;
	bool any;
};

static bool add_row(void *context, struct stmt *row, struct err *err) {
	struct loading *loading = context;
	const char *key = str_or_empty(stmt_col_text(row, 0)), *fields = str_or_empty(stmt_col_text(row, 1));
	loading->any = true;
	if (str_eq(stmt_col_text(row, 2), "removed")) {
		return true;
	}
	struct json *set = json_parse(fields, strlen(fields), err);
	if (set == NULL) {
		return err_set(err, ERR_CORRUPT, "a field of the form cannot be read; \"turnout rebuild\" makes it anew");
	}
	/* A key of a newer program, and what is beyond the most, is asked of nobody. */
	(void)form_add(loading->form, key, set);
	return true;
}

bool form_load(struct store *store, struct form *out, bool *made, struct err *err) {
	struct loading loading = {.form = out};
	*out = (struct form){0};
	bool ok = db_each(store->db, "SELECT key, fields, status FROM view_form_field ORDER BY key", add_row, &loading, err);
	if (!ok) {
		form_fini(out);
		return false;
	}
	if (!loading.any || form_find(out, "name") < 0) { /* whoever comes has a name */
		form_fini(out);
		form_default(out);
		loading.any = false;
	}
	form_sort(out);
	if (made != NULL) {
		*made = loading.any;
	}
	return true;
}

bool form_field_get(struct store *store, const char *key, struct json **set, bool *removed, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, FIELD_GET);
	bool ok = true;
	stmt_text(s, 1, key);
	*set = NULL;
	*removed = false;
	if (stmt_row(s)) {
		const char *fields = str_or_empty(stmt_col_text(s, 0));
		*set = json_parse(fields, strlen(fields), err);
		*removed = stmt_col_int(s, 1) != 0;
		ok = *set != NULL;
	}
	return stmt_done(s, ok ? err : &(struct err){0}) && ok;
}

static bool put(struct store *store, const char *key, const char *set, struct err *err) {
	return edit_append(store, &(struct edit_draft){.kind = "field", .id = key, .set = set, .subject = ""}, err);
}

static bool put_json(struct store *store, const char *key, const struct json *set, struct err *err) {
	struct strbuf text = {0};
	json_dump(set, &text);
	bool ok = put(store, key, text.data, err);
	strbuf_fini(&text);
	return ok;
}

/* Whoever adds a question to the form that everybody knows does not want all others to go. */
static bool put_defaults(struct store *store, struct err *err) {
	struct form form;
	bool made, ok = form_load(store, &form, &made, err);
	for (size_t i = 0; ok && !made && i < form.count; i++) {
		ok = put_json(store, form.items[i].key, form.items[i].set, err);
	}
	form_fini(&form);
	return ok && views_flush(store, err);
}

/* The field as it will be: what is kept, with the members that are set anew. */
static struct json *together(const struct json *before, const struct json *set, struct err *err) {
	struct strbuf text = {0};
	struct json_writer w = {.out = &text};
	json_open(&w, NULL, '{');
	for (void *m = json_member_next(before, NULL); m != NULL; m = json_member_next(before, m)) {
		if (json_get(set, json_member_key(m)) == NULL) {
			json_put_text(&w, json_member_key(m), json_text(json_member_value(m)));
		}
	}
	for (void *m = json_member_next(set, NULL); m != NULL; m = json_member_next(set, m)) {
		if (!str_empty(json_text(json_member_value(m))) && !str_eq(json_member_key(m), "status")) {
			json_put_text(&w, json_member_key(m), json_text(json_member_value(m)));
		}
	}
	json_close(&w, '}');
	struct json *all = json_parse(text.data, text.len, err);
	strbuf_fini(&text);
	return all;
}

static bool count_others(struct store *store, const char *key, struct err *err) {
	struct form form;
	bool ok = form_load(store, &form, NULL, err);
	ok = ok && (form.count < FORM_FIELDS_MAX || form_find(&form, key) >= 0 ||
		    err_set(err, ERR_USAGE, "a form has %d fields at most", FORM_FIELDS_MAX));
	form_fini(&form);
	return ok;
}

/* A field that was taken off comes back as it was, with what is set now. */
static bool put_members(struct store *store, const char *key, const struct json *members, bool removed, struct err *err) {
	struct strbuf text = {0};
	struct json_writer w = {.out = &text};
	json_open(&w, NULL, '{');
	for (void *m = json_member_next(members, NULL); m != NULL; m = json_member_next(members, m)) {
		json_put_text(&w, json_member_key(m), str_or_empty(json_text(json_member_value(m))));
	}
	if (removed) {
		json_put_text(&w, "status", "");
	}
	json_close(&w, '}');
	bool ok = put(store, key, text.data, err);
	strbuf_fini(&text);
	return ok;
}

/* What a question hangs on is on the form, and may be answered so: else it would be asked of nobody, and nobody would notice. */
static bool check_when(const struct form *form, const char *when, struct err *err) {
	char *key = xstrdup(when), *value = strchr(key, '=');
	char *choices[FORM_CHOICES_MAX];
	bool ok = true;
	if (value != NULL) {
		*value++ = '\0';
		int at = form_find(form, key);
		bool minor = str_eq(key, FORM_MINOR_WORD),
		     yes_no = minor || (at >= 0 && form->items[at].type != FORM_TEXT && form->items[at].type != FORM_CHOICE);
		ok = (minor || at >= 0 || err_set(err, ERR_USAGE, "\"when\" names \"%s\", which the form does not ask", key)) &&
		     (!yes_no || str_eq(value, "yes") || str_eq(value, "no") ||
		      err_set(err, ERR_USAGE, "%s is answered by yes or no, not \"%s\"", key, value));
		size_t n = ok && at >= 0 && form->items[at].type == FORM_CHOICE ? form_choices(&form->items[at], NULL, choices) : 0;
		bool there = n == 0;
		for (size_t i = 0; i < n; i++) {
			there = there || str_eq(choices[i], value);
			free(choices[i]);
		}
		ok = ok &&
		     (there || err_set(err, ERR_USAGE, "%s is not answered by \"%s\"; choices are named as they are kept", key, value));
	}
	free(key);
	return ok;
}

static bool check_asked(struct store *store, const struct json *set, struct err *err) {
	const char *when = json_get_text(set, "when");
	struct form form;
	if (str_empty(when)) {
		return true;
	}
	bool ok = form_load(store, &form, NULL, err);
	ok = ok && check_when(&form, when, err);
	form_fini(&form);
	return ok;
}

bool form_field_put(struct store *store, const char *key, const char *set, struct err *err) {
	struct json *before = NULL, *after = NULL, *members = json_parse(set, strlen(set), err);
	bool removed = false;
	bool ok = members != NULL && form_key_check(key, err) && count_others(store, key, err) && put_defaults(store, err) &&
		  form_field_get(store, key, &before, &removed, err);
	after = ok ? together(before, members, err) : NULL;
	ok = after != NULL && form_field_check(key, after, err) && check_asked(store, after, err) &&
	     put_members(store, key, members, removed, err) && views_flush(store, err);
	json_free(before);
	json_free(after);
	json_free(members);
	return ok;
}

bool form_field_remove(struct store *store, const char *key, struct err *err) {
	struct form form;
	bool ok = form_load(store, &form, NULL, err);
	ok = ok && (form_find(&form, key) >= 0 || err_set(err, ERR_NOT_FOUND, "the form has no field \"%s\"", key)) &&
	     (!str_eq(key, "name") || err_set(err, ERR_REFUSED, "the form asks for a name in any case"));
	form_fini(&form);
	return ok && put_defaults(store, err) && put(store, key, "{\"status\":\"removed\"}", err);
}
