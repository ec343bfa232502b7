/* The table of views: every kind and every table of the schema has one descriptor, and what they compute is a function of the set of records. */
#include "store/view/views.h"

#include "lib/event_sample.h"

#include <stdio.h>

#include "base/alloc.h"
#include "base/str.h"
#include "store/file/state.h"
#include "store/read/people.h"
#include "store/read/settings.h"
#include "store/write/append.h"
#include "store/write/edit.h"

/* How many descriptors name the kind. */
static int describers(const char *kind) {
	const struct store_view *view;
	int n = 0;
	for (size_t i = 0; (view = views_at(i)) != NULL; i++) {
		for (size_t k = 0; k < VIEW_KINDS_MAX && view->kinds[k].name != NULL; k++) {
			n += str_eq(view->kinds[k].name, kind);
		}
	}
	return n;
}

static int owners(const char *table) {
	const struct store_view *view;
	int n = 0;
	for (size_t i = 0; (view = views_at(i)) != NULL; i++) {
		for (size_t t = 0; t < VIEW_TABLES_MAX && view->tables[t].name != NULL; t++) {
			n += str_eq(view->tables[t].name, table);
		}
	}
	return n;
}

static void every_kind_has_one_descriptor(void **state) {
	(void)state;
	static const char *const kinds[] = {"genesis", "invite",   "close",     "role",    "retire",  "log",      "event",
					    "person",  "session",  "badge",     "revoke",  "checkin", "undo",     "anchor",
					    "walkin",  "join",     "erase",     "printed", "help",    "helped",   "void",
					    "field",   "places",   "signature", "asset",   "credit",  "point",    "rule",
					    "staff",   "override", "note",      "noted",   "label",   "announce", "withdraw"};
	const struct store_view *view;
	size_t described = 0;
	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		assert_int_equal(describers(kinds[i]), 1);
	}
	for (size_t i = 0; (view = views_at(i)) != NULL; i++) {
		for (size_t k = 0; k < VIEW_KINDS_MAX && view->kinds[k].name != NULL; k++, described++) {
			assert_int_equal(describers(view->kinds[k].name), 1);
			assert_in_range(strlen(view->kinds[k].name), 1, RECORD_KIND_MAX);
		}
	}
	assert_int_equal(described, COUNT_OF(kinds)); /* a new kind comes here, too */
}

struct table_count {
	int tables, unowned;
};

static bool look_at_table(void *context, struct stmt *row, struct err *err) {
	struct table_count *count = context;
	(void)err;
	count->tables++;
	if (owners(stmt_col_text(row, 0)) != 1) {
		print_error("%s has %d owners\n", stmt_col_text(row, 0), owners(stmt_col_text(row, 0)));
		count->unowned++;
	}
	return true;
}

static void every_view_table_is_owned_once(void **state) {
	struct err err = {0};
	struct table_count count = {0};
	const struct store_view *view;
	int described = 0;
	struct store *store = scratch_event(*state, "e.turnout");
	assert_ok(db_each(store->db, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name GLOB 'view_*'", look_at_table, &count,
			  &err));
	assert_int_equal(count.unowned, 0);
	for (size_t i = 0; (view = views_at(i)) != NULL; i++) {
		for (size_t t = 0; t < VIEW_TABLES_MAX && view->tables[t].name != NULL; t++) {
			if (view->tables[t].digest == NULL) { /* an index */
				assert_true(str_starts(view->tables[t].name, "find_"));
				continue;
			}
			described++;
			assert_holds(view->tables[t].digest, view->tables[t].name); /* and nothing of it is left out of the digest */
			assert_holds(view->tables[t].digest, " ORDER BY ");
		}
	}
	assert_int_equal(described, count.tables);
	store_close(store);
}

/* A thing's letter names its view, so no two have one; and who has things can compute them. */
static void letters_are_of_one_view_each(void **state) {
	(void)state;
	const struct store_view *view, *other;
	for (size_t i = 0; (view = views_at(i)) != NULL; i++) {
		assert_int_equal(view->thing != '\0', view->compute != NULL);
		assert_true(view->edits == NULL || view->thing != '\0');
		for (size_t j = i + 1; (other = views_at(j)) != NULL; j++) {
			assert_true(view->thing == '\0' || view->thing != other->thing);
		}
	}
	assert_null(views_at(1000));
}

