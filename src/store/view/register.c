#include "store/view/register.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "store/file/state.h"
#include "store/view/void_terms.h"

enum { TOUCH_RECORDS, STATEMENTS };
static const char *const TEXTS[] = {
	[TOUCH_RECORDS] = "SELECT r.body, r.hash, r.subject, r.kind, r.kind = 'walkin' AND " IS_VOID(
		"r.id") " FROM view_touch t JOIN record r ON r.id = t.record WHERE t.thing = ?1",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

static int by_hash(const void *a, const void *b) {
	return memcmp(((const struct edit *)a)->hash.b, ((const struct edit *)b)->hash.b, HASH_LEN);
}

static bool add_row(struct registers *out, struct stmt *s, struct err *err) {
	const char *text = stmt_col_text(s, 0);
	if (text == NULL) {
		return true; /* erased */
	}
	struct json *body = json_parse(text, strlen(text), err);
	if (body == NULL) {
		return err_set(err, ERR_CORRUPT, "a record's body is no JSON; \"turnout verify\" names it");
	}
	ARRAY_GROW(out, items);
	struct edit *e = &out->items[out->count++];
	*e = (struct edit){.body = body, .set = json_get(body, "set")};
	stmt_take(s, 1, e->hash.b, HASH_LEN);
	e->set = e->set ? e->set : body;
	e->subject = xstrdup(str_or_empty(stmt_col_text(s, 2)));
	e->kind = xstrdup(str_or_empty(stmt_col_text(s, 3)));
	e->is_void = stmt_col_int(s, 4) != 0;
	return true;
}

bool registers_read(struct store *store, const char *thing, struct registers *out, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, TOUCH_RECORDS);
	stmt_text(s, 1, thing);
	bool ok = true;
	while (ok && stmt_row(s)) {
		ok = add_row(out, s, err);
	}
	struct err late = {0};
	if (!stmt_done(s, ok ? err : &late)) {
		ok = false;
	}
	if (!ok) {
		registers_fini(out);
	} else if (out->count > 1) {
		qsort(out->items, out->count, sizeof *out->items, by_hash);
	}
	return ok;
}

void registers_fini(struct registers *r) {
	for (size_t i = 0; i < r->count; i++) {
		json_free(r->items[i].body);
		free(r->items[i].subject);
		free(r->items[i].kind);
	}
	free(r->items);
	*r = (struct registers){0};
}

static bool names_hash(const struct json *was, const char *hex) {
	for (size_t i = 0; i < json_count(was); i++) {
		const char *text = json_text(json_at(was, i));
		if (text != NULL && strcmp(text, hex) == 0) {
			return true;
		}
	}
	return false;
}

/* An edit is in force for a field until another that sets the field names it in "was". Edits that did not know of each other are both in
 * force. */
bool registers_in_force(const struct registers *r, const struct edit *e, const char *field) {
	if (json_get(e->set, field) == NULL) {
		return false;
	}
	char hex[2 * HASH_LEN + 1];
	str_hex(e->hash.b, HASH_LEN, hex);
	for (size_t i = 0; i < r->count; i++) {
		const struct edit *other = &r->items[i];
		if (other != e && json_get(other->set, field) != NULL && names_hash(json_get(other->body, "was"), hex)) {
			return false;
		}
	}
	return true;
}

/* Of several in force that with the greatest hash: any rule will do that all files share. */
const struct json *registers_value(const struct registers *r, const char *field) {
	for (size_t i = r->count; i > 0; i--) {
		if (registers_in_force(r, &r->items[i - 1], field)) {
			return json_get(r->items[i - 1].set, field);
		}
	}
	return NULL;
}

const char *registers_text(const struct registers *r, const char *field) { return json_text(registers_value(r, field)); }

bool registers_disputed(const struct registers *r, const char *field) {
	const struct json *shown = registers_value(r, field);
	struct strbuf a = {0};
	struct strbuf b = {0};
	bool disputed = false;
	if (shown != NULL) {
		json_dump(shown, &a);
	}
	for (size_t i = 0; i < r->count && !disputed; i++) {
		if (registers_in_force(r, &r->items[i], field)) {
			strbuf_reset(&b);
			json_dump(json_get(r->items[i].set, field), &b);
			disputed = !str_eq(strbuf_str(&a), strbuf_str(&b));
		}
	}
	strbuf_fini(&a);
	strbuf_fini(&b);
	return disputed;
}

static int by_name(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

bool registers_each(const struct registers *r, registers_field_fn *each, void *context, struct err *err) {
	struct {
		const char **items;
		size_t count, cap;
	} names = {0};
	for (size_t i = 0; i < r->count; i++) {
		for (void *m = json_member_next(r->items[i].set, NULL); m != NULL; m = json_member_next(r->items[i].set, m)) {
			ARRAY_GROW(&names, items);
			names.items[names.count++] = json_member_key(m);
		}
	}
	if (names.count > 1) {
		qsort(names.items, names.count, sizeof *names.items, by_name);
	}
	bool ok = true;
	for (size_t i = 0; ok && i < names.count; i++) {
		if (i == 0 || strcmp(names.items[i], names.items[i - 1]) != 0) {
			ok = each(context, names.items[i], registers_value(r, names.items[i]), err);
		}
	}
	free(names.items);
	return ok;
}

void registers_write_was(const struct registers *r, const struct json *set, struct json_writer *w) {
	json_open(w, "was", '[');
	for (size_t i = 0; i < r->count; i++) {
		bool replaced = false;
		for (void *m = json_member_next(set, NULL); m != NULL && !replaced; m = json_member_next(set, m)) {
			replaced = registers_in_force(r, &r->items[i], json_member_key(m));
		}
		if (replaced) {
			char hex[2 * HASH_LEN + 1];
			str_hex(r->items[i].hash.b, HASH_LEN, hex);
			json_put_text(w, NULL, hex);
		}
	}
	json_close(w, ']');
}
