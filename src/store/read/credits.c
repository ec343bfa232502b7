#include "store/read/credits.h"

#include <string.h>

#include "base/str.h"
#include "store/file/state.h"
#include "store/view/views.h"
#include "store/write/edit.h"
#include "store/write/fields.h"

enum { CREDITS_GET, CREDIT_GET, STATEMENTS };
static const char *const TEXTS[] = {
	[CREDITS_GET] = "SELECT key, fields FROM view_credit WHERE status <> 'removed' ORDER BY key",
	[CREDIT_GET] = "SELECT fields, status = 'removed' FROM view_credit WHERE key = ?1",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

bool credits_load(struct store *store, struct credits *out, size_t *left_out, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, CREDITS_GET);
	bool ok = true;
	*out = (struct credits){0};
	while (ok && stmt_row(s)) {
		const char *fields = str_or_empty(stmt_col_text(s, 1));
		struct json *set = json_parse(fields, strlen(fields), err);
		ok = set != NULL;
		if (ok) { /* whatever another program called one: what is none here is left out */
			credits_add(out, str_or_empty(stmt_col_text(s, 0)), set);
		}
	}
	ok = stmt_done(s, ok ? err : &(struct err){0}) && ok;
	if (!ok) {
		credits_fini(out);
	}
	size_t beyond = credits_sort(out);
	if (left_out != NULL) {
		*left_out = beyond;
	}
	return ok;
}

static bool count_others(struct store *store, const char *key, struct err *err) {
	struct credits credits;
	bool ok = credits_load(store, &credits, NULL, err);
	ok = ok && (credits.count < CREDITS_MAX || credits_find(&credits, key) >= 0 ||
		    err_set(err, ERR_USAGE, "an event has %d credits at most", CREDITS_MAX));
	credits_fini(&credits);
	return ok;
}

static bool check_all(struct store *store, struct err *err) {
	struct credits credits;
	bool ok = credits_load(store, &credits, NULL, err) && credits_check(&credits, err);
	credits_fini(&credits);
	return ok;
}

bool credit_put(struct store *store, const char *key, const char *set, struct err *err) {
	struct json *kept = NULL, *all = NULL, *members = json_parse(set, strlen(set), err);
	struct fields_edit edit = {.kind = "credit", .id = key, .set = members};
	bool ok = members != NULL && credit_key_check(key, err) && count_others(store, key, err) &&
		  fields_get(store_sql(store, &SQL, CREDIT_GET), key, &kept, &edit.removed, err);
	all = ok ? fields_together(kept, members, err) : NULL;
	ok = all != NULL && credit_check(key, all, err) && fields_append(store, &edit, err) && views_flush(store, err) &&
	     check_all(store, err);
	json_free(kept);
	json_free(all);
	json_free(members);
	return ok;
}

bool credit_remove(struct store *store, const char *key, struct err *err) {
	struct json *set = NULL;
	bool removed = false, ok = fields_get(store_sql(store, &SQL, CREDIT_GET), key, &set, &removed, err);
	ok = ok && ((set != NULL && !removed) || err_set(err, ERR_NOT_FOUND, "nobody is thanked as \"%s\"", key));
	json_free(set);
	return ok &&
	       edit_append(store, &(struct edit_draft){.kind = "credit", .id = key, .set = "{\"status\":\"removed\"}", .subject = ""},
			   err) &&
	       views_flush(store, err);
}
