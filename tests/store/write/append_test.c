/* Appending: into one's own log, at its end, chained and signed; and whose log it is. */
#include "store/write/append.h"

#include "lib/event_sample.h"

#include <stdio.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/str.h"
#include "store/file/state.h"
#include "store/log/record.h"
#include "store/read/settings.h"
#include "store/view/roles.h"

/* A copied file on another device is another station and begins another log; the same device goes on with its own. */
static void copies_begin_logs_of_their_own(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	char *path = event_sample_make(s, "e.turnout"), *copy = scratch_path(s, "copy.turnout");
	struct store *store = event_sample_open(path);
	struct public_key here = *store_station(store);
	assert_ok(store_copy(store, copy, &err));
	assert_false(store_copy(store, copy, &err)); /* nothing is written over */
	store_close(store);
	store = event_sample_open_as(s, copy, 9);
	assert_false(crypto_key_eq(&here, store_station(store)));
	store_close(store);
	char a[65], b[65];
	event_sample_digest(path, a);
	event_sample_digest(copy, b);
	assert_string_equal(a, b);
	free(path);
	free(copy);
}

static void a_state_folder_that_cannot_be_written(void **state) {
	struct scratch *s = *state;
	char *path = event_sample_make(s, "e.turnout");
	setenv("XDG_STATE_HOME", "/proc/no", 1);
	struct store *store = event_sample_open(path); /* nobody is turned away for want of a folder */
	assert_holds(store_warning(store), "/proc/no");
	store_close(store);
	free(path);
}

static struct record_ref note(struct store *store, enum author author, const char *body) {
	struct err err = {0};
	struct record_ref ref;
	struct draft draft = {.kind = "note", .author = author, .subject = "", .body = body};
	assert_ok(store_begin(store, &err) && store_append(store, &draft, &ref, &err) && store_commit(store, &err));
	return ref;
}

static void records_follow_each_other(void **state) {
	struct scratch *s = *state;
	struct store *store = scratch_event(s, "e.turnout");
	char *path = scratch_path(s, "e.turnout");
	struct record_ref first = note(store, AUTHOR_STATION, "{}"), second = note(store, AUTHOR_STATION, "{}");
	struct record_ref others = note(store, AUTHOR_ORGANISER, "{}");
	assert_true(crypto_hash_eq(&first.log, &second.log));
	assert_int_equal(second.seq, first.seq + 1);
	assert_int_equal(second.id, first.id + 1);
	assert_false(crypto_hash_eq(&first.hash, &second.hash)); /* of the same words: the one before is in it */
	assert_false(crypto_hash_eq(&others.log, &first.log));
	store_close(store);
	store = event_sample_open(path); /* the same device in the same boot goes on */
	struct record_ref third = note(store, AUTHOR_STATION, "{}");
	assert_true(crypto_hash_eq(&third.log, &first.log));
	assert_int_equal(third.seq, second.seq + 1);
	store_close(store);
	free(path);
}

/* Whoever was cut off left no marker: the next one begins a log, and no history is forked. */
static void who_died_goes_on_in_another_log(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct store *store = scratch_event(s, "e.turnout");
	struct record_ref before = note(store, AUTHOR_STATION, "{}");
	char *copy = scratch_path(s, "copy.turnout"), *key = scratch_path(s, "copy.turnout.key"), *own = scratch_path(s, "e.turnout.key");
	assert_ok(store_copy(store, copy, &err));
	assert_int_equal(link(own, key), 0);
	struct store *second = event_sample_open(copy); /* the same device, while the first still runs: its marker is claimed */
	struct record_ref after = note(second, AUTHOR_STATION, "{}");
	assert_false(crypto_hash_eq(&before.log, &after.log));
	assert_true(crypto_key_eq(store_station(store), store_station(second)));
	store_close(second);
	store_close(store);
	free(copy);
	free(key);
	free(own);
}

static void signed_every_64_records_and_160_kib(void **state) {
	struct scratch *s = *state;
	struct store *store = scratch_event(s, "e.turnout");
	char *path = scratch_path(s, "e.turnout"), *body = xcalloc(RECORD_BODY_MAX + 1, 1);
	while (note(store, AUTHOR_STATION, "{}").seq < 65) {
	}
	const char *of_station = "SELECT max(seq) FROM signature WHERE log = (SELECT max(id) FROM log)";
	assert_int_equal(event_sample_number(path, of_station), 64);
	memset(body, ' ', RECORD_BODY_MAX);
	body[0] = '{';
	body[RECORD_BODY_MAX - 1] = '}';
	for (int i = 0; i < 3; i++) {
		note(store, AUTHOR_STATION, body);
	}
	assert_int_equal(event_sample_number(path, of_station), 64);
	assert_int_equal(note(store, AUTHOR_STATION, body).seq, 69);
	assert_int_equal(event_sample_number(path, of_station), 69); /* four of 48 KiB are more than 160 */
	note(store, AUTHOR_STATION, "{}");
	store_close(store);
	assert_int_equal(event_sample_number(path, of_station), 70); /* and at closing */
	free(body);
	free(path);
}

