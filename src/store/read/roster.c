#include "store/read/roster.h"

#include <string.h>

#include "base/str.h"
#include "store/file/state.h"
#include "store/log/rows.h"

struct roster_walk {
	roster_each_fn *each;
	void *context;
};

static bool give_row(void *context, struct stmt *s, struct err *err) {
	const struct roster_walk *walk = context;
	struct roster_row row = {
		.id = str_or_empty(stmt_col_text(s, 0)),
		.name = str_or_empty(stmt_col_text(s, 1)),
		.fields = str_or_empty(stmt_col_text(s, 2)),
		.custom = str_or_empty(stmt_col_text(s, 3)),
		.code = stmt_col_text(s, 4),
		.removed = str_eq(stmt_col_text(s, 5), "removed"),
	};
	return walk->each(walk->context, &row, err);
}

bool roster_each(struct store *store, roster_each_fn *each, void *context, struct err *err) {
	struct roster_walk walk = {each, context};
	return db_each(store->db, "SELECT id, name, fields, custom, code, status FROM view_person ORDER BY id", give_row, &walk, err);
}

struct joined_walk {
	joined_each_fn *each;
	void *context;
};

static bool give_joined(void *context, struct stmt *s, struct err *err) {
	const struct joined_walk *walk = context;
	return walk->each(walk->context, str_or_empty(stmt_col_text(s, 0)), str_or_empty(stmt_col_text(s, 1)), err);
}

bool joined_each(struct store *store, joined_each_fn *each, void *context, struct err *err) {
	struct joined_walk walk = {each, context};
	return db_each(store->db, "SELECT person, into_person FROM view_join ORDER BY person", give_joined, &walk, err);
}

struct said_walk {
	said_each_fn *each;
	void *context;
};

static bool give_said(void *context, struct stmt *s, struct err *err) {
	const struct said_walk *walk = context;
	const char *text = str_or_empty(stmt_col_text(s, 2));
	struct err wrong = {0};
	struct json *body = json_parse(text, strlen(text), &wrong);
	struct said said = {
		.id = json_get_text(body, "id"),
		.source = json_get_text(body, "source"),
		.set = json_get(body, "set"),
		.log = stmt_col_int(s, 0) >> SEQ_BITS,
		.seq = stmt_col_int(s, 0) & SEQ_MASK,
		.utc = {stmt_col_int(s, 1)},
	};
	bool ok = str_empty(said.id) || str_empty(said.source) || said.set == NULL || walk->each(walk->context, &said, err);
	json_free(body);
	return ok;
}

bool said_each(struct store *store, enum said_kind kind, said_each_fn *each, void *context, struct err *err) {
	/* instr() saves parsing the bodies of edits by hand; what it lets through by chance has no member "source". */
	static const char *const sql[] = {
		[SAID_PERSON] = "SELECT id, utc_ms, body FROM record WHERE kind = 'person' AND instr(body, '\"source\":') <> 0 "
				"AND id NOT IN (SELECT record FROM view_ignored) ORDER BY id",
		[SAID_SESSION] = "SELECT id, utc_ms, body FROM record WHERE kind = 'session' AND instr(body, '\"source\":') <> 0 "
				 "AND id NOT IN (SELECT record FROM view_ignored) ORDER BY id",
	};
	struct said_walk walk = {each, context};
	return db_each(store->db, sql[kind], give_said, &walk, err);
}
