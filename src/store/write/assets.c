#include "store/write/assets.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/json.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "store/file/state.h"
#include "store/write/edit.h"

enum { PART_THERE, STATEMENTS };
static const char *const TEXTS[] = {
	[PART_THERE] = "SELECT 1 FROM view_asset WHERE id = ?1 AND part = ?2 AND parts = ?3 AND data = ?4",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

struct part {
	const char *id;
	const uint8_t *bytes;
	size_t n;
	int64_t number, count;
};

static bool is_there(struct store *store, const struct part *part, bool *there, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, PART_THERE);
	stmt_text(s, 1, part->id);
	stmt_int(s, 2, part->number);
	stmt_int(s, 3, part->count);
	stmt_blob(s, 4, part->bytes, part->n);
	*there = stmt_row(s);
	return stmt_done(s, err);
}

static bool write_part(struct store *store, const struct part *part, struct err *err) {
	struct strbuf set = {0};
	struct json_writer w = {.out = &set};
	char *id = xasprintf("%s/%lld", part->id, (long long)part->number), *data = crypto_base64(part->bytes, part->n);
	json_open(&w, NULL, '{');
	json_put_text(&w, "parts", str_number(part->count).text);
	json_put_text(&w, "data", data);
	json_close(&w, '}');
	bool ok = edit_append(store, &(struct edit_draft){.kind = "asset", .id = id, .set = set.data, .subject = ""}, err);
	strbuf_fini(&set);
	free(data);
	free(id);
	return ok;
}

bool asset_put(struct store *store, const void *bytes, size_t n, char id[ASSET_ID_TEXT], struct err *err) {
	if (n == 0 || n > ASSET_BYTES_MAX) {
		return err_set(err, ERR_USAGE, n == 0 ? "the file is empty" : "the file is larger than %d KiB", ASSET_BYTES_MAX / 1024);
	}
	struct hash hash = crypto_sha256(bytes, n);
	str_hex(hash.b, HASH_LEN, id);
	struct part part = {.id = id, .count = (int64_t)((n + ASSET_PART_BYTES - 1) / ASSET_PART_BYTES)};
	bool ok = true;
	for (; ok && part.number < part.count; part.number++) {
		size_t from = (size_t)part.number * ASSET_PART_BYTES;
		bool there = false;
		part.bytes = (const uint8_t *)bytes + from;
		part.n = n - from < ASSET_PART_BYTES ? n - from : ASSET_PART_BYTES;
		ok = is_there(store, &part, &there, err) && (there || write_part(store, &part, err));
	}
	return ok;
}
