/* What became of sessions after the programme was out: by records and their times alone, whatever order they come in. */
#include "store/read/session_changes.h"

#include "lib/event_sample.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"
#include "store/read/settings.h"
#include "store/write/clock.h"

#define ID "aaaaaa22222222222222"
#define EARLY "2026-05-10T12:00:00Z"
#define LATE "2026-05-14T07:00:00Z"
#define LATER "2026-05-14T08:00:00Z"

static struct utc_ms moment(const char *text) {
	struct err err = {0};
	struct tz *utc = tz_open("UTC", &err);
	struct utc_ms at = {0};
	int offset = 0;
	assert_true(tz_parse(utc, text, &at, &offset));
	tz_close(utc);
	return at;
}

/* The organiser at a laptop whose clock says that: each a log of its own, as a log is one boot of one machine, and what its clock is set to holds for
 * all of it. */
static struct store *laptop(const struct scratch *s, const char *path, const char *clock) {
	static int device = 1;
	struct store *store = event_sample_open_as(s, path, device++);
	struct set_clock set = {0};
	set_clock_to(&set, clock == NULL ? (struct utc_ms){1000} : moment(clock), true);
	store_take_clock(store, set);
	return store;
}

static void put_setting(const struct scratch *s, const char *path, const char *key, const char *value) {
	struct err err = {0};
	event_sample_write(s, path, 0, setting_put(store, key, value, &err));
}

/* An edit of the session as it stands in that file: NULL leaves what there is. */
struct wish {
	const char *at;    /* the laptop's clock; NULL: it was never set */
	const char *start; /* "10:30" of 14 May, UTC; it lasts an hour */
	const char *room;
	int cancelled; /* -1: no; 1: yes */
};

static void edit(const struct scratch *s, const char *path, const struct wish *wish) {
	struct err err = {0};
	struct session_row before;
	bool found = false, changed = false;
	struct store *store = laptop(s, path, wish->at);
	assert_ok(session_get(store, ID, &before, &found, &err));
	struct session now = {.cancelled = wish->cancelled != 0 ? wish->cancelled > 0 : before.session.cancelled};
	session_set(&now, SESSION_TITLE, "Мед");
	char *start = wish->start ? xasprintf("2026-05-14T%s:00Z", wish->start) : NULL;
	now.when.start = start ? moment(start) : before.session.when.start;
	now.when.end.v = now.when.start.v + 3600000;
	const char *room = wish->room ? wish->room : str_or_empty(before.session.when.room);
	now.when.room = xstrdup(room);
	struct session_edit e = {.id = ID, .before = found ? &before.session : NULL, .s = &now};
	assert_ok(store_begin(store, &err) && session_edit(store, &e, &changed, &err) && store_commit(store, &err));
	assert_true(changed);
	free(start);
	session_fini(&now);
	if (found) {
		session_row_fini(&before);
	}
	store_close(store);
}

/* "moved 10:30 A cancelled", of the one session there is; "" for nothing. Good until the next call. */
static const char *change(const char *path) {
	static char text[100];
	struct err err = {0};
	struct sessions sessions;
	struct session_changes changes;
	struct store *store = store_open(path, STORE_READ, "test", &err);
	assert_ok(store != NULL);
	assert_ok(sessions_load(store, &sessions, &err));
	assert_ok(session_changes_load(store, &sessions, &changes, &err));
	assert_int_equal(changes.count, 1);
	const struct session_change *c = &changes.items[0];
	int minutes = (int)(c->was.start.v / 60000 % 1440);
	char moved[60] = "";
	if (c->moved) {
		snprintf(moved, sizeof moved, "moved %02d:%02d %s", minutes / 60, minutes % 60, str_or_empty(c->was.room));
	}
	snprintf(text, sizeof text, "%s%s", moved, !c->cancelled ? "" : c->moved ? " cancelled" : "cancelled");
	session_changes_fini(&changes);
	sessions_fini(&sessions);
	store_close(store);
	return text;
}

static char *event(const struct scratch *s) {
	char *path = event_sample_bare(s, "e.turnout");
	put_setting(s, path, "timezone", "Europe/Kyiv");
	put_setting(s, path, "dates", "2026-05-14..2026-05-15");
	return path;
}

