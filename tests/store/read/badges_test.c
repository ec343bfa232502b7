/* Whose a code is: the issued badge, else the roster's own; and what is said aloud must be one badge's. */
#include "store/read/badges.h"

#include "lib/event_sample.h"

#include <stdio.h>

#include "base/alloc.h"
#include "store/read/people.h"

#define A "0000000000000000000a"
#define B "0000000000000000000b"

static struct badge_row badge_of(struct store *store, const char *code, bool expected) {
	struct err err = {0};
	struct badge_row row;
	bool found = !expected;
	assert_ok(badge_get(store, code, &row, &found, &err));
	assert_int_equal(found, expected);
	assert_string_equal(row.code, code);
	return row;
}

static void issued_revoked_and_of_another_system(void **state) {
	struct err err = {0};
	struct store *store = scratch_event(*state, "e.turnout");
	assert_false(roster_has_foreign_codes(store));
	assert_ok(store_begin(store, &err));
	assert_ok(person_edit(store, &(struct person_edit){.id = A, .set_json = "{\"name\":\"A\",\"code\":\"K\"}", .fresh = true}, &err));
	assert_ok(badge_issue(store, "TO0X", B, "ABCDEFGH", &err) && store_commit(store, &err));
	assert_true(roster_has_foreign_codes(store));
	assert_string_equal(badge_of(store, "TO0X", true).person, B);
	assert_string_equal(badge_of(store, "K", true).person, A);
	assert_string_equal(badge_of(store, "k", false).person, "");
	assert_ok(store_begin(store, &err) && badge_revoke(store, "TO0X", &err) && badge_revoke(store, "K", &err) &&
		  badge_revoke(store, "nobody's", &err) && store_commit(store, &err));
	assert_true(badge_of(store, "TO0X", true).revoked);
	struct badge_row foreign = badge_of(store, "K", true);
	assert_true(foreign.revoked);
	assert_string_equal(foreign.person, A); /* it is theirs all the same */
	assert_true(badge_of(store, "nobody's", true).revoked);
	store_close(store);
}

/* Of two people with one code of another system the one who is on the list is meant. */
static void a_code_of_two_people(void **state) {
	struct err err = {0};
	struct store *store = scratch_event(*state, "e.turnout");
	assert_ok(store_begin(store, &err));
	assert_ok(person_edit(
		store, &(struct person_edit){.id = A, .set_json = "{\"name\":\"A\",\"code\":\"K\",\"status\":\"removed\"}", .fresh = true},
		&err));
	assert_ok(person_edit(store, &(struct person_edit){.id = B, .set_json = "{\"name\":\"B\",\"code\":\"K\"}", .fresh = true}, &err));
	assert_ok(store_commit(store, &err));
	assert_string_equal(badge_of(store, "K", true).person, B);
	store_close(store);
}

static void said_aloud(void **state) {
	struct err err = {0};
	char code[BADGE_CODE_MAX + 1];
	bool found = true;
	struct store *store = scratch_event(*state, "e.turnout");
	assert_ok(store_begin(store, &err) && badge_issue(store, "ONE", A, "ABCDEFGH", &err) &&
		  badge_issue(store, "TWO", B, "BCDEFGHI", &err) && store_commit(store, &err));
	assert_ok(badge_by_aloud(store, "ABCDEFGH", code, &found, &err));
	assert_true(found);
	assert_string_equal(code, "ONE");
	assert_ok(badge_by_aloud(store, "ABCDEFGX", code, &found, &err));
	assert_false(found);
	assert_ok(store_begin(store, &err) && badge_issue(store, "THREE", B, "ABCDEFGH", &err) && store_commit(store, &err));
	assert_ok(badge_by_aloud(store, "ABCDEFGH", code, &found, &err));
	assert_false(found); /* nobody can tell which of the two */
	store_close(store);
}

/* A revocation names the check-ins that are known here: of one badge two hundred at most. */
static void what_a_revocation_names(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	char *path = event_sample_make(s, "e.turnout");
	struct store *store = event_sample_open(path);
	int64_t scans = event_sample_number(path, "SELECT count(*) FROM record WHERE kind = 'checkin' AND body ->> '$.code' = 'CODE-A'");
	assert_true(scans > 1);
	assert_ok(store_begin(store, &err) && badge_revoke(store, "CODE-A", &err) && store_commit(store, &err));
	char sql[200];
	snprintf(sql, sizeof sql,
		 "SELECT count(*) FROM record WHERE kind = 'revoke' AND body ->> '$.code' = 'CODE-A' AND json_array_length(body, "
		 "'$.known') = %d",
		 (int)scans);
	assert_int_equal(event_sample_number(path, sql), 1);
	store_close(store);
	free(path);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(issued_revoked_and_of_another_system),
		TEST(a_code_of_two_people),
		TEST(said_aloud),
		TEST(what_a_revocation_names),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
