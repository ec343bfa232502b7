#include "store/read/sessions.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/json.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "event/fold.h"
#include "store/file/state.h"
#include "store/view/register.h"
#include "store/write/edit.h"

#define SESSION_COLUMNS \
	"SELECT id, start_ms, end_ms, offset_min, place_offset_min, room, capacity, fields, status, source, uid FROM view_session"

enum { SESSION_GET, STATEMENTS };
static const char *const TEXTS[] = {
	[SESSION_GET] = SESSION_COLUMNS " WHERE id = ?1",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

/* At least so many characters of an id name a session. */
#define ID_BEGINNING_MIN 6

void session_id(const struct hash *event, const char *source, const char *uid, char id[SESSION_ID_LEN + 1]) {
	char hex[2 * HASH_LEN + 1];
	str_hex(event->b, HASH_LEN, hex);
	char *text = xasprintf("turnout-session-1\n%s\n%s\n%s\n", hex, source, uid);
	struct hash h = crypto_sha256(text, strlen(text));
	str_hex(h.b, SESSION_ID_LEN / 2, id);
	free(text);
}

void session_row_fini(struct session_row *row) {
	session_fini(&row->session);
	free(row->source);
	*row = (struct session_row){0};
}

void sessions_fini(struct sessions *list) {
	for (size_t i = 0; i < list->count; i++) {
		session_row_fini(&list->items[i]);
	}
	free(list->items);
	*list = (struct sessions){0};
}

static void read_fields(const char *text, struct session *s) {
	struct err ignored = {0};
	struct json *object = text ? json_parse(text, strlen(text), &ignored) : NULL;
	for (int i = 0; i < SESSION_FIELD_COUNT; i++) {
		session_set(s, (enum session_field)i, json_get_text(object, session_field_key((enum session_field)i)));
	}
	json_free(object);
}

static void read_row(struct stmt *s, struct session_row *row) {
	*row = (struct session_row){0};
	str_copy(row->id, sizeof row->id, str_or_empty(stmt_col_text(s, 0)));
	struct session_when *when = &row->session.when;
	when->start.v = stmt_col_int(s, 1);
	when->end.v = stmt_col_int(s, 2);
	when->offset_min = (int)stmt_col_int(s, 3);
	when->place_offset_min = (int)stmt_col_int(s, 4);
	const char *room = stmt_col_text(s, 5);
	when->room = str_empty(room) ? NULL : xstrdup(room);
	when->capacity = (int)stmt_col_int(s, 6);
	read_fields(stmt_col_text(s, 7), &row->session);
	row->session.cancelled = str_eq(stmt_col_text(s, 8), "cancelled");
	row->source = xstrdup(str_or_empty(stmt_col_text(s, 9)));
	row->session.uid = xstrdup(str_or_empty(stmt_col_text(s, 10)));
}

static bool add_row(void *context, struct stmt *s, struct err *err) {
	(void)err;
	struct sessions *list = context;
	ARRAY_GROW(list, items);
	read_row(s, &list->items[list->count++]);
	return true;
}

bool sessions_load(struct store *store, struct sessions *out, struct err *err) {
	*out = (struct sessions){0};
	bool ok = db_each(store->db, SESSION_COLUMNS " ORDER BY start_ms, room, id", add_row, out, err);
	if (!ok) {
		sessions_fini(out);
	}
	return ok;
}

bool session_get(struct store *store, const char *id, struct session_row *out, bool *found, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, SESSION_GET);
	stmt_text(s, 1, id);
	*out = (struct session_row){0};
	*found = stmt_row(s);
	if (*found) {
		read_row(s, out);
	}
	if (!stmt_done(s, err)) {
		session_row_fini(out);
		return false;
	}
	return true;
}

static bool matches(const struct session_row *row, const char *text, const char *folded) {
	if (strlen(text) >= ID_BEGINNING_MIN && str_starts(row->id, text)) {
		return true;
	}
	char *title = fold_text(session_text(&row->session, SESSION_TITLE));
	bool same = folded[0] != '\0' && str_eq(title, folded);
	free(title);
	return same;
}

