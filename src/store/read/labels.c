#include "store/read/labels.h"

#include <stdlib.h>

#include "base/str.h"
#include "base/strbuf.h"
#include "event/person.h"
#include "store/file/state.h"
#include "store/log/rows.h"
#include "store/view/checkin.h"
#include "store/view/void_terms.h"
#include "store/write/about.h"

#define COUNTED "FROM view_touch t WHERE NOT " IS_VOID("t.record") " AND "

enum { OF_PERSON, OF_CODE, STATEMENTS };
static const char *const TEXTS[] = {
	[OF_PERSON] = "SELECT count(*) " COUNTED
		      "(t.thing = 'kp' || ?1 OR t.thing IN (SELECT 'kp' || j.person FROM view_join j WHERE j.into_person = ?1))",
	[OF_CODE] = "SELECT count(*) " COUNTED "t.thing = 'kc' || ?1",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

bool label_append(struct store *store, const struct label_draft *draft, struct err *err) {
	char stub[BADGE_CODE_MAX + 1];
	struct strbuf body = {0};
	struct json_writer w = {.out = &body};
	json_open(&w, NULL, '{');
	if (draft->person != NULL) {
		json_put_text(&w, "person", draft->person);
	} else {
		json_put_text(&w, "code", checkin_stub(draft->code, stub));
	}
	if (draft->again) {
		json_put_text(&w, "again", "yes");
	}
	about_put_by(&w, draft->by);
	json_close(&w, '}');
	return about_append(store, "label", "", &body, NULL, err);
}

bool labels_count(struct store *store, const char *person, const char *code, int64_t *count, struct err *err) {
	char stub[BADGE_CODE_MAX + 1];
	struct stmt *s = store_sql(store, &SQL, person != NULL ? OF_PERSON : OF_CODE);
	stmt_text(s, 1, person != NULL ? person : checkin_stub(code, stub));
	*count = stmt_row(s) ? stmt_col_int(s, 0) : 0;
	return stmt_done(s, err);
}
