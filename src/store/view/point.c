#include "store/view/point.h"

#include "store/file/state.h"
#include "store/view/fields.h"
#include "store/view/view.h"

enum { POINT_PUT, POINT_DROP, STATEMENTS };
static const char *const TEXTS[] = {
	[POINT_PUT] = "INSERT OR REPLACE INTO view_point (key, fields, status) VALUES (?1, ?2, ?3)",
	[POINT_DROP] = "DELETE FROM view_point WHERE key = ?1",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

static bool compute(struct store *store, const char *id, const struct registers *r, struct err *err) {
	return fields_put(store_sql(store, &SQL, POINT_PUT), id, r, err);
}

static bool drop(struct store *store, const char *id, struct err *err) { return fields_drop(store_sql(store, &SQL, POINT_DROP), id, err); }

const struct store_view view_point = {
	.kinds = {{"point", RIGHT_EDITOR, PASS_REST, .key = "id"}},
	.tables = {{"view_point", "SELECT 'point', key, fields, status FROM view_point ORDER BY 2"}},
	.thing = 'q',
	.compute = compute,
	.drop = drop,
	.edits = "point",
	.title = "name",
};
