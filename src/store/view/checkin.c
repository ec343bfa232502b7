#include "store/view/checkin.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "store/file/state.h"
#include "store/log/rows.h"
#include "store/view/view.h"

#define SIGNED_HEAD "TO1"   /* badge/code.h, which this layer does not see */
#define SIGNED_TEXT_LEN 120 /* characters */

enum { CHECKIN_INSERT, VISIT_INSERT, EXIT_INSERT, UNDO_INSERT, LOG_HASH, STATEMENTS };
static const char *const TEXTS[] = {
	[CHECKIN_INSERT] = "INSERT INTO view_checkin (who, record, point, shown, at_ms) VALUES (?1, ?2, ?3, ?4, ?5)",
	[VISIT_INSERT] = "INSERT INTO view_visit (session, who, record, again) VALUES (?1, ?2, ?3, ?4)",
	[EXIT_INSERT] = "INSERT INTO view_exit (session, who, record) VALUES (?1, ?2, ?3)",
	[UNDO_INSERT] = "INSERT OR IGNORE INTO view_undo (log, seq, record) VALUES (?1, ?2, ?3)",
	[LOG_HASH] = "SELECT hash FROM log WHERE id = ?1",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

/* Told by its looks alone: a signed code's text has one length (badge/code.c). */
const char *checkin_stub(const char *code, char *stub) {
	bool is_signed = str_starts(code, SIGNED_HEAD) && strlen(code) == SIGNED_TEXT_LEN;
	str_copy(stub, is_signed ? CHECKIN_STUB_LEN + 1 : BADGE_CODE_MAX + 1, code);
	return stub;
}

int64_t checkin_who_code(const char *code) {
	char stub[BADGE_CODE_MAX + 1];
	checkin_stub(code, stub);
	return crypto_index63(stub, strlen(stub));
}

int64_t checkin_who_person(const char *person) {
	char *text = xasprintf("person %s", person);
	int64_t who = crypto_index63(text, strlen(text));
	free(text);
	return who;
}

/* What a check-in's body says; false when it is no whole one. */
static bool read_body(const struct json *body, struct checkin_draft *out) {
	const char *shown = json_get_text(body, "shown");
	*out = (struct checkin_draft){.code = json_get_text(body, "code"),
				      .person = json_get_text(body, "person"),
				      .point = json_get_text(body, "point"),
				      .shown = shown ? outcome_find(shown) : OUTCOME_COUNT};
	out->has_at = json_int(json_get(body, "at"), &out->at.v);
	if (out->has_at && !record_times_ok(0, out->at.v)) {
		return false;
	}
	return (out->code == NULL) != (out->person == NULL) && !str_empty(out->point) && out->shown != OUTCOME_COUNT;
}

/* A check-in's texts, as far as they can be read without building a tree. */
struct reading {
	struct checkin_text *out;
	unsigned seen; /* a bit a member */
	bool odd;
};

static void read_member(void *context, const char *key, const char *value) {
	struct reading *reading = context;
	struct checkin_text *out = reading->out;
	const struct {
		const char *key;
		char *to;
		size_t cap;
	} members[] = {{"code", out->code, sizeof out->code},
		       {"person", out->person, sizeof out->person},
		       {"point", out->point, sizeof out->point},
		       {"shown", out->shown, sizeof out->shown},
		       {"how", NULL, 0},
		       {"whose", NULL, 0},
		       {"clock", NULL, 0},
		       {"valid", NULL, 0},
		       {"by", NULL, 0}};
	for (unsigned i = 0; i < COUNT_OF(members); i++) {
		if (strcmp(members[i].key, key) == 0) {
			reading->odd = reading->odd || (reading->seen & 1u << i) != 0 ||
				       (members[i].to != NULL && !str_copy(members[i].to, members[i].cap, value));
			reading->seen |= 1u << i;
			return;
		}
	}
	reading->odd = true; /* of another version, or doubled: the parser decides */
}

/* Reads a body as every station writes it, in a third of the time that parsing takes. */
static bool read_plain(const char *body, struct checkin_text *out) {
	struct reading reading = {.out = out};
	out->code[0] = out->person[0] = out->point[0] = out->shown[0] = '\0';
	if (!json_each_text(body, read_member, &reading) || reading.odd) {
		return false;
	}
	out->said = (struct checkin_draft){.code = reading.seen & 1 ? out->code : NULL,
					   .person = reading.seen & 2 ? out->person : NULL,
					   .point = out->point,
					   .shown = outcome_find(out->shown)};
	return (out->said.code == NULL) != (out->said.person == NULL) && out->point[0] != '\0' && out->said.shown != OUTCOME_COUNT;
}

/* Who came into a session or got what a point hands out, and who left. */
static bool note_movement(struct store *store, const struct view_record *r, const struct checkin_draft *said, int64_t who,
			  struct err *err) {
	if (said->shown == OUTCOME_LEFT && point_is_exit(said->point)) {
		struct stmt *s = store_sql(store, &SQL, EXIT_INSERT);
		stmt_text(s, 1, point_exit_session(said->point));
		stmt_int(s, 2, who);
		stmt_int(s, 3, r->id);
		return stmt_run(s, err);
	}
	if (str_eq(said->point, POINT_ARRIVAL) || point_is_exit(said->point) || !outcome_admits(said->shown)) {
		return true;
	}
	/* A duplicate is somebody who is inside already, perhaps by another of their badges: they take one place. */
	struct stmt *s = store_sql(store, &SQL, VISIT_INSERT);
	stmt_text(s, 1, said->point);
	stmt_int(s, 2, who);
	stmt_int(s, 3, r->id);
	stmt_int(s, 4, said->shown == OUTCOME_DUPLICATE);
	return stmt_run(s, err);
}

static bool apply_checkin(struct store *store, const struct view_record *r, struct err *err) {
	struct checkin_draft said;
	if (r->checkin != NULL) {
		said = *r->checkin;
	} else if (!read_body(r->body, &said)) {
		return view_ignore(store, r, IGNORE_CHECKIN, err);
	}
	int64_t who = said.code ? checkin_who_code(said.code) : checkin_who_person(said.person);
	struct stmt *s = store_sql(store, &SQL, CHECKIN_INSERT);
	stmt_int(s, 1, who);
	stmt_int(s, 2, r->id);
	stmt_text(s, 3, said.point);
	stmt_text(s, 4, outcome_word(said.shown));
	if (said.has_at) {
		stmt_int(s, 5, said.at.v);
	} else {
		stmt_null(s, 5);
	}
	if (!stmt_run(s, err)) {
		return false;
	}
	/* Before anybody asked there is no index to keep; checkin_seen will read this row, too. */
	if (store->seen.known) {
		seen_add(&store->seen, who, r->id);
	}
	return note_movement(store, r, &said, who, err);
}

static bool apply_undo(struct store *store, const struct view_record *r, struct err *err) {
	struct view_ref ref;
	if (!view_read_ref(r, &ref)) {
		return view_ignore(store, r, IGNORE_UNDO, err);
	}
	seen_doubt(&store->seen);
	return view_insert_ref(store_sql(store, &SQL, UNDO_INSERT), &ref, r, err);
}

/* --- asking by who ------------------------------------------------------------------------------------------------------------------ */

static bool note_seen(void *context, struct stmt *row, struct err *err) {
	(void)err;
	seen_add(context, stmt_col_int(row, 0), stmt_col_int(row, 1));
	return true;
}

bool checkin_seen(struct store *store, struct seen **out, struct err *err) {
	*out = &store->seen;
	if (!store->seen.known) {
		seen_forget(&store->seen);
		if (!db_each(store->db, "SELECT who, record FROM view_checkin", note_seen, &store->seen, err)) {
			return false;
		}
		if (!db_shrink(store->db, err)) {
			return false;
		}
		store->seen.known = true;
		/* Rounds begin with 1: an entry's 0 says that nothing was found out yet. */
		store->seen.round = 1;
	}
	return true;
}

static bool log_hash(struct store *store, int64_t log, struct hash *out, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, LOG_HASH);
	stmt_int(s, 1, log);
	if (stmt_row(s)) {
		stmt_take(s, 0, out->b, HASH_LEN);
	}
	return stmt_done(s, err);
}

