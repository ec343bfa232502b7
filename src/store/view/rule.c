#include "store/view/rule.h"

#include "store/file/state.h"
#include "store/view/fields.h"
#include "store/view/view.h"

enum { RULE_PUT, RULE_DROP, STATEMENTS };
static const char *const TEXTS[] = {
	[RULE_PUT] = "INSERT OR REPLACE INTO view_rule (key, fields, status) VALUES (?1, ?2, ?3)",
	[RULE_DROP] = "DELETE FROM view_rule WHERE key = ?1",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

static bool compute(struct store *store, const char *id, const struct registers *r, struct err *err) {
	return fields_put(store_sql(store, &SQL, RULE_PUT), id, r, err);
}

static bool drop(struct store *store, const char *id, struct err *err) { return fields_drop(store_sql(store, &SQL, RULE_DROP), id, err); }

const struct store_view view_rule = {
	.kinds = {{"rule", RIGHT_EDITOR, PASS_REST, .key = "id"}},
	.tables = {{"view_rule", "SELECT 'rule', key, fields, status FROM view_rule ORDER BY 2"}},
	.thing = 'u',
	.compute = compute,
	.drop = drop,
	.edits = "rule",
};
