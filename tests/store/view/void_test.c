/* What is out of the books: who is in, how many, whose a code is, in whatever order it is said. */
#include "store/view/void.h"

#include "lib/event_sample.h"

#include <unistd.h>

#include "base/alloc.h"
#include "base/str.h"
#include "station/desk.h"
#include "store/read/audit.h"
#include "store/read/badges.h"
#include "store/read/came.h"
#include "store/read/checkins.h"
#include "store/read/conflicts.h"
#include "store/read/people.h"
#include "store/read/presence.h"
#include "store/view/roles.h"
#include "store/write/voiding.h"
#include "store/write/walkins.h"

#define TEN INT64_C(1778742000000) /* 14 May 2026, 10:00 in Kyiv */
#define MINUTE INT64_C(60000)
#define LOG_ID "0700000000000000000000000000000000000000000000000000000000000000"

static const char small_room[] = "22222222222222222222"; /* of the sample: it holds two */

/* A scan at a device that keeps its store. */
static enum outcome scan(struct store *store, const char *point, const char *code, int64_t at) {
	struct err err = {0};
	struct desk_answer answer;
	struct desk *desk = desk_open(store, point, &err);
	struct desk_scan how = {.text = code, .len = strlen(code), .how = "camera", .has_at = true, .at = {at}};
	assert_ok(desk != NULL && desk_take(desk, &how, &answer, &err));
	enum outcome outcome = answer.outcome;
	desk_answer_fini(&answer);
	desk_close(desk);
	return outcome;
}

static enum outcome scan_as(const struct scratch *s, const char *path, int device, const char *point, const char *code, int64_t at) {
	struct store *store = event_sample_open_as(s, path, device);
	enum outcome outcome = scan(store, point, code, at);
	store_close(store);
	return outcome;
}

static void void_it(const struct scratch *s, const char *path, const struct public_key *key) {
	struct err err = {0};
	event_sample_write(s, path, 0, station_void(store, key, NULL, 0, &err));
}

static void restore_it(const struct scratch *s, const char *path, const struct public_key *key) {
	struct err err = {0};
	event_sample_write(s, path, 0, station_restore(store, key, &err));
}

/* People who came, and check-ins, by the books of that file. */
static void counts(const struct scratch *s, const char *path, int64_t people, int64_t checkins) {
	struct err err = {0};
	struct checkins books;
	struct came came;
	struct store *store = event_sample_open_as(s, path, 0);
	assert_ok(checkins_load(store, &books, &err) && came_count(store, &books, &came, &err));
	assert_int_equal(came.people, people);
	assert_int_equal(checkins_counted(&books), checkins);
	came_fini(&came);
	checkins_fini(&books);
	store_close(store);
}

static struct walkin walk_in(const struct scratch *s, const char *path, int device) {
	struct err err = {0};
	struct walkin walkin;
	event_sample_write(s, path, device, walkin_append(store, "{\"name\":\"Нова Людина\"}", &walkin, &err));
	return walkin;
}

static int64_t on_roster(const char *path, const char *person) {
	char sql[200];
	snprintf(sql, sizeof sql, "SELECT count(*) FROM view_person WHERE status = 'active' AND id = '%s'", person);
	return event_sample_number(path, sql);
}

/* An event with two people who have codes, the organiser as device 0. */
static char *event_of_two(const struct scratch *s) {
	struct err err = {0};
	char *path = event_sample_bare(s, "e.turnout");
	static const char *const sets[] = {"{\"name\":\"А\",\"code\":\"CODE-A\"}", "{\"name\":\"Б\",\"code\":\"CODE-B\"}"};
	static const char *const ids[] = {"0000000000000000000a", "0000000000000000000b"};
	for (int i = 0; i < 2; i++) {
		event_sample_write(s, path, 0,
				   person_edit(store, &(struct person_edit){.id = ids[i], .set_json = sets[i], .fresh = true}, &err));
	}
	return path;
}

