/* What was done to a file's schema is named; what would make other rows of ours keeps the file from being written, the rest turns nobody away. */
#include "store/sql/schema.h"

#include "lib/event_sample.h"

#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "store/read/audit.h"
#include "store/sql/migrate.h"

struct told {
	struct strbuf sentences;
	int count, alter;
};

static void keep(void *context, bool alters, const char *sentence) {
	struct told *told = context;
	strbuf_addf(&told->sentences, "%s\n", sentence);
	told->count++;
	told->alter += alters;
}

static struct told compared(const char *path) {
	struct told told = {.count = 0};
	struct err err = {0};
	struct db *db = db_open(path, DB_READ, &err);
	assert_ok(db != NULL && schema_compare(db, keep, &told, &err));
	db_close(db);
	return told;
}

static void every_version_is_as_its_migrations_say(void **state) {
	struct scratch *s = *state;
	for (int version = 1; version <= migrate_version(); version++) {
		struct err err = {0};
		char *path = scratch_path(s, "v.db");
		struct db *db = db_open(path, DB_CREATE, &err);
		assert_ok(db != NULL && migrate_to(db, version, &err));
		db_close(db);
		struct told told = compared(path);
		assert_int_equal(told.count, 0);
		unlink(path);
		free(path);
	}
}

/* What SQL does not let anybody do: puts another text into the schema, in place. */
static void rewrite(const char *path, const char *was, const char *is) {
	struct err err = {0};
	struct strbuf file = {0};
	size_t n = strlen(was), found = 0;
	assert_true(strlen(is) <= n);
	assert_ok(file_read(path, (size_t)16 << 20, &file, &err));
	for (size_t at = 0; at + n <= file.len; at++) {
		if (memcmp(file.data + at, was, n) == 0) {
			memset(file.data + at, ' ', n);
			memcpy(file.data + at, is, strlen(is));
			found++;
		}
	}
	assert_int_equal(found, 1);
	assert_ok(file_write(path, file.data, file.len, &err));
	strbuf_fini(&file);
}

static const struct {
	const char *deed, *says;
	bool alters;
} DEEDS[] = {
	{"CREATE INDEX mine ON record (kind)", "the index \"mine\" on \"record\" was added", false},
	{"CREATE UNIQUE INDEX mine ON view_person (name)", "the index \"mine\" on \"view_person\" was added", true},
	{"CREATE TABLE notes (x CHECK (x > 1))", "the table \"notes\" was added", false},
	{"CREATE TRIGGER t AFTER INSERT ON record BEGIN DELETE FROM record; END", "the trigger \"t\" on \"record\" was added", false},
	{"CREATE VIEW v AS SELECT 1", "the view \"v\" was added", false},
	{"DROP INDEX view_session_start", "the index \"view_session_start\" on \"view_session\" is missing", false},
	{"DROP INDEX view_session_start; CREATE UNIQUE INDEX view_session_start ON view_session (start_ms)",
	 "the index \"view_session_start\" on \"view_session\" was changed: \"unique index", true},
	{"DROP INDEX view_session_start; CREATE INDEX view_session_start ON view_session (end_ms)", "was changed: \"end_ms)\"", false},
	{"DROP TABLE view_printed", "the table \"view_printed\" is missing", true},
	{"DROP TABLE view_printed; CREATE VIEW view_printed AS SELECT 'x' AS code", "the table \"view_printed\" is missing", true},
	{"ALTER TABLE record ADD COLUMN remark TEXT DEFAULT 'x'", "the table \"record\" was changed: \",remark text default 'x')", true},
};

static void each_deed_is_named(void **state) {
	struct scratch *s = *state;
	for (size_t i = 0; i < COUNT_OF(DEEDS); i++) {
		struct err err = {0};
		char name[20];
		snprintf(name, sizeof name, "e%zu", i);
		char *path = event_sample_make(s, name);
		event_sample_sql(path, DEEDS[i].deed);
		struct told told = compared(path);
		assert_holds(strbuf_str(&told.sentences), DEEDS[i].says);
		assert_int_equal(told.alter != 0, DEEDS[i].alters);
		strbuf_fini(&told.sentences);
		struct store *store = store_open(path, STORE_WRITE, "test", &err);
		assert_int_equal(store == NULL, DEEDS[i].alters);
		if (store == NULL) {
			assert_int_equal(err.kind, ERR_CORRUPT);
			assert_holds(err.text, "take a fresh copy");
		}
		store_close(store);
		free(path);
	}
}

#define LOG_CHECK "hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32)"

