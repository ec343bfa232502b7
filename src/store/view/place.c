#include "store/view/place.h"

#include "base/str.h"
#include "store/file/state.h"
#include "store/view/view.h"

enum { PLACE_PUT, PLACE_DROP, STATEMENTS };
static const char *const TEXTS[] = {
	[PLACE_PUT] = "INSERT OR REPLACE INTO view_place (id, region, district, places, source) VALUES (?1, ?2, ?3, ?4, ?5)",
	[PLACE_DROP] = "DELETE FROM view_place WHERE id = ?1",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

static bool drop(struct store *store, const char *id, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, PLACE_DROP);
	stmt_text(s, 1, id);
	return stmt_run(s, err);
}

static bool compute(struct store *store, const char *id, const struct registers *r, struct err *err) {
	const char *places = registers_text(r, "places");
	if (str_empty(places)) {
		return drop(store, id, err);
	}
	struct stmt *s = store_sql(store, &SQL, PLACE_PUT);
	stmt_text(s, 1, id);
	stmt_text(s, 2, str_or_empty(registers_text(r, "region")));
	stmt_text(s, 3, str_or_empty(registers_text(r, "district")));
	stmt_text(s, 4, places);
	stmt_text(s, 5, str_or_empty(registers_text(r, "source")));
	return stmt_run(s, err);
}

const struct store_view view_place = {
	.kinds = {{"places", RIGHT_EDITOR, PASS_REST, .key = "id"}},
	.tables = {{"view_place", "SELECT 'place', id, region, district, places, source FROM view_place ORDER BY 2"}},
	.thing = 'l',
	.compute = compute,
	.drop = drop,
	.edits = "places",
	.title = "district",
};