const struct session_row *sessions_by_id(const struct sessions *list, const char *id) {
	for (size_t i = 0; i < list->count; i++) {
		if (str_eq(list->items[i].id, id)) {
			return &list->items[i];
		}
	}
	return NULL;
}

const struct session_row *sessions_find(const struct sessions *list, const char *text, struct err *err) {
	const struct session_row *found = NULL;
	int hits = 0;
	char *folded = fold_text(text);
	for (size_t i = 0; i < list->count; i++) {
		if (matches(&list->items[i], text, folded)) {
			found = &list->items[i];
			hits++;
		}
	}
	free(folded);
	if (hits == 1) {
		return found;
	}
	if (hits == 0) {
		err_set(err, ERR_NOT_FOUND, "there is no session \"%s\" (turnout list EVENT sessions shows them)", text);
	} else {
		err_set(err, ERR_USAGE, "%d sessions are \"%s\"; name one by its id", hits, text);
	}
	return NULL;
}

static bool same_when(const struct session_when *a, const struct session_when *b) {
	return a->start.v == b->start.v && a->end.v == b->end.v && a->offset_min == b->offset_min &&
	       a->place_offset_min == b->place_offset_min && a->capacity == b->capacity &&
	       str_eq(str_or_empty(a->room), str_or_empty(b->room));
}

static void write_when(struct json_writer *w, const struct session_when *when) {
	json_open(w, "when", '{');
	json_put_int(w, "start", when->start.v);
	json_put_int(w, "end", when->end.v);
	json_put_int(w, "offset", when->offset_min);
	if (when->place_offset_min != when->offset_min) {
		json_put_int(w, "place", when->place_offset_min);
	}
	json_put_text(w, "room", str_or_empty(when->room));
	json_put_int(w, "capacity", when->capacity);
	json_close(w, '}');
}

/* Whether somebody says the field on purpose and edits disagree on it. */
static bool settles(const struct session_edit *edit, const struct registers *r, unsigned bit, const char *field) {
	return (edit->named & bit) != 0 && registers_disputed(r, field);
}

static void write_changes(const struct session_edit *edit, const struct registers *r, struct json_writer *w) {
	const struct session *before = edit->before;
	for (int i = 0; i < SESSION_FIELD_COUNT; i++) {
		const char *key = session_field_key((enum session_field)i);
		const char *now = session_text(edit->s, (enum session_field)i);
		const char *was = before ? session_text(before, (enum session_field)i) : "";
		if (!str_eq(now, was) || settles(edit, r, SESSION_NAMED(i), key)) {
			json_put_text(w, key, now);
		}
	}
	if (before == NULL || !same_when(&before->when, &edit->s->when) || settles(edit, r, SESSION_NAMED_WHEN, "when")) {
		write_when(w, &edit->s->when);
	}
	if (before == NULL ? edit->s->cancelled
			   : before->cancelled != edit->s->cancelled || settles(edit, r, SESSION_NAMED_STATUS, "status")) {
		json_put_text(w, "status", edit->s->cancelled ? "cancelled" : "active");
	}
}

bool session_edit(struct store *store, const struct session_edit *edit, bool *changed, struct err *err) {
	struct strbuf set = {0};
	struct json_writer w = {.out = &set};
	struct registers r = {0};
	char *thing = xasprintf("s%s", edit->id);
	bool ok = edit->named == 0 || registers_read(store, thing, &r, err);
	free(thing);
	if (!ok) {
		return false;
	}
	json_open(&w, NULL, '{');
	write_changes(edit, &r, &w);
	registers_fini(&r);
	*changed = w.comma;
	json_close(&w, '}');
	struct edit_draft draft = {.kind = "session",
				   .id = edit->id,
				   .set = set.data,
				   .source = edit->source,
				   .uid = edit->source ? edit->s->uid : NULL,
				   .subject = "",
				   .fresh = edit->before == NULL};
	ok = !*changed || edit_append(store, &draft, err);
	strbuf_fini(&set);
	return ok;
}
