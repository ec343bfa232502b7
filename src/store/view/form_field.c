#include "store/view/form_field.h"

#include "store/file/state.h"
#include "store/view/fields.h"
#include "store/view/view.h"

enum { FIELD_PUT, FIELD_DROP, STATEMENTS };
static const char *const TEXTS[] = {
	[FIELD_PUT] = "INSERT OR REPLACE INTO view_form_field (key, fields, status) VALUES (?1, ?2, ?3)",
	[FIELD_DROP] = "DELETE FROM view_form_field WHERE key = ?1",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

static bool compute(struct store *store, const char *id, const struct registers *r, struct err *err) {
	return fields_put(store_sql(store, &SQL, FIELD_PUT), id, r, err);
}

static bool drop(struct store *store, const char *id, struct err *err) { return fields_drop(store_sql(store, &SQL, FIELD_DROP), id, err); }

const struct store_view view_form_field = {
	.kinds = {{"field", RIGHT_EDITOR, PASS_REST, .key = "id"}},
	.tables = {{"view_form_field", "SELECT 'field', key, fields, status FROM view_form_field ORDER BY 2"}},
	.thing = 'f',
	.compute = compute,
	.drop = drop,
	.edits = "form field",
};