bool checkin_each_of_code(struct store *store, const char *code, checkin_ref_fn *each, void *context, struct err *err) {
	int64_t who = checkin_who_code(code);
	uint32_t cursor = 0;
	const struct seen_entry *e;
	struct seen *seen;
	bool ok = checkin_seen(store, &seen, err);
	while (ok && (e = seen_next(seen, who, &cursor)) != NULL) {
		struct hash log = {{0}};
		ok = log_hash(store, e->record >> SEQ_BITS, &log, err) && each(context, &log, (uint64_t)(e->record & SEQ_MASK), err);
	}
	return ok;
}

const struct store_view view_checkin = {
	.kinds = {{"checkin", RIGHT_STATION, PASS_REST, apply_checkin, .read_checkin = read_plain},
		  {"undo", RIGHT_STATION, PASS_REST, apply_undo}},
	.tables = {{"view_checkin", "SELECT 'checkin', " VIEW_HASH_OF("record") ", who, point, shown, at_ms FROM view_checkin ORDER BY 2"},
		   {"view_visit", "SELECT 'visit', session, who, " VIEW_HASH_OF("record") ", again FROM view_visit ORDER BY 2, 3, 4"},
		   {"view_exit", "SELECT 'exit', session, who, " VIEW_HASH_OF("record") " FROM view_exit ORDER BY 2, 3, 4"},
		   {"view_undo", "SELECT 'undo', log, seq, " VIEW_HASH_OF("record") " FROM view_undo ORDER BY 2, 3, 4"}},
};
