/* One writer, any number of readers, and no files left behind. */
#include "store/sql/lock.h"

#include "lib/event_sample.h"

#include <stdio.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"

static void one_writer_many_readers(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct store *writer = scratch_event(s, "e.turnout");
	struct store *second = store_open(store_path(writer), STORE_WRITE, "second", &err);
	assert_null(second);
	assert_int_equal(err.kind, ERR_BUSY);
	assert_holds(err.text, "test"); /* the holder's name */
	struct store *a = store_open(store_path(writer), STORE_READ, "a", &err), *b = store_open(store_path(writer), STORE_READ, "b", &err);
	assert_ok(a != NULL && b != NULL);
	assert_false(store_begin(a, &err));
	store_close(a);
	store_close(b);
	char *path = xstrdup(store_path(writer));
	store_close(writer);
	writer = event_sample_open(path);
	store_close(writer);
	free(path);
}

static void two_names_of_one_file_have_one_lock(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	char *path = event_sample_make(s, "e.turnout"), *link = scratch_path(s, "link.turnout");
	assert_int_equal(symlink(path, link), 0);
	struct store *store = event_sample_open(path);
	assert_null(store_open(link, STORE_WRITE, "second", &err));
	assert_int_equal(err.kind, ERR_BUSY);
	store_close(store);
	free(path);
	free(link);
}

static void the_holder_is_named(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	char holder[200], host[100] = "";
	char *path = scratch_path(s, "e");
	lock_holder("a program", holder);
	gethostname(host, sizeof host - 1);
	assert_holds(holder, "a program, process ");
	assert_holds(holder, host);
	struct lock *lock = lock_write(path, holder, &err);
	assert_ok(lock != NULL);
	assert_null(lock_write(path, "another", &err)); /* locks are the descriptor's, so one process can be two here */
	assert_int_equal(err.kind, ERR_BUSY);
	assert_holds(err.text, holder);
	lock_release(lock);
	lock = lock_write(path, "another", &err); /* a shorter name, and nothing of the longer one is left */
	assert_ok(lock != NULL);
	assert_null(lock_write(path, "third", &err));
	assert_true(str_starts(err.text, "another is writing"));
	lock_release(lock);
	lock_release(NULL);
	free(path);
}

static void readers_stop_nobody(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	char *path = scratch_path(s, "e");
	struct lock *a = lock_read(path), *b = lock_read(path), *w = lock_write(path, "w", &err);
	assert_ok(w != NULL);
	assert_non_null(a);
	assert_non_null(b);
	lock_release(a);
	lock_release(w);
	lock_release(b);
	free(path);
}

static void where_nothing_can_be_written(void **state) {
	struct err err = {0};
	(void)state;
	struct lock *reader = lock_read("/proc/nothing/e");
	assert_non_null(reader); /* it reads all the same */
	lock_release(reader);
	assert_null(lock_write("/proc/nothing/e", "w", &err));
	assert_int_equal(err.kind, ERR_SYSTEM);
}

/* A command that only reads leaves the folder as it was. */
static void the_last_reader_takes_its_files_away(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	char *path = event_sample_make(s, "e.turnout"), *wal = scratch_path(s, "e.turnout-wal"), *shm = scratch_path(s, "e.turnout-shm");
	struct store *a = store_open(path, STORE_READ, "a", &err), *b = store_open(path, STORE_READ, "b", &err);
	assert_ok(a != NULL && b != NULL);
	assert_true(file_exists(wal)); /* they made it */
	store_close(b);
	store_close(a);
	assert_false(file_exists(wal));
	assert_false(file_exists(shm));
	free(path);
	free(wal);
	free(shm);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(one_writer_many_readers), TEST(two_names_of_one_file_have_one_lock), TEST(the_holder_is_named),
		TEST(readers_stop_nobody),     TEST(where_nothing_can_be_written),        TEST(the_last_reader_takes_its_files_away),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
