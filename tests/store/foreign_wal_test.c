/* What lies beside an event file and is another's is not played; what is its own is. */
#include "store/foreign_wal.h"

#include "lib/meet.h"

#include <glob.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "store/create.h"
#include "store/read/audit.h"
#include "store/sql/db.h"

static char *suffixed(const char *path, const char *suffix) { return xasprintf("%s%s", path, suffix); }

static void let_in(struct store *store, const char *code) {
	struct err err = {0};
	assert_ok(meet_let_in(store, code, &err));
}

/* As a crash leaves it: the file and its log, while a writer has both. */
static void copy_crashed(const char *from, const char *to, bool with_file) {
	char *from_wal = suffixed(from, "-wal"), *to_wal = suffixed(to, "-wal");
	if (with_file) {
		meet_copy_bytes(from, to);
	}
	meet_copy_bytes(from_wal, to_wal);
	free(from_wal);
	free(to_wal);
}

static struct audit_status status_of(const char *path, enum store_mode mode) {
	struct err err = {0};
	struct audit_status status;
	struct store *store = store_open(path, mode, "test", &err);
	assert_ok(store != NULL && audit_status(store, &status, &err));
	if (mode == STORE_WRITE) {
		meet_assert_sound(store);
	}
	store_close(store);
	return status;
}

static size_t set_aside(const char *path) {
	glob_t found = {0};
	char *pattern = suffixed(path, "-wal.foreign-*");
	size_t n = glob(pattern, 0, NULL, &found) == 0 ? found.gl_pathc : 0;
	globfree(&found);
	free(pattern);
	return n;
}

/* `from` has `scans` check-ins, of which the last are in its log alone. */
static struct store *busy_event(const struct scratch *s, const char *name, int scans) {
	struct store *store = scratch_event(s, name);
	for (int i = 0; i < scans; i++) {
		char code[20];
		snprintf(code, sizeof code, "C%d", i);
		let_in(store, code);
	}
	return store;
}

static void its_own_is_played(void **state) {
	struct store *store = busy_event(*state, "e.turnout", 40);
	char *path = scratch_path(*state, "e.turnout"), *copy = scratch_path(*state, "copy.turnout");
	for (int mode = 0; mode < 2; mode++) {
		copy_crashed(path, copy, true);
		assert_int_equal(status_of(copy, mode == 0 ? STORE_READ : STORE_WRITE).checkins, 40);
		assert_int_equal(set_aside(copy), 0);
	}
	store_close(store);
	free(path);
	free(copy);
}

/* The log of another event, and that of another copy of the same one. */
static void anothers_is_set_aside(void **state) {
	static const char *const others[] = {"other.turnout", "cousin.turnout"};
	struct err err = {0};
	char *path = scratch_path(*state, "e.turnout"), *cousin = scratch_path(*state, "cousin.turnout");
	struct store *stores[2];
	struct store *store = busy_event(*state, "e.turnout", 7);
	assert_ok(store_copy(store, cousin, &err));
	let_in(store, "HERE"); /* since they parted */
	store_close(store);
	stores[0] = busy_event(*state, "other.turnout", 60);
	event_sample_device(*state, 2);
	stores[1] = store_open(cousin, STORE_WRITE, "test", &err);
	assert_ok(stores[1] != NULL);
	for (int i = 0; i < 60; i++) {
		char code[20];
		snprintf(code, sizeof code, "D%d", i);
		let_in(stores[1], code);
	}
	size_t aside = 0;
	for (size_t i = 0; i < COUNT_OF(others); i++) {
		char *other = scratch_path(*state, others[i]);
		for (int mode = 0; mode < 2; mode++) {
			copy_crashed(other, path, false);
			assert_int_equal(status_of(path, mode == 0 ? STORE_READ : STORE_WRITE).checkins, 8);
			assert_int_equal(set_aside(path), ++aside);
		}
		free(other);
		store_close(stores[i]);
	}
	free(cousin);
	free(path);
}

/* An older copy of the file under its newer log: the records are right, as they are only added, and so must be what is shown of them. */
static void an_older_copy_under_its_own_log_shows_what_its_records_say(void **state) {
	struct err err = {0};
	struct store *store = busy_event(*state, "e.turnout", 10);
	char *path = scratch_path(*state, "e.turnout"), *copy = scratch_path(*state, "copy.turnout"),
	     *old = scratch_path(*state, "old.turnout");
	store_rest(store);
	meet_copy_bytes(path, old);
	for (int i = 0; i < 300; i++) {
		char code[20];
		snprintf(code, sizeof code, "MORE-%d", i);
		let_in(store, code);
		if (i == 150) {
			store_rest(store); /* what comes next is all that the log has */
		}
	}
	copy_crashed(path, copy, true);
	meet_copy_bytes(old, copy);
	store_close(store);
	struct store *mixed = store_open(copy, STORE_WRITE, "test", &err);
	if (mixed != NULL) { /* else it is said to be damaged */
		let_in(mixed, "AFTER");
		meet_assert_sound(mixed);
	}
	store_close(mixed);
	free(path);
	free(copy);
	free(old);
}

