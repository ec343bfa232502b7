#include "store/read/badges.h"

#include <string.h>

#include "base/json.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "store/file/state.h"
#include "store/view/checkin.h"
#include "store/view/roles.h"
#include "store/write/append.h"

enum { BADGE_GET, BADGE_BY_ALOUD, PERSON_BY_CODE, PERSON_BY_PAST_CODE, ROSTER_CODES, CODE_BY_FORM, PRINTED, STATEMENTS };
static const char *const TEXTS[] = {
	[BADGE_GET] = "SELECT code, person, aloud, status FROM view_badge WHERE code = ?1",
	[BADGE_BY_ALOUD] = "SELECT code FROM view_badge WHERE aloud = ?1 ORDER BY status DESC, code LIMIT 2",
	[PERSON_BY_CODE] = "SELECT id, rowid FROM view_person WHERE code = ?1 ORDER BY status, id LIMIT 1",
	[PERSON_BY_PAST_CODE] = "SELECT person FROM view_past_code WHERE code = ?1 ORDER BY person LIMIT 1",
	[ROSTER_CODES] = "SELECT code FROM view_person WHERE code IS NOT NULL UNION ALL SELECT code FROM view_past_code",
	[CODE_BY_FORM] = "SELECT DISTINCT p.code FROM view_code_form f JOIN view_person p ON p.id = f.person WHERE f.form = ?1 AND "
			 "p.status = 'active' LIMIT 2",
	[PRINTED] = "SELECT 1 FROM view_printed WHERE code = ?1",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

struct owner {
	bool found;
	char person[PERSON_ID_LEN + 1];
	int64_t row; /* of the one who has it now; 0 of one who had it */
};

static bool roster_owner(struct store *store, const char *code, struct owner *out, struct err *err) {
	static const int ways[] = {PERSON_BY_CODE, PERSON_BY_PAST_CODE};
	*out = (struct owner){0};
	for (size_t i = 0; i < COUNT_OF(ways) && !out->found; i++) {
		struct stmt *s = store_sql(store, &SQL, (size_t)ways[i]);
		stmt_text(s, 1, code);
		out->found = stmt_row(s);
		if (out->found) {
			str_copy(out->person, sizeof out->person, str_or_empty(stmt_col_text(s, 0)));
			out->row = ways[i] == PERSON_BY_CODE ? stmt_col_int(s, 1) : 0;
		}
		if (!stmt_done(s, err)) {
			return false;
		}
	}
	return true;
}

bool badge_roster_owner(struct store *store, const char *code, char person[PERSON_ID_LEN + 1], bool *found, struct err *err) {
	struct owner owner;
	if (!roster_owner(store, code, &owner, err)) {
		return false;
	}
	*found = owner.found;
	memcpy(person, owner.person, sizeof owner.person);
	return true;
}

/* On the roster as another system's; whose it is was met (struct met_person). */
static bool roster_code(struct store *store, const char *code, struct badge_row *out, bool *found, struct err *err) {
	struct owner owner;
	if (!roster_owner(store, code, &owner, err)) {
		return false;
	}
	*found = out->roster = owner.found;
	out->past = owner.found && owner.row == 0;
	if (owner.found) {
		memcpy(out->person, owner.person, sizeof owner.person);
		out->revoked = out->revoked || out->past;
	}
	if (owner.row != 0) {
		store->met = (struct met_person){.row = owner.row};
		memcpy(store->met.id, owner.person, sizeof owner.person);
	}
	return true;
}

bool badge_get(struct store *store, const char *code, struct badge_row *out, bool *found, struct err *err) {
	*out = (struct badge_row){0};
	str_copy(out->code, sizeof out->code, code);
	struct stmt *s = store_sql(store, &SQL, BADGE_GET);
	stmt_text(s, 1, code);
	*found = stmt_row(s);
	if (*found) {
		str_copy(out->person, sizeof out->person, str_or_empty(stmt_col_text(s, 1)));
		out->revoked = str_eq(stmt_col_text(s, 3), "revoked");
	}
	if (!stmt_done(s, err)) {
		return false;
	}
	bool listed = false;
	if (out->person[0] == '\0') {
		if (!roster_code(store, code, out, &listed, err)) {
			return false;
		}
		*found = *found || listed;
	}
	return true;
}

bool roster_codes_each(struct store *store, roster_code_fn *each, void *context, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, ROSTER_CODES);
	bool ok = true, enough = false;
	while (ok && !enough && stmt_row(s)) {
		ok = each(context, str_or_empty(stmt_col_text(s, 0)), &enough, err);
	}
	struct err late = {0};
	return stmt_done(s, ok ? err : &late) && ok;
}

