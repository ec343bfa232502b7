/* Which record goes into which view, and who may write it.
 *
 * Invariant 3: a view is a pure function of the set of records. Rows of things that can be edited are computed whole from all
 * records that speak of the thing; rows of events in time (check-ins, undos, anchors) stand each for one record. When it changes
 * who may write what, everything is computed again. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "store/view/view_rows.h"

enum right { RIGHT_ANY, RIGHT_ORGANISER, RIGHT_EDITOR, RIGHT_STATION };

typedef bool apply_fn(struct store *store, const struct view_record *r, struct err *err);

/* `pass`: who may write comes first when everything is computed again. `thing` and `key`: the record speaks of the thing whose id is
 * that member of the body. */
static const struct view_kind {
	const char *kind;
	enum right right;
	int pass;
	apply_fn *apply;
	char thing;
	const char *key;
} KINDS[] = {
	{"checkin", RIGHT_STATION, 2, view_checkin_apply, 0, NULL}, /* what nearly every record is */
	{"genesis", RIGHT_ORGANISER, 0, NULL, 0, NULL},
	{"invite", RIGHT_ORGANISER, 0, view_role_apply, 0, NULL},
	{"close", RIGHT_ORGANISER, 0, view_role_apply, 0, NULL},
	{"role", RIGHT_ORGANISER, 0, view_role_apply, 0, NULL},
	{"retire", RIGHT_ORGANISER, 0, view_role_apply, 0, NULL},
	{"log", RIGHT_ANY, 1, view_log_apply, 0, NULL},
	{"event", RIGHT_EDITOR, 2, NULL, 'e', NULL},
	{"person", RIGHT_EDITOR, 2, NULL, 'p', "id"},
	{"session", RIGHT_EDITOR, 2, NULL, 's', "id"},
	{"badge", RIGHT_EDITOR, 2, NULL, 'b', "code"},
	{"revoke", RIGHT_EDITOR, 2, NULL, 'b', "code"},
	{"erase", RIGHT_ORGANISER, 1, view_erase_apply, 0, NULL},
	{"join", RIGHT_EDITOR, 2, view_join_apply, 0, NULL},
	{"walkin", RIGHT_STATION, 2, view_walkin_apply, 0, NULL},
	{"undo", RIGHT_STATION, 2, view_undo_apply, 0, NULL},
	{"anchor", RIGHT_STATION, 2, view_anchor_apply, 0, NULL},
};
#define PASSES 3

static const char *const VIEW_TABLES[] = {"view_touch",  "view_role", "view_retired",   "view_invitation", "view_kept",  "view_setting",
					  "view_person", "view_join", "view_join_said", "view_session",    "view_badge", "view_checkin",
					  "view_visit",  "view_undo", "view_anchor",    "view_ignored"};

bool view_ignore(struct store *store, const struct view_record *r, enum ignore_reason reason, struct err *err) {
	struct stmt *s = store->sql[SQL_IGNORED_INSERT];
	stmt_int(s, 1, r->id);
	stmt_text(s, 2, ignore_word(reason));
	return stmt_run(s, err);
}

static bool has_role(struct store *store, const struct public_key *key, const char *role, bool *has, struct err *err) {
	struct stmt *s = store->sql[SQL_ROLE_FIND];
	stmt_blob(s, 1, key->b, KEY_LEN);
	stmt_text(s, 2, role);
	*has = stmt_row(s);
	return stmt_done(s, err);
}

struct retirement {
	bool named; /* the author was retired at all */
	bool ended; /* and that log of theirs had ended before this record */
};

/* A retired key counts only up to the seq that its retirement names for the log. */
static bool find_retirement(struct store *store, const struct view_record *r, struct retirement *out, struct err *err) {
	struct stmt *s = store->sql[SQL_RETIRED_FIND];
	stmt_blob(s, 1, r->author.b, KEY_LEN);
	stmt_blob(s, 2, r->log.b, HASH_LEN);
	stmt_int(s, 3, (int64_t)r->seq);
	out->named = stmt_row(s) && !stmt_col_null(s, 0);
	out->ended = out->named && stmt_col_int(s, 0) == 0;
	return stmt_done(s, err);
}

void view_forget(struct store *store) {
	store->trusts = false;
	store->joins = JOINS_UNKNOWN;
}

bool view_trusts(const struct store *store, const struct public_key *key) { return store->trusts && crypto_key_eq(key, &store->trusted); }

/* False when it cannot be looked up: then nobody may say that it counts or does not. */
static bool may_write(struct store *store, const struct view_record *r, enum right right, bool *may, struct err *err) {
	*may = right == RIGHT_ANY || crypto_key_eq(&r->author, &store->organiser) ||
	       (right == RIGHT_STATION && view_trusts(store, &r->author));
	if (*may || right == RIGHT_ORGANISER) {
		return true;
	}
	bool named = false;
	struct retirement retirement = {0};
	if (!has_role(store, &r->author, "editor", &named, err) ||
	    (!named && right == RIGHT_STATION && !has_role(store, &r->author, "station", &named, err)) ||
	    (named && !find_retirement(store, r, &retirement, err))) {
		return false;
	}
	*may = named && !retirement.ended;
	if (*may && !retirement.named) { /* an editor may do what a station may, too */
		store->trusts = true;
		store->trusted = r->author;
	}
	return true;
}

