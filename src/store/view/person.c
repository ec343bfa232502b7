#include "store/view/person.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/json.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "event/code_form.h"
#include "event/fold.h"
#include "event/form.h"
#include "event/person.h"
#include "store/file/state.h"
#include "store/view/find_index.h"
#include "store/view/view.h"

enum { PERSON_PUT, PERSON_DROP, PAST_PUT, PAST_DROP, FORM_PUT, FORM_DROP, STATEMENTS };
static const char *const TEXTS[] = {
	[PERSON_PUT] = "INSERT OR REPLACE INTO view_person (id, name, fields, custom, code, status, subject, search) VALUES "
		       "(?1,?2,?3,?4,?5,?6,?7,?8)",
	[PERSON_DROP] = "DELETE FROM view_person WHERE id = ?1",
	[PAST_PUT] = "INSERT OR IGNORE INTO view_past_code (code, person) VALUES (?1,?2)",
	[PAST_DROP] = "DELETE FROM view_past_code WHERE person = ?1",
	[FORM_PUT] = "INSERT INTO view_code_form (form, person) VALUES (?1,?2)",
	[FORM_DROP] = "DELETE FROM view_code_form WHERE person = ?1",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

struct row {
	struct json_writer fields, custom;
	struct strbuf search;
	char *latin;  /* their name in Latin letters; NULL */
	bool unnamed; /* they refused that their data are processed (event/form.h): what stands for a name finds nobody */
};

static void add_search(struct row *row, const char *field, const char *text) {
	enum person_field known = person_field_find(field);
	if (known == PERSON_NAME_LATIN) {
		free(row->latin);
		row->latin = xstrdup(text);
	}
	if (known == PERSON_NAME || known == PERSON_NAME_LATIN || known == PERSON_ORGANISATION || known == PERSON_COMMUNITY ||
	    known == PERSON_EMAIL || known == PERSON_CATEGORY || known == PERSON_REGION) {
		strbuf_adds(&row->search, text);
		strbuf_adds(&row->search, " | ");
	}
}

static void add_text(struct row *row, const char *field, const char *text) {
	add_search(row, field, text);
	row->unnamed = row->unnamed || (str_eq(field, PERSON_CUSTOM_PREFIX FORM_PROCESSING) && !form_consent_given(text));
	if (str_starts(field, PERSON_CUSTOM_PREFIX)) {
		json_put_text(&row->custom, field + strlen(PERSON_CUSTOM_PREFIX), text);
	} else if (!str_eq(field, "name") && !str_eq(field, "code") && person_field_find(field) != PERSON_FIELD_COUNT) {
		json_put_text(&row->fields, field, text);
	}
}

static bool add_field(void *context, const char *field, const struct json *value, struct err *err) {
	(void)err;
	const char *text = json_text(value);
	if (!str_empty(text)) {
		add_text(context, field, text);
	}
	return true;
}

struct facts { /* what does not come field by field */
	const char *name, *code, *subject;
	bool removed;
	bool fresh; /* nothing is in the index of them */
};

static void open_row(struct row *row, struct strbuf *fields, struct strbuf *custom) {
	*row = (struct row){.fields = {.out = fields}, .custom = {.out = custom}};
	json_open(&row->fields, NULL, '{');
	json_open(&row->custom, NULL, '{');
}

static bool put_code_form(struct store *store, const char *id, const char *code, struct err *err) {
	char form[BADGE_CODE_MAX + 1];
	if (str_empty(code) || !code_form(code, form)) {
		return true;
	}
	struct stmt *s = store_sql(store, &SQL, FORM_PUT);
	stmt_text(s, 1, form);
	stmt_text(s, 2, id);
	return stmt_run(s, err);
}

/* Closes the row, writes it and frees it. */
static bool put_row(struct store *store, const char *id, struct row *row, const struct facts *facts, struct err *err) {
	json_close(&row->fields, '}');
	json_close(&row->custom, '}');
	char *search = fold_text(strbuf_str(&row->search));
	struct stmt *s = store_sql(store, &SQL, PERSON_PUT);
	stmt_text(s, 1, id);
	stmt_text(s, 2, str_or_empty(facts->name));
	stmt_text(s, 3, row->fields.out->data);
	stmt_text(s, 4, row->custom.out->data);
	stmt_text(s, 5, str_empty(facts->code) ? NULL : facts->code);
	stmt_text(s, 6, facts->removed ? "removed" : "active");
	stmt_text(s, 7, facts->subject);
	stmt_text(s, 8, search);
	bool ok = stmt_run(s, err) && put_code_form(store, id, facts->code, err);
	bool found = !facts->removed && !row->unnamed;
	if (ok && (found || !facts->fresh)) {
		ok = (facts->fresh ? find_index_add : find_index_put)(store, id, found ? facts->name : NULL, found ? row->latin : NULL,
								      err);
	}
	free(search);
	strbuf_fini(row->fields.out);
	strbuf_fini(row->custom.out);
	strbuf_fini(&row->search);
	free(row->latin);
	return ok;
}

/* What other tables say of their codes. */
static bool drop_codes(struct store *store, const char *id, struct err *err) {
	static const size_t drops[] = {PAST_DROP, FORM_DROP};
	bool ok = true;
	for (size_t i = 0; i < COUNT_OF(drops) && ok; i++) {
		struct stmt *s = store_sql(store, &SQL, drops[i]);
		stmt_text(s, 1, id);
		ok = stmt_run(s, err);
	}
	return ok;
}

/* Every code that any of their records gave them, but for the present one. */
static bool put_past_codes(struct store *store, const char *id, const struct registers *r, const char *present, struct err *err) {
	bool ok = true;
	for (size_t i = 0; ok && i < r->count; i++) {
		const char *code = json_get_text(r->items[i].set, "code");
		if (!str_empty(code)) {
			/* What is known of whose a check-in is may be wrong now. */
			seen_doubt(&store->seen);
		}
		if (!str_empty(code) && !str_eq(code, present)) {
			struct stmt *s = store_sql(store, &SQL, PAST_PUT);
			store->past_codes = ANY_UNKNOWN;
			stmt_text(s, 1, code);
			stmt_text(s, 2, id);
			ok = stmt_run(s, err);
		}
	}
	return ok;
}

/* A station put them on the roster, and nothing of what it says of them is in the books. */
static bool is_void(const struct registers *r) {
	bool any = false;
	for (size_t i = 0; i < r->count; i++) {
		bool walkin = str_eq(r->items[i].kind, "walkin");
		any = any || walkin;
		if (walkin && !r->items[i].is_void) {
			return false;
		}
	}
	return any;
}

static bool compute(struct store *store, const char *id, const struct registers *r, struct err *err) {
	struct strbuf fields = {0};
	struct strbuf custom = {0};
	struct row row;
	open_row(&row, &fields, &custom);
	bool ok = registers_each(r, add_field, &row, err);
	struct facts facts = {
		.name = registers_text(r, "name"),
		.code = registers_text(r, "code"),
		.subject = r->count != 0 ? r->items[r->count - 1].subject : "",
		.removed = str_eq(registers_text(r, "status"), "removed") || is_void(r),
	};
	ok = ok && drop_codes(store, id, err);
	ok = put_row(store, id, &row, &facts, ok ? err : &(struct err){0}) && ok;
	return ok && put_past_codes(store, id, r, facts.code, err);
}

struct member {
	const char *key, *value;
	size_t at; /* of the key in `texts`, while they still grow */
};

struct members {
	struct strbuf texts;
	struct member *items;
	size_t count, cap;
};

static void add_member(void *context, const char *key, const char *value) {
	struct members *m = context;
	ARRAY_GROW(m, items);
	m->items[m->count++].at = m->texts.len;
	strbuf_add(&m->texts, key, strlen(key) + 1);
	strbuf_add(&m->texts, value, strlen(value) + 1);
}

static int by_key(const void *a, const void *b) { return strcmp(((const struct member *)a)->key, ((const struct member *)b)->key); }

/* The members of `set`, in the order in which registers_each gives fields. */
static bool read_members(const char *set, struct members *m, struct err *err) {
	if (!json_each_text(set, add_member, m)) {
		struct json *object = json_parse(set, strlen(set), err);
		if (object == NULL) {
			return err_wrap(err, "an edit");
		}
		m->count = 0;
		strbuf_reset(&m->texts);
		for (void *i = json_member_next(object, NULL); i != NULL; i = json_member_next(object, i)) {
			add_member(m, json_member_key(i), str_or_empty(json_text(json_member_value(i))));
		}
		json_free(object);
	}
	/* The texts do not grow any more: pointers into them hold from here on. */
	for (size_t i = 0; i < m->count; i++) {
		m->items[i].key = m->texts.data + m->items[i].at;
		m->items[i].value = m->items[i].key + strlen(m->items[i].key) + 1;
	}
	if (m->count > 1) {
		qsort(m->items, m->count, sizeof *m->items, by_key);
	}
	return true;
}

/* The same row as compute() makes of one edit, without reading records back: imports make many at once. */
static bool begin(struct store *store, const struct fresh_thing *fresh, const char *subject, struct err *err) {
	struct members m = {0};
	struct strbuf fields = {0};
	struct strbuf custom = {0};
	struct row row;
	struct facts facts = {.subject = subject, .fresh = true};
	bool ok = read_members(fresh->set, &m, err);
	open_row(&row, &fields, &custom);
	for (size_t i = 0; ok && i < m.count; i++) {
		const struct member *member = &m.items[i];
		facts.name = str_eq(member->key, "name") ? member->value : facts.name;
		facts.code = str_eq(member->key, "code") ? member->value : facts.code;
		facts.removed = facts.removed || (str_eq(member->key, "status") && str_eq(member->value, "removed"));
		if (*member->value != '\0') {
			add_text(&row, member->key, member->value);
		}
	}
	ok = put_row(store, fresh->id, &row, &facts, ok ? err : &(struct err){0}) && ok;
	strbuf_fini(&m.texts);
	free(m.items);
	return ok;
}

static bool drop(struct store *store, const char *id, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, PERSON_DROP);
	stmt_text(s, 1, id);
	return stmt_run(s, err) && drop_codes(store, id, err) && find_index_put(store, id, NULL, NULL, err);
}

const struct store_view view_person = {
	.kinds = {{"person", RIGHT_EDITOR, PASS_REST, .key = "id"}},
	.tables = {{"view_person", "SELECT 'person', id, name, fields, custom, code, status, subject FROM view_person ORDER BY 2"},
		   {"view_past_code", "SELECT 'past', code, person FROM view_past_code ORDER BY 2, 3"},
		   {"view_code_form", "SELECT 'form', form, person FROM view_code_form ORDER BY 2, 3"},
		   {"find_person", NULL},
		   {"find_word", NULL},
		   {"find_posting", NULL},
		   {"find_less", NULL}},
	.thing = 'p',
	.compute = compute,
	.drop = drop,
	.edits = "person",
	.title = "name",
	.personal = true,
	.begin = begin,
};