static void check_ins_are_taken_out_and_put_back(void **state) {
	const struct scratch *s = *state;
	char *path = event_of_two(s), before[65], after[65];
	assert_int_equal(scan_as(s, path, 1, POINT_ARRIVAL, "CODE-A", TEN), OUTCOME_ACCEPTED);
	assert_int_equal(scan_as(s, path, 2, POINT_ARRIVAL, "CODE-B", TEN), OUTCOME_ACCEPTED);
	struct public_key thief = event_sample_key(s, path, 1);
	counts(s, path, 2, 2);
	event_sample_digest(path, before);
	void_it(s, path, &thief);
	counts(s, path, 1, 1);
	event_sample_digest(path, after);
	assert_string_not_equal(before, after);
	event_sample_stays_so(path);
	/* Whom the thief let in is not in: the desk says welcome. */
	assert_int_equal(scan_as(s, path, 2, POINT_ARRIVAL, "CODE-A", TEN + MINUTE), OUTCOME_ACCEPTED);
	counts(s, path, 2, 2);
	restore_it(s, path, &thief);
	counts(s, path, 2, 3); /* two boxes each let A in as if for the first time */
	event_sample_stays_so(path);
	free(path);
}

/* The kiosk's memory of who was scanned is of one process: what is said while it runs counts at once. */
static void who_was_scanned_is_forgotten_at_once(void **state) {
	const struct scratch *s = *state;
	struct err err = {0};
	char *path = event_of_two(s);
	assert_int_equal(scan_as(s, path, 1, POINT_ARRIVAL, "CODE-A", TEN), OUTCOME_ACCEPTED);
	struct public_key thief = event_sample_key(s, path, 1);
	struct store *store = event_sample_open_as(s, path, 0);
	assert_int_equal(scan(store, POINT_ARRIVAL, "CODE-A", TEN + MINUTE), OUTCOME_DUPLICATE);
	struct public_key own = *store_station(store);
	assert_ok(store_begin(store, &err) && station_void(store, &thief, NULL, 0, &err) && station_void(store, &own, NULL, 0, &err) &&
		  store_commit(store, &err));
	assert_int_equal(scan(store, POINT_ARRIVAL, "CODE-A", TEN + MINUTE), OUTCOME_ACCEPTED); /* out of the books, too */
	assert_int_equal(scan(store, POINT_ARRIVAL, "CODE-A", TEN + MINUTE), OUTCOME_ACCEPTED);
	assert_ok(store_begin(store, &err) && station_restore(store, &thief, &err) && store_commit(store, &err));
	assert_int_equal(scan(store, POINT_ARRIVAL, "CODE-A", TEN + MINUTE), OUTCOME_DUPLICATE);
	/* What is undone with its transaction is not said. */
	assert_ok(store_begin(store, &err) && station_void(store, &thief, NULL, 0, &err));
	store_rollback(store);
	assert_int_equal(scan(store, POINT_ARRIVAL, "CODE-A", TEN + MINUTE), OUTCOME_DUPLICATE);
	store_close(store);
	free(path);
}

/* Somebody whom an honest box saw too, and to whom it said "already in", counts by the honest one. */
static void who_was_seen_by_an_honest_box_counts(void **state) {
	const struct scratch *s = *state;
	char *path = event_of_two(s);
	assert_int_equal(scan_as(s, path, 1, POINT_ARRIVAL, "CODE-A", TEN), OUTCOME_ACCEPTED);
	assert_int_equal(scan_as(s, path, 2, POINT_ARRIVAL, "CODE-A", TEN + MINUTE), OUTCOME_DUPLICATE);
	counts(s, path, 1, 1);
	struct public_key thief = event_sample_key(s, path, 1);
	void_it(s, path, &thief);
	counts(s, path, 1, 1);
	assert_int_equal(scan_as(s, path, 3, POINT_ARRIVAL, "CODE-A", TEN + MINUTE), OUTCOME_DUPLICATE);
	restore_it(s, path, &thief);
	counts(s, path, 1, 1);
	free(path);
}