static const struct view_kind *find_kind(const char *kind) {
	for (size_t i = 0; i < COUNT_OF(KINDS); i++) {
		if (strcmp(KINDS[i].kind, kind) == 0) {
			return &KINDS[i];
		}
	}
	return NULL;
}

static bool put_touch(struct store *store, const struct view_record *r, const char *thing, struct err *err) {
	struct stmt *s = store->sql[SQL_TOUCH_INSERT];
	stmt_text(s, 1, thing);
	stmt_int(s, 2, r->id);
	return stmt_run(s, err);
}

bool view_touch(struct store *store, const struct view_record *r, char thing, const char *id, struct err *err) {
	char *name = xasprintf("%c%s", thing, id);
	bool made = false;
	mapstr_place(&store->dirty, name, &made);
	bool ok = put_touch(store, r, name, err);
	free(name);
	return ok;
}

static bool touch(struct store *store, const struct view_record *r, const struct view_kind *kind, struct err *err) {
	const char *id = r->fresh ? r->fresh->id : kind->key ? json_get_text(r->body, kind->key) : "";
	if (id == NULL || strlen(id) > 1000) {
		return view_ignore(store, r, IGNORE_THING, err);
	}
	char *thing = xasprintf("%c%s", kind->thing, id);
	bool made = false;
	bool fresh = r->fresh != NULL && mapstr_find(&store->dirty, thing) == NULL;
	if (!fresh) {
		mapstr_place(&store->dirty, thing, &made);
	}
	bool ok = put_touch(store, r, thing, err) && (!fresh || view_person_fresh(store, r->fresh, r->subject, err));
	free(thing);
	return ok;
}

static bool apply_kind(struct store *store, const struct view_record *r, const struct view_kind *kind, struct err *err) {
	if (!record_times_ok(r->mono_ms, r->utc_ms)) {
		return view_ignore(store, r, IGNORE_TIMES, err);
	}
	bool may = false;
	if (!may_write(store, r, kind->right, &may, err)) {
		return false;
	}
	if (!may) {
		return view_ignore(store, r, IGNORE_AUTHOR, err);
	}
	if (kind->thing != 0) {
		return touch(store, r, kind, err);
	}
	return kind->apply == NULL || kind->apply(store, r, err);
}

/* Records that are here already may count, or count no more, now that this one is known. Computing everything again takes seconds when there is
 * much, so it is done only when any record is concerned: a right that is given can only help those that were ignored, one that is taken can
 * also hit those that were written beyond it (and help others: a second retirement may name a log that the first did not). */
static bool changes_rights(struct store *store, const struct view_record *r, bool *changes, struct err *err) {
	enum store_sql which = str_eq(r->kind, "retire") ? SQL_RETIRED_BEYOND : str_eq(r->kind, "close") ? SQL_CLOSED_FOR : SQL_IGNORED_ANY;
	struct stmt *s = store->sql[which];
	struct public_key key = {{0}};
	const char *hex = json_get_text(r->body, "key");
	bool named = hex != NULL && str_unhex(hex, key.b, KEY_LEN);
	if (which != SQL_IGNORED_ANY) {
		stmt_blob(s, 1, key.b, KEY_LEN);
	}
	*changes = stmt_row(s) && named;
	return stmt_done(s, err);
}

bool view_apply(struct store *store, const struct view_record *r, struct err *err) {
	const struct view_kind *kind = find_kind(r->kind);
	if (kind == NULL) {
		return view_ignore(store, r, IGNORE_KIND, err);
	}
	if (kind->right != RIGHT_STATION) {
		view_forget(store);
	}
	if (!apply_kind(store, r, kind, err)) {
		return false;
	}
	bool changes = false;
	bool gives = kind->pass == 0 && kind->apply != NULL;
	if (gives && !changes_rights(store, r, &changes, err)) {
		return false;
	}
	store->rebuild = store->rebuild || changes;
	return true;
}

bool view_apply_body(struct store *store, const struct view_record *r, const char *body, struct err *err) {
	if (find_kind(r->kind) == NULL) {
		return view_ignore(store, r, IGNORE_KIND, err);
	}
	bool done = false;
	if (strcmp(r->kind, "checkin") == 0 && !view_checkin_plain(store, r, body, &done, err)) {
		return false;
	}
	if (done) {
		return true;
	}
	struct err wrong = {0};
	struct json *parsed = json_parse(body, strlen(body), &wrong);
	if (parsed == NULL) {
		return view_ignore(store, r, IGNORE_JSON, err);
	}
	struct view_record with_body = *r;
	with_body.body = parsed;
	bool ok = view_apply(store, &with_body, err);
	json_free(parsed);
	return ok;
}

