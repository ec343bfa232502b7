/* What is signed after a program was killed, and what is not. */
#include "store/write/sign.h"

#include "lib/event_sample.h"

#include <stdio.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/str.h"
#include "store/file/state.h"
#include "store/log/handle.h"
#include "store/log/record.h"
#include "store/log/rows.h"
#include "store/read/settings.h"
#include "store/write/append.h"
#include "store/write/transaction.h"

/* Whoever can write into a file cannot get it signed: only the log that the notes outside name is signed to its end. */
static void what_others_put_in_is_not_signed(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	char *path = event_sample_make(s, "e.turnout");
	event_sample_sql(path, "DELETE FROM signature WHERE log = (SELECT max(log) FROM signature)");
	int64_t before = event_sample_number(path, "SELECT count(DISTINCT log) FROM signature");
	char *state_home = xstrdup(getenv("XDG_STATE_HOME"));
	char *command = xasprintf("find '%s' -name 'marker-*' -delete", state_home); /* so that the next writer begins a new log */
	assert_int_equal(system(command), 0);                                        /* NOLINT: the words are ours */
	struct store *store = event_sample_open(path);
	assert_ok(store_begin(store, &err) && setting_put(store, "title", "Later", &err) && store_commit(store, &err));
	store_close(store);
	assert_int_equal(event_sample_number(path, "SELECT count(DISTINCT log) FROM signature"), before + 1); /* the new one alone */
	free(command);
	free(state_home);
	free(path);
}

/* A file with a record at its end that its writer could not sign any more: a copy of it as it was then. */
static char *cut_off(const struct scratch *s) {
	struct err err = {0};
	struct store *store = scratch_event(s, "e.turnout");
	char *copy = scratch_path(s, "cut.turnout"), *key = scratch_path(s, "cut.turnout.key"), *own = scratch_path(s, "e.turnout.key");
	struct draft draft = {.kind = "note", .author = AUTHOR_STATION, .subject = "", .body = "{}"};
	assert_ok(store_begin(store, &err) && store_append(store, &draft, NULL, &err) && store_commit(store, &err));
	assert_true(sign_is_due(store));
	assert_ok(store_copy(store, copy, &err));
	assert_int_equal(link(own, key), 0);
	handle_close(store); /* without signing: as if it had been killed */
	free(key);
	free(own);
	return copy;
}

static int64_t unsigned_logs(const char *path) {
	return event_sample_number(path, "SELECT count(*) FROM log l WHERE NOT EXISTS (SELECT 1 FROM signature s WHERE s.log = l.id)");
}

static void what_a_killed_program_left_is_signed(void **state) {
	struct err err = {0};
	char *path = cut_off(*state);
	assert_int_equal(unsigned_logs(path), 1);
	struct store *store = event_sample_open(path);
	assert_false(sign_is_due(store)); /* nothing of its own */
	assert_ok(store_sign(store, &err));
	assert_int_equal(unsigned_logs(path), 0);
	assert_ok(store_sign(store, &err)); /* once is enough */
	store_close(store);
	free(path);
}

static void what_was_changed_meanwhile_is_not(void **state) {
	struct err err = {0};
	char *path = cut_off(*state);
	event_sample_sql(path, "UPDATE record SET body = '{\"a\":1}' WHERE kind = 'note'");
	struct store *store = event_sample_open(path);
	assert_ok(store_sign(store, &err));
	assert_int_equal(unsigned_logs(path), 1);
	store_close(store);
	free(path);
}

static void a_body_that_is_gone_is_not(void **state) {
	struct err err = {0};
	char *path = cut_off(*state);
	event_sample_sql(path, "UPDATE record SET body = NULL WHERE kind = 'note'");
	struct store *store = event_sample_open(path);
	assert_ok(store_sign(store, &err));
	assert_int_equal(unsigned_logs(path), 1);
	store_close(store);
	free(path);
}

/* A log that was left cleanly ended there: what follows in the file is somebody else's, though it fits. */
static void what_follows_where_a_log_was_left(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct store *store = scratch_event(s, "e.turnout");
	char *path = scratch_path(s, "e.turnout");
	struct draft draft = {.kind = "note", .author = AUTHOR_STATION, .subject = "", .body = "{}"};
	struct record_ref last;
	assert_ok(store_begin(store, &err) && store_append(store, &draft, &last, &err) && store_commit(store, &err));
	store_close(store);
	store = event_sample_open(path);
	struct record forged = {.seq = last.seq + 1, .kind = "note", .subject = "", .body_sha256 = crypto_sha256("{}", 2)};
	struct hash hash = record_hash(&forged, &last.hash);
	assert_ok(store_begin(store, &err) && record_insert(store, last.id + 1, &forged, "{}", &hash, &err) && store_commit(store, &err));
	assert_ok(store_sign(store, &err));
	char *sql = xasprintf("SELECT max(seq) FROM signature WHERE log = %lld", (long long)(last.id >> SEQ_BITS));
	assert_int_equal(event_sample_number(path, sql), last.seq);
	free(sql);
	store_close(store);
	free(path);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(what_others_put_in_is_not_signed), TEST(what_a_killed_program_left_is_signed), TEST(what_was_changed_meanwhile_is_not),
		TEST(a_body_that_is_gone_is_not),       TEST(what_follows_where_a_log_was_left),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
