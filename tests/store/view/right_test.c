/* May this author write that? What is not known is not judged, and what was found out is forgotten when it may have changed. */
#include "store/view/right.h"

#include "lib/event_sample.h"

#include <stdio.h>

#include "base/alloc.h"
#include "store/file/state.h"
#include "store/read/checkins.h"
#include "store/read/settings.h"
#include "store/view/roles.h"
#include "store/write/enrolment.h"

static int64_t counted(const char *path) { return event_sample_number(path, "SELECT count(*) FROM view_checkin"); }

/* When the roles cannot be read nobody may say that a record does not count. */
static void a_role_that_cannot_be_looked_up(void **state) {
	const struct scratch *s = *state;
	struct err err = {0};
	struct checkin_draft draft = {.code = "X", .point = POINT_ARRIVAL, .shown = OUTCOME_ACCEPTED, .how = "camera"};
	char *path = event_sample_bare(s, "e.turnout");
	event_sample_checkin(s, path, 1);
	static const char *const tables[] = {"view_role", "view_retired"};
	for (size_t i = 0; i < COUNT_OF(tables); i++) {
		char away[80], back[80];
		snprintf(away, sizeof away, "ALTER TABLE %s RENAME TO elsewhere", tables[i]);
		snprintf(back, sizeof back, "ALTER TABLE elsewhere RENAME TO %s", tables[i]);
		struct store *store = event_sample_open_as(s, path, 1);
		event_sample_sql(path, away);
		assert_ok(store_begin(store, &err));
		assert_false(checkin_append(store, &draft, NULL, &err));
		assert_true(err.text[0] != '\0');
		store_rollback(store);
		event_sample_sql(path, back);
		store_close(store);
	}
	assert_int_equal(counted(path), 1);
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM view_ignored"), 0);
	free(path);
}

static bool holds(struct store *store, const struct public_key *author, enum view_right right) {
	struct err err = {0};
	bool may = false;
	struct view_record r = {.kind = "x", .seq = 5, .author = *author, .log = {{3}}};
	assert_ok(right_holds(store, &r, right, &may, &err));
	right_forget(store);
	return may;
}

static void who_may_what(void **state) {
	struct err err = {0};
	struct public_key station = {{1}}, editor = {{2}}, hub = {{3}}, stranger = {{4}};
	struct store *store = scratch_event(*state, "e.turnout");
	assert_ok(store_begin(store, &err) && role_give(store, &station, "station", "", &err) &&
		  role_give(store, &editor, "editor", "", &err) && role_give(store, &hub, "hub", "", &err) && store_commit(store, &err));
	const struct {
		const struct public_key *key;
		bool any, organiser, editor, station;
	} table[] = {{store_organiser(store), true, true, true, true},
		     {&editor, true, false, true, true},
		     {&station, true, false, false, true},
		     {&hub, true, false, false, false},
		     {&stranger, true, false, false, false}};
	for (size_t i = 0; i < COUNT_OF(table); i++) {
		assert_int_equal(holds(store, table[i].key, RIGHT_ANY), table[i].any);
		assert_int_equal(holds(store, table[i].key, RIGHT_ORGANISER), table[i].organiser);
		assert_int_equal(holds(store, table[i].key, RIGHT_EDITOR), table[i].editor);
		assert_int_equal(holds(store, table[i].key, RIGHT_STATION), table[i].station);
	}
	store_close(store);
}

/* A retirement names how far each log counts; of a log that it does not name nothing does. */
static void a_retired_key(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct public_key station = {{1}};
	struct store *store = scratch_event(s, "e.turnout");
	assert_ok(store_begin(store, &err) && role_give(store, &station, "station", "", &err) && store_commit(store, &err));
	struct view_record r = {.kind = "checkin", .author = station, .log = {{3}}};
	static const struct {
		const char *log, *last;
		uint64_t seq;
		bool may;
	} table[] = {{"00", "0", 5, false}, {"03", "5", 5, true}, {"03", "5", 6, false}, {"04", "9", 5, false}};
	for (size_t i = 0; i < COUNT_OF(table); i++) {
		char sql[300];
		bool may = true;
		snprintf(sql, sizeof sql, "INSERT OR REPLACE INTO view_retired (key, log, last_seq) VALUES (x'01%062d', x'%s%062d', %s)", 0,
			 table[i].log, 0, table[i].last);
		assert_ok(store_begin(store, &err) && db_exec(store->db, sql, &err));
		right_forget(store);
		r.seq = table[i].seq;
		assert_ok(right_holds(store, &r, RIGHT_STATION, &may, &err));
		assert_int_equal(may, table[i].may);
		assert_false(right_trusts(store, &station)); /* each of its records is asked about */
		store_rollback(store);
	}
	store_close(store);
}

static void what_was_found_out_is_kept_until_it_may_change(void **state) {
	struct err err = {0};
	struct public_key station = {{1}};
	bool may = false;
	struct view_record r = {.kind = "checkin", .author = station, .seq = 1};
	struct store *store = scratch_event(*state, "e.turnout");
	assert_ok(store_begin(store, &err) && role_give(store, &station, "station", "", &err) && store_commit(store, &err));
	assert_false(right_trusts(store, &station));
	assert_ok(right_holds(store, &r, RIGHT_STATION, &may, &err));
	assert_true(may && right_trusts(store, &station));
	assert_false(right_trusts(store, store_organiser(store)));
	assert_ok(store_begin(store, &err) && setting_put(store, "title", "Other", &err)); /* a record of an editor's: it could be a role */
	assert_false(right_trusts(store, &station));
	assert_ok(store_commit(store, &err));
	assert_ok(right_holds(store, &r, RIGHT_STATION, &may, &err));
	assert_ok(store_begin(store, &err));
	store_rollback(store);
	assert_false(right_trusts(store, &station)); /* it may be of what was undone */
	store_close(store);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(a_role_that_cannot_be_looked_up),
		TEST(who_may_what),
		TEST(a_retired_key),
		TEST(what_was_found_out_is_kept_until_it_may_change),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
