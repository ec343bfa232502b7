#include "store/view/anchor.h"

#include "base/str.h"
#include "store/file/state.h"
#include "store/log/record.h"
#include "store/view/view.h"

enum { ANCHOR_INSERT, STATEMENTS };
static const char *const TEXTS[] = {
	[ANCHOR_INSERT] = "INSERT OR REPLACE INTO view_anchor (record, rank, delta_ms) VALUES (?1, ?2, ?3)",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

/* How far UTC is ahead of the boot clock: as the body says, when somebody else's clock told it, else as the record's own times say. */
static bool read_ahead(const struct view_record *r, int64_t *ahead_ms) {
	const struct json *said = json_get(r->body, "ahead_ms");
	*ahead_ms = r->utc_ms - r->mono_ms;
	return said == NULL || (json_int(said, ahead_ms) && record_times_ok(0, *ahead_ms));
}

static bool apply(struct store *store, const struct view_record *r, struct err *err) {
	static const char *const ranks[] = {[ANCHOR_STAFF] = "staff", [ANCHOR_HUB] = "hub", [ANCHOR_NTP] = "ntp"};
	const char *rank = json_get_text(r->body, "rank");
	int64_t value = 0;
	int64_t ahead_ms = 0;
	for (size_t i = ANCHOR_STAFF; i < COUNT_OF(ranks); i++) {
		value = str_eq(rank, ranks[i]) ? (int64_t)i : value;
	}
	if (!read_ahead(r, &ahead_ms)) {
		return view_ignore(store, r, IGNORE_CLOCK, err);
	}
	if (value == 0) {
		return view_ignore(store, r, IGNORE_RANK, err);
	}
	struct stmt *s = store_sql(store, &SQL, ANCHOR_INSERT);
	stmt_int(s, 1, r->id);
	stmt_int(s, 2, value);
	stmt_int(s, 3, ahead_ms);
	/* Times that were found out by an earlier anchor, or by none, are wrong now. */
	seen_doubt(&store->seen);
	return stmt_run(s, err);
}

const struct store_view view_anchor = {
	.kinds = {{"anchor", RIGHT_STATION, PASS_REST, apply}},
	.tables = {{"view_anchor", "SELECT 'anchor', " VIEW_HASH_OF("record") ", rank, delta_ms FROM view_anchor ORDER BY 2"}},
};
