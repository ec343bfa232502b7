#include "store/view/announcement.h"

#include <string.h>

#include "base/str.h"
#include "base/strbuf.h"
#include "event/member_words.h"
#include "store/file/state.h"
#include "store/view/view.h"

enum { ANNOUNCEMENT_INSERT, WITHDRAWAL_INSERT, STATEMENTS };
static const char *const TEXTS[] = {
	[ANNOUNCEMENT_INSERT] = "INSERT INTO view_announcement (record, words, until_ms) VALUES (?1, ?2, ?3)",
	[WITHDRAWAL_INSERT] = "INSERT OR IGNORE INTO view_withdrawal (log, seq, record) VALUES (?1, ?2, ?3)",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

static bool is_words(const void *context, const char *key, const char *value) {
	(void)context;
	return member_is_words(key, "text") && value[0] != '\0' && strlen(value) <= ANNOUNCEMENT_MAX;
}

static bool apply_announce(struct store *store, const struct view_record *r, struct err *err) {
	struct strbuf words = {0};
	struct json_writer w = {.out = &words};
	json_open(&w, NULL, '{');
	json_put_members(&w, r->body, is_words, NULL);
	json_close(&w, '}');
	if (str_eq(strbuf_str(&words), "{}")) {
		strbuf_fini(&words);
		return view_ignore(store, r, IGNORE_THING, err);
	}
	struct stmt *s = store_sql(store, &SQL, ANNOUNCEMENT_INSERT);
	int64_t until = json_get_int(r->body, "until", 0);
	stmt_int(s, 1, r->id);
	stmt_text(s, 2, strbuf_str(&words));
	stmt_int(s, 3, until > 0 ? until : 0);
	bool ok = stmt_run(s, err);
	strbuf_fini(&words);
	return ok;
}

static bool apply_withdraw(struct store *store, const struct view_record *r, struct err *err) {
	struct view_ref ref;
	if (!view_read_ref(r, &ref)) {
		return view_ignore(store, r, IGNORE_THING, err);
	}
	return view_insert_ref(store_sql(store, &SQL, WITHDRAWAL_INSERT), &ref, r, err);
}

const struct store_view view_announcement = {
	.kinds = {{"announce", RIGHT_STATION, PASS_REST, apply_announce}, {"withdraw", RIGHT_STATION, PASS_REST, apply_withdraw}},
	.tables = {{"view_announcement",
		    "SELECT 'announcement', " VIEW_HASH_OF("record") ", words, until_ms FROM view_announcement ORDER BY 2"},
		   {"view_withdrawal", "SELECT 'withdrawal', log, seq, " VIEW_HASH_OF("record") " FROM view_withdrawal ORDER BY 2, 3, 4"}},
};