static void what_is_refused(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct store *store = scratch_event(s, "e.turnout");
	char *path = scratch_path(s, "e.turnout"), *key = scratch_path(s, "e.turnout.key");
	int64_t records = event_sample_number(path, "SELECT count(*) FROM record");
	static const struct draft drafts[] = {
		{.kind = "Note", .subject = "", .body = "{}"},       {.kind = "note", .subject = "x", .body = "{}"},
		{.kind = "note", .subject = "", .body = "{\n}"},     {.kind = "note", .subject = "", .body = "[]"},
		{.kind = "note", .subject = "", .body = "{no json"},
	};
	for (size_t i = 0; i < COUNT_OF(drafts); i++) {
		assert_ok(store_begin(store, &err));
		assert_false(store_append(store, &drafts[i], NULL, &err));
		assert_true(err.text[0] != '\0');
		store_rollback(store);
	}
	assert_int_equal(unlink(key), 0);
	store_close(store);
	store = event_sample_open(path);
	assert_ok(store_begin(store, &err));
	struct draft draft = {.kind = "note", .author = AUTHOR_ORGANISER, .subject = "", .body = "{}"};
	assert_false(store_append(store, &draft, NULL, &err));
	assert_int_equal(err.kind, ERR_REFUSED);
	store_rollback(store);
	store_close(store);
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM record"), records);
	free(path);
	free(key);
}

/* Nobody could tell that the records are of a station of this event. */
static void a_copy_without_an_invitation(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	char *path = event_sample_make(s, "e.turnout");
	event_sample_sql(path, "DELETE FROM meta WHERE key = 'invitation_seed'");
	struct store *store = event_sample_open_as(s, path, 9);
	struct draft draft = {.kind = "note", .author = AUTHOR_STATION, .subject = "", .body = "{}"};
	assert_ok(store_begin(store, &err));
	assert_false(store_append(store, &draft, NULL, &err));
	assert_int_equal(err.kind, ERR_REFUSED);
	assert_holds(err.text, "invitation");
	store_rollback(store);
	store_close(store);
	free(path);
}

static void a_station_that_has_signed_in_nobody_shows_itself(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	static const char OWN[] = "SELECT count(*) FROM record r JOIN log l ON l.id = r.id >> 40 WHERE r.kind = 'log'";
	char *path = event_sample_bare(s, "e.turnout"), *box = scratch_path(s, "box.turnout"), *key_file = scratch_path(s, "e.turnout.key");
	struct store *store = event_sample_open_as(s, path, 0);
	assert_ok(store_copy(store, box, &err));
	int64_t before = event_sample_number(path, OWN);
	bool begun = true;
	assert_ok(store_introduce(store, &begun, &err)); /* the organiser's machine is known */
	store_close(store);
	assert_int_equal(event_sample_number(path, OWN), before);
	for (int i = 0; i < 2; i++) { /* once */
		store = event_sample_open_as(s, box, 3);
		assert_ok(store_introduce(store, &begun, &err));
		assert_int_equal(begun, i == 0);
		enum station_verdict verdict;
		assert_ok(role_verdict(store, store_station(store), &verdict, &err));
		assert_int_equal(verdict, VERDICT_STATION);
		store_close(store);
		assert_int_equal(event_sample_number(box, OWN), before + 1);
	}
	event_sample_checkin(s, box, 3); /* goes on with that log */
	assert_int_equal(event_sample_number(box, OWN), before + 1);
	event_sample_stays_so(box);
	event_sample_sql(path, "DELETE FROM meta WHERE key = 'invitation_seed'");
	assert_int_equal(unlink(key_file), 0);
	store = event_sample_open_as(s, path, 4);
	assert_ok(store_introduce(store, &begun, &err)); /* by a copy that invites nobody it cannot */
	store_close(store);
	assert_int_equal(event_sample_number(path, OWN), before);
	free(key_file);
	free(box);
	free(path);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(copies_begin_logs_of_their_own),      TEST(a_state_folder_that_cannot_be_written),
		TEST(records_follow_each_other),           TEST(who_died_goes_on_in_another_log),
		TEST(signed_every_64_records_and_160_kib), TEST(what_is_refused),
		TEST(a_copy_without_an_invitation),        TEST(a_station_that_has_signed_in_nobody_shows_itself),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