/* A shared-memory file of whatever kind is made anew by SQLite. */
static void a_foreign_shm_does_no_harm(void **state) {
	struct store *store = busy_event(*state, "e.turnout", 5);
	struct store *other = busy_event(*state, "other.turnout", 30);
	char *path = scratch_path(*state, "e.turnout"), *copy = scratch_path(*state, "copy.turnout");
	char *from = scratch_path(*state, "other.turnout-shm"), *to = suffixed(copy, "-shm");
	for (int with_wal = 0; with_wal < 2; with_wal++) {
		store_rest(store);
		let_in(store, with_wal ? "MORE" : "SOME");
		store_rest(store);
		meet_copy_bytes(path, copy);
		if (with_wal) {
			let_in(store, "LAST");
			copy_crashed(path, copy, true);
		}
		meet_copy_bytes(from, to);
		assert_int_equal(status_of(copy, STORE_READ).checkins, with_wal ? 8 : 6);
		meet_copy_bytes(from, to);
		assert_int_equal(status_of(copy, STORE_WRITE).checkins, with_wal ? 8 : 6);
	}
	store_close(store);
	store_close(other);
	free(path);
	free(copy);
	free(from);
	free(to);
}

/* What a living writer has in its log is not looked at: it is in use. */
static void a_living_writers_is_its_own(void **state) {
	struct store *store = busy_event(*state, "e.turnout", 20);
	char *path = scratch_path(*state, "e.turnout");
	assert_int_equal(status_of(path, STORE_READ).checkins, 20);
	let_in(store, "AFTER");
	assert_int_equal(status_of(path, STORE_READ).checkins, 21);
	store_close(store);
	free(path);
}

/* Two names, one file, one writer. */
static void hard_links_share_a_lock(void **state) {
	struct store *store = busy_event(*state, "e.turnout", 3);
	char *path = scratch_path(*state, "e.turnout"), *link_path = scratch_path(*state, "linked.turnout");
	char *crashed = scratch_path(*state, "crashed.turnout"), *name = scratch_path(*state, "name.turnout");
	struct err err = {0};
	assert_int_equal(link(path, link_path), 0);
	assert_null(store_open(link_path, STORE_WRITE, "test", &err));
	assert_int_equal(err.kind, ERR_BUSY);
	let_in(store, "STILL");
	copy_crashed(path, crashed, true);
	store_close(store);
	assert_int_equal(status_of(link_path, STORE_WRITE).checkins, 4);
	assert_int_equal(status_of(path, STORE_WRITE).checkins, 4);
	/* What a crash left beside one name is not passed over under the other. */
	assert_int_equal(link(crashed, name), 0);
	err = (struct err){0};
	assert_null(store_open(name, STORE_WRITE, "test", &err));
	assert_int_equal(err.kind, ERR_REFUSED);
	assert_non_null(strstr(err.text, "open it as crashed.turnout"));
	assert_int_equal(status_of(crashed, STORE_WRITE).checkins, 4);
	assert_int_equal(status_of(name, STORE_WRITE).checkins, 4);
	free(path);
	free(link_path);
	free(crashed);
	free(name);
}

static void put_log(const char *path, const char *letter) {
	struct err err = {0};
	struct strbuf text = {0};
	for (int i = 0; i < 100; i++) {
		strbuf_adds(&text, letter);
	}
	assert_ok(file_write(path, text.data, text.len, &err));
	strbuf_fini(&text);
}

/* All that there is of somebody's check-ins may lie in one that was set aside before. */
static void what_was_set_aside_is_never_overwritten(void **state) {
	struct err err = {0};
	char *path = scratch_path(*state, "fresh.turnout"), *wal = suffixed(path, "-wal"), *last = suffixed(wal, ".foreign-99");
	struct strbuf held = {0};
	for (int i = 1; i < 100; i++) {
		char *name = xasprintf("%s.foreign-%d", wal, i);
		put_log(name, "a");
		free(name);
	}
	put_log(wal, "b");
	assert_ok(foreign_wal_make_room(path, &err));
	assert_false(file_exists(wal));
	assert_int_equal(set_aside(path), 100);
	assert_ok(file_read(last, 1000, &held, &err));
	assert_int_equal(strbuf_str(&held)[0], 'a');
	strbuf_fini(&held);
	free(last);
	free(wal);
	free(path);
}

/* The longest name that a log has room beside, and one that was set aside has not. */
static void no_file_is_made_where_a_log_cannot_be_set_aside(void **state) {
	enum { NAME = 242 };
	struct err err = {0};
	struct store_settings settings = {.title = "T", .timezone = "UTC", .languages = "uk"};
	char name[NAME + 1];
	memset(name, 'n', NAME);
	name[NAME] = '\0';
	char *path = scratch_path(*state, name), *wal = suffixed(path, "-wal");
	put_log(wal, "b");
	assert_false(store_create(path, &settings, &err));
	assert_holds(err.text, "cannot be set aside");
	assert_false(file_exists(path));
	assert_int_equal(file_size(wal), 100);
	free(wal);
	free(path);
}

