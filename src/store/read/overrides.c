#include "store/read/overrides.h"

#include <string.h>

#include "base/json.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "store/file/state.h"
#include "store/log/rows.h"
#include "store/view/void_terms.h"
#include "store/write/about.h"

enum { ALL, STATEMENTS };
static const char *const TEXTS[] = {
	[ALL] = "SELECT r.body FROM view_touch t JOIN record r ON r.id = t.record JOIN log l ON l.id = r.id >> 40 WHERE t.thing >= 'o' AND "
		"t.thing < 'p' AND r.body IS NOT NULL AND NOT " IS_VOID("r.id") " ORDER BY " LOG_NAME("l") ", r.id",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

bool override_append(struct store *store, const struct override_draft *draft, struct err *err) {
	char subject[RECORD_SUBJECT_MAX + 1];
	struct strbuf body = {0};
	struct json_writer w = {.out = &body};
	size_t n = strlen(draft->reason);
	if (n == 0 || n > OVERRIDE_REASON_MAX || !utf8_valid(draft->reason, n, NULL)) {
		return err_set(err, ERR_USAGE, "a reason is wanted, of %d bytes at most, in UTF-8", OVERRIDE_REASON_MAX);
	}
	if (draft->person == NULL) {
		about_subject_new(subject);
	} else if (!about_subject(store, draft->person, subject, err)) {
		return false;
	}
	json_open(&w, NULL, '{');
	about_put_ref(&w, &draft->checkin->log, draft->checkin->seq);
	json_put_text(&w, "refused", outcome_word(draft->refused));
	json_put_text(&w, "reason", draft->reason);
	about_put_by(&w, draft->by);
	about_put_salt(&w);
	json_close(&w, '}');
	return about_append(store, "override", subject, &body, NULL, err);
}

struct reading {
	override_fn *each;
	void *context;
};

static bool read_row(void *context, struct stmt *s, struct err *err) {
	const struct reading *reading = context;
	const char *text = str_or_empty(stmt_col_text(s, 0)), *hex;
	struct err wrong = {0};
	struct json *body = json_parse(text, strlen(text), &wrong);
	struct override o = {.seq = (uint64_t)json_get_int(body, "seq", 0),
			     .refused = outcome_find(str_or_empty(json_get_text(body, "refused"))),
			     .reason = str_or_empty(json_get_text(body, "reason")),
			     .by = str_or_empty(json_get_text(body, "by"))};
	hex = str_or_empty(json_get_text(body, "log"));
	bool ok = !str_unhex(hex, o.log.b, HASH_LEN) || reading->each(reading->context, &o, err);
	json_free(body);
	return ok;
}

bool overrides_each(struct store *store, override_fn *each, void *context, struct err *err) {
	struct reading reading = {each, context};
	return stmt_each(store_sql(store, &SQL, ALL), read_row, &reading, err);
}