static void what_is_edited(void **state) {
	(void)state;
	static const struct {
		const char *kind, *edits;
		char thing;
		bool personal;
	} known[] = {{"event", "event", 'e', false},
		     {"person", "person", 'p', true},
		     {"session", "session", 's', false},
		     {"void", "station", 'V', false}};
	for (size_t i = 0; i < COUNT_OF(known); i++) {
		const struct store_view *view = views_edited_by(known[i].kind);
		assert_non_null(view);
		assert_int_equal(view->thing, known[i].thing);
		assert_string_equal(view->edits, known[i].edits);
		assert_int_equal(view->personal, known[i].personal);
	}
	static const char *const none[] = {"badge", "revoke", "walkin", "checkin", "genesis", "", "Person", "note"};
	for (size_t i = 0; i < COUNT_OF(none); i++) {
		assert_null(views_edited_by(none[i]));
	}
}

/* Invariant 2. */
static void views_rebuilt_equal_views_kept(void **state) {
	char *path = event_sample_make(*state, "e.turnout");
	event_sample_stays_so(path);
	free(path);
}

/* Invariant 3: the file's own numbers of its logs are its order of arrival; any other order gives the same views. */
static void permuted_records_give_one_digest(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	char before[65], after[65];
	char *path = event_sample_make(s, "e.turnout");
	event_sample_digest(path, before);
	int64_t logs = event_sample_number(path, "SELECT max(id) FROM log");
	assert_true(logs >= 4);
	for (int64_t step = 1; step < logs; step++) {
		/* Number i becomes 1000 + (i * step') mod p: another order each time. */
		char sql[600];
		snprintf(sql, sizeof sql,
			 "UPDATE record SET id = ((1000 + ((id >> 40) * %lld) %% 101) << 40) | (id & 1099511627775);"
			 "UPDATE signature SET log = 1000 + (log * %lld) %% 101; UPDATE log SET id = 1000 + (id * %lld) %% 101;"
			 "UPDATE record SET id = ((1 + (id >> 40) - 1000) << 40) | (id & 1099511627775);"
			 "UPDATE signature SET log = 1 + log - 1000; UPDATE log SET id = 1 + id - 1000;",
			 (long long)(17 * step + 30), (long long)(17 * step + 30), (long long)(17 * step + 30));
		event_sample_sql(path, sql);
		struct store *store = event_sample_open(path);
		assert_ok(store_rebuild(store, &err));
		store_close(store);
		event_sample_digest(path, after);
		assert_string_equal(before, after);
	}
	free(path);
}

static void append(struct store *store, const char *kind, const char *body) {
	struct err err = {0};
	struct draft draft = {.kind = kind, .author = AUTHOR_ORGANISER, .subject = "", .body = body};
	assert_ok(store_append(store, &draft, NULL, &err));
}

/* They are kept, listed, and change nothing that is shown. */
static void what_the_views_do_not_count(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct store *store = scratch_event(s, "e.turnout");
	char *path = scratch_path(s, "e.turnout"), id[1100], body[1200];
	memset(id, 'x', sizeof id);
	id[1001] = '\0'; /* an id is a thousand bytes at most */
	assert_ok(store_begin(store, &err));
	append(store, "newer", "{}");
	append(store, "person", "{\"set\":{\"name\":\"Nobody\"}}");
	snprintf(body, sizeof body, "{\"id\":\"%s\",\"set\":{\"name\":\"Long\"}}", id);
	append(store, "person", body);
	id[1000] = '\0';
	snprintf(body, sizeof body, "{\"id\":\"%s\",\"set\":{\"name\":\"Longest\"}}", id);
	append(store, "person", body);
	append(store, "join", "{\"person\":\"a\",\"into\":\"a\"}");
	append(store, "role", "{\"key\":\"00\",\"role\":\"hub\"}");
	assert_ok(store_commit(store, &err));
	store_close(store);
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM view_ignored WHERE reason = 'kind'"), 1);
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM view_ignored WHERE reason = 'thing'"), 2);
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM view_ignored WHERE reason = 'join'"), 1);
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM view_ignored WHERE reason = 'key'"), 1);
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM view_ignored"), 5);
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM view_person WHERE name = 'Longest'"), 1);
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM view_person"), 1);
	event_sample_stays_so(path);
	free(path);
}

