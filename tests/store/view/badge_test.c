/* Whose a code is in the end: whoever said what, in whatever order. */
#include "store/view/badge.h"

#include "lib/event_sample.h"

#include "base/alloc.h"
#include "base/str.h"
#include "store/file/state.h"
#include "store/read/badges.h"
#include "store/view/view.h"

static void fill_registers(struct registers *r, size_t count, const char *const said[][2]) {
	struct err err = {0};
	for (size_t i = 0; i < count; i++) {
		ARRAY_GROW(r, items);
		struct edit *e = &r->items[r->count++];
		*e = (struct edit){.kind = xstrdup(said[i][0]), .subject = xstrdup("")};
		e->body = json_parse(said[i][1], strlen(said[i][1]), &err);
		assert_ok(e->body != NULL);
		e->set = e->body;
	}
}

/* The row that the records give, those of smaller hashes first. */
static struct badge_row row_of(struct store *store, size_t count, const char *const said[][2]) {
	struct err err = {0};
	struct badge_row row;
	bool found = false;
	struct registers r = {0};
	fill_registers(&r, count, said);
	assert_ok(store_begin(store, &err) && view_badge.compute(store, "CODE", &r, &err));
	assert_ok(badge_get(store, "CODE", &row, &found, &err));
	assert_true(found);
	store_rollback(store);
	registers_fini(&r);
	return row;
}

static void an_editors_word_counts_more_than_a_walk_in(void **state) {
	static const char *const walkin_last[][2] = {{"badge", "{\"code\":\"CODE\",\"person\":\"a\",\"aloud\":\"X\"}"},
						     {"walkin", "{\"code\":\"CODE\",\"id\":\"w\"}"}};
	static const char *const walkin_first[][2] = {{"walkin", "{\"code\":\"CODE\",\"id\":\"w\"}"},
						      {"badge", "{\"code\":\"CODE\",\"person\":\"a\"}"}};
	static const char *const two_walkins[][2] = {{"walkin", "{\"id\":\"v\"}"}, {"walkin", "{\"id\":\"w\"}"}};
	static const char *const two_issued[][2] = {{"badge", "{\"person\":\"a\"}"}, {"badge", "{\"person\":\"b\"}"}};
	struct store *store = scratch_event(*state, "e.turnout");
	assert_string_equal(row_of(store, 2, walkin_last).person, "a");
	assert_string_equal(row_of(store, 2, walkin_first).person, "a");
	assert_string_equal(row_of(store, 2, two_walkins).person, "w"); /* of equals the greatest hash */
	assert_string_equal(row_of(store, 2, two_issued).person, "b");
	store_close(store);
}

static void a_revocation_is_final(void **state) {
	static const char *const first[][2] = {{"revoke", "{\"code\":\"CODE\"}"}, {"badge", "{\"code\":\"CODE\",\"person\":\"a\"}"}};
	static const char *const alone[][2] = {{"revoke", "{\"code\":\"CODE\"}"}};
	struct store *store = scratch_event(*state, "e.turnout");
	struct badge_row row = row_of(store, 2, first);
	assert_true(row.revoked);
	assert_string_equal(row.person, "a");
	row = row_of(store, 1, alone); /* known of nobody, and revoked all the same */
	assert_true(row.revoked);
	assert_string_equal(row.person, "");
	store_close(store);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(an_editors_word_counts_more_than_a_walk_in),
		TEST(a_revocation_is_final),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
