/* Edits: what they replace, under whom they stand, and kinds that nothing is edited by. */
#include "store/write/edit.h"

#include "lib/event_sample.h"

#include <stdio.h>

#include "base/alloc.h"
#include "base/str.h"
#include "store/file/state.h"
#include "store/log/erasure.h"

#define ID "0000000000000000000a"

static void a_kind_that_nothing_is_edited_by(void **state) {
	struct scratch *s = *state;
	static const char *const kinds[] = {"badge", "walkin", "note", "", "Event"};
	struct store *store = scratch_event(s, "e.turnout");
	char *path = scratch_path(s, "e.turnout");
	int64_t records = event_sample_number(path, "SELECT count(*) FROM record");
	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		struct err err = {0};
		struct edit_draft draft = {.kind = kinds[i], .id = ID, .set = "{\"title\":\"Taken over\"}", .subject = ""};
		assert_ok(store_begin(store, &err));
		assert_false(edit_append(store, &draft, &err));
		assert_int_equal(err.kind, ERR_USAGE);
		assert_holds(err.text, kinds[i]);
		assert_ok(store_commit(store, &err));
	}
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM record"), records);
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM view_setting WHERE value = 'Taken over'"), 0);
	store_close(store);
	free(path);
}

static void edit(struct store *store, const struct edit_draft *draft) {
	struct err err = {0};
	assert_ok(store_begin(store, &err) && edit_append(store, draft, &err) && store_commit(store, &err));
}

/* A person's records stand under one subject, carry salt, and name what they replace. */
static void edits_of_a_person(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct store *store = scratch_event(s, "e.turnout");
	char *path = scratch_path(s, "e.turnout"), subject[SUBJECT_TEXT], sql[200];
	edit(store, &(struct edit_draft){.kind = "person", .id = ID, .set = "{\"name\":\"A\"}", .fresh = true});
	edit(store, &(struct edit_draft){.kind = "person", .id = ID, .set = "{\"name\":\"B\"}", .source = "people.csv", .uid = "7"});
	assert_ok(person_subject(store, ID, 0, subject, &err));
	snprintf(sql, sizeof sql, "SELECT count(*) FROM record WHERE kind = 'person' AND subject = '%s'", subject);
	assert_int_equal(event_sample_number(path, sql), 2);
	assert_int_equal(event_sample_number(path, "SELECT count(DISTINCT body ->> '$.salt') FROM record WHERE kind = 'person'"), 2);
	assert_int_equal(
		event_sample_number(
			path,
			"SELECT count(*) FROM record r WHERE r.kind = 'person' AND json_array_length(r.body, '$.was') = 1 AND r.body ->> "
			"'$.source' = 'people.csv' AND r.body ->> '$.uid' = '7' AND r.body ->> '$.was[0]' = (SELECT "
			"lower(hex(hash)) FROM record q WHERE q.kind = 'person' AND q.id < r.id)"),
		1);
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM view_person WHERE name = 'B'"), 1);
	store_close(store);
	free(path);
}

/* The event holds no personal data: no salt, no subject. */
static void edits_of_the_event(void **state) {
	struct scratch *s = *state;
	struct store *store = scratch_event(s, "e.turnout");
	char *path = scratch_path(s, "e.turnout");
	edit(store, &(struct edit_draft){.kind = "event", .id = "", .set = "{\"place\":\"X\"}", .subject = ""});
	assert_int_equal(
		event_sample_number(path,
				    "SELECT count(*) FROM record WHERE kind = 'event' AND subject = '' AND body ->> '$.salt' IS NULL AND "
				    "body ->> '$.id' IS NULL"),
		2);
	store_close(store);
	free(path);
}

/* Two laptops choose the same; after an erasure it is another; without the event's key nobody can tell whose it is. */
static void subjects(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	char first[SUBJECT_TEXT], again[SUBJECT_TEXT], second[SUBJECT_TEXT], other[SUBJECT_TEXT], sql[200];
	struct store *store = scratch_event(s, "e.turnout");
	char *path = scratch_path(s, "e.turnout");
	assert_ok(person_subject(store, ID, 0, first, &err) && person_subject(store, ID, 0, again, &err));
	assert_string_equal(first, again);
	assert_true(erasure_subject_ok(first));
	assert_ok(person_subject(store, ID, 1, second, &err) && person_subject(store, "b", 0, other, &err));
	assert_string_not_equal(first, second);
	assert_string_not_equal(first, other);
	assert_ok(store_begin(store, &err) && erasure_note(store, first, 1, &err) && store_commit(store, &err));
	edit(store, &(struct edit_draft){.kind = "person", .id = ID, .set = "{\"name\":\"Back\"}"});
	snprintf(sql, sizeof sql, "SELECT count(*) FROM record WHERE kind = 'person' AND subject = '%s'", second);
	assert_int_equal(event_sample_number(path, sql), 1);
	store_close(store);
	event_sample_sql(path, "DELETE FROM meta WHERE key = 'event_key'");
	store = event_sample_open(path);
	assert_false(person_subject(store, ID, 0, first, &err));
	assert_int_equal(err.kind, ERR_REFUSED);
	store_close(store);
	free(path);
}

static void what_is_no_json(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct store *store = scratch_event(s, "e.turnout");
	edit(store, &(struct edit_draft){.kind = "session", .id = "1", .set = "{\"title\":\"A\"}", .subject = ""});
	assert_ok(store_begin(store, &err));
	assert_false(edit_append(store, &(struct edit_draft){.kind = "session", .id = "1", .set = "{", .subject = ""}, &err));
	assert_holds(err.text, "an edit");
	store_rollback(store);
	store_close(store);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(a_kind_that_nothing_is_edited_by),
		TEST(edits_of_a_person),
		TEST(edits_of_the_event),
		TEST(subjects),
		TEST(what_is_no_json),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
