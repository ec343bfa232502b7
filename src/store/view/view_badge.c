#include "base/str.h"
#include "base/strbuf.h"
#include "store/view/view_rows.h"

/* Whose a code is: an editor's word counts more than a station's walk-in; of several the one of the greatest hash. */
bool view_badge_compute(struct store *store, const char *code, const struct registers *r, struct err *err) {
	const char *person = "";
	const char *aloud = "";
	bool revoked = false;
	bool issued = false;
	for (size_t i = 0; i < r->count; i++) {
		bool walkin = str_eq(r->items[i].kind, "walkin");
		if (str_eq(r->items[i].kind, "revoke")) {
			revoked = true; /* a revocation is final */
		} else if (!walkin || !issued) {
			issued = !walkin;
			person = str_or_empty(json_get_text(r->items[i].body, walkin ? "id" : "person"));
			aloud = str_or_empty(json_get_text(r->items[i].body, "aloud"));
		}
	}
	struct stmt *s = store->sql[SQL_BADGE_PUT];
	stmt_text(s, 1, code);
	stmt_text(s, 2, person);
	stmt_text(s, 3, aloud);
	stmt_text(s, 4, revoked ? "revoked" : "valid");
	return stmt_run(s, err);
}
