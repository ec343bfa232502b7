#include "store/read/people.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/json.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "event/fold.h"
#include "event/registration.h"
#include "store/file/state.h"
#include "store/read/badges.h"
#include "store/view/roles.h"
#include "store/view/views.h"
#include "store/write/append.h"
#include "store/write/edit.h"

enum { PERSON_GET, PERSON_GET_ROW, PERSON_ROOT, PERSON_JOINED, BADGES_OF, CODES_OF, CODE_OF, PAST_CODES_OF, STATEMENTS };
static const char *const TEXTS[] = {
	[PERSON_GET] = "SELECT id, name, fields, custom, code, status, subject FROM view_person WHERE id = ?1",
	[PERSON_GET_ROW] = "SELECT id, name, fields, custom, code, status, subject FROM view_person WHERE rowid = ?1 AND id = ?2",
	[PERSON_ROOT] = "SELECT into_person FROM view_join WHERE person = ?1",
	[PERSON_JOINED] = "SELECT person FROM view_join WHERE into_person = ?1 ORDER BY person",
	[BADGES_OF] = "SELECT code, status, aloud FROM view_badge WHERE person = ?1 ORDER BY status DESC, code",
	[CODES_OF] = "SELECT code FROM view_badge WHERE person = ?1",
	[CODE_OF] = "SELECT code FROM view_person WHERE id = ?1",
	[PAST_CODES_OF] = "SELECT code FROM view_past_code WHERE person = ?1",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

void person_row_fini(struct person_row *row) { person_fini(&row->person); }

const char *badge_status_word(const struct person_row *row) {
	static const char *const words[] = {"none", "valid", "revoked"};
	return words[row->badge];
}

void person_id(const struct hash *event, const char *key, char id[PERSON_ID_LEN + 1]) {
	char hex[2 * HASH_LEN + 1];
	str_hex(event->b, HASH_LEN, hex);
	char *text = xasprintf("turnout-person-1\n%s\n%s\n", hex, key);
	struct hash h = crypto_sha256(text, strlen(text));
	str_hex(h.b, PERSON_ID_LEN / 2, id);
	free(text);
}

void person_id_random(char id[PERSON_ID_LEN + 1]) {
	uint8_t random[PERSON_ID_LEN / 2];
	crypto_random(random, sizeof random);
	str_hex(random, sizeof random, id);
}

static void set_field(void *person, const char *key, const char *value) {
	enum person_field field = person_field_find(key);
	if (field != PERSON_FIELD_COUNT) {
		person_set(person, field, value);
	}
}

static void set_custom(void *person, const char *key, const char *value) { person_set_custom(person, key, value); }

static void read_object(const char *text, struct person *p, json_member_fn *set) {
	struct err ignored = {0};
	if (text == NULL || json_each_text(text, set, p)) {
		return;
	}
	struct json *object = json_parse(text, strlen(text), &ignored);
	for (void *m = json_member_next(object, NULL); m != NULL; m = json_member_next(object, m)) {
		set(p, json_member_key(m), json_text(json_member_value(m)));
	}
	json_free(object);
}

/* Columns: id, name, fields, custom, code, status. */
static void read_person(struct stmt *s, struct person_row *row) {
	*row = (struct person_row){0};
	str_copy(row->id, sizeof row->id, str_or_empty(stmt_col_text(s, 0)));
	person_set(&row->person, PERSON_NAME, stmt_col_text(s, 1));
	read_object(stmt_col_text(s, 2), &row->person, set_field);
	read_object(stmt_col_text(s, 3), &row->person, set_custom);
	person_set(&row->person, PERSON_CODE, stmt_col_text(s, 4));
	row->removed = str_eq(stmt_col_text(s, 5), "removed");
}

static bool read_badge(struct store *store, struct person_row *row, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, BADGES_OF); /* valid ones first */
	stmt_text(s, 1, row->id);
	if (stmt_row(s)) {
		bool valid = str_eq(stmt_col_text(s, 1), "valid");
		str_copy(row->code, sizeof row->code, str_or_empty(stmt_col_text(s, 0)));
		str_copy(row->aloud, sizeof row->aloud, str_or_empty(stmt_col_text(s, 2)));
		row->badge = valid ? BADGE_STATUS_VALID : BADGE_STATUS_REVOKED;
	}
	if (!stmt_done(s, err)) {
		return false;
	}
	const char *own = row->person.field[PERSON_CODE];
	if (row->badge == BADGE_STATUS_VALID || own == NULL) {
		return true;
	}
	struct badge_row badge;
	bool found = false;
	if (!badge_get(store, own, &badge, &found, err)) {
		return false;
	}
	str_copy(row->code, sizeof row->code, own);
	row->badge = found && badge.revoked ? BADGE_STATUS_REVOKED : BADGE_STATUS_VALID;
	return true;
}

