#include "store/read/assets.h"

#include "base/crypto.h"
#include "base/str.h"
#include "store/file/state.h"

enum { PARTS_GET, STATEMENTS };
static const char *const TEXTS[] = {
	[PARTS_GET] = "SELECT part, parts, data FROM view_asset WHERE id = ?1 ORDER BY part",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

static bool has_hash(const char *bytes, size_t n, const char *id) {
	struct hash hash = crypto_sha256(bytes, n);
	char hex[2 * HASH_LEN + 1];
	str_hex(hash.b, HASH_LEN, hex);
	return str_eq(hex, id);
}

bool asset_read(struct store *store, const char *id, struct strbuf *out, bool *whole, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, PARTS_GET);
	size_t before = out->len;
	int64_t next = 0, parts = 0;
	stmt_text(s, 1, id);
	*whole = true;
	while (stmt_row(s)) {
		size_t n = 0;
		const void *data = stmt_col_blob(s, 2, &n);
		*whole = *whole && stmt_col_int(s, 0) == next && (next == 0 || stmt_col_int(s, 1) == parts);
		parts = stmt_col_int(s, 1);
		next++;
		strbuf_add(out, data, n);
	}
	*whole = *whole && next > 0 && next == parts && has_hash(strbuf_str(out) + before, out->len - before, id);
	if (!*whole) {
		strbuf_truncate(out, before);
	}
	return stmt_done(s, err);
}
