#include "store/read/notes.h"

#include <string.h>

#include "base/json.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "store/file/state.h"
#include "store/log/rows.h"
#include "store/view/void_terms.h"
#include "store/write/about.h"

#define SEQ_OF(record) "(" record " & 1099511627775)"
/* A note that somebody took off is not among them. Who takes one off names its log and place; that these are of one person is seen to by the thing. */
#define OPEN                                                                                                   \
	"SELECT " LOG_NAME("l") ", " SEQ_OF(                                                                   \
		"r.id") ", r.body, r.utc_ms FROM view_touch t JOIN record r ON r.id = t.record JOIN log l ON " \
			"l.id = r.id >> 40 WHERE r.kind = 'note' AND r.body IS NOT NULL AND NOT " IS_VOID(     \
				"r.id") " AND NOT EXISTS (SELECT 1 FROM view_touch o JOIN record c ON c.id = " \
					"o.record WHERE o.thing = t.thing AND c.kind = 'noted' AND "           \
					"json_valid(c.body) AND c.body ->> '$.log' = lower(hex(" LOG_NAME(     \
						"l") ")) AND c.body ->> '$.seq' = " SEQ_OF("r.id") " AND NOT " IS_VOID("c.id") ") AND "
#define IN_ORDER " ORDER BY " LOG_NAME("l") ", r.id"

enum { OF_ONE, ALL, STATEMENTS };
static const char *const TEXTS[] = {
	[OF_ONE] = OPEN "(t.thing = 'n' || ?1 OR t.thing IN (SELECT 'n' || j.person FROM view_join j WHERE j.into_person = ?1))" IN_ORDER,
	[ALL] = OPEN "t.thing >= 'n' AND t.thing < 'o'" IN_ORDER,
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

struct reading {
	note_fn *each;
	void *context;
};

static bool read_row(void *context, struct stmt *s, struct err *err) {
	const struct reading *reading = context;
	const char *text = str_or_empty(stmt_col_text(s, 2));
	struct err wrong = {0};
	struct json *body = json_parse(text, strlen(text), &wrong);
	struct note note = {.seq = (uint64_t)stmt_col_int(s, 1),
			    .text = str_or_empty(json_get_text(body, "text")),
			    .door = str_eq(json_get_text(body, "door"), "yes"),
			    .by = str_or_empty(json_get_text(body, "by")),
			    .utc = {stmt_col_int(s, 3)}};
	bool whole = body != NULL && stmt_take(s, 0, note.log.b, HASH_LEN) &&
		     str_copy(note.person, sizeof note.person, str_or_empty(json_get_text(body, "person")));
	bool ok = !whole || reading->each(reading->context, &note, err);
	json_free(body);
	return ok;
}

bool notes_each(struct store *store, const char *person, note_fn *each, void *context, struct err *err) {
	struct reading reading = {each, context};
	struct stmt *s = store_sql(store, &SQL, person == NULL ? ALL : OF_ONE);
	if (person != NULL) {
		stmt_text(s, 1, person);
	}
	return stmt_each(s, read_row, &reading, err);
}

static bool text_check(const char *text, struct err *err) {
	return (text[0] != '\0' && strlen(text) <= NOTE_TEXT_MAX && strchr(text, '\n') == NULL && utf8_valid(text, strlen(text), NULL)) ||
	       err_set(err, ERR_USAGE, "a note is one line of %d bytes at most, in UTF-8", NOTE_TEXT_MAX);
}

bool note_append(struct store *store, const struct note_draft *draft, struct err *err) {
	char subject[RECORD_SUBJECT_MAX + 1];
	struct strbuf body = {0};
	struct json_writer w = {.out = &body};
	if (!text_check(draft->text, err) || !about_subject(store, draft->person, subject, err)) {
		return false;
	}
	json_open(&w, NULL, '{');
	json_put_text(&w, "person", draft->person);
	json_put_text(&w, "text", draft->text);
	if (draft->door) {
		json_put_text(&w, "door", "yes");
	}
	about_put_by(&w, draft->by);
	about_put_salt(&w);
	json_close(&w, '}');
	return about_append(store, "note", subject, &body, NULL, err);
}

bool note_close(struct store *store, const struct note *note, const char *by, struct err *err) {
	struct strbuf body = {0};
	struct json_writer w = {.out = &body};
	json_open(&w, NULL, '{');
	json_put_text(&w, "person", note->person);
	about_put_ref(&w, &note->log, note->seq);
	about_put_by(&w, by);
	json_close(&w, '}');
	return about_append(store, "noted", "", &body, NULL, err);
}
