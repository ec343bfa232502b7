/* Is somebody in? By any of their badges, not by what was undone, and never by another's hash. */
#include "store/read/presence.h"

#include "lib/meet.h"

#include "base/alloc.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "event/admission.h"
#include "store/file/state.h"
#include "store/read/badges.h"
#include "store/read/checkins.h"

#define A "0000000000000000000a"
#define B "0000000000000000000b"
#define ROOM "11111111111111111111"

static struct store *roster(const struct scratch *s) {
	struct err err = {0};
	struct store *store = scratch_event(s, "e.turnout");
	assert_ok(store_begin(store, &err));
	assert_ok(person_edit(store, &(struct person_edit){.id = A, .set_json = "{\"name\":\"A\",\"code\":\"K-A\"}", .fresh = true}, &err));
	assert_ok(person_edit(store, &(struct person_edit){.id = B, .set_json = "{\"name\":\"B\",\"code\":\"K-B\"}", .fresh = true}, &err));
	assert_ok(store_commit(store, &err));
	return store;
}

static void let_in(struct store *store, const char *code, const char *person, const char *point, enum outcome shown) {
	struct err err = {0};
	struct checkin_draft draft = {.code = code, .person = person, .point = point, .shown = shown, .how = "staff"};
	assert_ok(store_begin(store, &err) && checkin_append(store, &draft, NULL, &err) && store_commit(store, &err));
}

static void count_one(void *context, const struct presence *presence) {
	assert_true(presence->ref.id > 0);
	++*(int *)context;
}

static int times_in(struct store *store, const char *code, const char *point) {
	struct err err = {0};
	struct badge_row badge;
	bool found = false;
	int n = 0;
	assert_ok(badge_get(store, code, &badge, &found, &err));
	struct presence_query query = {.points = {point}, .count = 1, .each = count_one, .context = &n};
	assert_ok(checkin_presence(store, &badge, &query, &err));
	return n;
}

static void by_code_and_by_name(void **state) {
	struct store *store = roster(*state);
	assert_int_equal(times_in(store, "K-A", POINT_ARRIVAL), 0);
	let_in(store, "K-A", NULL, POINT_ARRIVAL, OUTCOME_ACCEPTED);
	let_in(store, NULL, A, POINT_ARRIVAL, OUTCOME_DUPLICATE);
	let_in(store, "K-A", NULL, POINT_ARRIVAL, OUTCOME_WRONG_DAY); /* it let nobody in */
	let_in(store, "K-A", NULL, ROOM, OUTCOME_ACCEPTED);
	assert_int_equal(times_in(store, "K-A", POINT_ARRIVAL), 2);
	assert_int_equal(times_in(store, "K-A", ROOM), 1);
	assert_int_equal(times_in(store, "K-B", POINT_ARRIVAL), 0);
	let_in(store, "unknown", NULL, POINT_ARRIVAL, OUTCOME_UNVERIFIED);
	assert_int_equal(times_in(store, "unknown", POINT_ARRIVAL), 1);
	store_close(store);
}

static void whoever_was_joined_is_in_too(void **state) {
	struct err err = {0};
	struct store *store = roster(*state);
	let_in(store, "K-B", NULL, POINT_ARRIVAL, OUTCOME_ACCEPTED);
	assert_int_equal(times_in(store, "K-A", POINT_ARRIVAL), 0);
	assert_ok(store_begin(store, &err) && person_join(store, B, A, &err) && store_commit(store, &err));
	assert_int_equal(times_in(store, "K-A", POINT_ARRIVAL), 1);
	store_close(store);
}

static void what_was_undone(void **state) {
	struct err err = {0};
	struct strbuf name = {0};
	struct store *store = roster(*state);
	let_in(store, "K-A", NULL, POINT_ARRIVAL, OUTCOME_ACCEPTED);
	assert_int_equal(times_in(store, "K-A", POINT_ARRIVAL), 1); /* found out, and kept in memory */
	assert_ok(store_begin(store, &err) && checkin_undo(store, NULL, &name, &err) && store_commit(store, &err));
	assert_string_equal(name.data, "A");
	assert_int_equal(times_in(store, "K-A", POINT_ARRIVAL), 0);
	assert_ok(store_begin(store, &err));
	assert_false(checkin_undo(store, NULL, &name, &err)); /* there is none left to undo */
	assert_int_equal(err.kind, ERR_NOT_FOUND);
	store_rollback(store);
	strbuf_fini(&name);
	store_close(store);
}

static void what_was_rolled_back(void **state) {
	struct err err = {0};
	struct store *store = roster(*state);
	struct checkin_draft draft = {.code = "K-A", .point = POINT_ARRIVAL, .shown = OUTCOME_ACCEPTED, .how = "staff"};
	assert_int_equal(times_in(store, "K-A", POINT_ARRIVAL), 0);
	assert_ok(store_begin(store, &err) && checkin_append(store, &draft, NULL, &err));
	assert_int_equal(times_in(store, "K-A", POINT_ARRIVAL), 1);
	store_rollback(store);
	assert_int_equal(times_in(store, "K-A", POINT_ARRIVAL), 0);
	store_close(store);
}

/* 63 bits could be two texts': the record's own words decide. */
static void a_hash_of_another_text(void **state) {
	struct err err = {0};
	struct store *store = roster(*state);
	let_in(store, "K-B", NULL, POINT_ARRIVAL, OUTCOME_ACCEPTED);
	char *sql = xasprintf("UPDATE view_checkin SET who = %lld", (long long)checkin_who_code("K-A"));
	assert_ok(db_exec(store->db, sql, &err));
	seen_forget(&store->seen);
	assert_int_equal(times_in(store, "K-A", POINT_ARRIVAL), 0);
	free(sql);
	store_close(store);
}

static void places_that_are_taken(void **state) {
	struct err err = {0};
	struct strbuf name = {0};
	int inside = 9;
	struct store *store = roster(*state);
	assert_ok(checkin_inside(store, ROOM, &inside, &err));
	assert_int_equal(inside, 0);
	let_in(store, "K-A", NULL, ROOM, OUTCOME_ACCEPTED);
	let_in(store, "K-A", NULL, ROOM, OUTCOME_DUPLICATE); /* somebody who is in already */
	let_in(store, "K-B", NULL, ROOM, OUTCOME_LATE);
	assert_ok(checkin_inside(store, ROOM, &inside, &err));
	assert_int_equal(inside, 2);
	assert_ok(store_begin(store, &err) && checkin_undo(store, NULL, &name, &err) && store_commit(store, &err));
	assert_ok(checkin_inside(store, ROOM, &inside, &err));
	assert_int_equal(inside, 1);
	strbuf_fini(&name);
	store_close(store);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(by_code_and_by_name),  TEST(whoever_was_joined_is_in_too), TEST(what_was_undone),
		TEST(what_was_rolled_back), TEST(a_hash_of_another_text),       TEST(places_that_are_taken),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