static void a_room_that_was_filled_has_room_again(void **state) {
	const struct scratch *s = *state;
	struct err err = {0};
	int inside = -1;
	char *path = event_sample_make(s, "e.turnout");
	int64_t at = TEN + 60 * MINUTE;
	struct walkin third = walk_in(s, path, 6);
	struct store *store = event_sample_open_as(s, path, 5);
	assert_int_equal(scan(store, small_room, "CODE-A", at), OUTCOME_ACCEPTED);
	assert_int_equal(scan(store, small_room, "CODE-B", at), OUTCOME_ACCEPTED);
	assert_ok(checkin_inside(store, small_room, &inside, &err));
	assert_int_equal(inside, 2);
	struct public_key thief = *store_station(store);
	store_close(store);
	assert_int_equal(scan_as(s, path, 6, small_room, third.badge.code, at), OUTCOME_FULL);
	assert_int_equal(scan_as(s, path, 6, small_room, "CODE-A", at), OUTCOME_DUPLICATE);
	void_it(s, path, &thief);
	store = event_sample_open_as(s, path, 6);
	assert_ok(checkin_inside(store, small_room, &inside, &err));
	assert_int_equal(inside, 1); /* A, whom an honest box saw at the door */
	assert_int_equal(scan(store, small_room, third.badge.code, at), OUTCOME_ACCEPTED);
	assert_int_equal(scan(store, small_room, "CODE-B", at), OUTCOME_FULL);
	store_close(store);
	restore_it(s, path, &thief);
	event_sample_stays_so(path);
	free(path);
}

/* --- walk-ins -------------------------------------------------------------------------------------------------------------------------------- */

static void a_walk_in_is_off_the_roster(void **state) {
	const struct scratch *s = *state;
	struct err err = {0};
	char *path = event_of_two(s);
	struct walkin walkin = walk_in(s, path, 1), honest = walk_in(s, path, 2);
	struct public_key thief = event_sample_key(s, path, 1);
	assert_int_equal(scan_as(s, path, 2, POINT_ARRIVAL, walkin.badge.code, TEN), OUTCOME_ACCEPTED);
	void_it(s, path, &thief);
	assert_int_equal(on_roster(path, walkin.id), 0);
	assert_int_equal(on_roster(path, honest.id), 1);
	assert_int_equal(scan_as(s, path, 2, POINT_ARRIVAL, walkin.badge.code, TEN), OUTCOME_REVOKED);
	assert_int_equal(scan_as(s, path, 2, POINT_ARRIVAL, honest.badge.code, TEN), OUTCOME_ACCEPTED);
	event_sample_stays_so(path);
	/* What comes after it was said is out, too. */
	struct walkin later = walk_in(s, path, 1);
	assert_int_equal(on_roster(path, later.id), 0);
	event_sample_stays_so(path);
	/* An editor who corrected the name does not put them back; the organiser's badge of that code is the organiser's. */
	event_sample_write(s, path, 0,
			   person_edit(store, &(struct person_edit){.id = walkin.id, .set_json = "{\"name\":\"Інша\"}"}, &err) &&
				   badge_issue(store, walkin.badge.code, "0000000000000000000b", walkin.badge.aloud, &err));
	assert_int_equal(on_roster(path, walkin.id), 0);
	assert_int_equal(scan_as(s, path, 2, POINT_ARRIVAL, walkin.badge.code, TEN), OUTCOME_DUPLICATE); /* Б, who is in by it */
	restore_it(s, path, &thief);
	assert_int_equal(on_roster(path, walkin.id), 1);
	assert_int_equal(on_roster(path, later.id), 1);
	event_sample_stays_so(path);
	free(path);
}

/* --- from a record on -------------------------------------------------------------------------------------------------------------------- */

static struct hash last_log(struct store *store) {
	struct err err = {0};
	struct checkins books;
	struct hash log = {{0}};
	int64_t last = 0;
	assert_ok(checkins_load(store, &books, &err));
	for (size_t i = 0; i < books.count; i++) {
		if (books.items[i].record > last) {
			last = books.items[i].record;
			log = books.items[i].log;
		}
	}
	checkins_fini(&books);
	return log;
}

