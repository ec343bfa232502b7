#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/strbuf.h"
#include "event/fold.h"
#include "event/person.h"
#include "store/people.h"
#include "store/view_rows.h"

struct row {
	struct json_writer fields, custom;
	struct strbuf search;
};

static void add_search(struct row *row, const char *field, const char *text) {
	enum person_field known = person_field_find(field);
	if (known == PERSON_NAME || known == PERSON_NAME_LATIN || known == PERSON_ORGANISATION || known == PERSON_COMMUNITY ||
	    known == PERSON_EMAIL || known == PERSON_CATEGORY || known == PERSON_REGION) {
		strbuf_adds(&row->search, text);
		strbuf_adds(&row->search, " | ");
	}
}

static bool add_field(void *context, const char *field, const struct json *value, struct err *err) {
	(void)err;
	struct row *row = context;
	const char *text = json_text(value);
	if (str_empty(text)) {
		return true;
	}
	add_search(row, field, text);
	if (str_starts(field, PERSON_CUSTOM_PREFIX)) {
		json_put_text(&row->custom, field + strlen(PERSON_CUSTOM_PREFIX), text);
	} else if (!str_eq(field, "name") && !str_eq(field, "code") && person_field_find(field) != PERSON_FIELD_COUNT) {
		json_put_text(&row->fields, field, text);
	}
	return true;
}

bool view_person_compute(struct store *store, const char *id, const struct registers *r, struct err *err) {
	struct strbuf fields = {0};
	struct strbuf custom = {0};
	struct row row = {.fields = {.out = &fields}, .custom = {.out = &custom}};
	json_open(&row.fields, NULL, '{');
	json_open(&row.custom, NULL, '{');
	bool ok = registers_each(r, add_field, &row, err);
	json_close(&row.fields, '}');
	json_close(&row.custom, '}');
	char *search = fold_text(strbuf_str(&row.search));
	const char *code = registers_text(r, "code");
	struct stmt *s = store->sql[SQL_PERSON_PUT];
	stmt_text(s, 1, id);
	stmt_text(s, 2, str_or_empty(registers_text(r, "name")));
	stmt_text(s, 3, fields.data);
	stmt_text(s, 4, custom.data);
	stmt_text(s, 5, str_empty(code) ? NULL : code);
	stmt_text(s, 6, str_eq(registers_text(r, "status"), "removed") ? "removed" : "active");
	stmt_text(s, 7, r->count != 0 ? r->items[r->count - 1].subject : "");
	stmt_text(s, 8, search);
	ok = ok && stmt_run(s, err);
	free(search);
	strbuf_fini(&fields);
	strbuf_fini(&custom);
	strbuf_fini(&row.search);
	return ok;
}

bool view_join_apply(struct store *store, const struct view_record *r, struct err *err) {
	const char *person = json_get_text(r->body, "person");
	const char *into = json_get_text(r->body, "into");
	if (str_empty(person) || str_empty(into) || str_eq(person, into)) {
		return view_ignore(store, r, "it does not say who is whom", err);
	}
	struct stmt *s = store->sql[SQL_JOIN_PUT];
	stmt_text(s, 1, person);
	stmt_text(s, 2, into);
	return stmt_run(s, err);
}