static void what_changes_late_is_told(void **state) {
	struct scratch *s = *state;
	char *path = event(s);
	edit(s, path, &(struct wish){EARLY, "10:00", "A", 0});
	assert_string_equal(change(path), "");
	edit(s, path, &(struct wish){EARLY, "10:30", NULL, 0}); /* nobody has the programme yet */
	assert_string_equal(change(path), "");
	edit(s, path, &(struct wish){LATE, NULL, "B", 0});
	assert_string_equal(change(path), "moved 10:30 A");
	edit(s, path, &(struct wish){LATER, "12:00", "C", 0}); /* what people had in their hands, not what it was in between */
	assert_string_equal(change(path), "moved 10:30 A");
	edit(s, path, &(struct wish){LATER, NULL, NULL, 1});
	assert_string_equal(change(path), "moved 10:30 A cancelled");
	edit(s, path, &(struct wish){LATER, NULL, NULL, -1});
	edit(s, path, &(struct wish){LATER, "10:30", "A", 0}); /* all as it was */
	assert_string_equal(change(path), "");
	free(path);
}

static void since_when(void **state) {
	struct scratch *s = *state;
	char *path = event(s);
	edit(s, path, &(struct wish){EARLY, "10:00", "A", 0});
	edit(s, path, &(struct wish){"2026-05-12T20:59:59Z", NULL, "B", 0}); /* 24 hours before midnight in Kyiv are not over */
	assert_string_equal(change(path), "");
	edit(s, path, &(struct wish){"2026-05-12T21:00:00Z", NULL, "C", 0});
	assert_string_equal(change(path), "moved 10:00 B");
	put_setting(s, path, "changes_since", "2026-05-11");
	assert_string_equal(change(path), "moved 10:00 A");
	put_setting(s, path, "changes_since", "2026-05-13 00:00"); /* at the place, too */
	assert_string_equal(change(path), "moved 10:00 B");
	put_setting(s, path, "changes_since", "2026-05-13 00:01");
	assert_string_equal(change(path), "");
	put_setting(s, path, "changes_since", "");
	put_setting(s, path, "dates", ""); /* then its first session's day */
	assert_string_equal(change(path), "moved 10:00 B");
	free(path);
}

/* An agenda that is brought in on the day itself: what it said first is what people have. */
static void a_session_that_came_late_itself(void **state) {
	struct scratch *s = *state;
	char *path = event(s);
	edit(s, path, &(struct wish){LATE, "10:00", "A", 0});
	assert_string_equal(change(path), "");
	edit(s, path, &(struct wish){LATER, NULL, NULL, 1});
	assert_string_equal(change(path), "cancelled");
	edit(s, path, &(struct wish){LATER, "11:00", NULL, 0});
	assert_string_equal(change(path), "moved 10:00 A cancelled");
	free(path);
}

static void cancelled_before_is_no_news(void **state) {
	struct scratch *s = *state;
	char *path = event(s);
	edit(s, path, &(struct wish){EARLY, "10:00", "A", 0});
	edit(s, path, &(struct wish){EARLY, NULL, NULL, 1});
	edit(s, path, &(struct wish){LATE, NULL, "B", 0});
	assert_string_equal(change(path), "moved 10:00 A");
	free(path);
}

/* A clock that was never set says nothing; whom an edit replaces does. */
static void a_clock_that_was_never_set(void **state) {
	struct scratch *s = *state;
	char *path = event(s);
	edit(s, path, &(struct wish){EARLY, "10:00", "A", 0});
	edit(s, path, &(struct wish){NULL, NULL, "B", 0});
	assert_string_equal(change(path), "");
	edit(s, path, &(struct wish){LATE, NULL, "C", 0});
	assert_string_equal(change(path), "moved 10:00 B");
	edit(s, path, &(struct wish){NULL, "10:00", "D", 0});
	assert_string_equal(change(path), "moved 10:00 B");
	free(path);
}

/* An anchor says later that the log's clock was wrong: by a week. */
static void a_clock_that_is_corrected(void **state) {
	struct scratch *s = *state;
	char *path = event(s);
	edit(s, path, &(struct wish){EARLY, "10:00", "A", 0});
	edit(s, path, &(struct wish){EARLY, NULL, "B", 0});
	assert_string_equal(change(path), "");
	char *sql = xasprintf("INSERT INTO view_anchor (record, rank, delta_ms) SELECT id, 3, %lld - mono_ms FROM record WHERE id = "
			      "(SELECT max(t.record) "
			      "FROM view_touch t WHERE t.thing = 's" ID "')",
			      (long long)moment(LATE).v);
	event_sample_sql(path, sql);
	free(sql);
	assert_string_equal(change(path), "moved 10:00 A");
	free(path);
}

