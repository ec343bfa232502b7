/* What lies outside the event file: keys, markers, notes. */
#include "store/log/identity.h"

#include "lib/testing.h"

#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"

static const struct hash EVENT = {{1, 2, 3}};

static struct identity *opened(void) {
	struct err err = {0};
	char warning[ERR_TEXT_MAX];
	assert_ok(crypto_init(&err));
	struct identity *id = identity_open(&EVENT, warning);
	assert_string_equal(warning, "");
	return id;
}

/* The file of that name in this event's folder, for free(). */
static char *state_file(const char *name) {
	char hex[33];
	str_hex(EVENT.b, 16, hex);
	return xasprintf("%s/turnout/%s/%s", getenv("XDG_STATE_HOME"), hex, name);
}

static void a_device_keeps_its_key(void **state) {
	(void)state;
	struct identity *id = opened();
	struct public_key key = identity_station(id)->public_key;
	identity_close(id);
	char *path = state_file("station.key");
	struct stat st;
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	id = opened();
	assert_true(crypto_key_eq(&identity_station(id)->public_key, &key));
	identity_close(id);
	char warning[ERR_TEXT_MAX];
	id = identity_open(&(struct hash){{9}}, warning); /* in another event it is another station */
	assert_false(crypto_key_eq(&identity_station(id)->public_key, &key));
	identity_close(id);
	identity_close(NULL);
	free(path);
}

/* Who only reads a file makes nothing. */
static void looking_for_a_key_makes_none(void **state) {
	(void)state;
	struct err err = {0};
	assert_ok(crypto_init(&err));
	char *path = state_file("station.key");
	assert_null(identity_find(&EVENT));
	assert_false(file_exists(path));
	struct identity *made = opened(), *found = identity_find(&EVENT);
	assert_non_null(found);
	assert_true(crypto_key_eq(&identity_station(made)->public_key, &identity_station(found)->public_key));
	identity_close(made);
	identity_close(found);
	free(path);
}

/* It may be readable again tomorrow, so nothing is written over it. */
static void a_key_that_cannot_be_read(void **state) {
	(void)state;
	struct err err = {0};
	struct strbuf text = {0};
	char warning[ERR_TEXT_MAX];
	identity_close(opened());
	char *path = state_file("station.key");
	assert_ok(file_write(path, "torn", 4, &err));
	struct identity *id = identity_open(&EVENT, warning);
	assert_holds(warning, "station.key cannot be read");
	struct marker marker = {.seq = 1};
	assert_ok(identity_leave(id, &identity_station(id)->public_key, &marker, &err)); /* kept nowhere, and no error */
	assert_false(identity_claim(id, &identity_station(id)->public_key, &marker));
	identity_close(id);
	assert_ok(file_read(path, 100, &text, &err));
	assert_string_equal(text.data, "torn");
	strbuf_fini(&text);
	free(path);
}

static void where_the_state_folder_is(void **state) {
	(void)state;
	setenv("STATE_DIRECTORY", "/var/lib/a:/var/lib/b", 1);
	char *folder = identity_state_folder();
	assert_string_equal(folder, "/var/lib/a");
	free(folder);
	unsetenv("STATE_DIRECTORY");
	setenv("XDG_STATE_HOME", "relative", 1); /* the specification says: to be ignored */
	setenv("HOME", "/home/olena", 1);
	folder = identity_state_folder();
	assert_string_equal(folder, "/home/olena/.local/state/turnout");
	free(folder);
	setenv("XDG_STATE_HOME", "/x", 1);
	folder = identity_state_folder();
	assert_string_equal(folder, "/x/turnout");
	free(folder);
}

/* Who takes a marker has it alone: two processes never go on with one log. */
static void a_marker_is_claimed_once(void **state) {
	(void)state;
	struct err err = {0};
	struct identity *id = opened();
	struct public_key key = identity_station(id)->public_key, organiser = {{7}};
	struct marker left = {.log = {{4}}, .seq = 64, .head = {{5}}}, got;
	assert_false(identity_claim(id, &key, &got));
	assert_ok(identity_leave(id, &key, &left, &err));
	assert_false(identity_claim(id, &organiser, &got)); /* each author has their own */
	assert_true(identity_claim(id, &key, &got));
	assert_true(crypto_hash_eq(&got.log, &left.log) && crypto_hash_eq(&got.head, &left.head));
	assert_int_equal(got.seq, 64);
	assert_false(identity_claim(id, &key, &got));
	identity_close(id);
}

static void a_marker_of_another_boot_is_none(void **state) {
	(void)state;
	struct err err = {0};
	struct strbuf text = {0};
	struct identity *id = opened();
	struct public_key key = identity_station(id)->public_key;
	struct marker left = {.log = {{4}}, .seq = 64, .head = {{5}}}, got;
	char hex[17], name[40];
	assert_ok(identity_leave(id, &key, &left, &err));
	str_hex(key.b, 8, hex);
	snprintf(name, sizeof name, "marker-%s", hex);
	char *path = state_file(name);
	assert_ok(file_read(path, 1000, &text, &err));
	char *boot = strchr(text.data, '\n') + 1;
	boot[0] = boot[0] == '0' ? '1' : '0';
	assert_ok(file_write(path, text.data, text.len, &err));
	assert_false(identity_claim(id, &key, &got));
	assert_false(file_exists(path)); /* and nobody tries again */
	identity_close(id);
	strbuf_fini(&text);
	free(path);
}

