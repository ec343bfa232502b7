/* The whole file: what a digest is of, what verification must not miss, and how much there is. */
#include "store/read/audit.h"

#include "lib/event_sample.h"

#include <stdio.h>

#include "base/alloc.h"
#include "base/str.h"
#include "store/read/settings.h"
#include "store/sql/db.h"

static void keep_fault(void *context, const char *sentence) { str_copy(context, 1000, sentence); }

/* Does the deed to a new event and wants verify to name it. The file's path, for free(). */
static char *verify_names(const struct scratch *s, size_t number, const char *deed) {
	struct err err = {0};
	struct audit audit;
	char said[1000] = "", name[32];
	snprintf(name, sizeof name, "t%zu.turnout", number);
	char *path = event_sample_make(s, name);
	event_sample_sql(path, deed);
	struct store *store = store_open(path, STORE_READ, "test", &err);
	assert_ok(store != NULL);
	assert_ok(audit_verify(store, &audit, keep_fault, said, &err));
	store_close(store);
	if (audit.faults == 0 || said[0] == '\0') {
		fail_msg("verify did not see: %s", deed);
	}
	return path;
}

static void what_verify_must_not_miss(void **state) {
	struct scratch *s = *state;
	static const char *const deeds[] = {
		"INSERT INTO record (id, kind, mono_ms, utc_ms, subject, body, body_sha256, hash) SELECT (id >> 40) << 40, 'event', 1, 1, "
		"'', "
		"'{\"set\":{\"title\":\"HACKED\"},\"was\":[]}', randomblob(32), randomblob(32) FROM record WHERE kind = 'genesis'",
		"UPDATE record SET body = NULL WHERE kind = 'checkin'",
		"UPDATE view_person SET name = 'Hacker' WHERE id = '0000000000000000000a'",
		"DELETE FROM view_checkin",
	};
	for (size_t i = 0; i < COUNT_OF(deeds); i++) {
		struct err err = {0};
		char *path = verify_names(s, i, deeds[i]);
		struct store *store = event_sample_open(path);
		assert_ok(store_rebuild(store, &err));
		char *title = setting_get(store, "title");
		assert_string_equal(title, "Test");
		free(title);
		store_close(store);
		free(path);
	}
}

/* Who can keep the comparison from being made hides nothing by it. */
static void views_that_are_not_compared(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct audit audit;
	char *path = event_sample_make(s, "e.turnout"), said[1000] = "", *tmp = xstrdup(str_or_empty(getenv("TMPDIR")));
	struct store *store = store_open(path, STORE_READ, "test", &err);
	assert_ok(store != NULL);
	setenv("TMPDIR", "/no/such/folder", 1);
	assert_ok(audit_verify(store, &audit, keep_fault, said, &err));
	setenv("TMPDIR", str_empty(tmp) ? "/tmp" : tmp, 1);
	assert_int_equal(audit.faults, 1);
	assert_holds(said, "could not be compared");
	assert_ok(audit_verify(store, &audit, keep_fault, said, &err));
	assert_int_equal(audit.faults, 0);
	store_close(store);
	event_sample_sql(path, "CREATE INDEX mine ON record (kind); UPDATE view_person SET name = 'x'");
	store = store_open(path, STORE_READ, "test", &err);
	assert_ok(store != NULL && audit_verify(store, &audit, keep_fault, said, &err));
	assert_int_equal(audit.faults, 2); /* an index more is no reason not to compare */
	assert_holds(said, "behind the records' back");
	store_close(store);
	free(path);
	free(tmp);
}