static bool only_code(struct store *store, size_t statement, const char *text, char code[BADGE_CODE_MAX + 1], bool *found,
		      struct err *err) {
	struct stmt *s = store_sql(store, &SQL, statement);
	stmt_text(s, 1, text);
	*found = stmt_row(s);
	if (*found) {
		str_copy(code, BADGE_CODE_MAX + 1, str_or_empty(stmt_col_text(s, 0)));
		*found = !stmt_row(s); /* two of one form: nobody can tell which */
	}
	return stmt_done(s, err);
}

bool badge_by_aloud(struct store *store, const char *aloud, char code[BADGE_CODE_MAX + 1], bool *found, struct err *err) {
	return only_code(store, BADGE_BY_ALOUD, aloud, code, found, err);
}

bool badge_by_form(struct store *store, const char *form, char code[BADGE_CODE_MAX + 1], bool *found, struct err *err) {
	return only_code(store, CODE_BY_FORM, form, code, found, err);
}

bool roster_has_foreign_codes(struct store *store) {
	int64_t any = 0;
	struct err ignored = {0};
	return db_number(store->db, "SELECT EXISTS (SELECT 1 FROM view_person WHERE code IS NOT NULL)", &any, &ignored) && any != 0;
}

bool badge_issue(struct store *store, const char *code, const char *person, const char *aloud, struct err *err) {
	struct strbuf body = {0};
	struct json_writer w = {.out = &body};
	json_open(&w, NULL, '{');
	json_put_text(&w, "code", code);
	json_put_text(&w, "person", person);
	json_put_text(&w, "aloud", aloud);
	json_close(&w, '}');
	struct draft draft = {.kind = "badge", .subject = "", .body = body.data};
	bool ok = role_author_of_edits(store, &draft.author, err) && store_append(store, &draft, NULL, err);
	strbuf_fini(&body);
	return ok;
}

#define KNOWN_MAX 200 /* check-ins that a revocation names; of one badge there are a few */

struct naming {
	struct json_writer w;
	size_t count;
};

static bool name_checkin(void *context, const struct hash *log, uint64_t seq, struct err *err) {
	(void)err;
	struct naming *naming = context;
	char hex[2 * HASH_LEN + 1];
	if (naming->count++ < KNOWN_MAX) {
		str_hex(log->b, HASH_LEN, hex);
		json_open(&naming->w, NULL, '{');
		json_put_text(&naming->w, "log", hex);
		json_put_int(&naming->w, "seq", (int64_t)seq);
		json_close(&naming->w, '}');
	}
	return true;
}

/* The record names the check-ins that are known here, as an edit names what it replaces: those it does not name are for people to look at
 * (store/read/conflicts.h), and no clock has to tell what came before what. */
bool badge_revoke(struct store *store, const char *code, struct err *err) {
	struct strbuf body = {0};
	struct naming naming = {.w = {.out = &body}};
	json_open(&naming.w, NULL, '{');
	json_put_text(&naming.w, "code", code);
	json_open(&naming.w, "known", '[');
	bool ok = checkin_each_of_code(store, code, name_checkin, &naming, err);
	json_close(&naming.w, ']');
	json_close(&naming.w, '}');
	struct draft draft = {.kind = "revoke", .subject = "", .body = body.data};
	ok = ok && role_author_of_edits(store, &draft.author, err) && store_append(store, &draft, NULL, err);
	strbuf_fini(&body);
	return ok;
}

bool badge_was_printed(struct store *store, const char *code, bool *printed, struct err *err) {
	char stub[BADGE_CODE_MAX + 1];
	struct stmt *s = store_sql(store, &SQL, PRINTED);
	stmt_text(s, 1, checkin_stub(code, stub));
	*printed = stmt_row(s);
	return stmt_done(s, err);
}

#define PRINTED_BYTES 40000 /* of codes in one record, which has its limit (RECORD_BODY_MAX) */

static bool note_some(struct store *store, const char *const *codes, size_t count, size_t *noted, struct err *err) {
	struct strbuf body = {0};
	struct json_writer w = {.out = &body};
	json_open(&w, NULL, '{');
	json_open(&w, "codes", '[');
	for (*noted = 0; *noted < count && body.len < PRINTED_BYTES; ++*noted) {
		char stub[BADGE_CODE_MAX + 1];
		json_put_text(&w, NULL, checkin_stub(codes[*noted], stub));
	}
	json_close(&w, ']');
	json_close(&w, '}');
	struct draft draft = {.kind = "printed", .subject = "", .body = body.data};
	bool ok = role_author_of_edits(store, &draft.author, err) && store_append(store, &draft, NULL, err);
	strbuf_fini(&body);
	return ok;
}

bool badges_note_printed(struct store *store, const char *const *codes, size_t count, struct err *err) {
	size_t noted = 0;
	bool ok = true;
	for (size_t i = 0; ok && i < count; i += noted) {
		ok = note_some(store, codes + i, count - i, &noted, err);
	}
	return ok;
}
