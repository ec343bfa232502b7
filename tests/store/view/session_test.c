/* The row of a session: times that make sense, known fields, and who told of it. */
#include "store/view/session.h"

#include "lib/event_sample.h"

#include "base/alloc.h"
#include "base/str.h"
#include "store/read/sessions.h"
#include "store/write/append.h"

#define ID "11111111111111111111"

static struct session_row row_of(struct store *store, const char *body) {
	struct err err = {0};
	struct session_row row;
	bool found = false;
	struct draft draft = {.kind = "session", .author = AUTHOR_ORGANISER, .subject = "", .body = body};
	assert_ok(store_begin(store, &err) && store_append(store, &draft, NULL, &err) && store_commit(store, &err));
	assert_ok(session_get(store, ID, &row, &found, &err));
	assert_true(found);
	return row;
}

static void an_end_before_its_start(void **state) {
	struct store *store = scratch_event(*state, "e.turnout");
	struct session_row row =
		row_of(store, "{\"id\":\"" ID "\",\"set\":{\"title\":\"A\",\"when\":{\"start\":5000,\"end\":4000,\"offset\":180}}}");
	assert_int_equal(row.session.when.start.v, 5000);
	assert_int_equal(row.session.when.end.v, 5000);
	assert_int_equal(row.session.when.offset_min, 180);
	assert_int_equal(row.session.when.place_offset_min, 180); /* records that do not say it */
	assert_null(row.session.when.room);
	session_row_fini(&row);
	store_close(store);
}

static void what_is_not_said(void **state) {
	struct store *store = scratch_event(*state, "e.turnout");
	struct session_row row = row_of(
		store, "{\"id\":\"" ID "\",\"set\":{\"nothing\":\"x\",\"when\":{\"start\":5000}},\"source\":\"a.ics\",\"uid\":\"u\"}");
	assert_int_equal(row.session.when.end.v, 5000);
	assert_string_equal(session_text(&row.session, SESSION_TITLE), "");
	assert_false(row.session.cancelled);
	assert_string_equal(row.source, "a.ics");
	assert_string_equal(row.session.uid, "u");
	session_row_fini(&row);
	store_close(store);
}

/* A source may write its times in another zone than the place's. */
static void the_clocks_of_the_place(void **state) {
	struct store *store = scratch_event(*state, "e.turnout");
	struct session_row row =
		row_of(store, "{\"id\":\"" ID
			      "\",\"set\":{\"title\":\"A\",\"when\":{\"start\":5000,\"end\":6000,\"offset\":-240,\"place\":180}}}");
	assert_int_equal(row.session.when.offset_min, -240);
	assert_int_equal(row.session.when.place_offset_min, 180);
	session_row_fini(&row);
	store_close(store);
}

static void a_cancelled_one(void **state) {
	struct store *store = scratch_event(*state, "e.turnout");
	struct session_row row = row_of(store, "{\"id\":\"" ID "\",\"set\":{\"title\":\"A\",\"status\":\"cancelled\"}}");
	assert_true(row.session.cancelled);
	session_row_fini(&row);
	store_close(store);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(an_end_before_its_start),
		TEST(what_is_not_said),
		TEST(the_clocks_of_the_place),
		TEST(a_cancelled_one),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