static void constraints_and_defaults(void **state) {
	struct scratch *s = *state;
	static const struct {
		const char *was, *is, *says;
	} deeds[] = {
		{LOG_CHECK, "hash BLOB NOT NULL UNIQUE CHECK (length(hash) >=32)", "the table \"log\" was changed: \">=32)"},
		{LOG_CHECK, "hash BLOB NOT NULL UNIQUE", "the table \"log\" was changed: \",author"},
		{"place_offset_min INTEGER NOT NULL DEFAULT 0", "place_offset_min INTEGER NOT NULL DEFAULT 9",
		 "the table \"view_session\" was changed: \"9)"},
	};
	for (size_t i = 0; i < COUNT_OF(deeds); i++) {
		struct err err = {0};
		char name[20];
		snprintf(name, sizeof name, "e%zu", i);
		char *path = event_sample_make(s, name);
		rewrite(path, deeds[i].was, deeds[i].is);
		struct told told = compared(path);
		assert_int_equal(told.count, 1);
		assert_int_equal(told.alter, 1);
		assert_holds(strbuf_str(&told.sentences), deeds[i].says);
		assert_null(store_open(path, STORE_WRITE, "test", &err));
		assert_int_equal(err.kind, ERR_CORRUPT);
		strbuf_fini(&told.sentences);
		free(path);
	}
}

/* Comments, line ends and the case of letters are no part of a schema; what stands in quotes is. */
static void the_same_in_other_words(void **state) {
	struct scratch *s = *state;
	char *path = event_sample_make(s, "e.turnout");
	rewrite(path, "key TEXT PRIMARY KEY,\n    value ANY\n", "KEY text/**/PRIMARY\nkey, value--\nANY");
	struct told told = compared(path);
	assert_int_equal(told.count, 0);
	rewrite(path, "WHERE code IS NOT NULL", "WHERE code<>'Code'");
	told = compared(path);
	assert_int_equal(told.count, 1);
	assert_holds(strbuf_str(&told.sentences), ": \"<>'Code'\"");
	strbuf_fini(&told.sentences);
	free(path);
}

static void keep_fault(void *context, const char *sentence) { strbuf_addf(context, "%s\n", sentence); }

/* A constraint that would build gigabytes is named, and a table of ours that has one is asked nothing. */
static void a_constraint_of_ours_that_costs(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct audit audit;
	struct strbuf faults = {0};
	char *path = event_sample_make(s, "e.turnout");
	rewrite(path, LOG_CHECK, "hash BLOB NOT NULL UNIQUE CHECK (zeroblob(9e8)>'')");
	struct store *store = store_open(path, STORE_READ, "test", &err);
	assert_ok(store != NULL && audit_verify(store, &audit, keep_fault, &faults, &err));
	assert_int_equal(audit.faults, 2);
	assert_holds(strbuf_str(&faults), "zeroblob(9e8)");
	assert_holds(strbuf_str(&faults), "was not compared");
	assert_int_equal(audit.records, 0);
	store_close(store);
	strbuf_fini(&faults);
	free(path);
}

/* One of a table that is none of ours is computed when SQLite checks the file; sql/db.c says how far. */
static void a_constraint_of_theirs_that_costs(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct audit audit;
	struct rusage before, after;
	struct strbuf faults = {0};
	char *path = event_sample_make(s, "e.turnout");
	event_sample_sql(path, "CREATE TABLE more (x CHECK (length(replace(hex(zeroblob(4000000)), '0', hex(zeroblob(60)))) > x)); "
			       "PRAGMA ignore_check_constraints = 1; INSERT INTO more VALUES (1)");
	struct store *store = store_open(path, STORE_READ, "test", &err);
	assert_ok(store != NULL);
	getrusage(RUSAGE_SELF, &before);
	if (!audit_verify(store, &audit, keep_fault, &faults, &err)) { /* whether a reader computes it differs between SQLites */
		assert_holds(err.text, "too big");
	}
	assert_holds(strbuf_str(&faults), "the table \"more\" was added");
	store_close(store);
	struct db *db = db_open(path, DB_WRITE, &err);
	assert_ok(db != NULL);
	assert_false(db_exec(db, "INSERT INTO more VALUES (2)", &err));
	assert_holds(err.text, "too big");
	db_close(db);
	getrusage(RUSAGE_SELF, &after);
	assert_true(after.ru_maxrss - before.ru_maxrss < 200 * 1024); /* KiB; the text would have 960 MB */
	strbuf_fini(&faults);
	free(path);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(every_version_is_as_its_migrations_say),
		TEST(each_deed_is_named),
		TEST(constraints_and_defaults),
		TEST(the_same_in_other_words),
		TEST(a_constraint_of_ours_that_costs),
		TEST(a_constraint_of_theirs_that_costs),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