/* Nothing speaks of it any more: what did was erased. */
static bool drop(struct store *store, const char *thing, struct err *err) {
	struct stmt *s = store->sql[thing[0] == 'p' ? SQL_PERSON_DROP : thing[0] == 's' ? SQL_SESSION_DROP : SQL_BADGE_DROP];
	stmt_text(s, 1, thing + 1);
	return stmt_run(s, err);
}

static bool compute(struct store *store, const char *thing, struct err *err) {
	struct registers r = {0};
	if (thing[0] == 'j') {
		return view_join_compute(store, err);
	}
	if (!registers_read(store, thing, &r, err)) {
		return false;
	}
	bool ok = true;
	if (r.count == 0 && thing[0] != 'e') {
		return drop(store, thing, err);
	}
	switch (thing[0]) {
	case 'e': ok = view_setting_compute(store, &r, err); break;
	case 'p': ok = view_person_compute(store, thing + 1, &r, err); break;
	case 's': ok = view_session_compute(store, thing + 1, &r, err); break;
	case 'b': ok = view_badge_compute(store, thing + 1, &r, err); break;
	default: break;
	}
	registers_fini(&r);
	return ok;
}

static int by_text(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

bool view_flush(struct store *store, struct err *err) {
	size_t count = store->dirty.count;
	if (count == 0) {
		return true;
	}
	/* In the order of the keys, so that a large import writes the tables' pages one after another. */
	const char **things = xcalloc(count, sizeof *things);
	size_t cursor = 0;
	for (size_t i = 0; i < count; i++) {
		things[i] = mapstr_next(&store->dirty, &cursor);
	}
	qsort(things, count, sizeof *things, by_text);
	bool ok = true;
	for (size_t i = 0; ok && i < count; i++) {
		ok = compute(store, things[i], err);
	}
	free(things);
	mapstr_fini(&store->dirty);
	return ok;
}

struct rebuild {
	struct store *store;
	int pass;
};

static bool rebuild_row(void *context, struct stmt *row, struct err *err) {
	const struct rebuild *rebuild = context;
	const char *text = stmt_col_text(row, 5);
	struct view_record r = {.id = stmt_col_int(row, 0),
				.kind = stmt_col_text(row, 1),
				.mono_ms = stmt_col_int(row, 2),
				.utc_ms = stmt_col_int(row, 3),
				.subject = stmt_col_text(row, 4),
				.seq = (uint64_t)(stmt_col_int(row, 0) & SEQ_MASK)};
	const struct view_kind *kind = find_kind(r.kind);
	if ((kind ? kind->pass : PASSES - 1) != rebuild->pass || text == NULL) {
		return true;
	}
	size_t n[3] = {0};
	const void *blobs[3] = {stmt_col_blob(row, 6, &n[0]), stmt_col_blob(row, 7, &n[1]), stmt_col_blob(row, 8, &n[2])};
	if (n[0] != HASH_LEN || n[1] != HASH_LEN || n[2] != KEY_LEN) {
		return err_set(err, ERR_CORRUPT, "a record's hash is cut short; \"turnout verify\" names it");
	}
	memcpy(r.hash.b, blobs[0], HASH_LEN);
	memcpy(r.log.b, blobs[1], HASH_LEN);
	memcpy(r.author.b, blobs[2], KEY_LEN);
	if (kind == NULL) {
		return view_ignore(rebuild->store, &r, IGNORE_KIND, err);
	}
	struct err wrong = {0};
	struct json *body = json_parse(text, strlen(text), &wrong);
	if (body == NULL) {
		return view_ignore(rebuild->store, &r, IGNORE_JSON, err);
	}
	r.body = body;
	bool ok = apply_kind(rebuild->store, &r, kind, err);
	json_free(body);
	return ok;
}

bool view_rebuild(struct store *store, struct err *err) {
	view_forget(store);
	seen_forget(&store->seen);
	mapstr_fini(&store->dirty);
	for (size_t i = 0; i < COUNT_OF(VIEW_TABLES); i++) {
		char sql[64];
		snprintf(sql, sizeof sql, "DELETE FROM %s", VIEW_TABLES[i]);
		if (!db_exec(store->db, sql, err)) {
			return false;
		}
	}
	for (int pass = 0; pass < PASSES; pass++) {
		struct rebuild rebuild = {store, pass};
		if (!db_each(store->db,
			     "SELECT r.id, r.kind, r.mono_ms, r.utc_ms, r.subject, r.body, r.hash, coalesce(l.origin, l.hash), l.author "
			     "FROM record r "
			     "JOIN log l ON l.id = r.id >> 40 WHERE r.id & 1099511627775 > 0 ORDER BY r.id",
			     rebuild_row, &rebuild, err)) {
			return false;
		}
	}
	return view_flush(store, err);
}
