#include "store/view/badge.h"

#include "base/str.h"
#include "base/strbuf.h"
#include "store/file/state.h"
#include "store/view/view.h"

enum { BADGE_PUT, BADGE_DROP, STATEMENTS };
static const char *const TEXTS[] = {
	[BADGE_PUT] = "INSERT OR REPLACE INTO view_badge (code, person, aloud, status) VALUES (?1,?2,?3,?4)",
	[BADGE_DROP] = "DELETE FROM view_badge WHERE code = ?1",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

/* Whose a code is: an editor's word counts more than a station's walk-in, and that more than one that is out of the books; of several the one of the
 * greatest hash. */
enum claim { CLAIM_NONE, CLAIM_VOID, CLAIM_WALKIN, CLAIM_ISSUED };

static enum claim claim_of(const struct edit *e) {
	return !str_eq(e->kind, "walkin") ? CLAIM_ISSUED : e->is_void ? CLAIM_VOID : CLAIM_WALKIN;
}

static bool compute(struct store *store, const char *code, const struct registers *r, struct err *err) {
	const char *person = "";
	const char *aloud = "";
	bool revoked = false;
	enum claim best = CLAIM_NONE;
	for (size_t i = 0; i < r->count; i++) {
		const struct edit *e = &r->items[i];
		if (str_eq(e->kind, "revoke")) {
			revoked = true; /* a revocation is final */
		} else if (claim_of(e) >= best) {
			best = claim_of(e);
			person = str_or_empty(json_get_text(e->body, best == CLAIM_ISSUED ? "person" : "id"));
			aloud = str_or_empty(json_get_text(e->body, "aloud"));
		}
	}
	revoked = revoked || best == CLAIM_VOID;
	struct stmt *s = store_sql(store, &SQL, BADGE_PUT);
	stmt_text(s, 1, code);
	stmt_text(s, 2, person);
	stmt_text(s, 3, aloud);
	stmt_text(s, 4, revoked ? "revoked" : "valid");
	return stmt_run(s, err);
}

static bool drop(struct store *store, const char *code, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, BADGE_DROP);
	stmt_text(s, 1, code);
	return stmt_run(s, err);
}

const struct store_view view_badge = {
	.kinds = {{"badge", RIGHT_EDITOR, PASS_REST, .key = "code"}, {"revoke", RIGHT_EDITOR, PASS_REST, .key = "code"}},
	.tables = {{"view_badge", "SELECT 'badge', code, person, aloud, status FROM view_badge ORDER BY 2"}},
	.thing = 'b',
	.compute = compute,
	.drop = drop,
};
