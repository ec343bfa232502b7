#include "store/view/asset.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/crypto.h"
#include "base/str.h"
#include "store/file/state.h"
#include "store/view/view.h"

enum { PART_PUT, PART_DROP, STATEMENTS };
static const char *const TEXTS[] = {
	[PART_PUT] = "INSERT OR REPLACE INTO view_asset (id, part, parts, data) VALUES (?1, ?2, ?3, ?4)",
	[PART_DROP] = "DELETE FROM view_asset WHERE id = ?1 AND part = ?2",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

struct part {
	char id[2 * HASH_LEN + 1];
	int64_t number, count;
};

/* False for what names no part: another program may write anything. */
static bool read_name(const char *thing, struct part *part) {
	const char *slash = strchr(thing, '/');
	if (slash == NULL || slash - thing != 2 * HASH_LEN || !str_to_i64(slash + 1, &part->number)) {
		return false;
	}
	memcpy(part->id, thing, 2 * HASH_LEN);
	part->id[2 * HASH_LEN] = '\0';
	/* Two names of one part would be two things with one row. */
	return part->number >= 0 && part->number < ASSET_PARTS_MAX && str_eq(str_number(part->number).text, slash + 1);
}

static bool forget(struct store *store, const struct part *part, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, PART_DROP);
	stmt_text(s, 1, part->id);
	stmt_int(s, 2, part->number);
	return stmt_run(s, err);
}

static bool drop(struct store *store, const char *id, struct err *err) {
	struct part part;
	return !read_name(id, &part) || forget(store, &part, err);
}

static bool compute(struct store *store, const char *id, const struct registers *r, struct err *err) {
	struct part part;
	size_t n = 0;
	const char *data = registers_text(r, "data");
	if (!read_name(id, &part)) {
		return true;
	}
	uint8_t *bytes = xmalloc(ASSET_PART_BYTES);
	bool whole = !str_empty(data) && crypto_unbase64(data, bytes, ASSET_PART_BYTES, &n) && n > 0 &&
		     str_to_i64(str_or_empty(registers_text(r, "parts")), &part.count) && part.count > part.number &&
		     part.count <= ASSET_PARTS_MAX;
	bool ok;
	if (whole) {
		struct stmt *s = store_sql(store, &SQL, PART_PUT);
		stmt_text(s, 1, part.id);
		stmt_int(s, 2, part.number);
		stmt_int(s, 3, part.count);
		stmt_blob(s, 4, bytes, n);
		ok = stmt_run(s, err);
	} else {
		ok = forget(store, &part, err);
	}
	free(bytes);
	return ok;
}

const struct store_view view_asset = {
	.kinds = {{"asset", RIGHT_EDITOR, PASS_REST, .key = "id"}},
	.tables = {{"view_asset", "SELECT 'asset', id, part, parts, data FROM view_asset ORDER BY 2, 3"}},
	.thing = 'a',
	.compute = compute,
	.drop = drop,
	.edits = "file",
};