static void from_a_record_on(void **state) {
	const struct scratch *s = *state;
	struct err err = {0};
	struct checkins books;
	struct void_effect effect;
	char *path = event_of_two(s);
	assert_int_equal(scan_as(s, path, 1, POINT_ARRIVAL, "CODE-A", TEN), OUTCOME_ACCEPTED);
	assert_int_equal(scan_as(s, path, 1, POINT_ARRIVAL, "CODE-B", TEN), OUTCOME_ACCEPTED);
	struct public_key thief = event_sample_key(s, path, 1);
	struct store *store = event_sample_open_as(s, path, 0);
	struct void_from from = {.log = last_log(store)};
	assert_ok(checkins_load(store, &books, &err));
	for (size_t i = 0; i < books.count; i++) {
		from.seq = str_eq(books.items[i].code, "CODE-B") ? books.items[i].seq : from.seq;
	}
	checkins_fini(&books);
	assert_ok(store_begin(store, &err) && station_void(store, &thief, &from, 1, &err) &&
		  station_void_effect(store, &thief, &effect, &err) && store_commit(store, &err));
	assert_int_equal(effect.checkins, 1);
	assert_int_equal(effect.left, 1);
	store_close(store);
	counts(s, path, 1, 1);
	event_sample_stays_so(path);
	/* Beyond that all of it, and back in one go. */
	void_it(s, path, &thief);
	counts(s, path, 0, 0);
	restore_it(s, path, &thief);
	counts(s, path, 2, 2);
	event_sample_stays_so(path);
	free(path);
}

/* --- said apart, and in other words -------------------------------------------------------------------------------------------------------- */

static bool count_field(void *context, const struct conflict *c, struct err *err) {
	(void)err;
	*(int *)context += c->kind == CONFLICT_FIELD && str_eq(c->edit.thing, "station");
	return true;
}

static int disputes(const struct scratch *s, const char *path) {
	struct err err = {0};
	int n = 0;
	struct store *store = event_sample_open_as(s, path, 0);
	assert_ok(conflicts_each(store, count_field, &n, &err));
	store_close(store);
	return n;
}

static void copy_event(const struct scratch *s, const char *path, const char *to) {
	struct err err = {0};
	struct store *store = event_sample_open_as(s, path, 0);
	assert_ok(store_copy(store, to, &err));
	store_close(store);
}

/* Invariant 3: one laptop takes it out again, another puts it back; whichever meets whom first, both files say the same, and that they differed. */
static void two_laptops_say_it(void **state) {
	const struct scratch *s = *state;
	struct err err = {0};
	char *path = event_of_two(s), *other = scratch_path(s, "b.turnout"), *third = scratch_path(s, "c.turnout"), a[65], b[65];
	scan_as(s, path, 1, POINT_ARRIVAL, "CODE-A", TEN);
	walk_in(s, path, 1);
	struct public_key thief = event_sample_key(s, path, 1);
	struct void_from from = {.log = {{7}}, .seq = 3};
	event_sample_write(s, path, 0, station_void(store, &thief, &from, 1, &err));
	copy_event(s, path, third);
	copy_event(s, path, other);
	char *key = xasprintf("%s.key", path), *key_there = xasprintf("%s.key", other);
	assert_int_equal(link(key, key_there), 0);
	event_sample_write(s, path, 0, station_void(store, &thief, NULL, 0, &err) && station_restore(store, &thief, &err));
	event_sample_write(s, other, 0, station_void(store, &thief, NULL, 0, &err));
	event_sample_merge(path, other);
	event_sample_merge(third, other);
	event_sample_merge(third, path);
	event_sample_merge(other, path);
	event_sample_digest(path, a);
	event_sample_digest(third, b);
	assert_string_equal(a, b);
	event_sample_digest(other, b);
	assert_string_equal(a, b);
	assert_int_equal(disputes(s, path), 1);
	/* Saying it again settles it. */
	bool is_void = event_sample_number(path, "SELECT count(*) FROM view_void WHERE log = x''") != 0;
	event_sample_write(s, path, 0, is_void ? station_restore(store, &thief, &err) : station_void(store, &thief, NULL, 0, &err));
	assert_int_equal(disputes(s, path), 0);
	event_sample_stays_so(path);
	free(key);
	free(key_there);
	free(path);
	free(other);
	free(third);
}