/* True when it is known that the table is empty (`sql` asks). Only the one who writes may keep the answer. */
static bool known_none(struct store *store, enum known *known, const char *sql) {
	if (store->mode == STORE_WRITE && *known == ANY_UNKNOWN) {
		int64_t any = 1;
		struct err ignored = {0};
		*known = db_number(store->db, sql, &any, &ignored) && any == 0 ? ANY_NONE : ANY_SOME;
	}
	return *known == ANY_NONE;
}

static bool no_joins(struct store *store) { return known_none(store, &store->joins, "SELECT EXISTS (SELECT 1 FROM view_join)"); }

static bool no_past_codes(struct store *store) {
	return known_none(store, &store->past_codes, "SELECT EXISTS (SELECT 1 FROM view_past_code)");
}

bool person_root(struct store *store, char id[PERSON_ID_LEN + 1], struct err *err) {
	if (no_joins(store)) {
		return true;
	}
	struct stmt *s = store_sql(store, &SQL, PERSON_ROOT);
	stmt_text(s, 1, id);
	char root[PERSON_ID_LEN + 1] = "";
	if (stmt_row(s)) {
		str_copy(root, sizeof root, str_or_empty(stmt_col_text(s, 0)));
	}
	if (!stmt_done(s, err)) {
		return false;
	}
	if (root[0] != '\0') {
		memcpy(id, root, sizeof root);
	}
	return true;
}

bool person_get_plain(struct store *store, const char *id, struct person_row *out, bool *found, struct err *err) {
	char root[PERSON_ID_LEN + 1];
	*out = (struct person_row){0};
	*found = false;
	str_copy(root, sizeof root, id);
	if (!person_root(store, root, err)) {
		return false;
	}
	/* The person met last in this transaction (state.h) is read by rowid, which needs no search by id. */
	bool met = store->met.id[0] != '\0' && str_eq(store->met.id, root);
	struct stmt *s = store_sql(store, &SQL, met ? PERSON_GET_ROW : PERSON_GET);
	if (met) {
		stmt_int(s, 1, store->met.row);
	}
	stmt_text(s, met ? 2 : 1, root);
	*found = stmt_row(s);
	if (*found) {
		read_person(s, out);
		store->met.has_code = met && str_copy(store->met.code, sizeof store->met.code, person_text(&out->person, PERSON_CODE));
	}
	if (!stmt_done(s, err)) {
		person_row_fini(out);
		return false;
	}
	return true;
}

bool person_get(struct store *store, const char *id, struct person_row *out, bool *found, struct err *err) {
	if (!person_get_plain(store, id, out, found, err)) {
		return false;
	}
	if (*found && !read_badge(store, out, err)) {
		person_row_fini(out);
		return false;
	}
	return true;
}

struct walk {
	struct store *store;
	char **words;
	size_t word_count;
	person_each_fn *each;
	void *context;
};

static bool walk_row(void *context, struct stmt *s, struct err *err) {
	struct walk *walk = context;
	const char *search = str_or_empty(stmt_col_text(s, 6));
	for (size_t i = 0; i < walk->word_count; i++) {
		if (strstr(search, walk->words[i]) == NULL) {
			return true;
		}
	}
	struct person_row row;
	read_person(s, &row);
	bool ok = read_badge(walk->store, &row, err) && walk->each(walk->context, &row, err);
	person_row_fini(&row);
	return ok;
}

#define QUERY_WORDS 16

#define EVERYBODY                                                                                                       \
	"SELECT id, name, fields, custom, code, status, search FROM view_person WHERE status = 'active' AND id NOT IN " \
	"(SELECT person FROM view_join)"

static bool walk(struct store *store, const char *sql, const char *query, const struct walk *how, struct err *err) {
	char *words[QUERY_WORDS];
	char *folded = fold_text(str_or_empty(query));
	struct walk walk = {.store = store, .words = words, .each = how->each, .context = how->context};
	walk.word_count = folded[0] ? str_split(folded, ' ', words, QUERY_WORDS) : 0;
	bool ok = db_each(store->db, sql, walk_row, &walk, err);
	free(folded);
	return ok;
}

bool people_each(struct store *store, const char *query, person_each_fn *each, void *context, struct err *err) {
	return walk(store, EVERYBODY " ORDER BY search, id", query, &(struct walk){.each = each, .context = context}, err);
}

bool people_each_anyhow(struct store *store, const char *query, person_each_fn *each, void *context, struct err *err) {
	return walk(store, EVERYBODY, query, &(struct walk){.each = each, .context = context}, err);
}