/* Views that another program computed are computed again when the file is opened for writing, once; a reader says so. */
static void another_version_of_the_views(void **state) {
	struct scratch *s = *state;
	char *path = event_sample_make(s, "e.turnout"), before[65], after[65];
	event_sample_digest(path, before);
	static const char *const others[] = {"UPDATE meta SET value = x'01' WHERE key = 'view_version'; DELETE FROM view_person",
					     "UPDATE meta SET value = x'FF' WHERE key = 'view_version'",
					     "DELETE FROM meta WHERE key = 'view_version'"};
	for (size_t i = 0; i < COUNT_OF(others); i++) {
		struct err err = {0};
		event_sample_sql(path, others[i]);
		assert_null(
			store_open(path, STORE_READ, "test", &err)); /* who finds nobody in half a table would say that nobody is there */
		assert_int_equal(err.kind, ERR_VERSION);
		assert_holds(err.text, "open it once for writing");
		store_close(event_sample_open(path));
		struct store *reader = store_open(path, STORE_READ, "test", &err);
		assert_non_null(reader);
		store_close(reader);
	}
	event_sample_digest(path, after);
	assert_string_equal(before, after);
	event_sample_sql(path, "DELETE FROM view_person"); /* of the present version nothing is computed for nothing */
	store_close(event_sample_open(path));
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM view_person"), 0);
	free(path);
}

/* A newer program may note things that this one has no view for; it leaves them alone. */
static void things_of_a_newer_program(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct store *store = scratch_event(s, "e.turnout");
	assert_ok(store_begin(store, &err));
	view_mark(store, "zwhatever");
	view_mark(store, "");
	assert_ok(views_flush(store, &err));
	assert_int_equal(store->dirty.count, 0);
	store_rollback(store);
	store_close(store);
}

/* An event file is computed anew when VIEW_VERSION is another than it was computed with. So a program that knows another kind, or makes another digest,
 * must have another version: else two files with the same records say different things until somebody rebuilds. When this fails, count
 * VIEW_VERSION up in store/view/views.h and put the digest below. */
static void other_views_are_another_version(void **state) {
	(void)state;
	struct strbuf all = {0};
	char hex[2 * HASH_LEN + 1];
	for (size_t i = 0; views_at(i) != NULL; i++) {
		const struct store_view *v = views_at(i);
		for (size_t k = 0; k < VIEW_KINDS_MAX && v->kinds[k].name != NULL; k++) {
			strbuf_addf(&all, "kind %s %d %d %s\n", v->kinds[k].name, v->kinds[k].right, v->kinds[k].pass,
				    str_or_empty(v->kinds[k].key));
		}
		for (size_t k = 0; k < VIEW_TABLES_MAX && v->tables[k].name != NULL; k++) {
			strbuf_addf(&all, "table %s %s\n", v->tables[k].name, str_or_empty(v->tables[k].digest));
		}
	}
	struct hash hash = crypto_sha256(strbuf_str(&all), all.len);
	str_hex(hash.b, HASH_LEN, hex);
	strbuf_fini(&all);
	assert_int_equal(VIEW_VERSION, 9);
	assert_string_equal(hex, "9ad9cb121da532d3419b63ec36a1d1657fe7bdde012027bce6401fb80e46c23f");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(every_kind_has_one_descriptor),  TEST(every_view_table_is_owned_once),
		TEST(letters_are_of_one_view_each),   TEST(what_is_edited),
		TEST(views_rebuilt_equal_views_kept), TEST(permuted_records_give_one_digest),
		TEST(what_the_views_do_not_count),    TEST(another_version_of_the_views),
		TEST(things_of_a_newer_program),      TEST(other_views_are_another_version),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
