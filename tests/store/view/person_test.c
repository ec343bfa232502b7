/* The row of a person: made at once of the first record, or of all of them, it is the same. */
#include "store/view/person.h"

#include "lib/event_sample.h"

#include "base/alloc.h"
#include "base/str.h"
#include "store/file/state.h"
#include "store/read/people.h"
#include "store/write/append.h"

#define ID "0000000000000000000a"

static void add(struct store *store, const char *set) {
	struct err err = {0};
	assert_ok(store_begin(store, &err) && person_edit(store, &(struct person_edit){.id = ID, .set_json = set, .fresh = true}, &err) &&
		  store_commit(store, &err));
}

static void the_first_record_gives_the_row_at_once(void **state) {
	struct scratch *s = *state;
	static const char *const sets[] = {
		"{\"name\":\"Олена\",\"code\":\"K\",\"email\":\"o@example.org\",\"custom:Обід\":\"так\",\"unknown\":\"x\",\"category\":"
		"\"\"}",
		"{\"status\":\"removed\",\"name\":\"\"}",
		"{}",
		"{\"name\":{\"no\":\"text\"},\"note\":\"n\"}",
	};
	for (size_t i = 0; i < COUNT_OF(sets); i++) {
		struct err err = {0};
		char *name = xasprintf("%zu.turnout", i), *path = scratch_path(s, name), before[65], after[65];
		struct store *store = scratch_event(s, name);
		add(store, sets[i]);
		store_close(store);
		event_sample_digest(path, before);
		assert_int_equal(event_sample_number(path, "SELECT count(*) FROM view_person"), 1);
		store = event_sample_open(path);
		assert_ok(store_rebuild(store, &err));
		store_close(store);
		event_sample_digest(path, after);
		assert_string_equal(before, after);
		free(name);
		free(path);
	}
}

static void where_fields_go(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct person_row row;
	bool found = false;
	struct store *store = scratch_event(s, "e.turnout");
	char *path = scratch_path(s, "e.turnout");
	add(store, "{\"name\":\"Олена "
		   "Приклад\",\"code\":\"K\",\"organisation\":\"Рада\",\"phone\":\"+380\",\"custom:Обід\":\"так\",\"unknown\":\"x\"}");
	assert_ok(person_get(store, ID, &row, &found, &err));
	assert_true(found);
	assert_string_equal(person_text(&row.person, PERSON_NAME), "Олена Приклад");
	assert_string_equal(person_text(&row.person, PERSON_PHONE), "+380");
	assert_string_equal(person_custom(&row.person, "Обід"), "так");
	assert_string_equal(row.code, "K");
	person_row_fini(&row);
	store_close(store);
	/* What is searched for is folded, and a phone number is none of it. */
	assert_int_equal(
		event_sample_number(path, "SELECT count(*) FROM view_person WHERE search LIKE '%рада%' AND search NOT LIKE '%380%'"), 1);
	assert_int_equal(
		event_sample_number(path, "SELECT count(*) FROM view_person WHERE fields LIKE '%unknown%' OR custom LIKE '%unknown%'"), 0);
	free(path);
}

/* Whose every record was erased is nobody any more. */
static void of_whom_nothing_is_said(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct store *store = scratch_event(s, "e.turnout");
	char *path = scratch_path(s, "e.turnout");
	add(store, "{\"name\":\"Олена\"}");
	store_close(store);
	event_sample_sql(path, "UPDATE record SET body = NULL WHERE kind = 'person'");
	store = event_sample_open(path);
	assert_ok(store_rebuild(store, &err));
	store_close(store);
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM view_person"), 0);
	free(path);
}

static void change(struct store *store, const char *set) {
	struct err err = {0};
	assert_ok(store_begin(store, &err) && person_edit(store, &(struct person_edit){.id = ID, .set_json = set}, &err) &&
		  store_commit(store, &err));
}

/* Codes that were somebody's once, as edits or a rebuilding give them; the present one is none of them, nor one that came back. */
static void codes_of_once(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	char *path = scratch_path(s, "e.turnout"), before[65], after[65];
	struct store *store = scratch_event(s, "e.turnout");
	add(store, "{\"name\":\"Олена\",\"code\":\"K-1\"}");
	store_close(store);
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM view_past_code"), 0);
	store = event_sample_open(path);
	change(store, "{\"code\":\"K-2\"}");
	change(store, "{\"code\":\"\"}");
	change(store, "{\"code\":\"K-1\"}");
	change(store, "{\"name\":\"Олена П.\"}");
	store_close(store);
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM view_past_code"), 1);
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM view_past_code WHERE code = 'K-2' AND person = '" ID "'"), 1);
	event_sample_digest(path, before);
	store = event_sample_open(path);
	assert_ok(store_rebuild(store, &err));
	store_close(store);
	event_sample_digest(path, after);
	assert_string_equal(before, after);
	free(path);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(the_first_record_gives_the_row_at_once),
		TEST(where_fields_go),
		TEST(codes_of_once),
		TEST(of_whom_nothing_is_said),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
