#include "base/str.h"
#include "base/strbuf.h"
#include "store/view_rows.h"

bool view_badge_compute(struct store *store, const char *code, const struct registers *r, struct err *err) {
	const char *person = "";
	const char *aloud = "";
	bool revoked = false;
	for (size_t i = 0; i < r->count; i++) {
		if (str_eq(r->items[i].kind, "revoke")) {
			revoked = true; /* a revocation is final */
		} else {
			person = str_or_empty(json_get_text(r->items[i].body, "person"));
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