static void notes_of_logs(void **state) {
	(void)state;
	struct err err = {0};
	struct identity *id = opened();
	struct public_key key = identity_station(id)->public_key;
	struct noted_log logs[IDENTITY_LOGS_MAX];
	assert_int_equal(identity_logs(id, &key, logs), 0);
	for (int i = 0; i < IDENTITY_LOGS_MAX + 3; i++) {
		assert_ok(identity_note_open(id, &key, &(struct hash){{(uint8_t)i}}, &err));
	}
	size_t n = identity_logs(id, &key, logs);
	assert_int_equal(n, IDENTITY_LOGS_MAX);
	assert_int_equal(logs[0].log.b[0], 3); /* the oldest are forgotten */
	assert_int_equal(logs[n - 1].log.b[0], IDENTITY_LOGS_MAX + 2);
	assert_int_equal(logs[n - 1].closed_at, 0);
	struct marker left = {.log = logs[n - 1].log, .seq = 77};
	assert_ok(identity_leave(id, &key, &left, &err));
	n = identity_logs(id, &key, logs);
	assert_int_equal(logs[n - 1].log.b[0], IDENTITY_LOGS_MAX + 2);
	assert_int_equal(logs[n - 1].closed_at, 77); /* it was left cleanly there */
	identity_close(id);
}

/* Of two that start at once on a new box. */
static void note_as_another_process(int which) {
	char warning[ERR_TEXT_MAX];
	struct err err = {0};
	struct identity *id = identity_open(&EVENT, warning);
	bool ok = warning[0] == '\0';
	for (int i = 0; i < 4; i++) {
		struct hash log = {{(uint8_t)which, (uint8_t)i}};
		ok = identity_note_open(id, &identity_station(id)->public_key, &log, &err) && ok;
	}
	identity_close(id);
	_exit(ok ? 0 : 1);
}

static void processes_that_share_a_state_folder_have_one_key_and_lose_no_note(void **state) {
	(void)state;
	enum { PROCESSES = 6 };
	pid_t children[PROCESSES];
	for (int i = 0; i < PROCESSES; i++) {
		children[i] = fork();
		assert_true(children[i] >= 0);
		if (children[i] == 0) {
			note_as_another_process(i);
		}
	}
	for (int i = 0; i < PROCESSES; i++) {
		int status = 0;
		assert_int_equal(waitpid(children[i], &status, 0), children[i]);
		assert_int_equal(status, 0);
	}
	struct noted_log logs[IDENTITY_LOGS_MAX];
	struct identity *id = opened();
	assert_int_equal(identity_logs(id, &identity_station(id)->public_key, logs), 4 * PROCESSES); /* all under the one key */
	identity_close(id);
}

static void logs_that_were_left_cleanly_are_forgotten_first(void **state) {
	(void)state;
	struct err err = {0};
	struct identity *id = opened();
	struct public_key key = identity_station(id)->public_key;
	struct noted_log logs[IDENTITY_LOGS_MAX];
	for (int i = 0; i < IDENTITY_LOGS_MAX; i++) {
		assert_ok(identity_note_open(id, &key, &(struct hash){{(uint8_t)i}}, &err));
	}
	assert_ok(identity_leave(id, &key, &(struct marker){.log = {{5}}, .seq = 7}, &err));
	assert_ok(identity_note_open(id, &key, &(struct hash){{99}}, &err));
	assert_int_equal(identity_logs(id, &key, logs), IDENTITY_LOGS_MAX);
	assert_int_equal(logs[0].log.b[0], 0);
	for (int i = 0; i < IDENTITY_LOGS_MAX; i++) {
		assert_int_not_equal(logs[i].log.b[0], 5);
	}
	identity_close(id);
}

static void the_organisers_key_file(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct key_pair key, got;
	struct hash other = {{8}};
	char *path = scratch_path(s, "e.key"), *missing = scratch_path(s, "missing.key");
	struct stat st;
	assert_ok(crypto_init(&err));
	crypto_key_new(&key);
	assert_ok(organiser_key_write(path, &EVENT, &key, &err));
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_ok(organiser_key_read(path, &EVENT, &got, &err));
	assert_memory_equal(&got, &key, sizeof key);
	assert_ok(organiser_key_read(path, NULL, &got, &err));
	assert_false(organiser_key_read(path, &other, &got, &err));
	assert_int_equal(err.kind, ERR_INPUT);
	assert_false(organiser_key_read(missing, &EVENT, &got, &err));
	assert_int_equal(err.kind, ERR_NOT_FOUND);
	assert_ok(file_write(path, "turnout-organiser-key-2\n\n\n", 26, &err));
	assert_false(organiser_key_read(path, NULL, &got, &err));
	assert_int_equal(err.kind, ERR_INPUT);
	free(path);
	free(missing);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(a_device_keeps_its_key),
		TEST(looking_for_a_key_makes_none),
		TEST(a_key_that_cannot_be_read),
		TEST(where_the_state_folder_is),
		TEST(a_marker_is_claimed_once),
		TEST(a_marker_of_another_boot_is_none),
		TEST(notes_of_logs),
		TEST(the_organisers_key_file),
		TEST(processes_that_share_a_state_folder_have_one_key_and_lose_no_note),
		TEST(logs_that_were_left_cleanly_are_forgotten_first),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