bool people_count(struct store *store, int64_t *count, struct err *err) {
	return db_number(store->db, "SELECT count(*) FROM view_person WHERE status = 'active' AND id NOT IN (SELECT person FROM view_join)",
			 count, err);
}

static bool count_registration(void *context, struct stmt *s, struct err *err) {
	(void)err;
	size_t *counts = context;
	counts[registration_find(str_or_empty(stmt_col_text(s, 0)))] += (size_t)stmt_col_int(s, 1);
	return true;
}

bool people_registrations(struct store *store, size_t *counts, struct err *err) {
	memset(counts, 0, REGISTRATION_COUNT * sizeof *counts);
	return db_each(store->db,
		       "SELECT fields ->> '$.registration' AS said, count(*) FROM view_person WHERE status = 'active' "
		       "AND said IS NOT NULL AND id NOT IN (SELECT person FROM view_join) GROUP BY said",
		       count_registration, counts, err);
}

struct hits {
	size_t count;
	char id[PERSON_ID_LEN + 1]; /* of the last */
	struct strbuf list;         /* of the first few, for people to choose */
};

struct resolve {
	const char *text;
	char *folded, *words;
	struct hits whole, reordered; /* whose address or name it is; whose name has the same words in another order */
};

static void add_hit(struct hits *hits, const struct person_row *row) {
	enum { LISTED = 5 };
	const char *more = row->person.field[PERSON_COMMUNITY];
	more = str_empty(more) ? row->person.field[PERSON_ORGANISATION] : more;
	more = str_empty(more) ? row->person.field[PERSON_EMAIL] : more;
	if (hits->count < LISTED) {
		strbuf_addf(&hits->list, "%s%s %s", hits->count > 0 ? ", " : "", row->id, person_text(&row->person, PERSON_NAME));
		if (!str_empty(more)) {
			strbuf_addf(&hits->list, " (%s)", more);
		}
	} else if (hits->count == LISTED) {
		strbuf_adds(&hits->list, ", …");
	}
	hits->count++;
	str_copy(hits->id, sizeof hits->id, row->id);
}

static bool resolve_row(void *context, const struct person_row *row, struct err *err) {
	(void)err;
	struct resolve *resolve = context;
	const char *email = row->person.field[PERSON_EMAIL], *name = person_text(&row->person, PERSON_NAME);
	char *folded = fold_text(name), *words = fold_words(name);
	bool named = resolve->folded[0] != '\0';
	if ((email != NULL && str_eq_nocase(email, resolve->text)) || (named && str_eq(folded, resolve->folded))) {
		add_hit(&resolve->whole, row);
	} else if (named && str_eq(words, resolve->words)) {
		add_hit(&resolve->reordered, row);
	}
	free(folded);
	free(words);
	return true;
}

/* Who is called so comes before whoever is when the words change places. */
static bool settle_hits(const struct resolve *resolve, char id[PERSON_ID_LEN + 1], struct err *err) {
	const struct hits *hits = resolve->whole.count != 0 ? &resolve->whole : &resolve->reordered;
	if (hits->count > 1) {
		return err_set(err, ERR_USAGE, "%zu people are \"%s\": %s; name one by id or code", hits->count, resolve->text,
			       strbuf_str(&hits->list));
	}
	if (hits->count == 0) {
		return err_set(err, ERR_NOT_FOUND, "nobody on the roster is \"%s\"", resolve->text);
	}
	str_copy(id, PERSON_ID_LEN + 1, hits->id);
	return true;
}

static bool resolve_name(struct store *store, const char *text, char id[PERSON_ID_LEN + 1], struct err *err) {
	struct resolve resolve = {.text = text, .folded = fold_text(text), .words = fold_words(text)};
	bool ok = people_each(store, NULL, resolve_row, &resolve, err) && settle_hits(&resolve, id, err);
	free(resolve.folded);
	free(resolve.words);
	strbuf_fini(&resolve.whole.list);
	strbuf_fini(&resolve.reordered.list);
	return ok;
}

bool person_resolve(struct store *store, const char *text, struct person_row *out, struct err *err) {
	bool found = false;
	struct badge_row badge;
	char id[PERSON_ID_LEN + 1];
	if (!person_get(store, text, out, &found, err)) {
		return false;
	}
	if (found) {
		return true;
	}
	if (!badge_get(store, text, &badge, &found, err)) {
		return false;
	}
	if (found && badge.person[0] != '\0') {
		return person_get(store, badge.person, out, &found, err) &&
		       (found || err_set(err, ERR_NOT_FOUND, "nobody on the roster is \"%s\"", text));
	}
	return resolve_name(store, text, id, err) && person_get(store, id, out, &found, err);
}

