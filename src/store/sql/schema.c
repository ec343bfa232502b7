#include "store/sql/schema.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "store/sql/migrate.h"

#define NAME_SHOWN 60
#define SENTENCE_MAX 400

struct object {
	char *type, *name, *table; /* `table`: that an index or trigger is of */
	char *sql;                 /* plain (below); "" of what SQLite makes by itself */
};

struct schema {
	struct object *items;
	size_t count, cap;
};

static void schema_fini(struct schema *schema) {
	for (size_t i = 0; i < schema->count; i++) {
		free(schema->items[i].type);
		free(schema->items[i].name);
		free(schema->items[i].table);
		free(schema->items[i].sql);
	}
	free(schema->items);
}

/* --- texts of SQL ----------------------------------------------------------------------------------------------------------------------- */

static bool is_word(char c) {
	char low = str_lower_char(c);
	return (low >= 'a' && low <= 'z') || str_is_digit(c) || c == '_' || c == '$' || (unsigned char)c >= 0x80;
}

static char closing(char c) { return c == '[' ? ']' : c == '\'' || c == '"' || c == '`' ? c : '\0'; }

/* Behind white space and comments. */
static const char *skip_blank(const char *at) {
	for (;;) {
		if (str_is_space(*at)) {
			at++;
		} else if (str_starts(at, "--")) {
			at += strcspn(at, "\n");
		} else if (str_starts(at, "/*")) {
			const char *end = strstr(at + 2, "*/");
			at = end != NULL ? end + 2 : at + strlen(at);
		} else {
			return at;
		}
	}
}

/* Behind what is quoted; a quote within is written twice, which makes two quoted pieces here. */
static const char *skip_quoted(const char *at) {
	const char *end = strchr(at + 1, closing(*at));
	return end != NULL ? end + 1 : at + strlen(at);
}

static const char *skip_word(const char *at) {
	while (is_word(*at)) {
		at++;
	}
	return at;
}

/* "word", as SQLite writes the name of a table that was called otherwise for a while. */
static bool is_quoted_word(const char *at, const char *end) {
	return *at == '"' && end - at > 2 && end[-1] == '"' && skip_word(at + 1) == end - 1;
}

static void add_token(struct strbuf *out, const char *at, const char *end, bool quoted) {
	char last = out->len != 0 ? out->data[out->len - 1] : '(';
	if ((is_word(last) || strchr("'\"`]", last) != NULL) && (is_word(*at) || quoted)) {
		strbuf_addc(out, ' ');
	}
	for (; at < end; at++) {
		strbuf_addc(out, quoted ? *at : str_lower_char(*at));
	}
}

/* The same for texts that mean the same: comments and white space are left out, letters small, but in quotes. */
static char *plain(const char *sql) {
	struct strbuf out = {0};
	for (const char *at = skip_blank(sql); *at != '\0';) {
		bool quoted = closing(*at) != '\0';
		const char *end = quoted ? skip_quoted(at) : is_word(*at) ? skip_word(at) : at + 1;
		if (is_quoted_word(at, end)) {
			add_token(&out, at + 1, end - 1, false);
		} else {
			add_token(&out, at, end, quoted);
		}
		at = skip_blank(end);
	}
	return strbuf_detach(&out);
}

/* --- comparing -------------------------------------------------------------------------------------------------------------------------- */

static bool take_object(void *context, struct stmt *row, struct err *err) {
	(void)err;
	struct schema *schema = context;
	ARRAY_GROW(schema, items);
	schema->items[schema->count++] = (struct object){.type = xstrdup(str_or_empty(stmt_col_text(row, 0))),
							 .name = xstrdup(str_or_empty(stmt_col_text(row, 1))),
							 .table = xstrdup(str_or_empty(stmt_col_text(row, 2))),
							 .sql = plain(str_or_empty(stmt_col_text(row, 3)))};
	return true;
}

static bool read_schema(struct db *db, struct schema *out, struct err *err) {
	return db_each(db, "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY rowid", take_object, out, err);
}

static bool wanted_schema(int version, struct schema *out, struct err *err) {
	struct db *db = db_open(":memory:", DB_MEMORY, err);
	bool ok = db != NULL && migrate_to(db, version, err) && read_schema(db, out, err);
	db_close(db);
	return ok;
}

/* Of the newest version, which nearly every file has: made once, for as long as the process lives. A hub opens one file after another. NULL: it could
 * not be made now. */