/* Played into the file it would spoil it: it is opened by nobody, and both stay as they are. */
static void what_cannot_be_set_aside_is_not_played(void **state) {
	struct err err = {0};
	struct store *store = busy_event(*state, "e.turnout", 7), *other = busy_event(*state, "other.turnout", 60);
	char *path = scratch_path(*state, "e.turnout"), *theirs = scratch_path(*state, "other.turnout"), *wal = suffixed(path, "-wal");
	store_close(store);
	copy_crashed(theirs, path, false);
	store_close(other);
	for (int i = 1; i < 10000; i++) {
		char *aside = xasprintf("%s.foreign-%d", wal, i);
		assert_ok(file_write(aside, "", 0, &err));
		free(aside);
	}
	int64_t size = file_size(wal);
	assert_true(size > 0);
	for (int mode = 0; mode < 2; mode++) {
		assert_null(store_open(path, mode == 0 ? STORE_READ : STORE_WRITE, "test", &err));
		assert_holds(err.text, "cannot be set aside");
		assert_int_equal(file_size(wal), size);
	}
	assert_int_equal(unlink(wal), 0);
	assert_int_equal(status_of(path, STORE_WRITE).checkins, 7);
	free(wal);
	free(theirs);
	free(path);
}

/* Programs that come at once each look at a copy of their own; else one spoils what another looks at, and what was acknowledged is set aside. */
static void a_crowd_sets_nothing_aside(void **state) {
	enum { LOOKERS = 4, LOOKS = 25 };
	struct store *store = busy_event(*state, "e.turnout", 40);
	char *path = scratch_path(*state, "e.turnout"), *copy = scratch_path(*state, "copy.turnout");
	pid_t children[LOOKERS];
	copy_crashed(path, copy, true);
	store_close(store);
	for (int i = 0; i < LOOKERS; i++) {
		children[i] = fork();
		assert_true(children[i] >= 0);
		if (children[i] == 0) {
			bool foreign = false;
			for (int look = 0; look < LOOKS; look++) {
				foreign = foreign_wal_waits(copy) || foreign;
			}
			_exit(foreign);
		}
	}
	for (int look = 0; look < LOOKS; look++) {
		bool played;
		struct err err = {0};
		assert_ok(foreign_wal_set_aside(copy, &played, &err)); /* as the one writer does */
	}
	for (int i = 0; i < LOOKERS; i++) {
		int status = 0;
		assert_int_equal(waitpid(children[i], &status, 0), children[i]);
	}
	assert_int_equal(set_aside(copy), 0);
	assert_int_equal(status_of(copy, STORE_WRITE).checkins, 40);
	free(path);
	free(copy);
}

static void what_a_killed_look_left_is_removed(void **state) {
	struct err err = {0};
	struct store *store = busy_event(*state, "e.turnout", 1);
	char *path = scratch_path(*state, "e.turnout"), *left = suffixed(path, ".played-abcdef"), *wal = suffixed(left, "-wal");
	char *another = scratch_path(*state, "other.turnout.played-abcdef");
	store_close(store);
	assert_ok(file_make(left, &err) && file_make(wal, &err) && file_make(another, &err));
	assert_int_equal(status_of(path, STORE_WRITE).checkins, 1);
	assert_false(file_exists(left));
	assert_false(file_exists(wal));
	assert_true(file_exists(another));
	free(path);
	free(left);
	free(wal);
	free(another);
}

/* Somebody who looked at the file with another program and made an index takes nobody's check-ins away. */
static void what_was_added_to_the_schema_makes_no_log_foreign(void **state) {
	struct err err = {0};
	struct store *store = busy_event(*state, "e.turnout", 10);
	char *path = scratch_path(*state, "e.turnout"), *copy = scratch_path(*state, "copy.turnout");
	store_rest(store);
	struct db *db = db_open(path, DB_WRITE, &err);
	assert_ok(db != NULL && db_exec(db, "CREATE INDEX added ON record (kind)", &err));
	db_close(db);
	let_in(store, "AFTER");
	copy_crashed(path, copy, true);
	assert_int_equal(status_of(copy, STORE_READ).checkins, 11);
	assert_int_equal(set_aside(copy), 0);
	store_close(store);
	free(path);
	free(copy);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)

int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(its_own_is_played),
		TEST(anothers_is_set_aside),
		TEST(a_foreign_shm_does_no_harm),
		TEST(a_living_writers_is_its_own),
		TEST(hard_links_share_a_lock),
		TEST(what_was_set_aside_is_never_overwritten),
		TEST(no_file_is_made_where_a_log_cannot_be_set_aside),
		TEST(what_cannot_be_set_aside_is_not_played),
		TEST(a_crowd_sets_nothing_aside),
		TEST(an_older_copy_under_its_own_log_shows_what_its_records_say),
		TEST(what_a_killed_look_left_is_removed),
		TEST(what_was_added_to_the_schema_makes_no_log_foreign),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