/* Every table that has rows is in it, and each column but the one for searching. */
static void what_a_digest_is_of(void **state) {
	struct scratch *s = *state;
	static const char *const deeds[] = {
		"UPDATE view_role SET name = 'x'",
		"UPDATE view_retired SET last_seq = last_seq + 1",
		"UPDATE view_invitation SET status = 'shut'",
		"UPDATE view_setting SET value = value || 'x'",
		"UPDATE view_person SET status = 'gone'",
		"UPDATE view_person SET subject = subject || '0'",
		"UPDATE view_join SET into_person = into_person || 'x'",
		"UPDATE view_join_said SET into_person = into_person || 'x'",
		"UPDATE view_session SET capacity = capacity + 1",
		"UPDATE view_badge SET aloud = 'x'",
		"UPDATE view_checkin SET at_ms = 1",
		"INSERT INTO view_visit SELECT 's', 1, min(id), 0 FROM record",
		"UPDATE view_undo SET seq = seq + 1000",
		"INSERT INTO view_anchor SELECT min(id), 1, 2 FROM record",
		"INSERT INTO view_ignored SELECT min(id), 'json' FROM record",
		"UPDATE view_touch SET thing = thing || 'x'",
		"INSERT INTO view_form_field VALUES ('x', '{}', 'active')",
		"INSERT INTO view_place VALUES ('x', '', '', '', '')",
		"INSERT INTO view_asset VALUES ('x', 0, 1, x'00')",
		"INSERT INTO view_credit VALUES ('x', '{}', 'active')",
	};
	char *path = event_sample_make(s, "e.turnout"), *copy = scratch_path(s, "copy"), before[65], after[65];
	event_sample_digest(path, before);
	for (size_t i = 0; i < COUNT_OF(deeds); i++) {
		struct err err = {0};
		struct db *db = db_open(path, DB_READ, &err);
		remove(copy);
		assert_ok(db != NULL && db_backup(db, copy, &err));
		db_close(db);
		event_sample_sql(copy, deeds[i]);
		event_sample_digest(copy, after);
		if (str_eq(before, after)) {
			fail_msg("not in the digest: %s", deeds[i]);
		}
	}
	event_sample_sql(path, "UPDATE view_person SET search = 'x'");
	event_sample_digest(path, after);
	assert_string_equal(before, after);
	free(path);
	free(copy);
}

/* The text that rows are hashed as, spelt out: files of different programs are compared by it. */
static void the_text_of_a_digest(void **state) {
	struct scratch *s = *state;
	char digest[65];
	struct store *store = scratch_event(s, "e.turnout");
	char *path = scratch_path(s, "e.turnout");
	store_close(store);
	event_sample_sql(path, "DELETE FROM view_invitation; DELETE FROM view_setting; DELETE FROM view_touch; DELETE FROM view_anchor");
	event_sample_digest(path, digest);
	struct hash none = crypto_sha256("turnout-views-9\n", 16);
	char hex[65];
	str_hex(none.b, HASH_LEN, hex);
	assert_string_equal(digest, hex);
	event_sample_sql(path, "INSERT INTO view_setting VALUES ('title', 'Ї')");
	struct strbuf row = {0};
	strbuf_add(&row, none.b, HASH_LEN);
	strbuf_adds(&row, "v7:settingv5:titlev2:Ї");
	struct hash one = crypto_sha256(row.data, row.len);
	str_hex(one.b, HASH_LEN, hex);
	event_sample_digest(path, digest);
	assert_string_equal(digest, hex);
	strbuf_fini(&row);
	free(path);
}

static void how_much_there_is(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct audit_status status;
	int64_t logs = 0, records = 0;
	char *path = event_sample_make(s, "e.turnout");
	struct store *store = store_open(path, STORE_READ, "test", &err);
	assert_ok(store != NULL);
	assert_ok(audit_status(store, &status, &err) && audit_sizes(store, &logs, &records, &err));
	assert_int_equal(status.people, 4); /* four of the roster and a walk-in; one is joined into another */
	assert_int_equal(status.sessions, 2);
	assert_int_equal(status.unsigned_records, 0);
	assert_int_equal(status.logs, logs);
	assert_int_equal(status.records, records);
	assert_int_equal(status.stations, 4); /* the organiser and three boxes */
	store_close(store);
	free(path);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(what_verify_must_not_miss), TEST(views_that_are_not_compared), TEST(what_a_digest_is_of),
		TEST(the_text_of_a_digest),      TEST(how_much_there_is),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