static const struct schema *newest_schema(struct err *err) {
	static pthread_mutex_t busy = PTHREAD_MUTEX_INITIALIZER;
	static struct schema newest;
	pthread_mutex_lock(&busy);
	struct schema made = {0};
	bool ok = newest.count != 0 || wanted_schema(migrate_version(), &made, err);
	if (made.count != 0 && ok) {
		newest = made;
	} else {
		schema_fini(&made);
	}
	pthread_mutex_unlock(&busy);
	return ok ? &newest : NULL;
}

static const struct object *find(const struct schema *schema, const struct object *like) {
	for (size_t i = 0; i < schema->count; i++) {
		if (str_eq(schema->items[i].type, like->type) && str_eq_nocase(schema->items[i].name, like->name)) {
			return &schema->items[i];
		}
	}
	return NULL;
}

struct comparing {
	schema_fault_fn *fault;
	void *context;
};

/* `more`: an excerpt from where it differs, or NULL. */
static void tell(const struct comparing *c, const struct object *o, bool alters, const char *what, const char *more) {
	char sentence[SENTENCE_MAX], of[NAME_SHOWN + 10] = "", excerpt[NAME_SHOWN + 10] = "";
	if (!str_eq(o->table, o->name)) {
		snprintf(of, sizeof of, " on \"%.*s\"", (int)utf8_cut(o->table, NAME_SHOWN), o->table);
	}
	if (more != NULL) {
		snprintf(excerpt, sizeof excerpt, ": \"%.*s\"", (int)utf8_cut(more, NAME_SHOWN), more);
	}
	snprintf(sentence, sizeof sentence, "the %.*s \"%.*s\"%s %s%s", (int)utf8_cut(o->type, NAME_SHOWN), o->type,
		 (int)utf8_cut(o->name, NAME_SHOWN), o->name, of, what, excerpt);
	c->fault(c->context, alters, sentence);
}

static bool is_unique(const struct object *o) { return str_eq(o->type, "index") && str_starts(o->sql, "create unique"); }

static void tell_changed(const struct comparing *c, const struct object *is, const struct object *wanted) {
	size_t same = 0;
	while (is->sql[same] != '\0' && is->sql[same] == wanted->sql[same]) {
		same++;
	}
	while (same > 0 && (is_word(is->sql[same]) || utf8_is_later(is->sql[same])) && is_word(is->sql[same - 1])) {
		same--; /* to the word's beginning */
	}
	tell(c, is, str_eq(is->type, "table") || is_unique(is), "was changed", is->sql + same);
}

static void compare(const struct comparing *c, const struct schema *is, const struct schema *wanted) {
	bool *met = xcalloc(wanted->count + 1, sizeof *met);
	for (size_t i = 0; i < is->count; i++) {
		const struct object *o = &is->items[i];
		const struct object *ours = find(wanted, o);
		if (ours == NULL) {
			tell(c, o, is_unique(o), "was added", NULL);
			continue;
		}
		met[ours - wanted->items] = true;
		if (!str_eq(o->sql, ours->sql) || !str_eq_nocase(o->table, ours->table)) {
			tell_changed(c, o, ours);
		}
	}
	for (size_t i = 0; i < wanted->count; i++) {
		if (!met[i]) {
			tell(c, &wanted->items[i], str_eq(wanted->items[i].type, "table"), "is missing", NULL);
		}
	}
	free(met);
}

bool schema_compare(struct db *db, schema_fault_fn *fault, void *context, struct err *err) {
	struct comparing comparing = {fault, context};
	struct schema is = {0}, older = {0};
	int64_t version = 0;
	if (!db_number(db, "PRAGMA user_version", &version, err)) {
		return false;
	}
	if (version < 1 || version > migrate_version()) {
		return true;
	}
	bool newest = version == migrate_version();
	bool ok = read_schema(db, &is, err) && (newest || wanted_schema((int)version, &older, err));
	const struct schema *wanted = ok && newest ? newest_schema(err) : &older;
	if (ok && wanted != NULL) {
		compare(&comparing, &is, wanted);
	}
	schema_fini(&is);
	schema_fini(&older);
	return ok && wanted != NULL;
}

static void refuse(void *context, bool alters, const char *sentence) {
	struct err *err = context;
	if (alters && err->kind == ERR_NONE) {
		err_set(err, ERR_CORRUPT, "%s; no Turnout does that: take a fresh copy of the file, or the backup copy", sentence);
	}
}

bool schema_check(struct db *db, struct err *err) {
	struct err found = {0};
	int64_t application = 0;
	if (!db_number(db, "PRAGMA application_id", &application, err)) {
		return false;
	}
	if (application != STORE_APPLICATION_ID) {
		return true;
	}
	return schema_compare(db, refuse, &found, err) && (found.kind == ERR_NONE || err_give(err, &found));
}
