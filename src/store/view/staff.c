#include "store/view/staff.h"

#include "store/file/state.h"
#include "store/view/fields.h"
#include "store/view/view.h"

enum { STAFF_PUT, STAFF_DROP, STATEMENTS };
static const char *const TEXTS[] = {
	[STAFF_PUT] = "INSERT OR REPLACE INTO view_staff (key, fields, status) VALUES (?1, ?2, ?3)",
	[STAFF_DROP] = "DELETE FROM view_staff WHERE key = ?1",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

static bool compute(struct store *store, const char *id, const struct registers *r, struct err *err) {
	return fields_put(store_sql(store, &SQL, STAFF_PUT), id, r, err);
}

static bool drop(struct store *store, const char *id, struct err *err) { return fields_drop(store_sql(store, &SQL, STAFF_DROP), id, err); }

const struct store_view view_staff = {
	.kinds = {{"staff", RIGHT_EDITOR, PASS_REST, .key = "id"}},
	.tables = {{"view_staff", "SELECT 'staff', key, fields, status FROM view_staff ORDER BY 2"}},
	.thing = 'w',
	.compute = compute,
	.drop = drop,
	.edits = "staff member",
	.title = "name",
	.personal = true,
};
