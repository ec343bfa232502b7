/* Versions of the schema: new files, older ones, newer ones, and databases that are no event file. */
#include "store/sql/migrate.h"

#include "lib/event_sample.h"
#include "lib/meet.h"

#include <stdio.h>

#include "base/alloc.h"
#include "base/str.h"

static void other_databases_and_newer_versions(void **state) {
	struct scratch *s = *state;
	char *path = event_sample_make(s, "e.turnout");
	event_sample_sql(path, "PRAGMA user_version = 99");
	event_sample_refused(path, ERR_VERSION, "newer");
	event_sample_sql(path, "PRAGMA user_version = 1; PRAGMA application_id = 7");
	event_sample_refused(path, ERR_INPUT, "no event file");
	free(path);
}

static void a_new_file_has_the_present_version(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	int64_t version = 0, again = 0, id = 0;
	char *path = scratch_path(s, "n.db");
	struct db *db = db_open(path, DB_CREATE, &err);
	assert_ok(db != NULL);
	assert_false(migrate_check(db, &err)); /* it is no event file yet */
	assert_int_equal(err.kind, ERR_INPUT);
	assert_ok(migrate_up(db, &err) && migrate_check(db, &err));
	assert_ok(db_number(db, "PRAGMA user_version", &version, &err) && db_number(db, "PRAGMA application_id", &id, &err));
	assert_int_equal(version, migrate_version());
	assert_int_equal(id, STORE_APPLICATION_ID);
	assert_ok(migrate_up(db, &err)); /* again changes nothing */
	assert_ok(db_number(db, "PRAGMA user_version", &again, &err));
	assert_int_equal(again, version);
	db_close(db);
	free(path);
}

#define TO_VERSION_11                                                                                                                   \
	"DROP TABLE view_point; DROP TABLE view_rule; DROP TABLE view_staff; DROP TABLE view_exit; DROP TABLE view_announcement; DROP " \
	"TABLE view_withdrawal; "
#define TO_VERSION_10 TO_VERSION_11 "DROP TABLE view_asset; DROP TABLE view_credit; "
#define TO_VERSION_9 \
	TO_VERSION_10 "DROP TABLE view_form_field; DROP TABLE view_place; UPDATE meta SET value = x'06' WHERE key = 'view_version'; "
#define TO_VERSION_8 TO_VERSION_9 "DROP TABLE find_person; DROP TABLE find_word; DROP TABLE find_posting; DROP TABLE find_less; "
#define TO_VERSION_1                                                                                                             \
	TO_VERSION_8                                                                                                             \
	"DROP TABLE view_past_code; DROP TABLE view_code_form; DROP TABLE view_printed; DROP TABLE view_help; DROP "             \
	"TABLE view_helped; DROP TABLE erased; DROP "                                                                            \
	"TABLE acknowledged; DROP TABLE log_end; DROP TABLE brought; DROP INDEX log_author; DROP TABLE view_joined; DROP TABLE " \
	"view_void; ALTER TABLE "                                                                                                \
	"view_invitation DROP COLUMN "                                                                                           \
	"name; ALTER TABLE view_visit DROP COLUMN again; "                                                                       \
	"ALTER TABLE view_session DROP COLUMN place_offset_min; DROP INDEX log_origin; ALTER "                                   \
	"TABLE log DROP COLUMN after; "                                                                                          \
	"ALTER TABLE log DROP COLUMN base; ALTER TABLE log DROP COLUMN origin; UPDATE meta SET value = x'01' WHERE "             \
	"key = 'view_version'; PRAGMA user_version = 1"

/* A reader changes nothing, so it says what to do; a writer brings the file up to date. */
static void an_older_file(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	char *path = event_sample_make(s, "e.turnout"), before[65], after[65];
	event_sample_digest(path, before);
	event_sample_sql(path, TO_VERSION_1);
	assert_null(store_open(path, STORE_READ, "test", &err));
	assert_int_equal(err.kind, ERR_VERSION);
	assert_holds(err.text, "older");
	store_close(event_sample_open(path));
	event_sample_digest(path, after);
	assert_string_equal(before, after);
	free(path);
}

/* Some files of version 7 were made with an index that others of that version lack: both become the same. */
static void a_file_that_has_the_index_already(void **state) {
	struct scratch *s = *state;
	static const char *const was[] = {TO_VERSION_8 "PRAGMA user_version = 7",
					  TO_VERSION_8 "DROP INDEX log_author; PRAGMA user_version = 7"};
	char *path = event_sample_make(s, "e.turnout");
	for (size_t i = 0; i < COUNT_OF(was); i++) {
		event_sample_sql(path, was[i]);
		struct store *store = event_sample_open(path);
		meet_assert_sound(store); /* no difference from the schema that it must have */
		store_close(store);
		assert_int_equal(event_sample_number(path, "SELECT count(*) FROM sqlite_schema WHERE name = 'log_author'"), 1);
	}
	free(path);
}

/* One transaction each: a migration that fails leaves the version before it. */
static void a_migration_that_cannot_be_made(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	int64_t version = 0;
	char *path = event_sample_make(s, "e.turnout");
	event_sample_sql(path, TO_VERSION_1 "; CREATE TABLE erased (x)"); /* which it would make */
	assert_null(store_open(path, STORE_WRITE, "test", &err));
	assert_holds(err.text, "migration 0002");
	struct db *db = db_open(path, DB_READ, &err);
	assert_ok(db != NULL && db_number(db, "PRAGMA user_version", &version, &err));
	assert_int_equal(version, 1);
	db_close(db);
	free(path);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(other_databases_and_newer_versions), TEST(a_new_file_has_the_present_version), TEST(an_older_file),
		TEST(a_file_that_has_the_index_already),  TEST(a_migration_that_cannot_be_made),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
