/* The agenda: its order, finding one, and writing only what changes. */
#include "store/read/sessions.h"

#include "lib/event_sample.h"

#include "base/alloc.h"
#include "base/str.h"

#define START INT64_C(1778745600000)

static bool edit(struct store *store, const char *id, const struct session *before, const struct session *now, unsigned named) {
	struct err err = {0};
	bool changed = false;
	struct session_edit e = {.id = id, .before = before, .s = now, .named = named};
	assert_ok(store_begin(store, &err) && session_edit(store, &e, &changed, &err) && store_commit(store, &err));
	return changed;
}

static struct session session_of(const char *title, int64_t start, const char *room) {
	struct session s = {.when = {.start = {start},
				     .end = {start + 3600000},
				     .offset_min = 180,
				     .place_offset_min = 180,
				     .room = room ? xstrdup(room) : NULL}};
	session_set(&s, SESSION_TITLE, title);
	return s;
}

static struct store *agenda(const struct scratch *s) {
	static const struct {
		const char *id, *title, *room;
		int64_t start;
	} rows[] = {{"cccccc11111111111111", "Мед", "B", START},
		    {"aaaaaa22222222222222", "Гранти", NULL, START + 1},
		    {"bbbbbb33333333333333", "Мед", "A", START}};
	struct store *store = scratch_event(s, "e.turnout");
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct session now = session_of(rows[i].title, rows[i].start, rows[i].room);
		assert_true(edit(store, rows[i].id, NULL, &now, 0));
		session_fini(&now);
	}
	return store;
}

static void by_start_then_room(void **state) {
	struct err err = {0};
	struct sessions list;
	struct store *store = agenda(*state);
	assert_ok(sessions_load(store, &list, &err));
	assert_int_equal(list.count, 3);
	assert_int_equal(list.items[0].id[0], 'b');
	assert_int_equal(list.items[1].id[0], 'c');
	assert_int_equal(list.items[2].id[0], 'a');
	sessions_fini(&list);
	store_close(store);
}

static void finding_one(void **state) {
	struct err err = {0};
	struct sessions list;
	struct store *store = agenda(*state);
	assert_ok(sessions_load(store, &list, &err));
	const struct session_row *found = sessions_find(&list, "ГРАНТИ", &err);
	assert_ok(found != NULL);
	assert_int_equal(found->id[0], 'a');
	found = sessions_find(&list, "cccccc", &err);
	assert_ok(found != NULL);
	assert_int_equal(found->id[0], 'c');
	assert_null(sessions_find(&list, "ccccc", &err)); /* five digits could be anything */
	assert_int_equal(err.kind, ERR_NOT_FOUND);
	assert_null(sessions_find(&list, "мед", &err)); /* two have that title */
	assert_int_equal(err.kind, ERR_USAGE);
	assert_null(sessions_find(&list, "", &err));
	sessions_fini(&list);
	store_close(store);
}

static void only_what_changes_is_written(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct session_row row;
	bool found = false;
	struct store *store = agenda(s);
	char *path = scratch_path(s, "e.turnout");
	const char *last = "SELECT count(*) FROM record WHERE id = (SELECT max(id) FROM record) AND (SELECT group_concat(key) FROM "
			   "json_each(body, '$.set')) = '";
	assert_ok(session_get(store, "aaaaaa22222222222222", &row, &found, &err));
	assert_true(found);
	struct session now = session_of("Гранти", START + 1, NULL);
	assert_false(edit(store, row.id, &row.session, &now, 0));                            /* it is as it was */
	assert_false(edit(store, row.id, &row.session, &now, SESSION_NAMED(SESSION_TITLE))); /* saying it again settles nothing here */
	now.when.capacity = 10;
	assert_true(edit(store, row.id, &row.session, &now, 0));
	char *sql = xasprintf("%swhen'", last);
	assert_int_equal(event_sample_number(path, sql), 1);
	free(sql);
	session_row_fini(&row);
	assert_ok(session_get(store, "aaaaaa22222222222222", &row, &found, &err));
	now.cancelled = true;
	assert_true(edit(store, row.id, &row.session, &now, 0));
	sql = xasprintf("%sstatus'", last);
	assert_int_equal(event_sample_number(path, sql), 1);
	free(sql);
	session_row_fini(&row);
	assert_ok(session_get(store, "nothing", &row, &found, &err));
	assert_false(found);
	session_fini(&now);
	store_close(store);
	free(path);
}

/* Said only where it is another one than the source's, so that records are as they were. */
static void the_clocks_of_the_place_go_into_the_record(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct session_row row;
	bool found = false;
	struct store *store = agenda(s);
	char *path = scratch_path(s, "e.turnout");
	const char *count = "SELECT count(*) FROM record WHERE kind = 'session' AND json_extract(body, '$.set.when.place')";
	assert_int_equal(event_sample_number(path, count), 0);
	assert_ok(session_get(store, "aaaaaa22222222222222", &row, &found, &err));
	struct session now = session_of("Гранти", START + 1, NULL);
	now.when.offset_min = -240;
	assert_true(edit(store, row.id, &row.session, &now, 0));
	assert_int_equal(event_sample_number(path, count), 1);
	session_row_fini(&row);
	assert_ok(session_get(store, "aaaaaa22222222222222", &row, &found, &err));
	assert_int_equal(row.session.when.offset_min, -240);
	assert_int_equal(row.session.when.place_offset_min, 180);
	assert_false(edit(store, row.id, &row.session, &now, 0));
	now.when.place_offset_min = 120; /* another place alone is a change */
	assert_true(edit(store, row.id, &row.session, &now, 0));
	session_row_fini(&row);
	session_fini(&now);
	store_close(store);
	free(path);
}

static void ids(void **state) {
	(void)state;
	char a[SESSION_ID_LEN + 1], b[SESSION_ID_LEN + 1];
	struct hash event = {{1}}, other = {{2}};
	session_id(&event, "a.ics", "1", a);
	session_id(&event, "a.ics", "1", b);
	assert_string_equal(a, b);
	session_id(&event, "b.ics", "1", b);
	assert_string_not_equal(a, b);
	session_id(&event, "a.ics", "2", b);
	assert_string_not_equal(a, b);
	session_id(&other, "a.ics", "1", b);
	assert_string_not_equal(a, b);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(by_start_then_room),
		TEST(finding_one),
		TEST(only_what_changes_is_written),
		TEST(the_clocks_of_the_place_go_into_the_record),
		TEST(ids),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