static void refuses(const struct scratch *s, const char *path, bool back, const struct public_key *key) {
	struct err err = {0};
	struct store *store = event_sample_open_as(s, path, 0);
	assert_ok(store_begin(store, &err));
	assert_false(back ? station_restore(store, key, &err) : station_void(store, key, NULL, 0, &err));
	assert_int_equal(err.kind, ERR_REFUSED);
	store_rollback(store);
	store_close(store);
}

static void what_is_refused(void **state) {
	const struct scratch *s = *state;
	char *path = event_of_two(s), *key = xasprintf("%s.key", path), *away = xasprintf("%s.away", path);
	scan_as(s, path, 1, POINT_ARRIVAL, "CODE-A", TEN);
	struct public_key thief = event_sample_key(s, path, 1);
	refuses(s, path, true, &thief);
	void_it(s, path, &thief);
	refuses(s, path, false, &thief);
	assert_int_equal(rename(key, away), 0);
	refuses(s, path, true, &thief); /* without the organiser's key */
	free(key);
	free(away);
	free(path);
}

/* A station takes nobody out of the books; and of what is no key, or no seq, nothing comes. */
static void words_that_say_nothing(void **state) {
	const struct scratch *s = *state;
	char *path = event_of_two(s), hex[2 * KEY_LEN + 1], body[400];
	scan_as(s, path, 1, POINT_ARRIVAL, "CODE-A", TEN);
	struct public_key thief = event_sample_key(s, path, 1);
	str_hex(thief.b, KEY_LEN, hex);
	snprintf(body, sizeof body, "{\"id\":\"%s\",\"set\":{\"void\":\"yes\"}}", hex);
	struct draft draft = {.kind = "void", .author = AUTHOR_STATION, .subject = "", .body = body};
	event_sample_append(s, path, 2, &draft);
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM view_ignored WHERE reason = 'author'"), 1);
	counts(s, path, 1, 1);
	draft.author = AUTHOR_ORGANISER;
	static const char *const ids[] = {"{\"id\":\"00\",\"set\":{\"void\":\"yes\"}}", "{\"set\":{\"void\":\"yes\"}}", "{\"id\":7}"};
	for (size_t i = 0; i < COUNT_OF(ids); i++) {
		draft.body = ids[i];
		event_sample_append(s, path, 0, &draft);
	}
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM view_ignored WHERE reason = 'key'"), COUNT_OF(ids));
	static const char *const sets[] = {
		"{\"void\":1}", "{\"void\":\"perhaps\"}", "{\"00\":3}", "{\"" LOG_ID "\":-1}", "{\"" LOG_ID "\":\"1\"}", "[]", "7"};
	for (size_t i = 0; i < COUNT_OF(sets); i++) {
		snprintf(body, sizeof body, "{\"id\":\"%s\",\"set\":%s}", hex, sets[i]);
		draft.body = body;
		event_sample_append(s, path, 0, &draft);
	}
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM view_void"), 0);
	counts(s, path, 1, 1);
	event_sample_stays_so(path);
	free(path);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(check_ins_are_taken_out_and_put_back),
		TEST(who_was_scanned_is_forgotten_at_once),
		TEST(who_was_seen_by_an_honest_box_counts),
		TEST(a_room_that_was_filled_has_room_again),
		TEST(a_walk_in_is_off_the_roster),
		TEST(from_a_record_on),
		TEST(two_laptops_say_it),
		TEST(what_is_refused),
		TEST(words_that_say_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