static void write_set(const struct person_edit *edit, struct strbuf *out) {
	struct json_writer w = {.out = out};
	json_open(&w, NULL, '{');
	for (int i = 0; edit->set != NULL && i < PERSON_FIELD_COUNT; i++) {
		if (edit->set->field[i] != NULL) {
			json_put_text(&w, person_field_key((enum person_field)i), edit->set->field[i]);
		}
	}
	for (size_t i = 0; edit->set != NULL && i < edit->set->count; i++) {
		char *key = xasprintf("%s%s", PERSON_CUSTOM_PREFIX, edit->set->custom[i].name);
		json_put_text(&w, key, edit->set->custom[i].value);
		free(key);
	}
	if (edit->status != NULL) {
		json_put_text(&w, "status", edit->status);
	}
	json_close(&w, '}');
}

bool person_edit(struct store *store, const struct person_edit *edit, struct err *err) {
	struct strbuf set = {0};
	if (edit->set_json == NULL) {
		write_set(edit, &set);
	}
	struct edit_draft draft = {.kind = "person",
				   .id = edit->id,
				   .set = edit->set_json ? edit->set_json : set.data,
				   .source = edit->source,
				   .fresh = edit->fresh};
	bool ok = edit_append(store, &draft, err);
	strbuf_fini(&set);
	return ok;
}

bool person_join(struct store *store, const char *person, const char *into, struct err *err) {
	if (str_eq(person, into)) {
		return err_set(err, ERR_USAGE, "these are one person already");
	}
	struct strbuf body = {0};
	struct json_writer w = {.out = &body};
	json_open(&w, NULL, '{');
	json_put_text(&w, "person", person);
	json_put_text(&w, "into", into);
	json_close(&w, '}');
	struct draft draft = {.kind = "join", .subject = "", .body = body.data};
	bool ok = role_author_of_edits(store, &draft.author, err) && store_append(store, &draft, NULL, err) && views_flush(store, err);
	strbuf_fini(&body);
	return ok;
}

struct id_list {
	char (*items)[PERSON_ID_LEN + 1];
	size_t count, cap;
};

/* Everybody who is this person in the end. */
static bool joined_into(struct store *store, struct id_list *list, struct err *err) {
	if (no_joins(store)) {
		return true;
	}
	char id[PERSON_ID_LEN + 1];
	memcpy(id, list->items[0], sizeof id); /* the list may move while the statement holds on to the text */
	struct stmt *s = store_sql(store, &SQL, PERSON_JOINED);
	stmt_text(s, 1, id);
	while (stmt_row(s)) {
		ARRAY_GROW(list, items);
		str_copy(list->items[list->count++], PERSON_ID_LEN + 1, str_or_empty(stmt_col_text(s, 0)));
	}
	return stmt_done(s, err);
}

struct telling {
	code_each_fn *each;
	void *context;
};

static bool each_code(struct stmt *s, struct person_code found, const struct telling *tell, struct err *err) {
	stmt_text(s, 1, found.person);
	bool ok = true;
	while (ok && stmt_row(s)) {
		found.code = stmt_col_text(s, 0);
		ok = found.code == NULL || tell->each(tell->context, &found, err);
	}
	struct err late = {0};
	return stmt_done(s, ok ? err : &late) && ok;
}

static bool roster_code_of(struct store *store, const char *id, const struct telling *tell, struct err *err) {
	struct person_code found = {.person = id, .kind = PERSON_CODE_ROSTER};
	if (store->met.has_code && str_eq(store->met.id, id)) {
		found.code = store->met.code;
		return store->met.code[0] == '\0' || tell->each(tell->context, &found, err);
	}
	return each_code(store_sql(store, &SQL, CODE_OF), found, tell, err);
}

static bool codes_of_one(struct store *store, const char *id, const struct telling *tell, struct err *err) {
	return each_code(store_sql(store, &SQL, CODES_OF), (struct person_code){.person = id, .kind = PERSON_CODE_ISSUED}, tell, err) &&
	       roster_code_of(store, id, tell, err) &&
	       (no_past_codes(store) ||
		each_code(store_sql(store, &SQL, PAST_CODES_OF), (struct person_code){.person = id, .kind = PERSON_CODE_PAST}, tell, err));
}

bool person_codes(struct store *store, const char *id, code_each_fn *each, void *context, struct err *err) {
	struct id_list list = {0};
	struct telling tell = {each, context};
	ARRAY_GROW(&list, items);
	str_copy(list.items[list.count++], PERSON_ID_LEN + 1, id);
	bool ok = joined_into(store, &list, err);
	for (size_t i = 0; ok && i < list.count; i++) {
		ok = codes_of_one(store, list.items[i], &tell, err);
	}
	free(list.items);
	return ok;
}
