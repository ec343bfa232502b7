#include "store/view/erase.h"

#include <stdlib.h>

#include "base/str.h"
#include "store/file/state.h"
#include "store/log/erasure.h"
#include "store/view/view.h"

enum { BODIES_OF, BODY_REMOVE, STATEMENTS };
static const char *const TEXTS[] = {
	[BODIES_OF] = "SELECT id FROM record WHERE subject = ?1 AND body IS NOT NULL",
	[BODY_REMOVE] = "UPDATE record SET body = NULL WHERE id = ?1",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

struct bodies {
	int64_t *items; /* records of the subject that still say something */
	size_t count, cap;
};

static bool find_bodies(struct store *store, const char *subject, struct bodies *out, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, BODIES_OF);
	stmt_text(s, 1, subject);
	while (stmt_row(s)) {
		ARRAY_GROW(out, items);
		out->items[out->count++] = stmt_col_int(s, 0);
	}
	return stmt_done(s, err);
}

static bool remove_body(struct store *store, int64_t record, struct err *err) {
	if (!view_take_back(store, record, err)) {
		return false;
	}
	struct stmt *s = store_sql(store, &SQL, BODY_REMOVE);
	stmt_int(s, 1, record);
	return stmt_run(s, err);
}

bool erase_bodies(struct store *store, const char *subject, struct err *err) {
	struct bodies bodies = {0};
	bool ok = find_bodies(store, subject, &bodies, err);
	store->unclean = store->unclean || bodies.count != 0;
	for (size_t i = 0; ok && i < bodies.count; i++) {
		ok = remove_body(store, bodies.items[i], err);
	}
	free(bodies.items);
	return ok;
}

static bool apply(struct store *store, const struct view_record *r, struct err *err) {
	const char *subject = json_get_text(r->body, "subject");
	if (!erasure_subject_ok(subject)) {
		return view_ignore(store, r, IGNORE_THING, err);
	}
	return erasure_note(store, subject, r->id, err) && erase_bodies(store, subject, err);
}

/* What was erased stays so when the views are computed again: the table of it is none of theirs. */
const struct store_view view_erase = {
	.kinds = {{"erase", RIGHT_ORGANISER, PASS_LOGS, apply}},
};
