#include "store/view/credit.h"

#include "store/file/state.h"
#include "store/view/fields.h"
#include "store/view/view.h"

enum { CREDIT_PUT, CREDIT_DROP, STATEMENTS };
static const char *const TEXTS[] = {
	[CREDIT_PUT] = "INSERT OR REPLACE INTO view_credit (key, fields, status) VALUES (?1, ?2, ?3)",
	[CREDIT_DROP] = "DELETE FROM view_credit WHERE key = ?1",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

static bool compute(struct store *store, const char *id, const struct registers *r, struct err *err) {
	return fields_put(store_sql(store, &SQL, CREDIT_PUT), id, r, err);
}

static bool drop(struct store *store, const char *id, struct err *err) { return fields_drop(store_sql(store, &SQL, CREDIT_DROP), id, err); }

const struct store_view view_credit = {
	.kinds = {{"credit", RIGHT_EDITOR, PASS_REST, .key = "id"}},
	.tables = {{"view_credit", "SELECT 'credit', key, fields, status FROM view_credit ORDER BY 2"}},
	.thing = 'c',
	.compute = compute,
	.drop = drop,
	.edits = "credit",
};