/* With the organiser's key beside it. */
static void copy(const char *from, const char *to) {
	for (int i = 0; i < 2; i++) {
		struct err err = {0};
		struct strbuf all = {0};
		char *read = xasprintf("%s%s", from, i == 0 ? "" : ".key"), *written = xasprintf("%s%s", to, i == 0 ? "" : ".key");
		assert_ok(file_read(read, (size_t)64 << 20, &all, &err));
		assert_ok(file_write(written, all.data, all.len, &err));
		strbuf_fini(&all);
		free(read);
		free(written);
	}
}

/* Two copies of the organiser's file move it without knowing of each other; then they meet, in either order. */
static void editors_who_disagree(void **state) {
	struct scratch *s = *state;
	char *one = event(s), *other = scratch_path(s, "other.turnout"), *third = scratch_path(s, "third.turnout");
	edit(s, one, &(struct wish){EARLY, "10:00", "A", 0});
	copy(one, other);
	copy(one, third);
	edit(s, one, &(struct wish){LATE, NULL, "B", 0});
	edit(s, other, &(struct wish){EARLY, "11:00", "C", 0});
	char *told[2];
	event_sample_merge(third, one);
	event_sample_merge(third, other);
	told[0] = xstrdup(change(third));
	event_sample_merge(one, other);
	told[1] = xstrdup(change(one));
	assert_string_equal(told[0], told[1]);
	/* The early one of the two is what was; which of them is shown now, the hashes decide. */
	assert_true(str_eq(told[0], "moved 11:00 C") || str_eq(told[0], ""));
	free(told[0]);
	free(told[1]);
	free(one);
	free(other);
	free(third);
}

/* Whatever is left of the edits; nothing is made up. */
static void erased_edits(void **state) {
	struct scratch *s = *state;
	char *path = event(s);
	edit(s, path, &(struct wish){EARLY, "10:00", "A", 0});
	edit(s, path, &(struct wish){LATE, NULL, "B", 0});
	edit(s, path, &(struct wish){LATER, NULL, "C", 0});
	event_sample_sql(path, "UPDATE record SET body = NULL WHERE id = (SELECT min(record) FROM view_touch WHERE thing = 's" ID "')");
	assert_string_equal(change(path), "");
	event_sample_sql(path, "UPDATE record SET body = NULL WHERE id IN (SELECT record FROM view_touch WHERE thing = 's" ID "')");
	assert_string_equal(change(path), "");
	free(path);
}

static void many_sessions(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	char *path = event(s);
	for (int round = 0; round < 2; round++) {
		struct store *store = laptop(s, path, round == 0 ? EARLY : LATE);
		assert_ok(store_begin(store, &err));
		for (int i = 0; i < 1000; i++) {
			char id[SESSION_ID_LEN + 1];
			bool changed;
			struct session was = {.when = {.start = {moment(LATE).v}, .end = {moment(LATER).v}}}, now = was;
			session_set(&now, SESSION_TITLE, "x");
			session_set(&was, SESSION_TITLE, "x");
			now.when.start.v += round * i;
			snprintf(id, sizeof id, "%020d", i);
			struct session_edit e = {.id = id, .before = round == 0 ? NULL : &was, .s = &now};
			assert_ok(session_edit(store, &e, &changed, &err));
			session_fini(&now);
			session_fini(&was);
		}
		assert_ok(store_commit(store, &err));
		store_close(store);
	}
	struct sessions sessions;
	struct session_changes changes;
	struct store *store = store_open(path, STORE_READ, "test", &err);
	assert_ok(store != NULL && sessions_load(store, &sessions, &err));
	int64_t begun = clock_span_us(), moved = 0;
	assert_ok(session_changes_load(store, &sessions, &changes, &err));
	int64_t took = clock_span_us() - begun;
	for (size_t i = 0; i < changes.count; i++) {
		moved += changes.items[i].moved;
	}
	assert_int_equal(moved, 999);
	print_message("changes of 1000 sessions: %.1f ms\n", (double)took / 1000);
	assert_true(took < 2000000); /* some 20 ms; a square of them would take minutes */
	session_changes_fini(&changes);
	sessions_fini(&sessions);
	store_close(store);
	free(path);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(what_changes_late_is_told),
		TEST(since_when),
		TEST(a_session_that_came_late_itself),
		TEST(cancelled_before_is_no_news),
		TEST(a_clock_that_was_never_set),
		TEST(a_clock_that_is_corrected),
		TEST(editors_who_disagree),
		TEST(erased_edits),
		TEST(many_sessions),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
