#include "store/read/credits.h"

#include <string.h>

#include "base/str.h"
#include "store/file/state.h"
#include "store/write/fields.h"

enum { CREDITS_GET, CREDIT_GET, STATEMENTS };
static const char *const TEXTS[] = {
	[CREDITS_GET] = "SELECT key, fields FROM view_credit WHERE status <> 'removed' ORDER BY key",
	[CREDIT_GET] = "SELECT fields, status = 'removed' FROM view_credit WHERE key = ?1",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

/* Whatever another program called one: what is none here is left out. */
static bool add_credit(void *context, const char *key, struct json *set) {
	(void)credits_add(context, key, set);
	return true;
}

bool credits_load(struct store *store, struct credits *out, size_t *left_out, struct err *err) {
	*out = (struct credits){0};
	bool ok = fields_each(store_sql(store, &SQL, CREDITS_GET), add_credit, out, err);
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

static const struct fields_kind CREDIT = {.kind = "credit", .called = "credit", .sql = &SQL, .get = CREDIT_GET, .check = credit_check};

bool credit_put(struct store *store, const char *key, const char *set, struct err *err) {
	return credit_key_check(key, err) && count_others(store, key, err) && fields_change(store, &CREDIT, key, set, err) &&
	       check_all(store, err);
}

/* Its logo stays in the event file, whose records are never taken out. */
bool credit_remove(struct store *store, const char *key, struct err *err) { return fields_remove(store, &CREDIT, key, err); }
