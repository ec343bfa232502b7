#include "store/read/form.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "event/person.h"
#include "store/file/state.h"
#include "store/view/views.h"
#include "store/write/edit.h"
#include "store/write/fields.h"

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
	}
	form_sort(out);
	if (made != NULL) {
		*made = !out->is_default;
	}
	return true;
}

static const struct fields_kind FIELD = {.kind = "field", .called = "form field", .sql = &SQL, .get = FIELD_GET, .check = form_field_check};

bool form_field_get(struct store *store, const char *key, struct json **set, bool *removed, struct err *err) {
	return fields_get(store_sql(store, &SQL, FIELD_GET), key, set, removed, err);
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
static bool put_defaults(struct store *store, struct form *form, struct err *err) {
	bool ok = true, first = form->is_default;
	for (size_t i = 0; ok && first && i < form->count; i++) {
		ok = put_json(store, form->items[i].key, form->items[i].set, err);
	}
	form->is_default = false;
	return ok && (!first || views_flush(store, err));
}

/* --- what hangs on what ------------------------------------------------------------------------------------------------------------------ */

static bool is_answer(const struct form_field *field, const char *value, struct err *err) {
	char *choices[FORM_CHOICES_MAX];
	size_t n = field->type == FORM_CHOICE ? form_choices(field, NULL, choices) : 0;
	bool there = n == 0;
	for (size_t i = 0; i < n; i++) {
		there = there || str_eq(choices[i], value);
		free(choices[i]);
	}
	return there || err_set(err, ERR_USAGE, "%s is not answered by \"%s\"; choices are named as they are kept", field->key, value);
}

/* What a question hangs on is on the form, and may be answered so: else it would be asked of nobody, and nobody would notice. */
static bool check_when(const struct form *form, const struct form_field *field, struct err *err) {
	char *key = xstrdup(str_or_empty(json_get_text(field->set, "when"))), *value = strchr(key, '=');
	bool ok = true;
	if (value != NULL) {
		*value++ = '\0';
		int at = str_eq(key, field->key) ? -1 : form_find(form, key);
		bool minor = str_eq(key, FORM_MINOR_WORD),
		     yes_no = minor || (at >= 0 && form->items[at].type != FORM_TEXT && form->items[at].type != FORM_CHOICE);
		ok = (minor || at >= 0 || err_set(err, ERR_USAGE, "\"when\" names \"%s\", which the form does not ask", key)) &&
		     (!yes_no || str_eq(value, "yes") || str_eq(value, "no") ||
		      err_set(err, ERR_USAGE, "%s is answered by yes or no, not \"%s\"", key, value)) &&
		     (at < 0 || is_answer(&form->items[at], value, err));
	}
	free(key);
	return ok;
}

static bool hangs_on(const struct form_field *field, const char *key) {
	const char *when = str_or_empty(json_get_text(field->set, "when"));
	return str_starts(when, key) && when[strlen(key)] == '=';
}

/* The questions that are asked by its answer still are. */
static bool check_others(const struct form *form, const char *key, struct err *err) {
	bool ok = true;
	for (size_t i = 0; ok && i < form->count; i++) {
		const struct form_field *other = &form->items[i];
		ok = !hangs_on(other, key) || check_when(form, other, err) ||
		     err_wrap(err, "%s is asked by %s", other->key, str_or_empty(json_get_text(other->set, "when")));
	}
	return ok;
}

/* --- putting and taking off -------------------------------------------------------------------------------------------------------------- */

/* Into the form in memory, as it will be in the file. `after` is the form's from here on. */
static bool put_field(struct form *form, const char *key, struct json *after, struct err *err) {
	form_drop(form, key);
	if (!form_add(form, key, after)) {
		return err_set(err, ERR_USAGE, "a form has %d fields at most", FORM_FIELDS_MAX);
	}
	return check_when(form, &form->items[form->count - 1], err) && check_others(form, key, err);
}

bool form_field_set(struct store *store, struct form *form, const char *key, const char *set, struct err *err) {
	struct json *before = NULL, *after = NULL, *members = json_parse(set, strlen(set), err);
	struct fields_edit edit = {.kind = &FIELD, .key = key, .set = members};
	bool ok = members != NULL && form_key_check(key, err) && put_defaults(store, form, err) &&
		  form_field_get(store, key, &before, &edit.removed, err);
	after = ok ? fields_together(before, members, err) : NULL;
	ok = after != NULL && form_field_check(key, after, err);
	if (!ok) {
		json_free(after);
	}
	ok = ok && put_field(form, key, after, err) && fields_append(store, &edit, err);
	form_sort(form);
	json_free(before);
	json_free(members);
	return ok;
}

bool form_field_put(struct store *store, const char *key, const char *set, struct err *err) {
	struct form form;
	bool ok = form_load(store, &form, NULL, err) && form_field_set(store, &form, key, set, err);
	form_fini(&form);
	return ok;
}

/* "minor" is known by either of two questions. */
static bool is_last_of_minor(const struct form *form, const struct form_field *field, const char *key) {
	const char *born = person_field_key(PERSON_BIRTH_YEAR), *other = str_eq(key, born) ? FORM_MINOR : born;
	return (str_eq(key, born) || str_eq(key, FORM_MINOR)) && hangs_on(field, FORM_MINOR_WORD) && form_find(form, other) < 0;
}

/* By whose answer others are asked stays: they would be asked of everybody, or of nobody. */
static bool is_needed(const struct form *form, const char *key, struct err *err) {
	for (size_t i = 0; i < form->count; i++) {
		if (hangs_on(&form->items[i], key) || is_last_of_minor(form, &form->items[i], key)) {
			return !err_set(err, ERR_REFUSED,
					"%s is asked by the answer to %s: first remove it too, or ask it of all with --when \"\"",
					form->items[i].key, key);
		}
	}
	return false;
}

bool form_field_remove(struct store *store, const char *key, struct err *err) {
	struct form form;
	bool ok = form_load(store, &form, NULL, err);
	ok = ok && (form_find(&form, key) >= 0 || err_set(err, ERR_NOT_FOUND, "the form has no field \"%s\"", key)) &&
	     (!str_eq(key, "name") || err_set(err, ERR_REFUSED, "the form asks for a name in any case")) && !is_needed(&form, key, err) &&
	     put_defaults(store, &form, err) && put(store, key, "{\"status\":\"removed\"}", err);
	form_fini(&form);
	return ok;
}
